"""Contracts as PDF: one to look at, one copy for each party."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from kpidesk.core.contract import Contract, ContractId, Copy
from kpidesk.store import audit
from kpidesk.store.contracts import as_drafted, load_paper
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.frozen import load_frozen
from kpidesk.usecases.contracts.amending import before_amendment
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.session import Company

if TYPE_CHECKING:
    from kpidesk.documents.pictures import Pages

BOTH: Final = (Copy.PARTY_A, Copy.PARTY_B)
PRINTED: Final = "contract.print"
"""The action of the log line that a printing leaves."""
_TERMS: Final = ("contract.draw_up", "contract.amend", "contract.edit", "contract.return")


def contract_pdf(company: Company, contract: ContractId, copy: Copy | None = None) -> bytes:
    """The contract's PDF: what was printed, byte for byte (that of 甲方 unless a copy is named).

    Only what never went to paper is made now.
    """
    with company.read() as connection:
        return _pdf(company, connection, details_of(company, connection, contract), copy)


def preview(pdf: bytes) -> Pages:
    """The pages of a PDF, drawn one at a time when asked for."""
    from kpidesk.documents.pictures import Pages

    return Pages(pdf)


def render(
    company: Company, connection: Connection, details: ContractDetails, copy: Copy | None
) -> bytes:
    """Make the PDF of a draft. Depends on its terms alone: made again, it is the same."""
    from kpidesk.documents import contract as document
    from kpidesk.documents.amendment import amendment_pdf
    from kpidesk.documents.stamp import Stamp

    contract = as_drafted(details.contract)
    head = audit.head_about(connection, f"contract:{contract.id}", _TERMS)
    stamp = Stamp("C", contract.id, contract.revision, details.sha256[:8].upper(), str(head))

    before = before_amendment(company, connection, contract)

    def make() -> bytes:
        if before is None:
            return document.contract_pdf(contract, details.scheme, copy=copy, stamp=stamp)
        return amendment_pdf(contract, before.contract, details.scheme, copy=copy, stamp=stamp)

    return make() if copy is None else company.shelf.get((details.sha256, head, copy), make)


def paper_key(copy: Copy) -> str:
    """Under which name the log line of a printing holds the hash of a copy."""
    return f"paper.{copy.value}"


def _check_logged(
    company: Company, connection: Connection, contract: Contract, copy: Copy, pdf: bytes
) -> None:
    """Refuse a paper whose hash is not the one that the log took down when it was printed.

    A paper and its own hash can be changed together; the log is chained line by line.
    """
    line = audit.last_about(connection, f"contract:{contract.id}", PRINTED)
    logged = json.loads(line.after) if line and line.after else {}
    digest = sha256(pdf).hexdigest()
    # Early files have printings without hashes in their log.
    if logged.get(paper_key(copy), digest) != digest:
        raise DamagedFileError(company.path, f"责任书 {contract.number} 的打印存档与操作日志不符")


def _pdf(
    company: Company, connection: Connection, details: ContractDetails, copy: Copy | None
) -> bytes:
    """The stored bytes of what went to paper; only what never did is made now."""
    if load_frozen(connection, details.contract, company.path) is None:
        return render(company, connection, details, copy)
    copy = copy or Copy.PARTY_A
    kept = load_paper(connection, details.contract, copy, company.path)
    if kept is None:
        msg = f"{details.contract.title} 的打印存档不见了"
        raise DamagedFileError(company.path, msg)
    _check_logged(company, connection, details.contract, copy, kept)
    return kept

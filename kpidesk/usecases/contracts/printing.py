"""Contracts as PDF: one to look at, one copy for each party, a whole batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.store import audit
from kpidesk.store.contracts import load_paper
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.files import safe_name, write_whole
from kpidesk.usecases.printout import Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

if TYPE_CHECKING:
    from kpidesk.documents.pictures import Pages

BOTH: Final = (Copy.PARTY_A, Copy.PARTY_B)
_MARKS: Final = {Copy.PARTY_A: "甲方存", Copy.PARTY_B: "乙方存"}
_TERMS: Final = ("contract.draw_up", "contract.edit", "contract.return")


def contract_pdf(company: Company, contract: ContractId, copy: Copy | None = None) -> bytes:
    """The contract's PDF: what was printed, byte for byte, where it was; else made now."""
    with company.read() as connection:
        return _pdf(company, connection, details_of(company, connection, contract), copy)


def contracts_pdf(
    company: Company,
    ids: Sequence[ContractId],
    *,
    copies: Sequence[Copy] = BOTH,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Printout:
    """Many contracts: a file for each copy in a folder, or (no folder) one PDF to print."""
    watched = progress or Unwatched()
    paths: list[Path] = []
    pdfs: list[bytes] = []
    done = 0
    for id_ in ids:
        watched.step(done, len(ids), f"正在生成第 {done + 1} 份，共 {len(ids)} 份")
        if watched.cancelled:
            break
        with company.read() as connection:
            details = details_of(company, connection, id_)
            made = [(copy, _pdf(company, connection, details, copy)) for copy in copies]
        for copy, pdf in made:
            if folder is None:
                pdfs.append(pdf)
                continue
            party_b = details.contract.party_b.name
            name = safe_name(f"{details.contract.number}_{party_b}_{_MARKS[copy]}")
            write_whole(folder / f"{name}.pdf", pdf)
            paths.append(folder / f"{name}.pdf")
        done += 1
    watched.step(done, len(ids))
    return Printout(done, len(ids), tuple(paths), joined(pdfs))


def preview(pdf: bytes) -> Pages:
    """The pages of a PDF, drawn one at a time when asked for."""
    from kpidesk.documents.pictures import Pages

    return Pages(pdf)


def render(
    company: Company, connection: Connection, details: ContractDetails, copy: Copy | None
) -> bytes:
    """Make the PDF of a contract. Depends on its terms alone: made again, it is the same."""
    from kpidesk.documents import contract as document
    from kpidesk.documents.stamp import Stamp

    contract = replace(details.contract, state=ContractState.DRAFT, printed_on=None, signed_on=None)
    head = audit.head_about(connection, f"contract:{contract.id}", _TERMS)
    stamp = Stamp("C", contract.id, contract.revision, details.sha256[:8].upper(), str(head))

    def make() -> bytes:
        return document.contract_pdf(contract, details.scheme, copy=copy, stamp=stamp)

    return make() if copy is None else company.shelf.get((details.sha256, head, copy), make)


def _pdf(
    company: Company, connection: Connection, details: ContractDetails, copy: Copy | None
) -> bytes:
    if copy is not None and details.contract.state is not ContractState.DRAFT:
        kept = load_paper(connection, details.contract, copy, company.path)
        if kept is not None:
            return kept
    return render(company, connection, details, copy)

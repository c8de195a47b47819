"""Issued contracts, frozen for good: what each said, its very papers, and a chain of seals.

The seal of an issue is the SHA-256 of the seal before it, the hash of what it says and the hashes
of its papers: none of them can be changed, nor an issue be left out, without all later seals
giving it away. The audit log notes each seal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from kpidesk import __version__
from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.contract import Contract, Copy
from kpidesk.store.contracts import as_drafted
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.rows import FROZEN, PAPERS
from kpidesk.store.schemes import scheme_hash

SCHEMA: Final = 1
"""The version of what a frozen text holds."""

BEGINNING: Final = "0" * 64
"""What the first seal follows."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an issue says: the contract, and the rules that it rests on, by their hashes.

    The contract names the scheme and its version; `program` is the version that issued it.
    """

    contract: Contract
    scheme_sha256: str
    indicator_scheme_sha256: str = ""
    program: str = __version__
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Issue:
    """The hashes of an issue."""

    sequence: int
    papers: dict[Copy, str]
    seal: str


def freeze(connection: Connection, contract: Contract, pdfs: Mapping[Copy, bytes]) -> Issue:
    """Keep a contract as it goes to paper, and what goes to the printer, byte for byte."""
    scheme = scheme_hash(connection, contract.scheme, contract.scheme_version)
    indicators = (
        scheme_hash(connection, contract.indicator_scheme, contract.indicator_scheme_version)
        if contract.indicator_scheme
        else ""
    )
    body = canonical_json(Frozen(as_drafted(contract), scheme, indicators), Frozen)
    digest = content_hash(body)
    papers = {copy: _keep_paper(connection, contract, copy, pdfs[copy]) for copy in Copy}
    last = connection.execute(
        select(FROZEN.c.sequence, FROZEN.c.seal).order_by(FROZEN.c.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (last.sequence + 1, last.seal) if last else (1, BEGINNING)
    seal = seal_of(previous, digest, tuple(papers.values()))
    connection.execute(
        insert(FROZEN),
        {
            "sequence": sequence,
            "contract_id": contract.id,
            "revision": contract.revision,
            "body": body,
            "sha256": digest,
            "previous": previous,
            "seal": seal,
        },
    )
    return Issue(sequence, papers, seal)


def seal_of(previous: str, body: str, papers: Sequence[str]) -> str:
    """The seal over a text and its papers, each given by its hash, after another seal."""
    return content_hash("".join((previous, body, *papers)))


def load_frozen(connection: Connection, contract: Contract, path: Path) -> Frozen | None:
    """What the newest issue of a contract said; None when it never went to paper.

    DamagedFileError when it was changed since, or the contract says something else now.
    """
    row = connection.execute(
        select(FROZEN.c.body, FROZEN.c.sha256).where(
            FROZEN.c.contract_id == contract.id, FROZEN.c.revision == contract.revision
        )
    ).first()
    if row is None:
        return None
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"{contract.title} 的存档与校验值不符")
    frozen = from_json(row.body, Frozen)
    if frozen.contract != as_drafted(contract):
        raise DamagedFileError(path, f"{contract.title} 的正文与打印时的存档不符")
    return frozen


def _keep_paper(connection: Connection, contract: Contract, copy: Copy, pdf: bytes) -> str:
    digest = sha256(pdf).hexdigest()
    connection.execute(
        insert(PAPERS),
        {
            "contract_id": contract.id,
            "revision": contract.revision,
            "copy": copy.value,
            "pdf": pdf,
            "sha256": digest,
        },
    )
    return digest

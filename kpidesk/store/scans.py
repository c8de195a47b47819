"""Scans and the places of their pages, to and from rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from kpidesk.codec import content_hash
from kpidesk.core.contract import Copy
from kpidesk.core.filing import PageState, Paper, PaperKind, ScanId, ScanPageId, Slot
from kpidesk.core.period import Period
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.ids import next_id
from kpidesk.store.rows import APPRAISALS, CONTRACTS, SCAN_PAGES, SCANS, AnyRow


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page of a scan: where it lies there, what was read on it, where it stands.

    `slot` is its place once it is filed; before, where it may belong, if that is known.
    """

    id: ScanPageId
    scan: ScanId
    file_name: str
    sheet: int
    half: str
    turn: int
    codes: str
    state: PageState
    reason: str
    decided_by: str
    decided_on: date
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file of the scanner, without its bytes."""

    id: ScanId
    name: str
    sheets: int
    received_on: date


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page of a scan that is being filed."""

    sheet: int
    half: str
    turn: int
    codes: str
    state: PageState
    reason: str
    slot: Slot | None


def scan_files(connection: Connection) -> Sequence[ScanFile]:
    """Every file, in the order in which they were received."""
    query = select(SCANS.c.id, SCANS.c.name, SCANS.c.sheets, SCANS.c.received_on)
    return [ScanFile(ScanId(row[0]), *row[1:]) for row in connection.execute(query)]


def scan_with_hash(connection: Connection, digest: str) -> tuple[str, date] | None:
    """Under which name and when a file of the same bytes was received."""
    row = connection.execute(
        select(SCANS.c.name, SCANS.c.received_on).where(SCANS.c.sha256 == digest)
    ).first()
    return (row[0], row[1]) if row else None


def add_scan(
    connection: Connection, name: str, content: bytes, sheets: int, *, by: str, on: date
) -> ScanId:
    """Keep a file as received."""
    id_ = next_id(connection, SCANS)
    connection.execute(
        insert(SCANS),
        {
            "id": id_,
            "name": name,
            "sheets": sheets,
            "received_by": by,
            "received_on": on,
            "sha256": sha256(content).hexdigest(),
            "content": content,
        },
    )
    return ScanId(id_)


def add_page(connection: Connection, scan: ScanId, page: NewPage, *, by: str, on: date) -> None:
    """Keep what was read on a page and where it stands."""
    connection.execute(
        insert(SCAN_PAGES),
        {
            "id": next_id(connection, SCAN_PAGES),
            "scan_id": scan,
            "sheet": page.sheet,
            "half": page.half,
            "turn": page.turn,
            "codes": page.codes,
            **_decision(page.state, page.reason, page.slot, by, on),
        },
    )


def page_digests(connection: Connection, scan: ScanId) -> list[str]:
    """Of each page of a file, in order: enough of a hash of what its row says to hold it to."""
    rows = connection.execute(_OF_SCAN.where(SCAN_PAGES.c.scan_id == scan)).all()
    return [page_digest([NOTHING if one is None else str(one) for one in row]) for row in rows]


def page_digest(texts: Sequence[str]) -> str:
    """The digest of a row whose columns are those of `PAGE_COLUMNS`, as texts."""
    return content_hash(json.dumps(texts, ensure_ascii=False))[:_DIGEST_LETTERS]


def decide_page(
    connection: Connection,
    page: ScanPageId,
    state: PageState,
    slot: Slot | None,
    *,
    reason: str,
    by: str,
    on: date,
) -> None:
    """A page comes to another state or place."""
    connection.execute(
        update(SCAN_PAGES).where(SCAN_PAGES.c.id == page), _decision(state, reason, slot, by, on)
    )


def load_page(connection: Connection, page: ScanPageId) -> ScanPage | None:
    """One page."""
    row = connection.execute(_PAGES.where(SCAN_PAGES.c.id == page)).first()
    return _page(row) if row else None


def scan_pages(connection: Connection, period: Period | None = None) -> Sequence[ScanPage]:
    """Every page of every scan, in the order received.

    With a period, those that wait, were received in it, or belong to a contract or sheet of it.
    """
    query = _PAGES.order_by(SCAN_PAGES.c.id)
    if period is not None:
        start, end = period.start, period.end
        terms = select(CONTRACTS.c.id).where(
            CONTRACTS.c.term_start < end, CONTRACTS.c.term_end > start
        )
        cycles = select(APPRAISALS.c.id).where(
            APPRAISALS.c.cycle_start < end, APPRAISALS.c.cycle_end > start
        )
        sheets = [one.value for one in PaperKind if one.is_sheet]
        query = query.where(
            (SCAN_PAGES.c.state == PageState.WAITING.value)
            | ((SCANS.c.received_on >= start) & (SCANS.c.received_on < end))
            | (
                (SCAN_PAGES.c.kind == PaperKind.CONTRACT.value)
                & SCAN_PAGES.c.document_id.in_(terms)
            )
            | (SCAN_PAGES.c.kind.in_(sheets) & SCAN_PAGES.c.document_id.in_(cycles))
        )
    return [_page(row) for row in connection.execute(query)]


def filed_pages(connection: Connection, paper: Paper) -> Sequence[ScanPage]:
    """The pages of a paper that are filed, in order."""
    place = _place(Slot(paper, 1, 1))
    columns = ("kind", "document_id", "revision", "copy", "stage")
    query = _PAGES.where(
        SCAN_PAGES.c.state == PageState.FILED.value,
        *(SCAN_PAGES.c[name] == place[name] for name in columns),
    )
    return [_page(row) for row in connection.execute(query.order_by(SCAN_PAGES.c.number))]


def filed_sheet_pages(connection: Connection, appraisal: int) -> Sequence[ScanPage]:
    """The pages of a scoring sheet that are filed: the newest issue first, each in order."""
    columns = SCAN_PAGES.c
    query = _PAGES.where(
        columns.state == PageState.FILED.value,
        columns.kind.in_([PaperKind.BLANK_SHEET.value, PaperKind.FILLED_SHEET.value]),
        columns.document_id == appraisal,
    )
    order = (columns.kind.desc(), columns.revision.desc(), columns.stage.desc(), columns.number)
    return [_page(row) for row in connection.execute(query.order_by(*order))]


def files_waiting(connection: Connection) -> Sequence[tuple[str, int]]:
    """The files of which pages wait in the tray, with how many."""
    query = (
        select(SCANS.c.name, func.count())
        .join(SCAN_PAGES, SCAN_PAGES.c.scan_id == SCANS.c.id)
        .where(SCAN_PAGES.c.state == PageState.WAITING.value)
        .group_by(SCANS.c.id, SCANS.c.name)
        .order_by(SCANS.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def scan_content(connection: Connection, scan: ScanId, path: Path) -> bytes:
    """A file as received; DamagedFileError when it is not."""
    row = connection.execute(
        select(SCANS.c.name, SCANS.c.sha256, SCANS.c.content).where(SCANS.c.id == scan)
    ).one()
    if sha256(row.content).hexdigest() != row.sha256:
        raise DamagedFileError(path, f"扫描件“{row.name}”与校验值不符")
    return bytes(row.content)


PAGE_COLUMNS: Final = (
    "id", "sheet", "half", "turn", "codes", "state", "reason", "decided_by", "decided_on",
    "kind", "document_id", "revision", "copy", "stage", "number", "total",
)  # fmt: skip
"""All that a row of a page says but which file it is of. The digests in the log are of these:
another column needs another digest."""
_OF_SCAN = select(*(SCAN_PAGES.c[name] for name in PAGE_COLUMNS)).order_by(SCAN_PAGES.c.id)
_DIGEST_LETTERS: Final = 16
NOTHING: Final = "\0"
"""In place of what a row does not say."""
_PAGES = select(SCAN_PAGES, SCANS.c.name).join(SCANS, SCANS.c.id == SCAN_PAGES.c.scan_id)


def _page(row: AnyRow) -> ScanPage:
    return ScanPage(
        ScanPageId(row.id),
        ScanId(row.scan_id),
        row.name,
        row.sheet,
        row.half,
        row.turn,
        row.codes,
        PageState(row.state),
        row.reason,
        row.decided_by,
        row.decided_on,
        _slot(row),
    )


def _slot(row: AnyRow) -> Slot | None:
    if row.kind is None:
        return None
    copy = Copy(row.copy) if row.copy else None
    paper = Paper(PaperKind(row.kind), row.document_id, row.revision, copy, row.stage)
    return Slot(paper, row.number, row.total)


def _place(slot: Slot | None) -> dict[str, object]:
    if slot is None:
        return dict.fromkeys(
            ("kind", "document_id", "revision", "copy", "stage", "number", "total")
        )
    paper = slot.paper
    return {
        "kind": paper.kind.value,
        "document_id": paper.document_id,
        "revision": paper.revision,
        "copy": paper.copy.value if paper.copy else "",
        "stage": paper.stage,
        "number": slot.number,
        "total": slot.total,
    }


def _decision(
    state: PageState, reason: str, slot: Slot | None, by: str, on: date
) -> dict[str, object]:
    return {
        "state": state.value,
        "reason": reason,
        "decided_by": by,
        "decided_on": on,
        **_place(slot),
    }

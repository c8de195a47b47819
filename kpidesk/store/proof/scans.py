"""Scans: the very files of the scanner, and whose papers are filed from each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.filing import PageState, PaperKind
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.folded import Said
from kpidesk.store.proof.log import Logged, agrees
from kpidesk.store.scans import NOTHING, PAGE_COLUMNS, page_digest

_PLACE: Final = ("kind", "document_id", "revision", "copy", "stage", "number", "total")
_SHEETS: Final = {one.value for one in PaperKind if one.is_sheet}


def check_scans(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every file received, named by each of the contracts that have pages in it."""
    whose = _whose(connection)
    for id_, name, kept, content in raw(connection, "scans", "id", "name", "sha256", "content"):
        if not isinstance(content, bytes) or sha256(content).hexdigest() != told(kept):
            against = "校验值"
        elif not agrees(logged, Part.SCAN, id_, kept):
            against = "操作日志"
        else:
            continue
        problem = f"扫描文件“{told(name)}”与{against}不符"
        contracts = whose.get(int(told(id_)), set())
        for contract in sorted(contracts):
            yield papers.broken(contract, Part.SCAN, problem)
        if not contracts:
            yield Broken(Part.SCAN, told(name), f"与{against}不符")


def check_pages(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """What was read on each page and where it was put: held to the log.

    An early log tells of pages only that were put somewhere by hand. Where the log itself is
    broken, which is named then, nothing can be held to it.
    """
    if not logged.is_whole:
        return
    rows: dict[str, list[dict[str, str]]] = {}
    for scan, *row in raw(connection, "scan_pages", "scan_id", *PAGE_COLUMNS):
        page = dict(zip(PAGE_COLUMNS, map(_text, row), strict=True))
        rows.setdefault(told(scan), []).append(page)
    for id_, name, sheets, by, on in raw(
        connection, "scans", "id", "name", "sheets", "received_by", "received_on"
    ):
        if (known := logged.folded.scans.get(told(id_))) is None:
            continue
        actor, said = known
        now = {"name": told(name), "sheets": told(sheets), "on": told(on), "by": told(by)}
        if any(value != now[key] for key, value in {**said, "by": actor}.items() if key in now):
            yield Broken(Part.SCAN, said["name"], "登记与操作日志不符")
        pages = sorted(rows.get(told(id_), ()), key=lambda row: int(row["id"]))
        for number in _odd(pages, said.get("pages", "").split(), logged):
            yield Broken(Part.FILING, said["name"], f"第 {number} 页的内容或归处与操作日志不符")


def _odd(
    pages: Sequence[Mapping[str, str]], digests: Sequence[str], logged: Logged
) -> Iterator[int]:
    """Which pages of a file are not as the log has them, by their place among its pages."""
    for number, page in enumerate(pages):
        decided = logged.folded.pages.get(page["id"])
        if decided is not None:
            is_odd = (decided.state, decided.reason, decided.by, *_place(decided.slot)) != (
                page["state"], page["reason"], page["decided_by"], *(page[one] for one in _PLACE),
            )  # fmt: skip
        else:
            at = digests[number : number + 1]
            is_odd = bool(digests) and at != [page_digest([page[one] for one in PAGE_COLUMNS])]
        if is_odd:
            yield number + 1
    if digests and len(pages) < len(digests):
        yield len(digests)


def _place(slot: Said | None) -> tuple[str, ...]:
    """What stands in the columns of a place."""
    if slot is None:
        return (NOTHING,) * len(_PLACE)
    paper = slot["paper"]
    place = [told(paper.get(one)) for one in _PLACE[:5]]
    return (*place, told(slot["number"]), told(slot["total"]))


def _text(value: object) -> str:
    """As `page_digest` takes it: an empty place is none, so that pages of it are not found."""
    return NOTHING if value is None else told(value)


def _whose(connection: Connection) -> dict[int, set[int]]:
    """By scan: the contracts to which its filed pages belong, directly or by a sheet."""
    sheets = {
        int(told(id_)): int(told(contract))
        for id_, contract in raw(connection, "appraisals", "id", "contract_id")
    }
    found: dict[int, set[int]] = {}
    for scan, state, kind, document in raw(
        connection, "scan_pages", "scan_id", "state", "kind", "document_id"
    ):
        if told(state) != PageState.FILED.value:
            continue
        number, paper = int(told(document)), told(kind)
        contract = number if paper == PaperKind.CONTRACT.value else None
        if paper in _SHEETS:
            contract = sheets.get(number)
        if contract is not None:
            found.setdefault(int(told(scan)), set()).add(contract)
    return found

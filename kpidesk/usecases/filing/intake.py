"""Scans in: read, matched, kept, filed; one transaction a file, and nothing of a file is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from hashlib import sha256
from operator import or_
from pathlib import Path

from kpidesk.core.contract import ContractId
from kpidesk.core.filing import PageState, Paper, PaperKind, Slot, missing_pages
from kpidesk.core.page_code import PREFIX
from kpidesk.exchange.scan.found import MOST_BYTES, Part, ScanError, SheetFound
from kpidesk.exchange.scan.reader import ScanReader
from kpidesk.store.scans import (
    NewPage,
    add_page,
    add_scan,
    filed_pages,
    page_digests,
    scan_with_hash,
)
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.copies import scan_filed
from kpidesk.usecases.filing.matching import Matcher
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company, Work

SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
"""How the names of scans end."""


class KnownScanError(ScanError):
    """The same file was received before."""


@dataclass(frozen=True, slots=True)
class ScanRead:
    """A file of the scanner and what was found on its sheets."""

    name: str
    content: bytes
    sheets: tuple[SheetFound, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file; with a `refusal`, it stays where it is and nothing is kept of it."""

    name: str
    filed: int = 0
    waiting: int = 0
    blank: int = 0
    complete: int = 0
    refusal: str = ""

    @property
    def changes(self) -> Changes:
        """What pages have to load anew."""
        return Changes.NONE if self.refusal else Changes.SCANS | Changes.CONTRACTS

    @property
    def text(self) -> str:
        """“扫描.pdf”：归档 6 页，待处理 1 页，2 份已齐全."""
        if self.refusal:
            return f"“{self.name}”没有读入：{self.refusal}"
        counts = ((self.filed, "归档"), (self.waiting, "待处理"), (self.blank, "空白"))
        said = "，".join(f"{what} {count} 页" for count, what in counts if count) or "没有内容"
        complete = f"，{self.complete} 份已齐全" if self.complete else ""
        return f"“{self.name}”：{said}{complete}"


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of each file, in order; `cancelled` when those after them were not read."""

    files: tuple[Received, ...]
    cancelled: bool = False

    @property
    def changes(self) -> Changes:
        """What pages have to load anew."""
        return reduce(or_, (one.changes for one in self.files), Changes.NONE)


def receive_scans(
    company: Company,
    paths: Sequence[Path],
    *,
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> Intake:
    """Read files and file their pages; a file that cannot be read does not keep the others."""
    watched = progress or Unwatched()
    files: list[Received] = []
    with ScanReader(PREFIX) as reader:
        for done, path in enumerate(paths):
            try:
                content = read_bytes(path)
                check_new(company, content)
                read = _read(reader, path.name, content, watched, f"{done + 1}/{len(paths)}")
            except ScanError as error:
                files.append(Received(path.name, refusal=str(error)))
                continue
            if read is None:
                return Intake(tuple(files), cancelled=True)
            files.append(file_scan(company, read, actor=actor, today=today))
    return Intake(tuple(files))


def read_bytes(path: Path) -> bytes:
    """What is in a file; ScanError says why it cannot be had."""
    try:
        if path.stat().st_size > MOST_BYTES:
            msg = (
                f"超过 {MOST_BYTES // 1_000_000} MB，太大了。请分成几个文件，或用 300 dpi 灰度扫描"
            )
            raise ScanError(msg)
        return path.read_bytes()
    except OSError as error:
        msg = f"打不开({error.strerror or error})。请检查文件是否还在、是否正被扫描软件占用"
        raise ScanError(msg) from error


def check_new(company: Company, content: bytes) -> None:
    """KnownScanError when the same file was received before."""
    with company.read() as connection:
        known = scan_with_hash(connection, sha256(content).hexdigest())
    if known:
        name, day = known
        msg = f"与 {day} 收到的“{name}”是同一个文件，不再重复归档"
        raise KnownScanError(msg)


def read_scan(path: Path, content: bytes, progress: Progress | None = None) -> ScanRead | None:
    """What is on the sheets of a file, without the company file; None when it was cancelled."""
    with ScanReader(PREFIX) as reader:
        return _read(reader, path.name, content, progress or Unwatched(), "1/1")


def _read(
    reader: ScanReader, name: str, content: bytes, progress: Progress, which: str
) -> ScanRead | None:
    sheets: list[SheetFound] = []
    total = 0
    for found in reader.read(content):
        if isinstance(found, int):
            total = found
        else:
            sheets.append(found)
        text = f"正在读取“{name}”（文件 {which}），第 {min(len(sheets) + 1, total)} 页"
        # The last step is the filing: until then, the panel stays.
        progress.step(len(sheets), total + 1, text)
        if progress.cancelled:
            return None
    return ScanRead(name, content, tuple(sheets))


def file_scan(company: Company, read: ScanRead, *, actor: str, today: date) -> Received:
    """Keep a file and file its pages: all of it or, when that fails, nothing."""
    with company.change(actor) as work:
        if scan_with_hash(work.connection, sha256(read.content).hexdigest()):
            return Received(read.name, refusal="刚刚收到过同一个文件，不再重复归档")
        pages = _placed(Matcher(company, work.connection), read.sheets)
        scan = add_scan(
            work.connection,
            read.name,
            read.content,
            len(read.sheets),
            by=work.actor,
            on=today,
        )
        for page in pages:
            add_page(work.connection, scan, page, by=work.actor, on=today)
        counts = {state: sum(one.state is state for one in pages) for state in PageState}
        work.log(
            "scan.receive",
            f"scan:{scan}",
            after={
                "name": read.name,
                "sha256": sha256(read.content).hexdigest(),
                "sheets": str(len(read.sheets)),
                "on": str(today),
                "pages": " ".join(page_digests(work.connection, scan)),
                **{state.value: str(count) for state, count in counts.items() if count},
            },
        )
        papers = {one.slot.paper for one in pages if one.slot and one.state is PageState.FILED}
        return Received(
            read.name,
            counts[PageState.FILED],
            counts[PageState.WAITING],
            counts[PageState.BLANK],
            sum(note_complete(work, paper, today=today) for paper in papers),
        )


def note_complete(work: Work, paper: Paper, *, today: date) -> bool:
    """Whether all pages of a paper are filed; then a contract's copy is 已扫描."""
    if not is_whole(work, paper):
        return False
    if paper.kind is PaperKind.CONTRACT and paper.copy:
        contract = ContractId(paper.document_id)
        scan_filed(work, contract, paper.copy, revision=paper.revision, today=today)
    return True


def is_whole(work: Work, paper: Paper) -> bool:
    """Whether all pages of a paper are filed."""
    filed = [one.slot for one in filed_pages(work.connection, paper) if one.slot]
    return bool(filed) and not missing_pages(filed[0].total, {one.number for one in filed})


def _placed(matcher: Matcher, sheets: Sequence[SheetFound]) -> list[NewPage]:
    """Every page of a scan with its place, or why it has none."""
    taken: set[tuple[Paper, int]] = set()
    pages: list[NewPage] = []
    for sheet in sheets:
        for part in sheet.parts:
            page = _page(matcher, sheet, part)
            slot = page.slot
            if page.state is PageState.FILED and slot is not None:
                place = (slot.paper, slot.number)
                if place in taken or _is_filed(matcher, slot):
                    page = replace(page, state=PageState.WAITING, reason="重复页：这一页已经归档过")
                taken.add(place)
            pages.append(page)
    return [_guessed(pages, number) for number in range(len(pages))]


def _is_filed(matcher: Matcher, slot: Slot) -> bool:
    filed = filed_pages(matcher.connection, slot.paper)
    return any(one.slot and one.slot.number == slot.number for one in filed)


def _page(matcher: Matcher, sheet: SheetFound, part: Part) -> NewPage:
    page = NewPage(
        sheet.number, part.half.value, part.turn, "\n".join(part.codes), PageState.WAITING, "", None
    )
    if part.is_blank:
        return replace(page, state=PageState.BLANK)
    if sheet.problem:
        return replace(page, reason=sheet.problem)
    if not part.codes:
        return replace(page, reason="没有读到识别码")
    if len(part.codes) > 1:
        return replace(page, reason=f"一页上有 {len(part.codes)} 个不同的识别码，请人工判断")
    match = matcher.match(part.codes[0])
    state = PageState.WAITING if match.reason else PageState.FILED
    return replace(page, state=state, reason=match.reason or match.note, slot=match.slot)


def _guessed(pages: Sequence[NewPage], number: int) -> NewPage:
    """A page without a code, offered the place that two of its neighbours leave open."""
    page = pages[number]
    if page.codes or page.state is not PageState.WAITING:
        return page
    offers: list[Slot] = []
    for distance in (-1, 1, -2, 2):
        there = number + distance
        slot = pages[there].slot if 0 <= there < len(pages) else None
        if slot is not None and 1 <= slot.number - distance <= slot.total:
            offers.append(replace(slot, number=slot.number - distance))
    likely = [one for one in offers if offers.count(one) > 1]
    if not likely or any(one.slot == likely[0] for one in pages):
        return page
    reason = f"{page.reason}；按前后页推测是第 {likely[0].number} 页，请核对"
    return replace(page, slot=likely[0], reason=reason)

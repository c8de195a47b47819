"""The sample company with all its documents, as files in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpidesk.core.contract import ContractState
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.file_name import safe_name
from kpidesk.core.period import Period
from kpidesk.store.file import SUFFIX
from kpidesk.usecases.appraisals import (
    AppraisalRow,
    SheetState,
    blank_sheet_pdf,
    filled_sheet_pdf,
    list_appraisals,
)
from kpidesk.usecases.contracts import contracts_pdf, list_contracts
from kpidesk.usecases.files import FileNotWrittenError, write_whole
from kpidesk.usecases.pay import list_groups, statements_pdf
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.results import reports_pdf
from kpidesk.usecases.sample import create_sample
from kpidesk.usecases.session import Company, found
from kpidesk.usecases.yearbook.offers import Paper, offer
from kpidesk.usecases.yearbook.papers import paper_pdf, papers_in_folder
from kpidesk.usecases.yearbook.scope import Scope

FILE = f"样例公司{SUFFIX}"
_CONTRACTS, _BLANK, _FILLED, _REPORTS = "责任书", "空白评分表", "评分表", "考核报告"
_YEAR, _ARCHIVE, _PACKS, _STATEMENTS = "年度文件", "归档证明", "证据包", "薪酬结算单"
_FOLDERS = (_CONTRACTS, _BLANK, _FILLED, _REPORTS, _YEAR, _ARCHIVE, _PACKS, _STATEMENTS)


class DemoFolderError(KpiDeskError):
    """The folder holds a sample company already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}”已经存在，不会覆盖；请换一个文件夹，或先删除这个文件")


@dataclass(frozen=True, slots=True)
class Written:
    """Documents of one kind."""

    title: str
    folder: Path
    count: int


@dataclass(frozen=True, slots=True)
class Demo:
    """What was written: the company file with its contracts and sheets, and the documents."""

    company: str
    path: Path
    contracts: int
    sheets: dict[SheetState, int]
    documents: tuple[Written, ...]


def write_demo(folder: Path, *, progress: Progress | None = None) -> Demo:
    """Make the sample company in a folder (made if need be), and every document of it."""
    watched = progress or Unwatched()
    path = folder / FILE
    if path.exists():
        raise DemoFolderError(path)
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWrittenError(folder, error) from error
    company = create_sample(path, progress=watched)
    try:
        return _write_all(company, folder, watched)
    finally:
        company.close()


def _write_all(company: Company, folder: Path, progress: Progress) -> Demo:
    contracts = list_contracts(company)
    valid = [one.id for one in contracts if one.state is not ContractState.VOID]
    sheets = list_appraisals(company)
    counts = {state: sum(1 for one in sheets if one.state is state) for state in SheetState}
    scored = [one.id for one in sheets if one.state is SheetState.SCORED]
    printed = contracts_pdf(company, valid, folder=folder / _CONTRACTS, progress=progress)
    blank = _write_sheets(company, sheets, folder / _BLANK, progress, filled=False)
    filled = _write_sheets(company, sheets, folder / _FILLED, progress, filled=True)
    reports = reports_pdf(company, scored, folder=folder / _REPORTS, progress=progress)
    year = _write_year(company, folder, progress)
    statements = _write_statements(company, folder / _STATEMENTS, progress)
    return Demo(
        company.name,
        company.path,
        len(contracts),
        counts,
        (
            Written("责任书（甲方存、乙方存各一份）", folder / _CONTRACTS, len(printed.paths)),
            Written("空白评分表", folder / _BLANK, blank),
            Written("已填写的评分表", folder / _FILLED, filled),
            Written("考核报告", folder / _REPORTS, len(reports.paths)),
            *year,
            Written("薪酬结算单", folder / _STATEMENTS, statements),
        ),
    )


def _write_sheets(
    company: Company,
    rows: Sequence[AppraisalRow],
    folder: Path,
    progress: Progress,
    *,
    filled: bool,
) -> int:
    """A file for each sheet: all of them blank, or those on which something stands."""
    chosen = [one for one in rows if not filled or one.state is not SheetState.NOT_STARTED]
    render = filled_sheet_pdf if filled else blank_sheet_pdf
    for done, row in enumerate(chosen):
        progress.step(done, len(chosen), f"正在生成{folder.name} {done + 1}/{len(chosen)}")
        name = safe_name(f"{row.person_number}_{row.person_name}_{folder.name}_{row.cycle.key}")
        write_whole(folder / f"{name}.pdf", render(company, row.id))
    return len(chosen)


def _write_year(company: Company, folder: Path, progress: Progress) -> tuple[Written, ...]:
    """The documents of the year that has sheets, of the company; packs of the first and the last.

    A pack of a monthly scheme has nearly a hundred pages: two are enough to look at.
    """
    whole = 0
    for paper in (one for one in Paper if not one.is_of_one):
        periods = offer(company, paper).periods if paper is Paper.APPROVAL else (_year(company),)
        for period in periods:
            pdf = paper_pdf(company, paper, Scope(period), progress=progress)
            write_whole(folder / _YEAR / f"{safe_name(f'{paper}_{period.key}')}.pdf", pdf)
            whole += 1
    everybody = Scope(_year(company))
    proofs = papers_in_folder(
        company, Paper.CERTIFICATE, everybody, folder / _ARCHIVE, progress=progress
    )
    rows = list_appraisals(company, period=everybody.period)
    two = Scope(everybody.period, people=frozenset((rows[0].person, rows[-1].person)))
    packs = papers_in_folder(company, Paper.EVIDENCE, two, folder / _PACKS, progress=progress)
    return (
        Written("年度文件（目标分解、审批、年度报告、归档清单）", folder / _YEAR, whole),
        Written("归档证明", folder / _ARCHIVE, len(proofs.paths)),
        Written("证据包", folder / _PACKS, len(packs.paths)),
    )


def _year(company: Company) -> Period:
    """The last year that has sheets."""
    return found(offer(company, Paper.ANNUAL).usual, "有评分表的年度")


def _write_statements(company: Company, folder: Path, progress: Progress) -> int:
    """The statement of everybody for each period that is settled."""
    return sum(
        len(statements_pdf(company, one.ref, key, folder=folder, progress=progress).paths)
        for one in list_groups(company)
        for key in one.closed
    )

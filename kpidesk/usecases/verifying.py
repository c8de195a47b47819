"""检查存档: is everything that is kept for good what it was? Names exactly what is not."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select

from kpidesk.core.errors import InvalidValueError
from kpidesk.store import audit
from kpidesk.store.appraisals import scored_appraisals
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.proof.broken import Broken, Part
from kpidesk.store.proof.contracts import Papers, check_contracts, check_frozen, check_papers
from kpidesk.store.proof.copies import check_copies
from kpidesk.store.proof.entered import check_entered
from kpidesk.store.proof.incidents import check_incidents
from kpidesk.store.proof.interviews import check_interviews
from kpidesk.store.proof.kept import check_kept
from kpidesk.store.proof.log import Logged, check_log, parse_head
from kpidesk.store.proof.postings import check_postings
from kpidesk.store.proof.readable import check_rows
from kpidesk.store.proof.records import (
    check_legal,
    check_pay,
    check_results,
    check_schemes,
    check_targets,
)
from kpidesk.store.proof.register import check_register
from kpidesk.store.proof.reviews import check_batches, check_steps
from kpidesk.store.proof.scans import check_pages, check_scans
from kpidesk.store.proof.sealed import check_seal, sealed_name
from kpidesk.store.proof.sheets import check_sheets
from kpidesk.store.proof.users import check_users
from kpidesk.store.rows import (
    AUDIT,
    BATCHES,
    FROZEN,
    PAPERS,
    PAY_RUNS,
    RESULTS,
    REVIEW_STEPS,
    SCANS,
    SCHEMES,
    TARGET_REVISIONS,
)
from kpidesk.store.seal import broken_tables
from kpidesk.usecases.appraisals.listing import view_of
from kpidesk.usecases.company import open_company
from kpidesk.usecases.locking import Unlock
from kpidesk.usecases.pay.proving import changed_entries
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.results import changed_results
from kpidesk.usecases.session import Company

__all__ = ["Broken", "Part", "Proof", "verify", "verify_file"]

_log = logging.getLogger(__name__)
_PAID_BY = frozenset({Part.TERMS, Part.REGISTER, Part.SCHEME, Part.PAY})
"""What settlements are computed from; one of these broken is named, and makes them differ."""

_TORN: Final = (
    "文件里的内容前后不一致，可能是它在别处正开着时被别的软件复制（同步、拷到 U 盘）了一半，"
    "或断电时写坏了。请用原来的文件；没有的话，请用最近的备份恢复。"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, as the officer counts it, and everything in it that is broken."""

    checked: tuple[tuple[str, int], ...]
    broken: tuple[Broken, ...]
    cancelled: bool = False

    @property
    def summary(self) -> str:
        """存档 45 份、打印件 90 份…."""
        return "，".join(f"{name} {count:,}" for name, count in self.checked)


def verify(company: Company, *, head: str = "", progress: Progress | None = None) -> Proof:
    """Take every hash anew, follow both chains from end to end, and compute every score anew.

    `head` is the log number printed at the foot of a document (128-1a2b3c4d): the log must still
    contain it.
    """
    expected = parse_head(head) if head.strip() else None
    if head.strip() and expected is None:
        msg = f"“{head}”不是日志号；它印在责任书、评分表的页脚，形如 128-1a2b3c4d"
        raise InvalidValueError(msg)
    watched = progress or Unwatched()
    broken: list[Broken] = []
    with company.read() as connection:
        logged, papers = Logged(), Papers()
        steps: tuple[tuple[str, Iterator[Broken]], ...] = (
            ("操作日志", check_log(connection, logged, expected)),
            ("人员、部门和设置", check_register(connection, logged)),
            ("考核方案", check_schemes(connection, logged)),
            ("责任书正文", check_contracts(connection, papers, logged)),
            ("打印件", check_papers(connection, papers, logged)),
            ("存档封签", check_frozen(connection, papers, logged)),
            ("定分记录", check_results(connection, papers, logged)),
            ("评分表", check_sheets(connection, papers, logged)),
            ("面谈记录", check_interviews(connection, papers, logged)),
            ("审批批次", check_batches(connection, logged)),
            ("校准、审批和申诉", check_steps(connection, logged)),
            ("关键事件", check_incidents(connection, logged)),
            ("任职记录", check_postings(connection, logged)),
            ("目标计划", check_targets(connection, logged)),
            ("薪酬结算", check_pay(connection, logged)),
            ("薪酬数据", check_entered(connection, logged)),
            ("法定参数", check_legal(connection, logged)),
            ("用户与权限", check_users(connection, logged)),
            ("纸质件登记", check_copies(connection, papers, logged)),
            ("扫描件", check_scans(connection, papers, logged)),
            ("扫描页的归档", check_pages(connection, logged)),
            ("有无缺失", check_kept(connection, papers, logged)),
        )
        for done, (name, found) in enumerate(steps):
            watched.step(done, len(steps), f"正在核对{name}")
            if watched.cancelled:
                return Proof((), tuple(broken), cancelled=True)
            broken += _read_out(name, found)
        if _PAID_BY.isdisjoint(one.part for one in broken):
            watched.step(len(steps), len(steps), "正在核对薪酬台账")
            broken += _read_out("薪酬台账", changed_entries(company, connection))
        if not broken:  # else what is broken is named already, and more closely
            broken += _read_out("数据表", check_rows(connection))
        if not broken:  # else what is broken makes the scores differ, and is named already
            anew = _computed_anew(company, connection, papers, watched)
            broken += _read_out("评分表重新计算", anew)
        if watched.cancelled:
            return Proof((), tuple(broken), cancelled=True)
        broken += _changed_while_closed(company, connection, broken)
        watched.step(len(steps), len(steps))
        return Proof(tuple(_counts(connection)), tuple(broken))


def verify_file(
    path: Path,
    *,
    head: str = "",
    unlock: Unlock | None = None,
    progress: Progress | None = None,
) -> Proof:
    """The same of a file that is not open; one too damaged to be opened is broken as a whole.

    A StoreError tells of a file that cannot be opened for another reason.
    """
    try:
        company = open_company(path, unlock)
        try:
            return verify(company, head=head, progress=progress)
        finally:
            company.close()
    except DamagedFileError as problem:
        return Proof((), (Broken(Part.FILE, path.name, str(problem)),))


def _read_out(name: str, found: Iterable[Broken]) -> Iterator[Broken]:
    """What a step finds; what it cannot even read is broken too, whatever it stumbles over."""
    try:
        yield from found
    except Exception as problem:  # noqa: BLE001 - anything may stand in a file that was changed
        # Not its words: they may hold what stands in the file.
        _log.warning("a %s while proving", type(problem).__name__)
        yield Broken(Part.FILE, name, "有内容读不出来，已被改动或损坏，这一项没有核对完")


def _computed_anew(
    company: Company, connection: Connection, papers: Papers, watched: Progress
) -> Iterator[Broken]:
    """Recorded scores that come to something else today: the program or a hash was changed too."""
    sheets = scored_appraisals(connection)
    for done, id_ in enumerate(sheets):
        watched.step(done, len(sheets), f"正在重新计算第 {done + 1} 张评分表，共 {len(sheets)} 张")
        if watched.cancelled:
            return
        view = view_of(company, connection, id_)
        if odd := changed_results(company, connection, view):
            problem = f"{view.appraisal.cycle.start} 起的考核重新计算后不同：{'、'.join(odd)}"
            yield papers.broken(view.appraisal.contract, Part.RESULT, problem)


def look_after_opening(company: Company) -> str:
    """Whether the log is whole, and the tables as they were when the file was closed.

    Empty when all is well. Asked right after opening: the first change breaks the seal, and what
    is found now is kept for later. A file that nobody closed may be a copy that another program
    took between two writes: of that, every row is looked up in its indexes.
    """
    with company.file.transaction() as connection:  # of the whole file, whoever is signed in
        _note_seal(company, connection)
        if not company.file.was_sealed:
            told = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            if told != "ok":
                return _TORN
        line = audit.first_broken(connection)
    if line is not None:
        return f"操作日志从第 {line} 条起与校验值不符，可能被改动过。请检查数据库，并用备份核对。"
    if not company.changed_while_closed:
        return ""
    told = "、".join(map(sealed_name, company.changed_while_closed))
    return f"这个文件关闭以后在程序之外被改动过：{told}。请检查数据库，并用备份核对。"


def _note_seal(company: Company, connection: Connection) -> None:
    if company.changed_while_closed is None and company.file.is_untouched(connection):
        found = broken_tables(connection)
        company.changed_while_closed = () if found is None else found


def _changed_while_closed(
    company: Company, connection: Connection, broken: Sequence[Broken]
) -> list[Broken]:
    _note_seal(company, connection)
    return list(check_seal(company.changed_while_closed or (), broken))


def _counts(connection: Connection) -> Iterator[tuple[str, int]]:
    for name, table in (
        ("责任书存档", FROZEN),
        ("打印件", PAPERS),
        ("考核方案", SCHEMES),
        ("定分记录", RESULTS),
        ("审批批次", BATCHES),
        ("校准审批记录", REVIEW_STEPS),
        ("目标计划", TARGET_REVISIONS),
        ("薪酬结算", PAY_RUNS),
        ("扫描件", SCANS),
        ("操作日志", AUDIT),
    ):
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        yield name, count

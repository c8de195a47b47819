"""检查数据库: the whole file looked at, from its pages to every record, and what can be mended."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.people import PersonId
from kpidesk.store import audit
from kpidesk.store.appraisals import open_standings, save_standing
from kpidesk.store.driver import cipher_problem
from kpidesk.store.errors import DamagedFileError, StoreError
from kpidesk.store.people import people, save_spelling
from kpidesk.store.plans import save_plan_due, wrong_dues
from kpidesk.store.schema import check_schema
from kpidesk.usecases.appraisals.listing import view_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.keeping.listing import heads_noted
from kpidesk.usecases.keeping.making import Reason, keep_before
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.reviewed import closed_in
from kpidesk.usecases.session import Company
from kpidesk.usecases.sheets import standing
from kpidesk.usecases.verifying import Proof, verify

_log = logging.getLogger(__name__)
_MOST: Final = 20
_LOOSE: Final = 8 << 20
"""Bytes of free pages that are worth giving back."""
_INDEX: Final = ("index", "wrong # of entries")


class State(Enum):
    """How a step ended."""

    GOOD = auto()
    NOTE = auto()
    """Nothing is lost; the program can put it right."""
    BAD = auto()


class Mend(Enum):
    """What the program can put right without touching anything that somebody entered."""

    INDEX = "重建索引"
    FIGURES = "重算列表上的数字"
    SPELLINGS = "重算姓名的拼音"
    ROOM = "收回空闲的空间"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was looked at, in the officer's words."""

    name: str
    state: State
    said: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at, in order, and what can be mended."""

    file: str
    size: int
    head: str
    at: str
    steps: tuple[Step, ...]
    mends: tuple[Mend, ...]
    proof: Proof
    cancelled: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(one.state is not State.BAD for one in self.steps)


def inspect(company: Company, *, head: str = "", progress: Progress | None = None) -> Inspection:
    """Look at everything; nothing is changed. `head` as in `verify`."""
    watched = progress or Unwatched()
    steps: list[Step] = []
    mends: list[Mend] = []
    with company.read() as connection:
        for name, found in _looks(company, connection, mends):
            watched.step(len(steps), 9, f"正在检查{name}")
            if watched.cancelled:
                break
            steps.extend(_read_out(name, found))
        end = str(audit.head(connection))
    if watched.cancelled:
        proof = Proof((), (), cancelled=True)
    else:
        proof = verify(company, head=head, progress=progress)
        steps.append(_proved(proof))
    moment = company.file.clock().astimezone()
    return Inspection(
        company.path.name, _size(company), end, f"{moment:%Y-%m-%d %H:%M}", tuple(steps),
        tuple(mends), proof, proof.cancelled,
    )  # fmt: skip


def mend(company: Company, chosen: Sequence[Mend], *, actor: str, today: date) -> Changes:
    """Put right what can be, after a backup; what somebody entered is never touched."""
    del today
    company.admit()
    keep_before(company, Reason.MEND)
    with company.change(actor) as work:
        for one in chosen:
            match one:
                case Mend.INDEX:
                    work.connection.exec_driver_sql("REINDEX")
                case Mend.FIGURES:
                    for id_ in _stale(company, work.connection):
                        view = view_of(company, work.connection, id_)
                        save_standing(work.connection, id_, standing(view.sheet))
                    for id_, due in wrong_dues(work.connection).items():
                        save_plan_due(work.connection, id_, due)
                case Mend.SPELLINGS:
                    for person, pinyin in _misspelt(work.connection):
                        save_spelling(work.connection, person, pinyin)
                case Mend.ROOM:
                    pass
        work.log(
            "company.mend", "company", after={"mended": "、".join(one.value for one in chosen)}
        )
    if Mend.ROOM in chosen:
        company.file.give_room_back()
    return Changes.APPRAISALS | Changes.PEOPLE


def _looks(
    company: Company, connection: Connection, mends: list[Mend]
) -> Iterator[tuple[str, Iterator[Step]]]:
    yield "文件结构", _pages(connection, mends)
    if company.file.secret is not None:
        yield "加密的内容", _cipher(connection)
    yield "数据之间的引用", _references(connection)
    yield "表和保护规则", _schema(company, connection)
    yield "备份时记下的审计号", _heads(company, connection)
    yield "列表上的数字", _figures(company, connection, mends)
    if company.file.secret is None:
        yield "空闲的空间", _room(connection, mends)


def _read_out(name: str, found: Iterator[Step]) -> Iterator[Step]:
    """What a look finds; what it cannot even read is broken, whatever it stumbles over."""
    try:
        yield from found
    except StoreError:
        raise
    except Exception as problem:  # noqa: BLE001 - anything may stand in a file that was changed
        # Not its words: they may hold what stands in the file.
        _log.warning("a %s while inspecting", type(problem).__name__)
        yield Step(name, State.BAD, "有内容读不出来，已被改动或损坏，请用最近的备份恢复")


def _pages(connection: Connection, mends: list[Mend]) -> Iterator[Step]:
    told = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars().all()
    problems = tuple(str(one) for one in told if one != "ok")
    if not problems:
        yield Step("文件结构", State.GOOD, "每一页都完好")
    elif all(any(word in one for word in _INDEX) for one in problems):
        mends.append(Mend.INDEX)
        yield Step("文件结构", State.NOTE, "数据完好，但索引与数据对不上，可以重建", problems)
    else:
        yield Step("文件结构", State.BAD, "有损坏的页，请用最近的备份恢复", problems)


def _cipher(connection: Connection) -> Iterator[Step]:
    driver = connection.connection.driver_connection
    problem = "" if driver is None else cipher_problem(driver)
    if problem:
        yield Step("加密的内容", State.BAD, "有一页被改动过，请用最近的备份恢复", (problem,))
    else:
        yield Step("加密的内容", State.GOOD, "每一页都与加密时的校验值相符")


def _references(connection: Connection) -> Iterator[Step]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if rows:
        tables = "、".join(sorted({str(row[0]) for row in rows}))
        said = f"{len(rows)} 条记录指向不存在的内容，请用最近的备份核对"
        yield Step("数据之间的引用", State.BAD, said, (tables,))
    else:
        yield Step("数据之间的引用", State.GOOD, "没有指向不存在内容的记录")


def _schema(company: Company, connection: Connection) -> Iterator[Step]:
    try:
        check_schema(connection, company.path)
    except DamagedFileError as problem:
        yield Step("表和保护规则", State.BAD, "与程序的不一致", (str(problem),))
    else:
        yield Step("表和保护规则", State.GOOD, "与程序的一致，没有外来的规则")


def _heads(company: Company, connection: Connection) -> Iterator[Step]:
    """Where the log ended in each backup: those lines must still be what they were.

    Not those of what a restore took back: these are named in its own line.
    """
    noted = {(one.sequence, one.hash): one for one in heads_noted(company) if one.sequence}
    if not noted:
        yield Step("备份时记下的审计号", State.GOOD, "还没有备份可以对照")
        return
    restored = [
        line.at
        for _, line in audit.read(connection, "company")
        if line.action in ("company.restore", "company.recover")
    ]
    since = max(restored, default=None)
    odd = [
        one
        for (sequence, digest), one in noted.items()
        if (since is None or one.at > since) and audit.hash_at(connection, sequence) != digest
    ]
    if odd:
        details = tuple(f"{one.at.astimezone():%Y-%m-%d %H:%M} 的备份：{one.head}" for one in odd)
        said = "操作日志已不包含备份时的末尾，有记录被删去或改写"
        yield Step("备份时记下的审计号", State.BAD, said, details[:_MOST])
    else:
        yield Step("备份时记下的审计号", State.GOOD, f"{len(noted)} 份备份的审计号都还在日志里")


def _figures(company: Company, connection: Connection, mends: list[Mend]) -> Iterator[Step]:
    stale, dues = _stale(company, connection), wrong_dues(connection)
    if stale or dues:
        mends.append(Mend.FIGURES)
    if misspelt := _misspelt(connection):
        mends.append(Mend.SPELLINGS)
    if count := len(stale) + len(dues) + len(misspelt):
        said = f"{count} 处与重新计算的不同，可以重算"
        yield Step("列表上的数字", State.NOTE, said)
    else:
        yield Step("列表上的数字", State.GOOD, "与重新计算的一致")


def _room(connection: Connection, mends: list[Mend]) -> Iterator[Step]:
    free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
    page = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    if free * page >= _LOOSE:
        mends.append(Mend.ROOM)
        yield Step("空闲的空间", State.NOTE, f"{free * page >> 20} MB 可以收回")
    else:
        yield Step("空闲的空间", State.GOOD, "没有需要收回的")


def _stale(company: Company, connection: Connection) -> list[AppraisalId]:
    """The open sheets whose figures in lists are not what they come to."""
    found: list[AppraisalId] = []
    closed = closed_in(connection)
    for id_, cycle, shown in open_standings(connection):
        if cycle in closed:
            continue
        try:
            if standing(view_of(company, connection, id_).sheet) != shown:
                found.append(id_)
        except KpiDeskError:  # something of it is broken, and is named on its own
            continue
    return found


def _misspelt(connection: Connection) -> list[tuple[PersonId, str]]:
    return [
        (one.id, right)
        for one, pinyin in people(connection)
        if (right := " ".join(spellings(one.name))) != pinyin
    ]


def _proved(proof: Proof) -> Step:
    if proof.broken:
        details = tuple(one.text for one in proof.broken)
        return Step("存档和记录", State.BAD, f"{len(proof.broken)} 处被改动过", details)
    return Step("存档和记录", State.GOOD, f"逐条核对无误：{proof.summary}")


def _size(company: Company) -> int:
    with company.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        # The cipher says its page size in letters.
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

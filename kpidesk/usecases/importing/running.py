"""An import from beginning to end: looked at, decided, carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kpidesk.core.errors import NotAllowedError
from kpidesk.exchange.workbook.found import Place, Sheet
from kpidesk.exchange.workbook.reader import read_workbook
from kpidesk.exchange.workbook.values import shown
from kpidesk.store import audit
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.importing.destinations import AnyReceiver, plan_of, receiver
from kpidesk.usecases.importing.figures import FiguresReceiver
from kpidesk.usecases.importing.guessing import (
    guess_header,
    guess_mapping,
    headings_of,
    remember,
)
from kpidesk.usecases.importing.people import PeopleReceiver
from kpidesk.usecases.importing.plan import (
    Action,
    Decision,
    Destination,
    ImportColumn,
    Imported,
    Kind,
    Line,
    Option,
    Order,
    Preview,
    Problem,
    Stamp,
)
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.importing.table import Table
from kpidesk.usecases.importing.to_pay import PayFigures, PayLines
from kpidesk.usecases.importing.to_sheets import SheetFigures
from kpidesk.usecases.importing.to_targets import TargetFigures
from kpidesk.usecases.keeping.making import Reason, keep, newest_kept
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

_REHEARSAL: Final = "试写"


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was read."""

    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a destination takes, and what the columns of a sheet seem to be."""

    columns: tuple[ImportColumn, ...]
    items: tuple[Option, ...]
    periods: tuple[Option, ...]
    header: int
    headings: tuple[str, ...]
    mapping: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What headings meant when they were last imported; "" for a column that was left out."""

    meanings: dict[str, str] = field(default_factory=dict)


def open_book(path: Path, progress: Progress | None = None) -> Book:
    """Read a file; WorkbookError says why it cannot be read."""
    watched = progress or Unwatched()
    return Book(path.name, read_workbook(path, lambda: watched.cancelled))


def offer(
    company: Company, destination: Destination, sheet: Sheet, header: int | None = None
) -> Offer:
    """What the columns of a sheet seem to mean; without `header`, its row is guessed, too."""
    with company.read() as connection:
        made = receiver(company, connection, destination)
        kept = load_setting(connection, _key(destination.kind), Remembered) or Remembered()
    columns = made.columns
    row = guess_header(sheet, columns, kept.meanings) if header is None else header
    headings = headings_of(sheet, row)
    mapping = guess_mapping(headings, columns, kept.meanings)
    return Offer(columns, made.items, made.periods, row, tuple(headings), mapping)


def check(company: Company, order: Order, decisions: Mapping[Place, Decision]) -> Preview:
    """What an import would do, with every problem at its cell; nothing is changed."""
    return _look(company, order, decisions)[1]


def carry_out(
    company: Company,
    order: Order,
    decisions: Mapping[Place, Decision],
    *,
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> Imported:
    """Write everything in one transaction, after a backup; refused while a problem is open."""
    watched = progress or Unwatched()
    watched.step(0, 4, "正在核对")
    made, preview = _look(company, order, decisions)
    company.looked_at = None  # what is written changes what was looked at
    if not preview.is_ready:
        waiting = [f"{one.address}：{one.message}" for one in preview.problems[:3]]
        said = "；".join((*preview.general[:1], *waiting)) or "没有可以导入的新内容"
        msg = f"还不能导入：{said}"
        raise NotAllowedError(msg)
    watched.step(1, 4, "正在备份")
    backup = _back_up(company)
    if watched.cancelled:
        return Imported(Changes.NONE, 0, 0, 0, 0, backup.name, cancelled=True)
    stamp = Stamp(actor, today, order.file, order.reason)
    watched.step(2, 4, "正在写入")
    with company.file.together():
        changes = made.write(company, stamp, watched)
        with company.change(actor) as work:
            headings = headings_of(order.sheet, order.header)
            kept = load_setting(work.connection, _key(order.destination.kind), Remembered)
            meanings = {**(kept.meanings if kept else {}), **remember(headings, order.mapping)}
            save_setting(work.connection, _key(order.destination.kind), Remembered(meanings))
            work.log(
                "import",
                f"import:{order.destination.kind.value}",
                after={
                    "file": order.file,
                    "sheet": order.sheet.name,
                    "into": order.destination.title,
                    "new": str(preview.count(Action.NEW)),
                    "changed": str(preview.count(Action.CHANGE)),
                    "skipped": str(preview.count(Action.SKIPPED)),
                },
                reason=order.reason,
            )
    watched.step(4, 4, "完成")
    return Imported(
        changes,
        preview.count(Action.NEW),
        preview.count(Action.CHANGE),
        preview.count(Action.SAME),
        preview.count(Action.SKIPPED),
        backup.name,
        preview.notes,
        plan=plan_of(made, order.destination),
        file=order.file,
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked at, as the file stood then, and what came of it."""

    order: Order
    decisions: Mapping[Place, Decision]
    head: audit.AuditHead
    found: tuple[AnyReceiver, Preview]


def _look(
    company: Company, order: Order, decisions: Mapping[Place, Decision]
) -> tuple[AnyReceiver, Preview]:
    """What `_look_anew` finds; from memory where the same was asked and nothing was done since.

    Every change writes a line of the log: the same end of the log is the same file.
    """
    with company.read() as connection:
        head = audit.head(connection)
    match company.looked_at:
        case _Looked() as before if (
            before.order == order and before.decisions == decisions and before.head == head
        ):
            found = before.found
        case _:
            found = _look_anew(company, order, decisions)
    company.looked_at = _Looked(order, dict(decisions), head, found)
    return found


def _look_anew(
    company: Company, order: Order, decisions: Mapping[Place, Decision]
) -> tuple[AnyReceiver, Preview]:
    table = Table(order.sheet, order.header, order.mapping, order.file)
    with company.read() as connection:
        made = receiver(company, connection, order.destination)
    sift = Sift(decisions)
    sift.general += _unmapped(made, order)
    if not sift.general:
        if isinstance(made, FiguresReceiver):
            made.read(table, sift, item=order.item, period=order.period)
        else:
            made.read(table, sift)
        if not sift.problems:
            _rehearse(company, made, order, sift)
    return made, _preview(table, sift, made)


def _unmapped(made: AnyReceiver, order: Order) -> list[str]:
    """What no column says and nothing else does."""
    chosen = set(order.mapping.values())
    said = [
        f"请指定哪一列是“{one.title}”"
        for one in made.columns
        if one.required and one.key not in chosen
    ]
    if not isinstance(made, PeopleReceiver) and not chosen & {"number", "name"}:
        said.append("请指定哪一列是“姓名”或“工号”")
    if isinstance(made, FiguresReceiver):
        values = [one for one in chosen if one == "value" or one.startswith(("item:", "period:"))]
        if not values:
            said.append("请指定哪一列是数值：一个数据项、一个期间，或“数值”")
    return said


def _rehearse(company: Company, made: AnyReceiver, order: Order, sift: Sift) -> None:
    """Hear what the use cases themselves would refuse."""
    if isinstance(made, (PayFigures, PayLines)):
        if not order.reason.strip() and (why := made.reasonless()):
            sift.general.append(why)
        return
    if isinstance(made, (SheetFigures, TargetFigures)):
        stamp = Stamp(_REHEARSAL, date(2000, 1, 1), order.file)
        _take_back(company, lambda: made.rehearse(company, stamp, sift))


class _TakenBackError(Exception):
    """Ends a transaction that was never meant to stand."""


def _take_back(company: Company, rehearse: Callable[[], None]) -> None:
    """Do something and undo all that it wrote."""

    def do() -> None:
        rehearse()
        raise _TakenBackError

    with suppress(_TakenBackError), company.file.together():
        do()


def _preview(table: Table, sift: Sift, made: AnyReceiver) -> Preview:
    by_row: dict[int, list[Problem]] = {}
    for one in sift.problems:
        by_row.setdefault(one.place[0], []).append(one)
    lines = tuple(
        Line(
            row,
            Action.WRONG if row in by_row else sift.actions.get(row, Action.SAME),
            table,
            tuple(by_row.get(row, ())),
        )
        for row in table.rows()
    )
    people = () if isinstance(made, PeopleReceiver) else made.roster.choices
    ordered = tuple(sorted(sift.problems, key=lambda one: one.place))
    if not lines:
        sift.general.append("标题行下面没有内容，请核对工作表和标题行")
    return Preview(lines, ordered, tuple(sift.general), tuple(sift.notes), people)


def _back_up(company: Company) -> Path:
    """Where backups go; without such a place, beside the file. Without one nothing is imported."""
    if company.keeper is not None:
        made = keep(company, Reason.IMPORT)
        return made or newest_kept(company)
    moment = company.file.clock().astimezone()
    path = company.path
    target = path.with_name(f"{path.stem}_导入前_{moment:%Y%m%d-%H%M%S}{path.suffix}")
    company.file.back_up(target)
    return target


def _key(kind: Kind) -> str:
    return f"import.{kind.value}"


def sample(sheet: Sheet, header: int, column: int, count: int) -> str:
    """What stands first in a column, to recognise it by."""
    found: list[str] = []
    for row in range(header + 1, min(len(sheet.rows), header + 1 + 10 * count)):
        if text := shown(sheet.at(row, column)):
            found.append(text[:20])
        if len(found) == count:
            break
    return "、".join(found)

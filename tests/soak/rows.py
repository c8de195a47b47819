"""Every column of every table changed by SQL: each is found, or is listed here with its reason.

python -m tests.soak.rows [FILE.kpidesk [ROWS]]

Without a file, one with something of everything is made. The change is made behind the seal of the
closed file and past all guards, as somebody would who seals it anew afterwards.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

from sqlalchemy import Column, Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Boolean, Date, Integer, LargeBinary, String

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.incident import Side
from kpidesk.core.payroll.record import Cell
from kpidesk.core.users import Role
from kpidesk.store.file import CompanyFile
from kpidesk.store.rows import METADATA
from kpidesk.store.types import DecimalText, UtcMoment
from kpidesk.usecases import incidents, pay
from kpidesk.usecases.inspecting import inspect
from kpidesk.usecases.keeping.making import close_company
from kpidesk.usecases.session import Company
from kpidesk.usecases.users import add_user
from kpidesk.usecases.verifying import verify
from tests.usecases.office import Office, fill, make_office
from tests.usecases.payroll_at_work import MARCH, department, fill_month

UNPROVED: Final = {
    "settings.key": "of the seal, of who has the file open, and of what an import remembers",
    "settings.value": "the same",
    "scheme_drafts": "a draft counts nothing before it is published, and its publisher reads it",
    "target_plans.draft": "the same of a plan",
    "attachments.added_on": "shown nowhere; the line of the log has the moment",
    "scan_pages.decided_on": "the day beside a decision; the line of the log has the moment",
    "pay_lines.entered_on": "of what strikes a line out, as before; of all others it is held",
    "users.failures": "wrong passwords in a row: at most one wait less",
    "users.blocked_until": "a wait that is cut to half a minute when it is read",
}
"""What a change of is found by the seal only, and why that is enough."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one row, and what it becomes."""

    table: str
    column: str
    rowid: int
    before: object
    after: object

    @property
    def is_unproved(self) -> bool:
        """Whether it need not be found."""
        return not UNPROVED.keys().isdisjoint((self.table, f"{self.table}.{self.column}"))


class _BackError(Exception):
    """Takes a change back."""


def _take_back() -> NoReturn:
    raise _BackError


def missed(path: Path, changes: Collection[Change]) -> Iterator[Change]:
    """The changes that nobody finds; the file is afterwards as it was."""
    with CompanyFile.open(path) as file:
        for change in changes:
            if not change.is_unproved and _is_missed(file, change):
                yield change


def every_change(path: Path, rows: int, tables: Collection[str] = ()) -> list[Change]:
    """Changes of some rows of every column, or of those of some tables."""
    chance = random.Random(2026)  # noqa: S311 - a seed, not a secret
    found = []
    with CompanyFile.open(path) as file, file.transaction() as connection:
        for table in METADATA.sorted_tables:
            if tables and table.name not in tables:
                continue
            for column in table.columns:
                query = f'SELECT rowid, "{column.name}" FROM {table.name}'  # noqa: S608 - our own names
                kept = connection.exec_driver_sql(query).all()
                filled = [row for row in kept if row[1] is not None]
                empty = [row for row in kept if row[1] is None]
                chosen = chance.sample(filled, min(rows, len(filled))) + empty[:1]
                found += [
                    Change(table.name, column.name, rowid, value, other)
                    for rowid, value in chosen
                    for other in _others(column, value)
                ]
    return found


def make_file(folder: Path) -> Path:
    """A company with something of nearly everything that is kept."""
    office = make_office(folder)
    fill(office, folder)
    _pay(office, folder)
    for role in Role:  # the officer comes first
        add_user(
            office.company,
            name=f"用户{role.value}",
            role=role,
            password="four small words",  # noqa: S106 - of a made company
            department=office.department if role is Role.HEAD else None,
            **office.who,
        )
    close_company(office.company)
    return office.company.path


def _pay(office: Office, folder: Path) -> None:
    slip = folder / "回单.png"
    slip.write_bytes(b"slip")
    team = department(office)
    fill_month(team, "m03", {"张三": 120_000, "李四": 80_000})
    first = pay.enter_line_with_files(
        team.company, team.ref, person=team.ids["张三"], kind="collection", on=date(2026, 4, 9),
        cells=[Cell.of("amount", Decimal(500))], files=[slip], **team.who,
    ).line  # fmt: skip
    assert first is not None
    pay.strike_line(team.company, team.ref, first.id, **team.who)
    for _ in range(2):
        team.settle(MARCH)
        pay.reverse_settlement(team.company, team.ref, MARCH, reason="算错了", **team.who)
    team.settle(MARCH)
    incidents.write_incident(
        office.company, person=office.manager, on=date(2026, 2, 5), side=Side.GOOD, note="感谢信",
        files=[slip], **office.who,
    )  # fmt: skip


def _is_missed(file: CompanyFile, change: Change) -> bool:
    found = True
    with suppress(_BackError), file.together(), file.transaction() as connection:
        _put(connection, change)
        found = _found(file)
        _take_back()
    return not found


def _found(file: CompanyFile) -> bool:
    try:
        company = Company(file, "")
        company.changed_while_closed = ()  # as if it had been sealed anew
        company.has_users = False  # who may look is not what is asked here
        if verify(company).broken:
            return True
        looked = inspect(company)
    except KpiDeskError:
        return True
    return not looked.is_sound or bool(looked.mends)


def _put(connection: Connection, change: Change) -> None:
    """Write a value past every guard."""
    guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
    kept = guards.all()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for name, _ in kept:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    query = f'UPDATE {change.table} SET "{change.column}" = ? WHERE rowid = ?'  # noqa: S608 - our own names
    try:
        connection.exec_driver_sql(query, (change.after, change.rowid))
    except IntegrityError:  # the tables themselves refuse it
        raise _BackError(True) from None
    for _, sql in kept:
        connection.exec_driver_sql(sql)


def _others(column: Column[Any], value: Any) -> list[object]:  # noqa: ANN401 - a value of SQLite's
    """Something else that could stand there."""
    nothing: list[object] = [None] if column.nullable and value is not None else []
    match column.type:
        case Boolean():
            return [1 - int(value)]
        case Date():
            return [f"{int(value[:4]) + 1}{value[4:]}" if value else "2026-05-05", *nothing]
        case LargeBinary():
            return [value[:-1] + bytes([value[-1] ^ 1])]
        case DecimalText():
            return ["55.00" if value is None else f"{value[:-1]}{(int(value[-1]) + 1) % 10}"]
        case UtcMoment():
            return ["2030-01-01T00:00:00.000000Z"]
        case Integer():
            return [(value or 0) + 1, *nothing]
        case String() if not isinstance(value, int):
            return [*_other_texts(value), *nothing]
    return [(value or 0) + 1, *nothing]


def _other_texts(value: str | None) -> Iterator[object]:
    if value is None or not value.startswith(("{", "[")):
        yield f"{value or ''}改"
        return
    for figure in re.finditer(r"(?<=[\":\[,])\d", value):
        yield f"{value[: figure.start()]}{(int(figure[0]) + 1) % 10}{value[figure.end() :]}"
        break
    for word in re.finditer(r"[\u4e00-\u9fff]", value):
        yield f"{value[: word.start()]}改{value[word.end() :]}"
        break


def main(path: Path | None, rows: int) -> int:
    """0 when nothing was missed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rows.kpidesk"
        shutil.copy(path or make_file(Path(folder)), kept)
        changes = every_change(kept, rows)
        lost = list(missed(kept, changes))
    print(f"{len(changes)} changes of rows, {len(lost)} missed")
    for one in lost:
        print(f"missed: {one}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(
        main(
            Path(sys.argv[1]) if len(sys.argv) > 1 else None,
            int(sys.argv[2]) if len(sys.argv) > 2 else 2,
        )
    )

"""Company files with something wrong in them, as many as are wanted, the same for the same seed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Final

from kpidesk.core.errors import KpiDeskError
from kpidesk.store.errors import DamagedFileError
from kpidesk.usecases import actuals, appraisals, home, lists, pay, people, schemes
from kpidesk.usecases import contracts as contract_cases
from kpidesk.usecases.company import company_profile, open_company
from kpidesk.usecases.damage import damage_behind
from kpidesk.usecases.filing.listing import filing_view
from kpidesk.usecases.incidents import list_incidents
from kpidesk.usecases.postings import list_postings
from kpidesk.usecases.reviewing.batches import list_batches
from kpidesk.usecases.searching.entries import Sort, entries_of
from kpidesk.usecases.session import Company
from kpidesk.usecases.targets import list_choices
from kpidesk.usecases.verifying import verify
from kpidesk.usecases.yearbook.charts import report_years

_DAY: Final = date(2026, 1, 20)
_PLANTED: Final = (
    "CREATE TRIGGER planted AFTER INSERT ON audit BEGIN DELETE FROM people; END",
    "CREATE VIEW planted AS SELECT * FROM people",
    "CREATE TABLE planted (x)",
    "CREATE INDEX planted ON people (name)",
    "ALTER TABLE people ADD COLUMN planted TEXT",
    "ALTER TABLE audit RENAME TO planted",
    "DROP TABLE results",
    "PRAGMA application_id = 7",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 999",
    "PRAGMA user_version = -1",
    "UPDATE alembic_version SET version_num = 'x'",
    "DELETE FROM alembic_version",
    "DELETE FROM audit",
    "DELETE FROM settings",
    "DELETE FROM people",
    "DELETE FROM schemes",
)
_VALUES: Final[tuple[object, ...]] = (
    None, "", " ", "x", "\x00", "<img src='/etc/passwd'>", "很" * 200_000, b"\xff\xfe\x00", b"",
    0, -1, 2**62, -(2**63), 0.5, float("inf"), "1e999", "NaN", "2026-02-30", "0000-00-00",
    "9999-12-31", "{}", "[]", "null", '{"a": 1}', "[" * 100_000, '{"kind": "?"}', "2026-13",
)  # fmt: skip


def hostile_file(whole: Path, folder: Path, seed: int) -> Path:
    """A copy of a whole file, with bytes, its schema or its values changed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    path = folder / f"{seed}.kpidesk"
    shutil.copyfile(whole, path)
    kind = dice.randrange(10)
    if kind < 2:
        _break_bytes(path, dice)
    elif kind == 2:
        path.with_name(f"{path.name}-journal").write_bytes(_journal(path, dice))
    else:
        with closing(sqlite3.connect(path, isolation_level=None)) as tool:
            if kind == 3:
                _change_schema(tool, dice)
            else:
                _change_values(tool, dice)
    return path


def look_at_everything(path: Path) -> str:
    """Open a file and look at every page; what it came to.

    AssertionError when a page shows another error than ours on a file that is told to be whole.
    """
    try:
        company = open_company(path)
    except KpiDeskError:
        return "refused"
    strange: Exception | None = None
    try:
        for look in _LOOKS:
            try:
                look(company)
            except KpiDeskError:
                continue
            except Exception as error:  # noqa: BLE001 - what it is gets judged below
                strange = error
        if strange is not None:
            if damage_behind(strange, company) is None:
                raise strange
            return "opened, a page told that the file is damaged"
        return "opened, found damaged" if _is_damaged(company) else "opened, told to be whole"
    finally:
        company.close()


def _is_damaged(company: Company) -> bool:
    """Whether 核对存档 finds something, or comes upon a page of the file that is broken."""
    try:
        return bool(verify(company).broken)
    except DamagedFileError:
        return True


def _first_pay(company: Company) -> None:
    for row in pay.list_groups(company):
        pay.load_pay(company, row.ref)


def _first_book(company: Company) -> None:
    for row in actuals.list_books(company)[:2]:
        actuals.load_book(company, row.ref)


def _first_sheets(company: Company) -> None:
    for row in lists.list_appraisals(company)[:3]:
        appraisals.load_sheet(company, row.id)


def _first_contracts(company: Company) -> None:
    for row in lists.list_contracts(company)[:3]:
        contract_cases.load_contract(company, row.id)


def _search(company: Company) -> None:
    for sort in Sort:
        entries_of(company, sort)


_LOOKS: Final[tuple[Callable[[Company], object], ...]] = (
    company_profile,
    lambda one: home.overview(one, today=_DAY),
    lambda one: people.list_people(one, include_left=True),
    people.list_departments,
    schemes.list_schemes,
    lists.list_contracts,
    _first_contracts,
    lists.list_appraisals,
    _first_sheets,
    lists.list_results,
    actuals.list_books,
    _first_book,
    _first_pay,
    filing_view,
    list_incidents,
    list_postings,
    list_batches,
    _search,
    report_years,
    lambda one: list_choices(one, today=_DAY),
)


def _break_bytes(path: Path, dice: random.Random) -> None:
    body = bytearray(path.read_bytes())
    match dice.randrange(5):
        case 0:
            del body[dice.randrange(len(body)) :]
        case 1:
            page = 4096 * dice.randrange(len(body) // 4096)
            body[page : page + 4096] = dice.choice((bytes(4096), dice.randbytes(4096)))
        case 2:
            body[dice.randrange(100)] = dice.randrange(256)
        case 3:
            body += dice.randbytes(dice.randrange(1, 9000))
        case _:
            for _ in range(dice.choice((1, 20, 400))):
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
    path.write_bytes(bytes(body))


def _journal(path: Path, dice: random.Random) -> bytes:
    """A journal as a crash leaves one, or as somebody makes it up."""
    head = bytes.fromhex("d9d505f920a163d7")
    sizes = b"".join(
        one.to_bytes(4, "big")
        for one in (
            dice.randrange(3),
            dice.randrange(2**32),
            path.stat().st_size // 4096,
            512,
            4096,
        )
    )
    body = (head + sizes).ljust(512, b"\0") + dice.randbytes(dice.randrange(20_000))
    return dice.choice((b"", head, dice.randbytes(600), body))


def _change_schema(tool: sqlite3.Connection, dice: random.Random) -> None:
    try:
        tool.execute(dice.choice(_PLANTED))
    except sqlite3.Error:  # a guard forbids it: then it goes first
        guards = tool.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards and [dice.choice(guards)]:
            tool.execute(f"DROP TRIGGER {name}")


def _change_values(tool: sqlite3.Connection, dice: random.Random) -> None:
    """Write hostile values past the guards, which stand afterwards as if nothing had been."""
    tool.execute("PRAGMA foreign_keys = OFF")
    tool.execute("PRAGMA ignore_check_constraints = ON")
    kept = tool.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    tool.execute("BEGIN")
    for name, _ in kept:
        tool.execute(f"DROP TRIGGER {name}")
    tables = [
        name
        for (name,) in tool.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name <> 'alembic_version' ORDER BY name"
        )
        if tool.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()  # noqa: S608 - our own words
    ]
    for _ in range(dice.choice((1, 1, 2, 10))):
        table = dice.choice(tables)
        columns = [row[1] for row in tool.execute(f"PRAGMA table_info({table})")]
        rows = [row[0] for row in tool.execute(f"SELECT rowid FROM {table}")]  # noqa: S608 - as above
        if not rows:  # the last one was just deleted
            continue
        if dice.randrange(8) == 0:
            tool.execute(f"DELETE FROM {table} WHERE rowid = ?", (dice.choice(rows),))  # noqa: S608 - as above
            continue
        with suppress(sqlite3.IntegrityError):  # a number of a row takes no text
            tool.execute(
                f"UPDATE OR IGNORE {table} SET {dice.choice(columns)} = ? WHERE rowid = ?",  # noqa: S608 - as above
                (dice.choice(_VALUES), dice.choice(rows)),
            )
    for _, sql in kept:
        tool.execute(sql)
    tool.execute("COMMIT")

"""来历 of a figure: who entered it, when, from what, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.facts import FactValue
from kpidesk.store.actuals import entered_before
from kpidesk.store.pay_facts import FactKey, history_of
from kpidesk.store.scans import filed_sheet_pages
from kpidesk.usecases.actuals.book import Actual, InPay, OnSheet, fact_name
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Step:
    """One time that a figure was entered; a value of None: it was taken back."""

    value: FactValue | None
    by: str
    on: date
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Every time that a figure was entered, the newest first; the scans of its sheet by name."""

    steps: tuple[Step, ...]
    scans: tuple[str, ...] = ()


def load_history(company: Company, actual: Actual) -> History:
    """Where a figure comes from."""
    with company.read() as connection:
        steps = tuple(reversed(list(_steps(connection, actual))))
        home = actual.home
        if not isinstance(home, OnSheet):
            return History(steps)
        pages = filed_sheet_pages(connection, home.appraisal)
        scans = (f"{one.file_name} 第 {one.sheet + 1} 页" for one in pages)
        return History(steps, tuple(scans))


def _steps(connection: Connection, actual: Actual) -> Iterator[Step]:
    home = actual.home
    match home:
        case OnSheet():
            for at, actor, entry in entered_before(
                connection, home.appraisal, actual.item, home.period
            ):
                day = entry.entered_on if entry and entry.entered_on else at.astimezone().date()
                yield Step(
                    entry.value if entry else None, actor, day, entry.source if entry else ""
                )
        case InPay():
            key = FactKey(
                home.group.scheme,
                actual.person,
                fact_name(actual.item),
                home.period,
                actual.days.start,
            )
            for one in history_of(connection, key):
                stated = one.stated
                yield Step(one.value, stated.by, stated.on, stated.source, stated.reason)

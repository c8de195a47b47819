"""完整性: what is there, what is missing and what is not due yet, by person and month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import Connection

from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.store.actuals import sheets_lacking
from kpidesk.usecases.actuals.book import Actual, Book, BookRef, Key, Need
from kpidesk.usecases.actuals.reading import book_of, books_in
from kpidesk.usecases.session import Company

_ONE_DAY = timedelta(days=1)


class Fill(StrEnum):
    """How far the figures of somebody and a month are there."""

    COMPLETE = "齐"
    PARTLY = "部分"
    MISSING = "缺"
    NOT_DUE = "未到期"


@dataclass(slots=True)
class Month:
    """The figures of somebody that are wanted at the end of a month."""

    wanted: int = 0
    missing: list[Key] = field(default_factory=list)
    first: Key | None = None
    """The first figure of the month, missing or not."""
    is_due: bool = False

    @property
    def fill(self) -> Fill:
        """How far it is."""
        if not self.missing:
            return Fill.COMPLETE
        if not self.is_due:
            return Fill.NOT_DUE
        return Fill.PARTLY if len(self.missing) < self.wanted else Fill.MISSING


@dataclass(frozen=True, slots=True)
class Lacking:
    """Figures that are missed: how many of a month, in which book, and the first of them."""

    month: Period
    count: int
    book: BookRef
    title: str
    earlier: int
    names: tuple[str, ...] = ()


def month_of(actual: Actual) -> Period:
    """The month at whose end a figure is wanted."""
    return _month_before(actual.due)


@lru_cache(maxsize=1024)
def _month_before(due: date) -> Period:
    """Of thousands of figures, all are missed from one of few days."""
    return Period.containing(due - _ONE_DAY, Grain.MONTH)


def months_of(
    actuals: Iterable[Actual], today: date
) -> dict[tuple[PersonId | None, Period], Month]:
    """Each person's months."""
    found: dict[tuple[PersonId | None, Period], Month] = {}
    for one in actuals:
        counts = one.need is Need.WANTED or one.shown is not None
        if not counts:
            continue
        month = found.setdefault((one.person, month_of(one)), Month())
        month.wanted += 1
        month.first = month.first or one.key
        if one.need is Need.WANTED and one.shown is None:
            month.missing.append(one.key)
            month.is_due = month.is_due or one.due <= today
    return found


def missing(book: Book, today: date) -> list[Actual]:
    """What should be there by now, in order."""
    found = [one for one in book.actuals.values() if one.is_missing(today)]
    return sorted(found, key=lambda one: (one.due, one.days))


def what_is_missing(company: Company, *, today: date) -> Lacking | None:
    """The book and month in which most recently something is missed, for the first page."""
    with company.read() as connection:
        lacking = [
            one
            for ref in _suspects(company, connection, today)
            if (one := _lacking(company, connection, ref, today)) is not None
        ]
    return max(lacking, key=lambda one: (one.month, one.count), default=None)


def _suspects(company: Company, connection: Connection, today: date) -> list[BookRef]:
    """Books in which something may be missed: open sheets that say so, and the pay of the year."""
    found = [BookRef(*one) for one in sheets_lacking(connection, today)]
    year = (today - _ONE_DAY).year
    for row in books_in(company, connection):
        if row.pays and row.ref.year in (year, year - 1) and row.ref not in found:
            found.append(row.ref)
    return found


def _lacking(company: Company, connection: Connection, ref: BookRef, today: date) -> Lacking | None:
    book = book_of(company, connection, ref)
    found = missing(book, today)
    if not found:
        return None
    month = max(month_of(one) for one in found)
    late = [one for one in found if month_of(one) == month]
    whose = dict.fromkeys(one.person for one in late)
    names = tuple(who.name for person in whose if (who := book.someone(person)) is not None)
    return Lacking(month, len(late), ref, book.title, len(found) - len(late), names)

"""What the page of actuals shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpidesk.usecases import actuals, incidents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.usecases.actuals import Book, BookRef, BookRow, LineBook
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.incidents import IncidentRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """The books, and everything of the one at hand."""

    books: Sequence[BookRow]
    book: Book | None = None
    lines: LineBook | None = None
    incidents: Sequence[IncidentRow] = ()


def load(company: Company, ref: BookRef | None, today: date) -> Loaded:
    """Read a book; where that is not there, the newest one of which a month is over."""
    books = actuals.list_books(company)
    if not books:
        return Loaded(books)
    begun = [one.ref for one in books if date(one.ref.year, 2, 1) <= today]
    usual = (*begun, books[0].ref)[0]
    chosen = ref if ref is not None and any(one.ref == ref for one in books) else usual
    return Loaded(
        books,
        actuals.load_book(company, chosen),
        actuals.load_lines(company, chosen),
        incidents.list_incidents(company),
    )

"""What the page of actuals shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
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


def load(company: Company, ref: BookRef | None) -> Loaded:
    """Read a book; the newest one where that is not there."""
    books = actuals.list_books(company)
    if not books:
        return Loaded(books)
    chosen = ref if ref is not None and any(one.ref == ref for one in books) else books[0].ref
    return Loaded(
        books,
        actuals.load_book(company, chosen),
        actuals.load_lines(company, chosen),
        incidents.list_incidents(company),
    )

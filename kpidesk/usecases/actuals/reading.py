"""The books of a company, and one of them with all its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from kpidesk.core.people import PersonId
from kpidesk.store.actuals import schemes_in_force
from kpidesk.store.people import department_names
from kpidesk.store.people import people as everybody_in
from kpidesk.usecases.actuals.book import (
    Actual,
    Book,
    BookRef,
    BookRow,
    Item,
    Key,
    Need,
    Someone,
)
from kpidesk.usecases.actuals.in_pay import read_pay
from kpidesk.usecases.actuals.on_sheets import SheetReader
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company

TEAM_NAME = "全团队"


def list_books(company: Company) -> tuple[BookRow, ...]:
    """The books there are, the newest first; none for schemes that ask for no figures."""
    with company.read() as connection:
        return books_in(company, connection)


def books_in(company: Company, connection: Connection) -> tuple[BookRow, ...]:
    """The books there are, within a transaction."""
    found: dict[BookRef, BookRow] = {}
    for one in schemes_in_force(connection):
        scheme = contract_scheme(
            company,
            connection,
            (one.scheme, one.version),
            (one.indicator_scheme, one.indicator_version),
        )
        if all(spec.plan for spec in scheme.facts):
            continue
        ref = BookRef(one.scheme, one.starts_on.year)
        known = found.get(ref)
        people = one.people + (known.people if known else 0)
        pays = bool(scheme.pay) or (known is not None and known.pays)
        found[ref] = BookRow(ref, f"{one.title}　{ref.year}年", people, pays)
    return tuple(sorted(found.values(), key=lambda one: (-one.ref.year, one.ref.scheme)))


def load_book(company: Company, ref: BookRef) -> Book:
    """A book with everybody's figures."""
    with company.read() as connection:
        return book_of(company, connection, ref)


def book_of(
    company: Company,
    connection: Connection,
    ref: BookRef,
    only: frozenset[PersonId | None] | None = None,
) -> Book:
    """A book, within a transaction; with the figures of some people only, where these are named."""
    items: dict[str, Item] = {}
    actuals: dict[Key, Actual] = {}
    several: dict[Key, list[Actual]] = {}
    for item, actual in _read(company, connection, ref, only):
        known = items.setdefault(item.name, item)
        if item.choices and not known.choices:
            items[item.name] = item
        key = actual.key
        if (first := actuals.setdefault(key, actual)) is not actual:
            several.setdefault(key, [first]).append(actual)
    actuals.update((key, _together(parts)) for key, parts in several.items())
    whose = {person for person, _, _ in actuals}
    units = department_names(connection)
    people = [
        Someone(one.id, one.number, one.name, units.get(one.department, ""))
        for one, _ in everybody_in(connection)
        if one.id in whose
    ]
    if None in whose:
        people.append(Someone(None, "", TEAM_NAME))
    title = next((one.title for one in books_in(company, connection) if one.ref == ref), "")
    return Book(ref, title, tuple(people), tuple(items.values()), actuals)


def _read(
    company: Company,
    connection: Connection,
    ref: BookRef,
    only: frozenset[PersonId | None] | None,
) -> Iterator[tuple[Item, Actual]]:
    persons = None if only is None else frozenset(one for one in only if one is not None)
    yield from SheetReader(company, connection, ref).read(persons)
    yield from read_pay(company, connection, ref, only)


def _together(parts: Sequence[Actual]) -> Actual:
    """The same figure, asked for in several places: wanted where one wants it, from the first."""
    wanted = [one for one in parts if one.need is Need.WANTED] or parts
    due = min(one.due for one in wanted)
    return replace(wanted[0], due=due, homes=tuple(home for one in parts for home in one.homes))


def ordered(items: Sequence[Item], names: Iterable[str]) -> tuple[Item, ...]:
    """The items among some names, in the order of the book."""
    wanted = set(names)
    return tuple(one for one in items if one.name in wanted)

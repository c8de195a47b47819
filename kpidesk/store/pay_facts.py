"""What is entered for pay: figures and dated lines, each change a row of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, select

from kpidesk.codec import canonical_json, fact_value, from_json
from kpidesk.core.facts import FactValue
from kpidesk.core.incident import Attached
from kpidesk.core.payroll.record import LedgerLine
from kpidesk.core.people import PersonId
from kpidesk.store.ids import next_id
from kpidesk.store.line_files import files_of
from kpidesk.store.rows import PAY_FACTS, PAY_LINES, AnyRow


@dataclass(frozen=True, slots=True)
class Stated:
    """Who entered something, when and from what; `reason` says why after a settlement."""

    by: str
    on: date
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FactKey:
    """What a figure is of: `person` None is the team, `starts_on` the first day of the period."""

    scheme: str
    person: PersonId | None
    name: str
    period: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class PayFact:
    """A figure as it stands; a value of None was taken back."""

    key: FactKey
    value: FactValue | None
    stated: Stated


@dataclass(frozen=True, slots=True)
class PayLine:
    """A dated line as it stands; without a body it was struck out. Its subjects are person ids."""

    id: int
    scheme: str
    person: PersonId | None
    body: LedgerLine | None
    stated: Stated
    files: tuple[Attached, ...] = ()
    """The papers that show it."""


def add_fact(connection: Connection, fact: PayFact) -> None:
    """Write a figure down; what was written before stays on record."""
    key = fact.key
    value = None if fact.value is None else canonical_json(fact.value, FactValue)
    connection.execute(
        insert(PAY_FACTS),
        {
            "id": next_id(connection, PAY_FACTS),
            "scheme_id": key.scheme,
            "person_id": key.person,
            "name": key.name,
            "period": key.period,
            "starts_on": key.starts_on,
            "value": value,
            **_stated(fact.stated),
        },
    )


def facts_of(connection: Connection, scheme: str) -> Iterator[PayFact]:
    """The figures that stand under a scheme, in the order in which each was first entered."""
    query = select(PAY_FACTS).where(PAY_FACTS.c.scheme_id == scheme).order_by(PAY_FACTS.c.id)
    last: dict[FactKey, PayFact] = {}
    for row in connection.execute(query):
        one = _fact(row)
        last[one.key] = one
    yield from (one for one in last.values() if one.value is not None)


def history_of(connection: Connection, key: FactKey) -> Iterator[PayFact]:
    """Every time that a figure was entered or taken back, in order."""
    query = (
        select(PAY_FACTS)
        .where(
            PAY_FACTS.c.scheme_id == key.scheme,
            PAY_FACTS.c.person_id.is_not_distinct_from(key.person),
            PAY_FACTS.c.name == key.name,
            PAY_FACTS.c.period == key.period,
            PAY_FACTS.c.starts_on == key.starts_on,
        )
        .order_by(PAY_FACTS.c.id)
    )
    yield from (_fact(row) for row in connection.execute(query).all())


def add_line(connection: Connection, line: PayLine, *, replaces: int | None = None) -> PayLine:
    """Write a line down, in place of another where one is named; it gets its number."""
    made = replace(line, id=next_id(connection, PAY_LINES))
    connection.execute(
        insert(PAY_LINES),
        {
            "id": made.id,
            "scheme_id": made.scheme,
            "person_id": made.person,
            "replaces": replaces,
            "body": None if made.body is None else canonical_json(made.body, LedgerLine),
            **_stated(made.stated),
        },
    )
    return made


def lines_of(connection: Connection, scheme: str) -> Sequence[PayLine]:
    """The lines that stand under a scheme, by day."""
    query = select(PAY_LINES).where(PAY_LINES.c.scheme_id == scheme).order_by(PAY_LINES.c.id)
    rows = connection.execute(query).all()
    replaced = {row.replaces for row in rows}
    files = files_of(connection, scheme)
    standing = [
        replace(_line(row), files=files.get(row.id, ()))
        for row in rows
        if row.id not in replaced and row.body is not None
    ]
    return sorted(standing, key=lambda one: one.body.on if one.body else date.min)


def _fact(row: AnyRow) -> PayFact:
    key = FactKey(row.scheme_id, row.person_id, row.name, row.period, row.starts_on)
    value: FactValue | None = None
    if row.value is not None:
        value = fact_value(row.value)
    return PayFact(key, value, _who(row))


def _line(row: AnyRow) -> PayLine:
    body = None if row.body is None else from_json(row.body, LedgerLine)
    return PayLine(row.id, row.scheme_id, row.person_id, body, _who(row))


def _who(row: AnyRow) -> Stated:
    return Stated(row.entered_by, row.entered_on, row.source, row.reason)


def _stated(stated: Stated) -> dict[str, object]:
    return {
        "source": stated.source,
        "reason": stated.reason,
        "entered_by": stated.by,
        "entered_on": stated.on,
    }

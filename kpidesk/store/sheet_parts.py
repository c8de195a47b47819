"""What stands on a sheet beside its entries and overrides, to and from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Table, delete, exists, insert, select

from kpidesk.codec import canonical_json, fact_value, from_json
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.exemption import Exemption, Handling
from kpidesk.core.facts import FactValue
from kpidesk.core.rating import RaterNames
from kpidesk.core.second_entry import SecondEntry
from kpidesk.store.rows import APPRAISALS, ENTRIES, EXEMPTIONS, RATERS, SECOND_ENTRIES

Columns: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where records of a kind lie, by which columns a row is found, and how one becomes a row."""

    table: Table
    key: tuple[str, ...]
    of: Callable[[Appraisal], Sequence[Any]]
    columns: Callable[[Any], Columns]


def save_parts(connection: Connection, before: Appraisal, after: Appraisal) -> None:
    """Only what differs is written."""
    for kind in _KINDS:
        old, new = set(kind.of(before)), set(kind.of(after))
        for one in old - new:
            found = kind.columns(one)
            columns = kind.table.c
            connection.execute(
                delete(kind.table).where(
                    columns.appraisal_id == after.id,
                    *(columns[name] == found[name] for name in kind.key),
                )
            )
        for one in new - old:
            row = {"appraisal_id": after.id, **kind.columns(one)}
            connection.execute(insert(kind.table), row)


def load_exemptions(connection: Connection, appraisal: AppraisalId) -> tuple[Exemption, ...]:
    """The exempt indicators of a sheet."""
    return tuple(
        Exemption(one.indicator, Handling(one.handling), one.reason, one.entered_by, one.entered_on)
        for one in _rows(connection, EXEMPTIONS, appraisal, "indicator")
    )


def load_raters(connection: Connection, appraisal: AppraisalId) -> tuple[RaterNames, ...]:
    """Who the raters of a sheet are."""
    return tuple(
        RaterNames(one.rater, from_json(one.names, tuple[str, ...]))
        for one in _rows(connection, RATERS, appraisal, "rater")
    )


def load_seconds(connection: Connection, appraisal: AppraisalId) -> tuple[SecondEntry, ...]:
    """What was typed a second time on a sheet."""
    return tuple(
        SecondEntry(
            one.name,
            fact_value(one.value),
            one.period,
            one.entered_by,
            one.entered_on,
            one.note,
        )
        for one in _rows(connection, SECOND_ENTRIES, appraisal, "name", "period")
    )


def typed_once(connection: Connection, *, by_another: bool) -> frozenset[AppraisalId]:
    """The complete sheets, not recorded, on which something was not typed twice alike.

    `by_another`: nor by two people; a difference that was settled counts as looked at. What
    was entered for an exempt indicator counts nothing.
    """
    first, second, exempt = ENTRIES.c, SECOND_ENTRIES.c, EXEMPTIONS.c
    alike = (
        (second.appraisal_id == first.appraisal_id)
        & (second.name == first.name)
        & (second.period == first.period)
        & (second.value == first.value)
    )
    if by_another:
        alike &= (second.entered_by != first.entered_by) | (second.note != "")
    scores = "score." + exempt.indicator
    of_exempt = (exempt.appraisal_id == first.appraisal_id) & (
        (first.name == scores) | first.name.startswith(scores + ".")
    )
    is_open = (APPRAISALS.c.state == AppraisalState.OPEN.value) & APPRAISALS.c.total.is_not(None)
    once = (
        select(first.appraisal_id)
        .join(APPRAISALS, APPRAISALS.c.id == first.appraisal_id)
        .where(is_open, ~exists().where(alike), ~exists().where(of_exempt))
    )
    same_place = (
        (second.appraisal_id == first.appraisal_id)
        & (second.name == first.name)
        & (second.period == first.period)
    )
    odd = (
        select(second.appraisal_id)
        .join(APPRAISALS, APPRAISALS.c.id == second.appraisal_id)
        .where(is_open, ~exists().where(same_place))
    )
    return frozenset(connection.execute(once.union(odd)).scalars())


def _rows(
    connection: Connection, table: Table, appraisal: AppraisalId, *order: str
) -> Sequence[Any]:
    # All rows before any is read as a value: a statement left open would hold on to the file.
    query = select(table).where(table.c.appraisal_id == appraisal)
    return connection.execute(query.order_by(*(table.c[one] for one in order))).all()


def _exemption(one: Exemption) -> Columns:
    return {
        "indicator": one.indicator,
        "handling": one.handling.value,
        "reason": one.reason,
        "entered_by": one.entered_by,
        "entered_on": one.entered_on,
    }


def _raters(one: RaterNames) -> Columns:
    return {"rater": one.rater, "names": canonical_json(one.names, tuple[str, ...])}


def _second(one: SecondEntry) -> Columns:
    return {
        "name": one.name,
        "period": one.period,
        "value": canonical_json(one.value, FactValue),
        "entered_by": one.entered_by,
        "entered_on": one.entered_on,
        "note": one.note,
    }


_KINDS: Final = (
    _Kind(EXEMPTIONS, ("indicator",), lambda one: one.exemptions, _exemption),
    _Kind(RATERS, ("rater",), lambda one: one.raters, _raters),
    _Kind(SECOND_ENTRIES, ("name", "period"), lambda one: one.seconds, _second),
)

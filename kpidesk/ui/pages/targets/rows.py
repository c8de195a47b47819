"""Rows of the grid: the company, its departments and people, with what they come to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.exact import ZERO
from kpidesk.core.target_plan import TOTAL
from kpidesk.ui.words import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpidesk.core.target_plan import PlanLine, TargetPlan
    from kpidesk.usecases.targets import PlanDepartment, PlanPerson, PlanView

COMPANY = "company"
QUARTER = 3


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: of a person (with their line), of a department, or of the company.

    Of several people, `total` is what was asked of them together, else what theirs come to.
    `not_given` is what was asked of them together and given to nobody.
    """

    key: str
    name: str
    depth: int
    people: frozenset[int]
    total: Decimal | None
    is_asked: bool
    months: tuple[Decimal | None, ...]
    unassigned: Decimal | None
    not_given: Decimal
    person: PlanPerson | None = None
    department: PlanDepartment | None = None
    line: PlanLine | None = None
    lags: bool = False
    is_monthly: bool = True
    places: int = 0
    """How many decimals its figures have at least."""

    @property
    def is_group(self) -> bool:
        """Whether it is of several people."""
        return self.person is None

    def may_set(self, place: int) -> bool:
        """Whether a figure may be typed there."""
        if self.person is None:
            return place == TOTAL and self.is_monthly
        return self.person.may_set_total if place == TOTAL else place in self.person.free

    def is_locked(self, place: int) -> bool:
        """Whether splitting leaves the figure as it is."""
        return self.line is not None and place in self.line.locked

    def at(self, place: int) -> Decimal | None:
        """The figure of a place."""
        return self.total if place == TOTAL else self.months[place]

    def quarter(self, number: int) -> Decimal | None:
        """What three months come to."""
        return _sum(self.months[number * QUARTER : (number + 1) * QUARTER])


def rows_of(view: PlanView, plan: TargetPlan, *, grouped: bool) -> tuple[GridRow, ...]:
    """The company, then people below their departments, or all people by number."""
    lines = {one.person: one for one in plan.lines}
    people = {
        one.id: _person(plan, one, lines.get(one.id) or plan.blank(one.id)) for one in view.people
    }
    everybody = [people[one.id] for one in view.people]
    rows = [_group(plan, everybody)]
    if not grouped:
        return _in_line([*rows, *everybody])
    for unit in view.departments:
        inside = [one for one in everybody if one.person and one.person.id in unit.people]
        rows.append(_group(plan, inside, unit))
        rows += (
            _indented(one, unit.depth + 1)
            for one in inside
            if one.person and one.person.department == unit.id
        )
    return _in_line(rows)


def _in_line(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """All their figures with as many decimals: they are of one indicator."""
    places = places_of(
        one for row in rows for one in (row.total, row.unassigned, *row.months) if one is not None
    )
    return tuple(replace(row, places=places) for row in rows)


def _person(plan: TargetPlan, person: PlanPerson, line: PlanLine) -> GridRow:
    return GridRow(
        f"p{person.id}",
        person.name,
        0,
        frozenset((int(person.id),)),
        line.whole,
        line.total is not None,
        line.months,
        line.unassigned if line.months and not line.is_empty else None,
        ZERO,
        person,
        line=line,
        lags=person.lags(plan, line),
        is_monthly=plan.is_monthly,
    )


def _indented(row: GridRow, depth: int) -> GridRow:
    return replace(row, depth=depth)


def _group(
    plan: TargetPlan, inside: Sequence[GridRow], department: PlanDepartment | None = None
) -> GridRow:
    key, name, depth, asked = COMPANY, "全公司", 0, plan.total
    if department is not None:
        key, name, depth = f"d{department.id}", department.name, department.depth
        asked = plan.department_total(department.id)
    people = frozenset().union(*(one.people for one in inside))
    if not plan.is_monthly:
        blank = GridRow(key, name, depth, people, None, False, (), None, ZERO, None, department)
        return replace(blank, is_monthly=False)
    given = _sum(one.total for one in inside)
    months = tuple(_sum(one.months[place] for one in inside) for place in range(len(plan.months)))
    total = given if asked is None else asked
    assigned = _sum(months) or ZERO
    return GridRow(
        key,
        name,
        depth,
        people,
        total,
        asked is not None,
        months,
        None if total is None else total - assigned,
        ZERO if asked is None else asked - (given or ZERO),
        None,
        department,
    )


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in figures if one is not None]
    return sum(known, ZERO) if known else None


def meets(person: PlanPerson, words: Sequence[str]) -> bool:
    """Whether somebody is meant by words, each of which must be found."""
    texts = (person.name, person.number, person.post, *person.pinyin)
    return all(any(word in text.casefold() for text in texts) for word in words)

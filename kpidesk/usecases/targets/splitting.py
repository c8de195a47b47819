"""Splitting a plan in one go: a figure over people, theirs over months; and last year's again.

Pure: the plan comes back changed, with what could not be done, by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.target_plan import PlanLine, TargetPlan
from kpidesk.core.target_split import Season, raised_line, split_months, split_people
from kpidesk.usecases.targets.loading import PlanPerson, PlanView

_ONE = Decimal(1)
LastYear = Mapping[PersonId, PlanLine]


class Share(StrEnum):
    """How a figure is split over people."""

    NONE = "不分"
    EVEN = "平均（按在职月数）"
    LAST_YEAR = "按各人去年的目标"
    AS_NOW = "按各人现在的目标"


class Shape(StrEnum):
    """How a year is split over months."""

    NONE = "不分"
    EVEN = "平均"
    SEASON = "按季节比例"
    LAST_YEAR = "按去年各月"


@dataclass(frozen=True, slots=True)
class Ways:
    """What was chosen, and what it rests on."""

    share: Share
    shape: Shape
    season: Season
    last: LastYear


@dataclass(frozen=True, slots=True)
class Outcome:
    """The plan as it became; how many lines changed; what could not be done, by name."""

    plan: TargetPlan
    done: int
    problems: tuple[str, ...] = ()


def split_plan(
    view: PlanView,
    plan: TargetPlan,
    ways: Ways,
    *,
    groups: Sequence[DepartmentId | None],
    people: Collection[PersonId],
) -> Outcome:
    """Split the figures of `groups` (None: the company) over people, then theirs over months.

    `people` are those whose months are split, besides those of the groups.
    """
    before, problems = plan, []
    concerned = set(people)
    for group in groups:
        inside = _people_of(view, group)
        concerned |= inside
        if ways.share is not Share.NONE:
            for name, total, members in _portions(view, plan, group):
                try:
                    plan = _over_people(view, plan, ways, total, members)
                except InvalidValueError as problem:
                    problems.append(f"{name}：{problem}")
                    continue
                unknown = _without_weight(view, ways, members)
                problems += (f"{one.name}：没有去年的目标，没有分到，请另填" for one in unknown)
    if ways.shape is not Shape.NONE:
        plan = _over_months(view, plan, ways, concerned, problems)
    done = len(plan.changed_from(before).lines)
    return Outcome(plan, done, tuple(problems))


def copy_last_year(
    view: PlanView,
    plan: TargetPlan,
    last: LastYear,
    percent: Decimal,
    people: Collection[PersonId],
) -> Outcome:
    """Last year's figures, so many percent higher, for those whose figures may be set."""
    lines, problems = [], []
    for person in view.people:
        if person.id not in people or person.is_fixed:
            continue
        before = plan.line(person.id) or plan.blank(person.id)
        known = last.get(person.id)
        if known is None or (known.months and len(known.months) != len(before.months)):
            problems.append(f"{person.name}：没有去年的目标")
            continue
        if before.locked:
            problems.append(f"{person.name}：有锁定的月份，没有改动")
            continue
        new = raised_line(replace(known, person=person.id), percent, plan.places)
        lines.append(_in_service(person, before, new))
    after = plan.with_lines(lines)
    return Outcome(after, len(after.changed_from(plan).lines), tuple(problems))


def _in_service(person: PlanPerson, before: PlanLine, new: PlanLine) -> PlanLine:
    """Only in the months that may be set; the whole figure is then what the months come to."""
    if not before.months or not new.has_months:
        return replace(before, total=new.total)
    months = tuple(
        figure if place in person.free else before.months[place]
        for place, figure in enumerate(new.months)
    )
    return replace(before, total=sum((one or ZERO for one in months), ZERO), months=months)


def _people_of(view: PlanView, group: DepartmentId | None) -> frozenset[PersonId]:
    if group is None:
        return frozenset(one.id for one in view.people)
    return next((one.people for one in view.departments if one.id == group), frozenset())


def _portions(
    view: PlanView, plan: TargetPlan, group: DepartmentId | None
) -> Iterator[tuple[str, Decimal, frozenset[PersonId]]]:
    """The figures to split: those of departments below that have their own, then what is left."""
    names = {one.id: one.name for one in view.departments}
    inside = _people_of(view, group)
    total = plan.total if group is None else plan.department_total(group)
    taken: frozenset[PersonId] = frozenset()
    for unit in view.departments:
        own = plan.department_total(unit.id)
        if unit.id == group or own is None or not unit.people <= inside or unit.people & taken:
            continue
        if unit.people == inside and group is not None:
            continue
        taken |= unit.people
        yield from _portions(view, plan, unit.id)
        total = None if total is None else total - own
    if total is not None and inside - taken:
        yield names[group] if group is not None else "全公司", total, inside - taken


def _over_people(
    view: PlanView,
    plan: TargetPlan,
    ways: Ways,
    total: Decimal,
    members: Collection[PersonId],
) -> TargetPlan:
    if total < 0:
        msg = f"下级部门的目标合计超过 {-total:f}"
        raise InvalidValueError(msg)
    people = [one for one in view.people if one.id in members]
    lines = [plan.line(one.id) or plan.blank(one.id) for one in people]
    fixed = {one.id for one in people if one.is_fixed}
    # A newcomer's share of what was last year is not known, and not known is not zero.
    fixed |= {one.id for one in _without_weight(view, ways, members)}
    weights = {one.id: _weight(ways, one, line) for one, line in zip(people, lines, strict=True)}
    return plan.with_lines(split_people(total, lines, fixed, weights, plan.places))


def _without_weight(view: PlanView, ways: Ways, members: Collection[PersonId]) -> list[PlanPerson]:
    """Who had no figure last year, where it is shared by that."""
    if ways.share is not Share.LAST_YEAR:
        return []
    known = {person for person, line in ways.last.items() if line.whole is not None}
    if not known.intersection(members):
        return []  # nobody has one: the split itself refuses
    return [
        one for one in view.people if one.id in members and not one.is_fixed and one.id not in known
    ]


def _weight(ways: Ways, person: PlanPerson, line: PlanLine) -> Decimal:
    match ways.share:
        case Share.NONE:
            return ZERO
        case Share.EVEN:
            return Decimal(len(person.served))
        case Share.LAST_YEAR:
            known = ways.last.get(person.id)
            return (known.whole if known else None) or ZERO
        case Share.AS_NOW:
            return line.whole or ZERO
        case _:
            assert_never(ways.share)


def _over_months(
    view: PlanView,
    plan: TargetPlan,
    ways: Ways,
    concerned: Collection[PersonId],
    problems: list[str],
) -> TargetPlan:
    lines = []
    for person in view.people:
        line = plan.line(person.id)
        if person.id not in concerned or person.is_fixed or line is None or line.whole is None:
            continue
        if line.total is None:  # what the months came to is the year that is split anew
            line = replace(line, total=line.whole)
        weights = _weights(plan, ways, person)
        try:
            lines.append(split_months(line, person.free, weights, plan.places))
        except InvalidValueError as problem:
            problems.append(f"{person.name}：{problem}")
    return plan.with_lines(lines)


def _weights(plan: TargetPlan, ways: Ways, person: PlanPerson) -> tuple[Decimal, ...]:
    match ways.shape:
        case Shape.NONE | Shape.EVEN:
            return tuple(_ONE for _ in plan.months)
        case Shape.SEASON:
            return ways.season.weights(plan.months)
        case Shape.LAST_YEAR:
            own = ways.last.get(person.id)
            lines = [own] if own and own.has_months else list(ways.last.values())
            return tuple(
                sum((_month(one, place) for one in lines), ZERO)
                for place in range(len(plan.months))
            )
        case _:
            assert_never(ways.shape)


def _month(line: PlanLine, place: int) -> Decimal:
    return (line.months[place] if place < len(line.months) else None) or ZERO

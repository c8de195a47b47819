"""目标计划: what each person is to reach in a year, month by month, before contracts say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.target import Target, places_of

TOTAL = -1
"""The place of a line's whole figure; its months have places from 0."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One person: the whole figure, that of each month, and the places that splitting leaves.

    `months` has a place for each month of the plan; none where the figure has no monthly part.
    """

    person: PersonId
    total: Decimal | None = None
    months: tuple[Decimal | None, ...] = ()
    locked: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a negative figure."""
        for figure in (self.total, *self.months):
            if figure is not None and figure < 0:
                msg = f"目标不能为负数（{figure:f}）"
                raise InvalidValueError(msg)

    @property
    def assigned(self) -> Decimal:
        """What the months have so far."""
        return sum((one for one in self.months if one is not None), ZERO)

    @property
    def has_months(self) -> bool:
        """Whether a month is filled in."""
        return any(one is not None for one in self.months)

    @property
    def whole(self) -> Decimal | None:
        """The whole figure; where only months are filled in, what they come to."""
        return self.assigned if self.total is None and self.has_months else self.total

    @property
    def unassigned(self) -> Decimal:
        """未分配: what the months leave of the whole figure; below zero when they exceed it."""
        return (self.whole or ZERO) - self.assigned if self.months else ZERO

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return self.total is None and not self.has_months

    def at(self, place: int) -> Decimal | None:
        """The figure of a place."""
        return self.total if place == TOTAL else self.months[place]

    def put(self, place: int, figure: Decimal | None) -> PlanLine:
        """Another figure at one place."""
        if place == TOTAL:
            return replace(self, total=figure)
        return replace(self, months=(*self.months[:place], figure, *self.months[place + 1 :]))

    def lock(self, place: int, *, is_on: bool) -> PlanLine:
        """A place that splitting is to leave as it is, or no longer."""
        others = {one for one in self.locked if one != place}
        return replace(self, locked=tuple(sorted(others | ({place} if is_on else set()))))


@dataclass(frozen=True, slots=True)
class DepartmentTotal:
    """What a department as a whole is to reach."""

    department: DepartmentId
    total: Decimal


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """The figures of one indicator under one scheme for a run of whole months.

    `indicator_scheme` as in a contract. `total` is what the company is to reach, `departments`
    what some of them are; people are in `lines`, or left out for good.
    """

    scheme: str
    indicator_scheme: str
    fact: str
    label: str
    unit: str
    period: Period
    is_monthly: bool = True
    lines: tuple[PlanLine, ...] = ()
    total: Decimal | None = None
    departments: tuple[DepartmentTotal, ...] = ()
    left_out: tuple[PersonId, ...] = ()

    @property
    def months(self) -> tuple[Period, ...]:
        """Its calendar months; none where the figure has no monthly part."""
        return self.period.split(Grain.MONTH) if self.is_monthly else ()

    @property
    def places(self) -> int:
        """How many decimals a part of a figure may have: a customer is not divided."""
        return places_of(self.unit)

    def line(self, person: PersonId) -> PlanLine | None:
        """The line of a person."""
        return next((one for one in self.lines if one.person == person), None)

    def blank(self, person: PersonId) -> PlanLine:
        """A line in which nothing is filled in."""
        return PlanLine(person, None, (None,) * len(self.months))

    def with_lines(self, lines: Iterable[PlanLine]) -> TargetPlan:
        """These lines in place of those of the same people; others are added at the end."""
        new = {one.person: one for one in lines}
        kept = tuple(new.pop(one.person, one) for one in self.lines)
        return replace(self, lines=(*kept, *new.values()))

    def department_total(self, department: DepartmentId) -> Decimal | None:
        """What a department is to reach, where that was said."""
        found = (one.total for one in self.departments if one.department == department)
        return next(found, None)

    def with_department(self, department: DepartmentId, total: Decimal | None) -> TargetPlan:
        """Another figure for a department, or none."""
        if total is not None and total < 0:
            msg = f"目标不能为负数（{total:f}）"
            raise InvalidValueError(msg)
        others = tuple(one for one in self.departments if one.department != department)
        if total is None:
            return replace(self, departments=others)
        return replace(self, departments=(*others, DepartmentTotal(department, total)))

    def changed_from(self, before: TargetPlan) -> TargetPlan:
        """The plan with only those lines that are not as before: for the log."""
        known = set(before.lines)
        return replace(self, lines=tuple(one for one in self.lines if one not in known))


def contract_places(period: Period, term: Period) -> tuple[int, ...]:
    """Where the months of a contract stand among those of a plan; none when it goes beyond.

    A contract that does not begin on the first counts in the month in which each of its own
    begins, as the table of decomposition does.
    """
    starts = {month.start: place for place, month in enumerate(period.split(Grain.MONTH))}
    own = [Period.containing(one.start, Grain.MONTH).start for one in _contract_months(term)]
    if any(one not in starts for one in own):
        return ()
    return tuple(starts[one] for one in own)


def merged(line: PlanLine, target: Target | None, places: Sequence[int]) -> PlanLine:
    """The line as a contract of the months at `places` says it; others stay."""
    if not line.months:
        return replace(line, total=target.total if target else None)
    months = list(line.months)
    figures = (target.months if target else ()) or (None,) * len(places)
    outside = [one for n, one in enumerate(months) if n not in places and one is not None]
    for place, figure in zip(places, figures, strict=True):
        months[place] = figure
    total = target.total if target else None
    if outside:
        total = sum((one for one in months if one is not None), ZERO)
    return replace(line, total=total, months=tuple(months))


def target_of(plan: TargetPlan, line: PlanLine, places: Sequence[int]) -> Target | None:
    """What a contract of the months at `places` is to say; None when nothing is filled in.

    InvalidValueError says why the line cannot go into a contract as it stands.
    """
    if problem := line_problem(plan, line, places):
        raise InvalidValueError(problem)
    if not line.whole:  # nothing is filled in, or there is nothing to reach
        return None
    if not line.months or not line.has_months:
        return Target(plan.fact, plan.label, plan.unit, line.total, (), plan.is_monthly)
    inside = tuple(one for place in places if (one := line.months[place]) is not None)
    if not any(inside):
        return None
    is_all = line.assigned == sum(inside, ZERO)
    total = line.whole if is_all else sum(inside, ZERO)
    return Target(plan.fact, plan.label, plan.unit, total, inside, plan.is_monthly)


def line_problem(plan: TargetPlan, line: PlanLine, places: Sequence[int]) -> str:
    """Why a line is not whole in the months at `places`; empty when it is."""
    if not line.months or not line.has_months:
        return ""
    if line.unassigned:
        more = "少" if line.unassigned > 0 else "多"
        return (
            f"各月合计 {line.assigned:f}{plan.unit}，"
            f"比全期目标{more} {abs(line.unassigned):f}{plan.unit}"
        )
    missing = [place for place in places if line.months[place] is None]
    if missing and len(missing) < len(places):
        said = "、".join(f"{plan.months[one].start.month}月" for one in missing)
        return f"缺少 {said} 的目标，没有任务的月份请填 0"
    return ""


def _contract_months(term: Period) -> tuple[Period, ...]:
    return Cycle(term).contract_months()

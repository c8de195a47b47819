"""Pay taken off for each percentage point below last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpidesk.core.exact import ZERO, less
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, Unit, given, total
from kpidesk.core.paying.pooling.groups import Group, groups_of, served
from kpidesk.core.paying.pooling.rules import PenaltyScope, PerPointPenalty
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.scoring.rules import Steps
from kpidesk.core.scoring.steps import in_steps

POINT = Unit("百分点")
_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Averages:
    """What is compared: this year's figure, and last year's where there is one."""

    this: Figure
    last: Figure | None


def take_off(rule: PerPointPenalty, run: PayRun) -> None:
    """The points of decline that count and the amount taken off, for everybody in service."""
    amount = run.context.amount(
        rule.amount, Unit(YUAN.name, POINT.name), "每个百分点扣", rule.clause
    )
    for subject, averages in _compared(rule, run).items():
        points = _points(rule, averages, run)
        run.board.record(subject, rule.points, points, places=_PLACES)
        if amount is not None:
            run.board.record(subject, rule.result, (points * amount).named(rule.label, rule.clause))


def _compared(rule: PerPointPenalty, run: PayRun) -> Mapping[Subject, _Averages]:
    """By person; those for whom something is missing are left out."""
    if run.context.word(rule.scope) == PenaltyScope.OWN:
        own = ((person.key, _own(rule, person.key, run)) for person in served(run))
        return {key: averages for key, averages in own if averages is not None}
    together: dict[Subject, _Averages] = {}
    for group in groups_of(rule.group, run):
        averages = _together(rule, group, run)
        if averages is not None:
            together.update((person.key, averages) for person in group.people)
    return together


def _own(rule: PerPointPenalty, subject: Subject, run: PayRun) -> _Averages | None:
    year = run.context.cycle.period
    this = run.context.number(subject, rule.fact, year)
    last = run.context.number(subject, rule.fact, year.before(), required=False)
    return None if this is None else _Averages(this, last)


def _together(rule: PerPointPenalty, group: Group, run: PayRun) -> _Averages | None:
    """The sums of the group. A figure of last year that only some have is missing to the rest."""
    each = [(person.key, _own(rule, person.key, run)) for person in group.people]
    known = [(key, one) for key, one in each if one is not None]
    lasts = [(key, one.last) for key, one in known if one.last is not None]
    if lasts and len(lasts) < len(known):
        have = {key for key, _ in lasts}
        for key, _ in known:
            if key not in have:
                run.context.missing(key, rule.fact, run.context.cycle.period.before())
        return None
    if len(known) < len(each):
        return None
    sums = [(key, one.this) for key, one in known]
    return _Averages(
        _sum(sums, f"{group.name}今年合计"),
        _sum(lasts, f"{group.name}去年合计") if lasts else None,
    )


def _sum(figures: list[tuple[Subject, Figure]], label: str) -> Figure:
    named = [whose(key, figure) for key, figure in figures]
    return total(named, named[0].unit).named(label)


def _points(rule: PerPointPenalty, averages: _Averages, run: PayRun) -> Figure:
    """How many points below last year count; none without a positive last year."""
    this, last = averages.this, averages.last
    label = f"{run.context.known[rule.fact].label}下降"
    if last is None or not less(ZERO, last.value):
        reasons = (this,) if last is None else (this, last)
        nothing = given(ZERO, POINT, "去年没有正数可比，不扣").because(*reasons)
        return nothing.named(label, rule.clause)
    if not less(this.value, last.value):
        return given(ZERO, POINT, "没有下降").because(this, last).named(label, rule.clause)
    rate = (last - this).percent_of(last)
    exactly = Figure(rate.value, POINT, rate.op, rate.inputs)
    mode = Steps(run.context.word(rule.steps))
    if mode is Steps.PROPORTIONAL:
        return exactly.named(label, rule.clause)
    return in_steps(exactly.named("比去年下降", rule.clause), mode).named(label, rule.clause)

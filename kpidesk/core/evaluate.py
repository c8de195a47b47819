"""The one way to a result: scheme, cycle, people, facts and parameters → results and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee, Facts, Subject
from kpidesk.core.figure import DAYS, Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.grade import grade
from kpidesk.core.inputs import check_inputs
from kpidesk.core.names import known_parameters
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.scheme import Ambiguity, Aspect, EnteredTotal, PointsSum, Scheme, WeightedTree
from kpidesk.core.settings import Ref, SettingValue
from kpidesk.core.totals import RECORDED_PLACES, Scores, sum_points
from kpidesk.core.weighing import weigh


@dataclass(frozen=True, slots=True)
class Result:
    """One result of one subject and period ("cycle", "2024Q1").

    `value` is a recorded (rounded) figure or a word; `basis` is what a word was taken from.
    """

    subject: Subject
    name: str
    period: str
    value: Figure | str
    basis: Figure | None = None

    @property
    def text(self) -> str:
        """The value as it is shown: 24.00, 优秀."""
        if isinstance(self.value, Figure) and isinstance(self.value.value, Decimal):
            return f"{self.value.value:f}"
        return str(self.value)

    @property
    def derivation(self) -> Figure | None:
        """The figure that answers “why”."""
        return self.value if isinstance(self.value, Figure) else self.basis


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results, and all that the reader must know about them."""

    results: dict[tuple[Subject, str, str], Result] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blocked: bool = False

    def get(self, subject: Subject, name: str, period: str = CYCLE) -> Result | None:
        """One result, or None when it was not produced."""
        return self.results.get((subject, name, period))


def cycle_of(scheme: Scheme, settings: Mapping[str, SettingValue], starts_on: date) -> Cycle:
    """The scheme's cycle that starts on a day (the calendar month of the day, where it says so)."""
    length = scheme.cycle
    if isinstance(length, Ref):
        length = _length(scheme, length, settings)
    if scheme.calendar_cycle:
        return Cycle(Period.containing(starts_on, length))
    return Cycle.starting(starts_on, length)


def _length(scheme: Scheme, ref: Ref, settings: Mapping[str, SettingValue]) -> Grain:
    """The chosen length; the default's where the choice is none (`evaluate` says so)."""
    parameter = known_parameters(scheme)[ref.parameter]
    chosen = settings.get(ref.parameter)
    allowed = [one.value for one in parameter.choices]
    return Grain(str(chosen if chosen in allowed else parameter.default))


def evaluate(
    scheme: Scheme,
    *,
    cycle: Cycle,
    people: Sequence[Appraisee],
    facts: Facts,
    settings: Mapping[str, SettingValue],
) -> Evaluation:
    """Every result that the facts allow. What is missing or wrong is a finding, never a zero."""
    context = Context(scheme, cycle, facts, settings, {one.key: one for one in people})
    if check_inputs(context, people):
        return Evaluation(findings=context.findings, blocked=True)
    results: dict[tuple[Subject, str, str], Result] = {}
    for person in people:
        if person.in_service(cycle.period):
            for result in _appraise(person.key, context):
                results[result.subject, result.name, result.period] = result
    return Evaluation(results, context.findings)


def _appraise(subject: Subject, context: Context) -> list[Result]:
    scores = Scores()
    rule = context.scheme.aggregation
    match rule:
        case PointsSum():
            exact = sum_points(rule, subject, context, scores)
        case WeightedTree():
            exact = weigh(rule, subject, context, scores)
        case EnteredTotal():
            entered = context.number(subject, rule.fact)
            exact = entered.named("考核最终得分", rule.clause) if entered else None
        case _:
            assert_never(rule)
    results = [
        _recorded(subject, name, period, figure)
        for (name, period), figure in scores.figures.items()
    ]
    if exact is not None:
        results += _total(exact, subject, context, scores)
    results += [_recorded(subject, name, CYCLE, one) for name, one in scores.rescaled.items()]
    _warn_of_ambiguities(results, scores, subject, context)
    return results


def _total(exact: Figure, subject: Subject, context: Context, scores: Scores) -> list[Result]:
    recorded = exact.rounded(RECORDED_PLACES)
    scale = context.scheme.grades
    if scale is None:
        return [Result(subject, "total", CYCLE, recorded)]
    context.aspects.clear()
    graded = grade(scale, exact, recorded, subject, context)
    scores.touched("grade", context)
    if graded is None:
        return []
    return [
        Result(subject, "total", CYCLE, graded.total),
        Result(subject, "grade", CYCLE, graded.grade, graded.basis),
    ]


def _recorded(subject: Subject, name: str, period: str, figure: Figure) -> Result:
    places = 0 if figure.unit == DAYS else RECORDED_PLACES
    return Result(subject, name, period, figure.rounded(places))


def _warn_of_ambiguities(
    results: list[Result], scores: Scores, subject: Subject, context: Context
) -> None:
    produced = {one.name for one in results}
    of_cycle = {one.name for one in results if one.period == CYCLE}
    for clause in context.scheme.ambiguities:
        if not clause.warns:
            continue
        for name in clause.results:
            came_up = scores.aspects.get(name, frozenset())
            if clause.aspects:
                rests = name in produced and bool(came_up.intersection(clause.aspects))
            else:
                by_hand = name != "total" and Aspect.BY_HAND in came_up
                rests = name in of_cycle and not by_hand
            if rests:
                context.report(
                    Code.AMBIGUOUS_CLAUSE,
                    Effect.WARNS,
                    f"条款“{clause.phrase}”有歧义（{clause.id}）：{clause.problem}"
                    f"{_reading(clause, context)}",
                    subject=subject,
                    name=clause.parameters[0] if clause.parameters else name,
                    period=CYCLE,
                )
                break


def _reading(clause: Ambiguity, context: Context) -> str:
    """How an ambiguous clause was read: as by default, or as the company chose."""
    own = [
        f"“{context.parameters[name].label}”为{context.parameters[name].text(value)}"
        for name in clause.parameters
        if (value := context.settings.get(name)) is not None
        and value != context.parameters[name].default
    ]
    if own:
        return f"现按公司的设定计算：{'，'.join(own)}。"
    chosen = "、".join(f"“{context.parameters[name].label}”" for name in clause.parameters)
    return f"现按此理解：{clause.reading}" + (f"可用参数{chosen}改选。" if chosen else "")

"""The one way to a result: scheme, cycle, people, facts and parameters → results and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee, Facts, Subject
from kpidesk.core.figure import DAYS, Figure
from kpidesk.core.findings import Code, Effect
from kpidesk.core.grade import grade
from kpidesk.core.inputs import check_inputs
from kpidesk.core.paying.pay import pay
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE, Cycle
from kpidesk.core.results import Board, Evaluation, Result
from kpidesk.core.scheme import (
    Ambiguity,
    Aspect,
    EnteredTotal,
    NoTotal,
    PointsSum,
    Scheme,
    WeightedTree,
)
from kpidesk.core.settings import SettingValue
from kpidesk.core.totals import RECORDED_PLACES, Scores, score_leaves, sum_points
from kpidesk.core.weighing import weigh


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
    board = Board()
    for person in people:
        if person.in_service(cycle.period):
            for result in _appraise(person.key, context):
                board.add(result)
    pay(scheme.pay, PayRun(context, tuple(people), board))
    return Evaluation(board.results, context.findings)


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
        case NoTotal():
            score_leaves(subject, context, scores)
            exact = None
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

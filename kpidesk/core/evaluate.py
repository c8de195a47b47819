"""The one way to a result: scheme, cycle, people, facts and parameters → results and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from kpidesk.core.aggregation import EnteredTotal, NoTotal, PointsSum, WeightedScaled, WeightedTree
from kpidesk.core.ambiguity import warn_of_pay, warn_of_scores
from kpidesk.core.calibrated import calibrated_total
from kpidesk.core.context import Context
from kpidesk.core.cycles import state_cycle
from kpidesk.core.exempting import tell_exemptions
from kpidesk.core.facts import CALIBRATED_TOTAL, Appraisee, Facts, Subject
from kpidesk.core.figure import DAYS, Figure, Op
from kpidesk.core.findings import Effect
from kpidesk.core.grade import grade
from kpidesk.core.inputs import check_inputs
from kpidesk.core.metrics import measure_all
from kpidesk.core.paying.pay import pay
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE, Cycle
from kpidesk.core.results import Board, Evaluation, Result
from kpidesk.core.rolling import weigh
from kpidesk.core.scaling import scale
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.settings import SettingValue
from kpidesk.core.totals import RECORDED_PLACES, Scores, score_leaves, sum_points
from kpidesk.core.uncollected import uncollected


def evaluate(
    scheme: Scheme,
    *,
    cycle: Cycle,
    people: Sequence[Appraisee],
    facts: Facts,
    settings: Mapping[str, SettingValue],
) -> Evaluation:
    """Every result that the facts allow. What is missing or wrong is a finding, never a zero."""
    with uncollected():
        context = Context(scheme, cycle, facts, settings, {one.key: one for one in people})
        return _evaluate(context, people)


def _evaluate(context: Context, people: Sequence[Appraisee]) -> Evaluation:
    scheme, cycle = context.scheme, context.cycle
    if check_inputs(context, people):
        return Evaluation(findings=context.findings, blocked=True)
    board = Board()
    if scheme.span is Span.OPEN_END:
        state_cycle(cycle, board)
    for person in people:
        if person.in_service(cycle.period):
            for result in _appraise(person.key, context, board):
                board.add(result)
    run = PayRun(context, tuple(people), board)
    pay(scheme.pay, run)
    warn_of_pay(run)
    if any(one.effect is Effect.BLOCKS for one in context.findings):
        return Evaluation(findings=context.findings, blocked=True)
    return Evaluation(board.results, context.findings, entries=tuple(board.entries))


def _appraise(subject: Subject, context: Context, board: Board) -> list[Result]:
    scores = Scores()
    judged: Figure | None = None
    measure_all(subject, context, scores)
    tell_exemptions(subject, context)
    rule = context.scheme.aggregation
    match rule:
        case PointsSum():
            exact = sum_points(rule, subject, context, scores)
        case WeightedTree():
            exact = weigh(rule, subject, context, scores)
        case WeightedScaled():
            exact, judged = scale(rule, subject, context, scores, board) or (None, None)
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
    for stage, summed in scores.totals.items():
        with context.at(stage):
            results += _total(summed, summed, subject, context, scores)
    if exact is not None:
        exact = _calibrated(exact, subject, context)
        results += _total(exact, judged or exact, subject, context, scores)
    results += [_recorded(subject, name, CYCLE, one) for name, one in scores.rescaled.items()]
    warn_of_scores(results, scores, subject, context)
    periods = list(dict.fromkeys(one.period for one in results))
    return sorted(results, key=lambda one: periods.index(one.period))


def _calibrated(exact: Figure, subject: Subject, context: Context) -> Figure:
    """The total that a calibration put in place of the computed one, which stays its reason."""
    fact = context.facts.periods(subject, CALIBRATED_TOTAL).get(CYCLE)
    if fact is None or not isinstance(fact.value, Decimal):
        return exact
    return calibrated_total(exact, fact.value, fact.origin)


def _total(
    exact: Figure, judged: Figure, subject: Subject, context: Context, scores: Scores
) -> list[Result]:
    """The recorded total and its grade; `judged` is the figure that is graded."""
    recorded = exact.rounded(RECORDED_PLACES)
    grades = context.scheme.grades
    if grades is None:
        return [Result(subject, "total", context.when, recorded)]
    context.aspects.clear()
    shown = recorded if judged is exact else _shown(judged)
    graded = grade(grades, judged, shown, subject, context)
    scores.touched("grade", context)
    if graded is None:
        return []
    return [
        Result(subject, "total", context.when, graded.total if judged is exact else recorded),
        Result(subject, "grade", context.when, graded.grade, graded.basis),
    ]


def _shown(judged: Figure) -> Figure:
    """The figure that is graded, as it stands on the sheet."""
    return judged if judged.op is Op.ROUND else judged.rounded(RECORDED_PLACES)


def _recorded(subject: Subject, name: str, period: str, figure: Figure) -> Result:
    whole = figure.unit == DAYS and figure.value == int(figure.value)  # half days stay visible
    places = 0 if whole else RECORDED_PLACES
    return Result(subject, name, period, figure.rounded(places))

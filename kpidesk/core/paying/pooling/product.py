"""Pay of the year from its exact parts, and from a score out of 100."""

from __future__ import annotations

from kpidesk.core.exact import HUNDRED, ZERO, less, round_half_up
from kpidesk.core.explain import show, show_figure
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, YUAN, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.pooling.groups import served
from kpidesk.core.paying.pooling.rules import PartsSum, ScoreProduct
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE


def add_parts(rule: PartsSum, run: PayRun) -> None:
    """The sum of each person's exact parts less what is taken off; none while one lacks."""
    for person in served(run):
        added = _exact(rule.added, person.key, run)
        taken = _exact(rule.taken, person.key, run)
        if added is None or taken is None:
            continue
        summed = total(added, YUAN)
        for one in taken:
            summed = summed - one
        run.board.record(person.key, rule.result, summed.named(rule.label, rule.clause))


def _exact(names: tuple[str, ...], subject: Subject, run: PayRun) -> list[Figure] | None:
    found = [run.board.exact.get((subject, name, CYCLE)) for name in names]
    there = [one for one in found if one is not None]
    return there if len(there) == len(found) else None


def multiply_by_score(rule: ScoreProduct, run: PayRun) -> None:
    """The amount × the score in percent, for everybody who has both."""
    produced = False
    for person in served(run):
        score = _score(rule, person.key, run)
        amount = run.board.exact.get((person.key, rule.amount, CYCLE))
        if score is None or amount is None:
            continue
        percent = score.percent_of(given(HUNDRED, POINTS, "满分", rule.clause))
        _record(rule, person.key, amount.share(percent), run)
        produced = True
    if produced and rule.lost:
        run.context.report(
            Code.CLAUSE_CUT_OFF, Effect.WARNS, rule.lost, name=rule.result, period=CYCLE
        )


def _score(rule: ScoreProduct, subject: Subject, run: PayRun) -> Figure | None:
    """The score that counts, said where it is capped or above 100."""
    score = run.context.number(subject, rule.score)
    if score is None:
        return None
    cap = run.context.limit(rule.cap, POINTS, "上限", rule.clause)
    if cap is not None and less(cap.value, score.value):
        run.context.report(
            Code.SCORE_CLAMPED,
            Effect.WARNS,
            f"{score.label} {show_figure(score)}，按参数最高计 {show_figure(cap)}",
            subject=subject,
            name=rule.score,
            period=CYCLE,
        )
        score = score.at_most(cap).named(f"计入的{score.label}", rule.clause)
    if less(HUNDRED, score.value):
        run.context.report(
            Code.SCORE_ABOVE_FULL,
            Effect.WARNS,
            f"{score.label}为 {show(score.value)} 分，高于 100 分，请核对",
            subject=subject,
            name=rule.score,
            period=CYCLE,
        )
    return score


def _record(rule: ScoreProduct, subject: Subject, amount: Figure, run: PayRun) -> None:
    figure = amount.named(rule.label, rule.clause)
    if round_half_up(amount.value, 2) < ZERO:
        floored = rule.floor_zero is not None and run.context.flag(rule.floor_zero)
        what = f"{rule.label}算得 {show_figure(figure.rounded(2))}，小于零"
        run.context.report(
            Code.PAY_FLOORED if floored else Code.NEGATIVE_PAY,
            Effect.WARNS,
            f"{what}，按 0 元计" if floored else f"{what}，请核对后再发放",
            subject=subject,
            name=rule.result,
            period=CYCLE,
        )
        if floored:
            least = given(ZERO, YUAN, "", rule.clause)
            figure = figure.named("扣减后").at_least(least).named(rule.label, rule.clause)
    run.board.record(subject, rule.result, figure)

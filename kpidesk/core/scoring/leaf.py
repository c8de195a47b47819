"""The score of one leaf in one period: entered by hand, mixed from raters, or by its own rule."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Fact, Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, given, mean, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.rules import LevelSelect, Manual
from kpidesk.core.scoring.score import score


def leaf_score(
    indicator: Indicator,
    full: Decimal,
    subject: Subject,
    context: Context,
) -> Figure | None:
    """The exact points of a leaf in the period under way; None with findings if it has none.

    A score by hand stands in place of the rule; scores by raters are mixed by their shares.
    """
    by_hand = entered_score(indicator, full, subject, context)
    if by_hand is not NOT_ENTERED:
        if not isinstance(indicator.rule, Manual | LevelSelect):
            with context.unasked():  # by-products of the rule that the score stands in place of
                score(indicator, full, subject, context)
            context.aspects.clear()
        context.touch(Aspect.BY_HAND)
        return by_hand
    rated = rated_score(indicator, full, subject, context)
    return score(indicator, full, subject, context) if rated is NOT_ENTERED else rated


def rated_score(
    indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """The raters' scores of a leaf or dimension, mixed; NOT_ENTERED when there is none."""
    by_rater = context.rater_facts(indicator, subject)
    return _mixed(indicator, full, by_rater, subject, context) if by_rater else NOT_ENTERED


NOT_ENTERED = given(ZERO, POINTS, "未填")
"""Says that nobody entered a score, where None says that what was entered cannot stand."""


def entered_score(
    indicator: Indicator,
    full: Decimal,
    subject: Subject,
    context: Context,
) -> Figure | None:
    """The score entered by hand for a leaf or dimension; NOT_ENTERED when there is none."""
    name = f"score.{indicator.name}"
    fact = context.entered(subject, name)
    value = None if fact is None else fact.value
    if fact is None or not isinstance(value, Decimal):
        return NOT_ENTERED
    good = _in_range(value, full, fact, indicator, context)
    if isinstance(indicator.rule, LevelSelect):
        good = _is_level(value, indicator, indicator.rule, subject, context) and good
    if not good:
        return None
    return given(value, POINTS, f"{indicator.name}得分", indicator.clause, fact.origin)


def _mixed(
    indicator: Indicator,
    full: Decimal,
    by_rater: dict[str, Fact],
    subject: Subject,
    context: Context,
) -> Figure | None:
    context.touch(Aspect.BY_RATER)
    parts: list[Figure] = []
    complete = True
    for rater in context.scheme.raters:
        fact = by_rater.get(rater.name)
        share = context.setting(rater.share.parameter)
        if fact is None:
            if isinstance(share, Decimal) and share > ZERO:
                context.missing(subject, f"score.{indicator.name}.{rater.name}")
                complete = False
            continue
        rated = _rated(indicator, rater, full, fact, context)
        percent = context.amount(rater.share, PERCENT, f"{rater.label}权重")
        if rated is None or percent is None:
            complete = False
        else:
            parts.append(rated.share(percent))
    if not complete:
        return None
    return total(parts, POINTS).named(f"{indicator.name}得分", indicator.clause)


def _rated(
    indicator: Indicator, rater: Rater, full: Decimal, fact: Fact, context: Context
) -> Figure | None:
    scores = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    figures: list[Figure] = []
    for number, value in enumerate(scores, start=1):
        if not isinstance(value, Decimal) or not _in_range(value, full, fact, indicator, context):
            return None
        label = rater.label if len(scores) == 1 else f"{rater.label}{number}"
        figures.append(given(value, POINTS, label, indicator.clause, fact.origin))
    return figures[0] if len(figures) == 1 else mean(figures).named(f"{rater.label}平均")


def _in_range(
    value: Decimal, full: Decimal, fact: Fact, indicator: Indicator, context: Context
) -> bool:
    if ZERO <= value <= full:
        return True
    context.refuse_total(fact.subject)
    context.report(
        Code.SCORE_OUT_OF_RANGE,
        Effect.WITHHOLDS,
        f"“{indicator.name}”的得分 {value:f} 超出范围，应在 0 到 {full:f} 分之间",
        subject=fact.subject,
        name=fact.name,
        period=fact.period,
    )
    return False


def _is_level(
    value: Decimal, indicator: Indicator, rule: LevelSelect, subject: Subject, context: Context
) -> bool:
    points = [level.points for level in rule.levels]
    if value in points:
        return True
    listed = "、".join(f"{one:f}" for one in points)
    context.report(
        Code.NOT_A_LEVEL,
        Effect.WITHHOLDS,
        f"“{indicator.name}”只能选印制的等级分：{listed}；填写的是 {value:f}",
        subject=subject,
        name=f"score.{indicator.name}",
        period=context.when,
    )
    return False

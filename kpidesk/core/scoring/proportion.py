"""Points in proportion to last year (按比例得分)."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO, less
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, mean
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.scoring.rules import Combine, ProportionalClamped
from kpidesk.core.settings import Word


class Words(Protocol):
    """What is asked of the scheme's prose: parameters and facts as text."""

    def word(self, word: Word) -> str:
        """A choice of the rule, as its value."""

    def label(self, fact: str) -> str:
        """What a fact is called on the sheet."""


def proportion(
    rule: ProportionalClamped,
    indicator: Indicator,
    full: Decimal,
    subject: Subject,
    context: Context,
) -> Figure | None:
    """Full points × this year ÷ last year, kept between the lowest and the highest points."""
    found = [_ratio(name, indicator, subject, context) for name in rule.facts]
    ratios = [one for one in found if one is not None]
    if len(ratios) < len(found):
        return None
    if context.word(rule.combine) == Combine.LOWER:
        lower = min(ratios, key=lambda one: one.value)
        ratio = lower.because(*(one for one in ratios if one is not lower)).named("较低的比例")
    else:
        ratio = mean(ratios).named("平均比例", indicator.clause)
    points = given(full, POINTS, "满分", indicator.clause).share(ratio)
    if less(points.value, rule.least):
        least = given(rule.least, POINTS, "最低分", indicator.clause)
        return points.named("按比例得分", indicator.clause).at_least(least)
    if less(rule.most, points.value):
        most = given(rule.most, POINTS, "最高分", indicator.clause)
        return points.named("按比例得分", indicator.clause).at_most(most)
    return points


def state_proportion(rule: ProportionalClamped, full: str, words: Words) -> tuple[str, ...]:
    """The sentences of the contract on it."""
    names = "、".join(words.label(one) for one in rule.facts)
    how = "取较低的比例" if words.word(rule.combine) == Combine.LOWER else "取平均比例"
    return (
        f"{names}不低于去年的，得 {full} 分；超过或低于的，按今年与去年的比例得分。",
        f"各项分别计算比例，{how}；最低 {show(rule.least)} 分，最高 {show(rule.most)} 分。",
    )


def _ratio(name: str, indicator: Indicator, subject: Subject, context: Context) -> Figure | None:
    year = context.cycle.period
    last = context.number(subject, name, year.before())
    this = context.number(subject, name, year)
    if this is None or last is None:
        return None
    if last.value == ZERO:
        context.report(
            Code.ZERO_DENOMINATOR,
            Effect.WITHHOLDS,
            f"“{indicator.name}”的{last.label}为 0，不能作除数计算今年与去年的比例，请核对",
            subject=subject,
            name=name,
            period=year.before().key,
        )
        return None
    return this.percent_of(last).named(f"{context.known[name].label}与去年之比", indicator.clause)

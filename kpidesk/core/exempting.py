"""How a total comes about where indicators are exempt: nothing is re-weighted unless it says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.exemption import EXEMPT, Handling
from kpidesk.core.facts import Fact, Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import CYCLE


def exemption_of(indicator: str, subject: Subject, context: Context) -> Fact | None:
    """The fact that an indicator is not appraised, which holds in the whole cycle."""
    return context.facts.periods(subject, f"{EXEMPT}{indicator}").get(CYCLE)


def handling_of(indicator: str, subject: Subject, context: Context) -> Handling | None:
    """What becomes of the weight of an exempt indicator; None where it is appraised."""
    fact = exemption_of(indicator, subject, context)
    return None if fact is None else Handling(str(fact.value))


def exempt_score(
    indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """What an exempt leaf brings in: its full points, or nothing. None where it is appraised."""
    fact = exemption_of(indicator.name, subject, context)
    if fact is None:
        return None
    if handling_of(indicator.name, subject, context) is Handling.FULL:
        label = f"{indicator.name}得分（免考核，按满分计）"
        return given(full, POINTS, label, indicator.clause, fact.origin)
    return given(ZERO, POINTS, f"{indicator.name}（免考核，不计分）", indicator.clause, fact.origin)


def rescaled(
    summed: Figure, weights: dict[str, Figure], subject: Subject, context: Context
) -> Figure | None:
    """A sum of points with the weights of exempt indicators spread over the others.

    `weights` are what each indicator counts of the whole, in percent. None where nothing is left
    to spread them over.
    """
    spread = [
        _of_exempt(name, weight, subject, context)
        for name, weight in weights.items()
        if handling_of(name, subject, context) is Handling.SPREAD and weight.value != ZERO
    ]
    if not spread:
        return summed
    counted = given(HUNDRED, PERCENT, "全部指标的权重") - total(spread, PERCENT)
    if counted.value == ZERO:
        context.report(
            Code.EXEMPT,
            Effect.WITHHOLDS,
            "全部指标都免考核，没有可以分摊权重的指标，请至少留一项考核",
            subject=subject,
            name="total",
            period=context.when,
        )
        return None
    named = summed.named("未分摊前的得分", summed.clause)
    return named.whole_of(counted.named("计分指标的权重合计")).named(summed.label, summed.clause)


def scored_leaves(
    indicators: Iterable[Indicator], subject: Subject, context: Context
) -> Iterator[Indicator]:
    """The leaves whose scores are added up: not those of a dimension that was scored itself."""
    for one in indicators:
        if not one.children:
            yield one
        elif context.entered(subject, f"score.{one.name}") is None and not context.rater_facts(
            one, subject
        ):
            yield from scored_leaves(one.children, subject, context)


def weights_of(leaves: Iterable[Indicator], context: Context) -> dict[str, Figure]:
    """What each leaf counts of the whole, where that is known."""
    known = ((one.name, context.weights[one.name]) for one in leaves)
    return {name: weight for name, weight in known if weight is not None}


def counted_weight(
    dimension: Indicator, weight: Figure, subject: Subject, context: Context
) -> Figure:
    """What of a dimension's weight is scored: an exempt indicator below is not held against it."""
    left = weight
    for leaf in scored_leaves(dimension.children, subject, context):
        own = context.weights.get(leaf.name)
        handling = handling_of(leaf.name, subject, context)
        if own is not None and handling in (Handling.OUTSIDE, Handling.SPREAD):
            left -= _of_exempt(leaf.name, own, subject, context)
    return left


def tell_exemptions(subject: Subject, context: Context) -> None:
    """Warn the reader of every exempt indicator, and of what became of its weight."""
    for leaf in context.scheme.leaves():
        if (fact := exemption_of(leaf.name, subject, context)) is not None:
            context.report(
                Code.EXEMPT,
                Effect.WARNS,
                f"指标“{leaf.name}”{fact.origin.source}",
                subject=subject,
                name=f"score.{leaf.name}",
            )


def _of_exempt(name: str, weight: Figure, subject: Subject, context: Context) -> Figure:
    """The weight of an exempt indicator, with the decision that it is."""
    fact = exemption_of(name, subject, context)
    origin = fact.origin if fact is not None else weight.origin
    return given(weight.value, PERCENT, f"{name}的权重（免考核）", weight.clause, origin)

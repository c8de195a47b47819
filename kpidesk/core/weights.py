"""Whether the weights of indicators, raters and stages add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpidesk.core.aggregation import WeightedScaled, WeightedTree
from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO, Number, add
from kpidesk.core.explain import show
from kpidesk.core.figure import PERCENT, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.paying.pooling.rules import PoolByShare
from kpidesk.core.weight_figures import counting, weighs_equally


def check_weights(context: Context) -> None:
    """Report weights of indicators, raters and stages that do not add up."""
    rule = context.scheme.aggregation
    if isinstance(rule, WeightedTree | WeightedScaled):
        _check_tree(context)
        _warn_of_idle_weights(context)
    if isinstance(rule, WeightedTree):
        _check_rollup(context, rule)
    _check_rater_shares(context)
    _check_pools(context)


def _warn_of_idle_weights(context: Context) -> None:
    """Equal weights were asked for, so that weights entered beside them count for nothing."""
    if not weighs_equally(context.scheme, context.settings):
        return
    for indicator in context.scheme.walk():
        name = f"weight.{indicator.name}"
        if name in context.settings:
            context.report(
                Code.NOT_IN_SOURCE,
                Effect.WARNS,
                f"已选择各项权重相等，填写的“{indicator.name}”权重没有使用",
                name=name,
            )


def _check_tree(context: Context) -> None:
    roots = _weights(context, context.scheme.indicators)
    if roots is not None and roots != HUNDRED:
        context.block(
            Code.WEIGHTS_NOT_100,
            f"各维度权重合计为 {show(roots)}%，应为 100%，请调整权重",
        )
    for indicator in context.scheme.walk():
        if not indicator.children:
            continue
        if indicator.is_divided:
            _check_division(context, indicator)
        own = context.weights[indicator.name]
        below = _weights(context, indicator.children)
        if own is not None and below is not None and own.value != below:
            context.block(
                Code.WEIGHTS_NOT_PARENT,
                f"“{indicator.name}”的权重是 {show(own.value)}%，下级指标合计却是 {show(below)}%，"
                "请调整使二者相等",
                name=indicator.name,
            )


def _check_division(context: Context, dimension: Indicator) -> None:
    summed: Number = ZERO
    for one in dimension.children:
        share = context.inside(one)
        if share is None:
            return
        summed = add(summed, share.value)
    if summed != HUNDRED:
        listed = "、".join(f"“{one.name}”" for one in dimension.children)
        context.block(
            Code.WEIGHTS_NOT_100,
            f"{listed}在“{dimension.name}”内所占的比例合计为 {show(summed)}%，应为 100%，请调整",
            name=dimension.name,
        )


def _weights(context: Context, indicators: Sequence[Indicator]) -> Number | None:
    """What weights add to; None while one is a blank."""
    summed: Number = ZERO
    for one in counting(indicators):
        weight = context.weights[one.name]
        if weight is None:
            return None
        summed = add(summed, weight.value)
    return summed


def _check_rater_shares(context: Context) -> None:
    shares = [context.setting(one.share.parameter) for one in context.scheme.raters]
    set_ones = [share for share in shares if isinstance(share, Decimal)]
    if set_ones and sum(set_ones) != HUNDRED:
        context.block(
            Code.RATER_WEIGHTS_NOT_100,
            f"各类评分人的权重合计为 {sum(set_ones):f}%，应为 100%，请调整",
        )


def _check_pools(context: Context) -> None:
    """Report items of a pool of pay that do not share all of it."""
    for rule in context.scheme.pay:
        if not isinstance(rule, PoolByShare):
            continue
        parts = [context.amount(one.percent, PERCENT, one.name) for one in rule.items]
        known = [one for one in parts if one is not None]
        summed = total(known, PERCENT)
        if len(known) == len(parts) and summed.value != HUNDRED:
            context.block(
                Code.WEIGHTS_NOT_100,
                f"各项薪酬的占比合计为 {show(summed.value)}%，应为 100%，请调整",
            )


def _check_rollup(context: Context, tree: WeightedTree) -> None:
    if context.word(tree.rollup) == "year_end" or not context.is_staged:
        return
    stages = context.stages
    whole = sum(stage.days for stage in stages)
    if whole != context.cycle.period.days:
        context.block(
            Code.BAD_VALUE,
            f"考核周期从 {context.cycle.period.start} 开始，不是由完整的季度(半年)组成，"
            "不能按期汇总，请把周期的开始日改为季度(半年)的第一天，或不按期汇总",
            name="starts_on",
        )
        return
    if context.word(tree.rollup) != "mix" or not (tree.year_end_share and tree.stage_share):
        return
    year_end = context.setting(tree.year_end_share.parameter)
    stage = context.setting(tree.stage_share.parameter)
    if not (isinstance(year_end, Decimal) and isinstance(stage, Decimal)):
        return
    if (summed := year_end + stage * len(stages)) != HUNDRED:
        context.block(
            Code.WEIGHTS_NOT_100,
            f"年终与各季度的权重合计为 {summed:f}%，应为 100%，请调整",
            name=tree.year_end_share.parameter,
        )

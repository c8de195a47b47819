"""Pools of pay in Chinese prose."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.paying.pooling.rules import (
    Contribution,
    NegativeIncrease,
    PartsSum,
    PenaltyScope,
    PerPointPenalty,
    PoolByShare,
    PoolRule,
    PoolScope,
    ScoreProduct,
)
from kpidesk.core.paying.words import Words
from kpidesk.core.scoring.rules import Steps
from kpidesk.core.settings import Word


def state_pool(rule: PoolRule, words: Words) -> tuple[str, ...]:
    """The sentences of the contract on a rule."""
    match rule:
        case PoolByShare():
            return _pool(rule, words)
        case PerPointPenalty():
            return (_penalty(rule, words),)
        case PartsSum(label=label, added=added, taken=taken):
            parts = " + ".join(words.line(one) for one in added)
            off = "".join(f" − {words.line(one)}" for one in taken)
            return (f"{label} = {parts}{off}。",)
        case ScoreProduct():
            return _product(rule, words)
        case _:
            assert_never(rule)


def _pool(rule: PoolByShare, words: Words) -> tuple[str, ...]:
    group = _group(rule.scope, words)
    signed = words.word(rule.negative) == NegativeIncrease.SIGNED
    fall = "负增长按负数计入占比" if signed else "负增长按零计"
    pool = f"{group}考核对象的{words.label(rule.pay)}之和按下列比例分项考核"
    items = "；".join(
        f"{one.name} {words.amount(one.percent)}%，按{_contributed(one.contribution, words)}"
        for one in rule.items
    )
    return (
        f"{pool}，各项按本人占全组的贡献度占比分配：{items}。",
        f"{fall}；某一项全组合计不大于零的，该项不分配，另行决定。",
    )


def _contributed(what: Contribution, words: Words) -> str:
    label = words.label(what.fact)
    if not what.increase:
        return label
    less = what.leaves_out is not None and words.flag(what.leaves_out)
    part = f"（不计{words.label(what.without)}）" if less else ""
    return f"{label}比去年的增量{part}"


def _penalty(rule: PerPointPenalty, words: Words) -> str:
    if words.word(rule.scope) == PenaltyScope.GROUP:
        whose = f"{_group(rule.group, words)}考核对象合计的"
    else:
        whose = "本人"
    steps = f"不满一个百分点的{_rest(Steps(words.word(rule.steps)))}"
    what = f"{rule.label}：{whose}{words.label(rule.fact)}低于去年的"
    amount = words.amount(rule.amount)
    return f"{what}，每降低一个百分点扣 {amount} 元，{steps}；没有去年数据的不扣。"


def _rest(steps: Steps) -> str:
    """What becomes of a part of a point."""
    match steps:
        case Steps.WHOLE:
            return "不扣"
        case Steps.UP:
            return "按一个百分点扣"
        case Steps.PROPORTIONAL:
            return "按比例扣"
        case _:
            assert_never(steps)


def _product(rule: ScoreProduct, words: Words) -> tuple[str, ...]:
    cap = words.limit(rule.cap)
    highest = f"，{words.label(rule.score)}最高计 {cap} 分" if cap else ""
    floored = rule.floor_zero is not None and words.flag(rule.floor_zero)
    least = "，低于零的按零计" if floored else ""
    product = f"{words.line(rule.amount)} × {words.label(rule.score)} ÷ 100"
    return (f"{rule.label} = {product}，保留到分{highest}{least}。",)


def _group(scope: Word, words: Words) -> str:
    who = PoolScope(words.word(scope))
    match who:
        case PoolScope.GRADE:
            return "同一等级"
        case PoolScope.TEAM:
            return "同一团队"
        case PoolScope.ALL:
            return "全体"
        case _:
            assert_never(who)

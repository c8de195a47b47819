"""How a total comes about, in Chinese prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, assert_never

from kpidesk.core.aggregation import EnteredTotal, NoTotal, PointsSum, WeightedScaled, WeightedTree
from kpidesk.core.exact import HUNDRED
from kpidesk.core.explain import show
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Amount, Ref, Word

_BLANK = "＿＿＿＿"
_STAGES = {
    Grain.MONTH: ("月", "十二"),
    Grain.QUARTER: ("季度", "四"),
    Grain.HALF_YEAR: ("半年", "两"),
    Grain.YEAR: ("年度", "各"),
    Grain.CYCLE: ("周期", "各"),
}


class Words(Protocol):
    """What is asked of the scheme's prose: parameters as text."""

    def amount(self, amount: Amount) -> str:
        """A number of a rule, or a blank to fill in."""

    def word(self, word: Word) -> str:
        """A choice of a rule, as its value."""

    def flag(self, ref: Ref) -> bool:
        """Whether a yes-or-no parameter says yes."""


def state_total(scheme: Scheme, words: Words) -> tuple[str, ...]:
    """The sentences of the contract on how indicators make the total."""
    rule = scheme.aggregation
    match rule:
        case PointsSum():
            full = sum((one.points for one in scheme.leaves()), Decimal(0))
            text = f"总分为各指标得分之和，满分合计 {show(full)} 分，保留两位小数。"
            if words.flag(rule.normalise):
                return (text, f"折算百分制：总分 ÷ {show(full)} × 100，保留两位小数。")
            return (text,)
        case WeightedTree():
            return (
                "各指标按 0～100 分评分，乘以权重后相加为总分，保留两位小数。",
                *_rollup(scheme, rule, words),
            )
        case WeightedScaled():
            return _scaled(rule, words)
        case EnteredTotal():
            return ("考核最终得分由人力资源部汇总计算，记录时保留两位小数。",)
        case NoTotal():
            return ("各指标分别计算，不合成总分。",) if scheme.indicators else ()
        case _:
            assert_never(rule)


def _rollup(scheme: Scheme, rule: WeightedTree, words: Words) -> tuple[str, ...]:
    if scheme.stages is None or words.word(scheme.cycle) == scheme.stages:
        return ()
    each, count = _STAGES[scheme.stages]
    match words.word(rule.rollup):
        case "mean":
            return (f"年度总分为{count}个{each}总分的平均。",)
        case "last":
            return (f"年度总分为最后一个{each}的总分。",)
        case "mix":
            year = words.amount(rule.year_end_share) if rule.year_end_share else _BLANK
            stage = words.amount(rule.stage_share) if rule.stage_share else _BLANK
            return (f"年度总分 = 年终总评 × {year}% + 各{each}总分 × {stage}%。",)
        case _:
            return (f"年度总分以年终总评为准，{each}阶段性评估供参考。",)


def _scaled(rule: WeightedScaled, words: Words) -> tuple[str, ...]:
    shown, percent = rule.shown_full / rule.full, HUNDRED / rule.full
    raw = "评定得分 = 各指标得分 × 权重之和 ÷ 100，保留四位小数"
    total = f"总分 = 评定得分 × {show(percent)}，满分 100 分；均保留两位小数"
    return (
        f"各指标按 0～{show(rule.full)} 分评分；{raw}。",
        f"绩效得分 = 评定得分 × {show(shown)}，满分 {show(rule.shown_full)} 分；{total}。",
        f"等级按{_graded(rule, words)}评定。",
        *_advice(rule, words),
    )


def _graded(rule: WeightedScaled, words: Words) -> str:
    match words.word(rule.grade_scale):
        case "fifty":
            return f"满分 {show(rule.shown_full)} 分的绩效得分"
        case "raw":
            return "评定得分"
        case _:
            return "百分制总分"


def _advice(rule: WeightedScaled, words: Words) -> tuple[str, ...]:
    if not rule.advice:
        return ()
    advice = "；".join(f"{one.indicator}：{one.text}" for one in rule.advice)
    threshold = words.amount(rule.advice_threshold)
    return (f"单项得分低于 {threshold} 分的，给出改进建议：{advice}。",)

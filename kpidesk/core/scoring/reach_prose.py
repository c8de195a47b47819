"""Rules that give full points for what was asked, in Chinese prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, assert_never

from kpidesk.core.explain import show
from kpidesk.core.measures import GrowthBase
from kpidesk.core.scoring.rules import AllConform, Decay, ReachOrDecay, TeamDecay
from kpidesk.core.settings import Amount, Word


class Words(Protocol):
    """What is asked of the scheme's prose: parameters and facts as text."""

    def amount(self, amount: Amount) -> str:
        """A number of the rule, or a blank to fill in."""

    def word(self, word: Word) -> str:
        """A choice of the rule, as its value."""

    def label(self, fact: str) -> str:
        """What a fact is called on the sheet."""

    def steps(self, steps: Word) -> str:
        """How a part of a step counts."""


def state_reach(rule: ReachOrDecay | AllConform, full: Decimal, words: Words) -> tuple[str, ...]:
    """The sentences of the contract on what is asked, and on what less of it gives."""
    match rule:
        case ReachOrDecay():
            return _reach(rule, full, words)
        case AllConform(facts, decay):
            asked = "、".join(words.label(one) for one in facts)
            none = words.word(decay) == TeamDecay.ALL_OR_NOTHING
            less = "得 0 分" if none else f"得 {show(full)} 分 × 符合要求的项数 ÷ {len(facts)}"
            return (f"{asked}各项符合要求，得 {show(full)} 分；有不符合要求的，{less}。",)
        case _:
            assert_never(rule)


def _reach(rule: ReachOrDecay, full: Decimal, words: Words) -> tuple[str, ...]:
    previous = words.word(rule.measure.base) == GrowthBase.PREVIOUS_PERIOD
    base = "上一期间" if previous else "去年同期"
    what = f"{words.label(rule.measure.fact)}比{base}的增长率"
    target = words.amount(rule.target)
    reached = f"{what}达到 {target}%，得 {show(full)} 分。"
    if words.word(rule.decay) == Decay.STEP:
        size, points = words.amount(rule.size), words.amount(rule.points)
        steps = words.steps(rule.steps)
        return (reached, f"每低 {size} 个百分点扣 {points} 分，{steps}，扣完为止。")
    return (reached, f"未达到的，得分 = {show(full)} 分 × 实际 ÷ {target}%，最低 0 分。")

"""Points for what was reached of a target, in Chinese prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from kpidesk.core.exact import HUNDRED
from kpidesk.core.explain import show
from kpidesk.core.scoring.rules import Attainment, Direction, Method
from kpidesk.core.settings import Amount, Word


class Words(Protocol):
    """What is asked of the scheme's prose: parameters and facts as text."""

    def word(self, word: Word) -> str:
        """A choice of the rule, as its value."""

    def label(self, fact: str) -> str:
        """What a fact is called on the sheet."""

    def limit(self, amount: Amount | str) -> str:
        """A cap; empty where there is none."""


def state_attainment(rule: Attainment, full: Decimal, words: Words) -> tuple[str, ...]:
    """The sentences of the contract on how attainment gives points."""
    if words.word(rule.method) == Method.RATED:
        return (f"由考核人在 0～{show(full)} 分之间评分。",)
    cap = words.limit(rule.cap)
    actual, plan = words.label(rule.measure.actual), words.label(rule.measure.plan)
    if words.word(rule.direction) == Direction.DOWN:
        most = f"，最高按 {cap}% 计" if cap and Decimal(cap) < HUNDRED else ""
        return (
            f"得分 = {show(full)} 分 × 完成率；数值越低越好。",
            f"{actual}不高于{plan}的，完成率为 100%，否则完成率 = {plan} ÷ {actual} × 100%{most}。",
        )
    least = show(rule.floor)
    between = f"按 {least}%～{cap}% 计" if cap else f"最低按 {least}% 计，不设上限"
    return (
        f"得分 = {show(full)} 分 × 完成率。",
        f"完成率 = {actual} ÷ {plan} × 100%，{between}。",
    )

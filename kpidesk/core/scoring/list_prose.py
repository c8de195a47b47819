"""Rules made of printed lists and tables, in Chinese prose."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from kpidesk.core.explain import show
from kpidesk.core.scoring.reach_prose import Words
from kpidesk.core.scoring.rules import (
    Beyond,
    Checklist,
    ChecklistMode,
    PerUnit,
    RangeTable,
    Steps,
)
from kpidesk.core.settings import Word


def state_checklist(rule: Checklist, words: Words) -> tuple[str, ...]:
    """The printed statements, and how those that are met count."""
    mode = ChecklistMode(words.word(rule.mode))
    match mode:
        case ChecklistMode.CHECKLIST:
            return (
                *(f"{show(one.points)} 分：{one.text}" for one in rule.items),
                "达到的各项分数相加。",
            )
        case ChecklistMode.LEVEL_AS_WRITTEN:
            return (
                *(f"{show(one.points)} 分：{one.text}" for one in rule.items),
                "取达到的各项中分数最高的一项。",
            )
        case ChecklistMode.LEVEL_REVERSED:
            rising = enumerate(rule.items, start=1)
            return (
                *(f"{place} 分：{one.text}" for place, one in rising),
                "取达到的各项中分数最高的一项。",
            )
        case _:
            assert_never(mode)


def state_deduction(item: PerUnit | RangeTable, words: Words) -> str:
    """What one cause takes off."""
    match item:
        case PerUnit(measure, points, steps):
            return (
                f"应出勤天数 = 本月总天数 − {words.amount(measure.rest_days)} 天；"
                f"每少一天扣 {show(points)} 分，{_part_of_a_day(steps, words)}。"
            )
        case RangeTable(fact, ranges, beyond):
            tiers = "，".join(
                f"{show(one.least)}～{show(one.most)} 次扣 {show(one.points)} 分" for one in ranges
            )
            return f"{words.label(fact)} {tiers}，{_beyond(beyond, ranges[-1].most, words)}。"
        case _:
            assert_never(item)


def _part_of_a_day(steps: Word, words: Words) -> str:
    mode = Steps(words.word(steps))
    match mode:
        case Steps.WHOLE:
            return "满一天才扣"
        case Steps.UP:
            return "不足一天按一天扣"
        case Steps.PROPORTIONAL:
            return "半天按比例扣"
        case _:
            assert_never(mode)


def _beyond(beyond: Word, most: Decimal, words: Words) -> str:
    rule = Beyond(words.word(beyond))
    match rule:
        case Beyond.LAST_TIER:
            return f"超过 {show(most)} 次按最后一档扣分"
        case Beyond.NEXT_TIER:
            return f"超过 {show(most)} 次再加扣一档"
        case Beyond.ZERO:
            return f"超过 {show(most)} 次本项得 0 分"
        case _:
            assert_never(rule)

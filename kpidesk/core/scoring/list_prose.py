"""Rules made of printed lists and tables, in Chinese prose."""

from __future__ import annotations

from decimal import Decimal

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
    match ChecklistMode(words.word(rule.mode)):
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


def state_deduction(item: PerUnit | RangeTable, words: Words) -> str:
    """What one cause takes off."""
    match item:
        case PerUnit(measure, points, steps):
            part = "，半天按比例扣" if words.word(steps) == Steps.PROPORTIONAL else "，满一天才扣"
            return (
                f"应出勤天数 = 本月总天数 − {words.amount(measure.rest_days)} 天；"
                f"每少一天扣 {show(points)} 分{part}。"
            )
        case RangeTable(fact, ranges, beyond):
            tiers = "，".join(
                f"{show(one.least)}～{show(one.most)} 次扣 {show(one.points)} 分" for one in ranges
            )
            return f"{words.label(fact)} {tiers}，{_beyond(beyond, ranges[-1].most, words)}。"


def _beyond(beyond: Word, most: Decimal, words: Words) -> str:
    match Beyond(words.word(beyond)):
        case Beyond.LAST_TIER:
            return f"超过 {show(most)} 次按最后一档扣分"
        case Beyond.NEXT_TIER:
            return f"超过 {show(most)} 次再加扣一档"
        case Beyond.ZERO:
            return f"超过 {show(most)} 次本项得 0 分"

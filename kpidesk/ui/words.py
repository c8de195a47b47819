"""How values read on the screen: numbers, days, states. The one place for such words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.period import Grain
from kpidesk.core.settings import NONE, ParameterKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpidesk.core.period import Period
    from kpidesk.core.settings import Parameter, SettingValue

_CYCLE = re.compile(r"(\d{4})(?:([QH-])(\d{1,2}))?")

_HUNDRED = Decimal(100)


def number_text(value: Decimal, places: int | None = None) -> str:
    """1,234.5; with exactly `places` decimals when given (half up), else as they are."""
    if places is None:
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    # Half up by hand, for formatting a Decimal rounds half even.
    unit = Decimal(1).scaleb(-places)
    return f"{value.quantize(unit, rounding='ROUND_HALF_UP'):,f}"


def places_of(figures: Iterable[Decimal]) -> int:
    """The most decimals that any of the figures needs: with as many they stand in line."""
    return max((len(number_text(one).partition(".")[2]) for one in figures), default=0)


def lined_text(figure: Decimal, places: int) -> str:
    """1,234.50: with at least `places` decimals, and never rounded to them."""
    return number_text(figure, max(places, places_of([figure])))


def points_text(value: Decimal | None) -> str:
    """Points with two decimals; a dash when there are none yet."""
    return "—" if value is None else number_text(value, 2)


def percent_text(ratio: Decimal | None, places: int = 1) -> str:
    """0.953 → 95.3%; a dash when there is none yet."""
    return "—" if ratio is None else f"{number_text(ratio * 100, places)}%"


def day_text(day: date | None) -> str:
    """2026-03-01; empty when there is none."""
    return "" if day is None else day.isoformat()


def long_day_text(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_text(period: Period) -> str:
    """2026-03-01 至 2027-02-28: people count the last day in."""
    return f"{day_text(period.start)} 至 {day_text(period.last_day)}"


def cycle_text(period: Period) -> str:
    """2026年1月, 2026年第1季度, 2026年上半年, 2026年; any other cycle by its days."""
    if not (found := _CYCLE.fullmatch(period.key)):
        return span_text(period)
    year, part, number = found.group(1), found.group(2) or "", found.group(3) or ""
    match part:
        case "":
            return f"{year}年"
        case "Q":
            return f"{year}年第{number}季度"
        case "H":
            return f"{year}年{'上' if number == '1' else '下'}半年"
        case _:
            return f"{year}年{int(number)}月"


def count_text(number: int, unit: str = "项") -> str:
    """1,234 项."""
    return f"{number:,} {unit}"


# --- schemes and contracts


def grain_text(grain: Grain) -> str:
    """How long a cycle is: 一个月, 一年."""
    match grain:
        case Grain.MONTH:
            return "一个月"
        case Grain.QUARTER:
            return "一个季度"
        case Grain.HALF_YEAR:
            return "半年"
        case Grain.YEAR:
            return "一年"
        case Grain.CYCLE:
            return "考核周期"
        case _:
            assert_never(grain)


def contract_state_text(state: ContractState) -> str:
    """草稿, 已打印, 已签署, 已作废."""
    match state:
        case ContractState.DRAFT:
            return "草稿"
        case ContractState.PRINTED:
            return "已打印"
        case ContractState.SIGNED:
            return "已签署"
        case ContractState.VOID:
            return "已作废"
        case _:
            assert_never(state)


def copy_text(copy: Copy) -> str:
    """The mark of a copy: 甲方存, 乙方存."""
    match copy:
        case Copy.PARTY_A:
            return "甲方存"
        case Copy.PARTY_B:
            return "乙方存"
        case _:
            assert_never(copy)


def filling_text(parameter: Parameter) -> str:
    """What a parameter means, as one fills it in: no limit is left blank."""
    return parameter.meaning.replace("none 为", "留空为")


def meaning_text(parameter: Parameter) -> str:
    """What a parameter means to one who reads its default: 0.04 is 4%."""
    words = filling_text(parameter)
    rate = parameter.default
    if not isinstance(rate, Decimal) or not is_share(parameter):
        return words
    read = f"{number_text(rate)} 即 {number_text(rate * _HUNDRED)}%"
    return words if read in words else f"{words}；{read}"


def is_share(parameter: Parameter) -> bool:
    """Whether it is a share of one, best read in percent: its default has no unit, as 0.04."""
    default = parameter.default
    return not parameter.unit and isinstance(default, Decimal) and 0 < default < 1


def setting_text(parameter: Parameter, value: SettingValue | None) -> str:
    """A parameter's value in Chinese: the words of a choice, 5%, 不设上限; a dash for a blank."""
    match value:
        case None:
            return "—"
        case bool():
            return "是" if value else "否"
        case Decimal():
            gap = "" if parameter.unit == "%" else " "
            return f"{number_text(value)}{gap}{parameter.unit}".rstrip()
        case _ if value == NONE and parameter.kind is ParameterKind.NUMBER_OR_NONE:
            return "不设上限"
        case _:
            return next((one.text for one in parameter.choices if one.value == value), value)

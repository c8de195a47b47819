"""Periods as people write them in headings and cells: 2026年1月, 1月, 一季度, 上半年, 全年."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import CYCLE, Period
from kpidesk.exchange.workbook.found import RawValue
from kpidesk.exchange.workbook.values import text_of

_MONTHS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HALVES: Final = {"H1": "上半年", "H2": "下半年"}
_YEARLESS: Final = 4
WHOLE: Final = ("全周期", "全年", "年度", "合计", "全年合计", "年终", "全期", "总计", "年度目标")


def period_names(key: str) -> tuple[str, ...]:
    """How a period may be written, the year said; the first is how we write it."""
    if key == CYCLE:
        return WHOLE
    year, rest = key[:_YEARLESS], key[_YEARLESS:]
    short = _short_names(rest)
    full = [f"{year}年{one}" for one in short] or [f"{year}年"]
    if rest.startswith("-"):
        month = int(rest[1:])
        full += [f"{year}{mark}{month}" for mark in "-/."] + [
            f"{year}{mark}{month:02}" for mark in "-/."
        ]
        full += [f"{year}{month:02}"]
    return (*full, *(f"{year}{one}" for one in short), key)


def _short_names(rest: str) -> list[str]:
    if rest.startswith("-"):
        month = int(rest[1:])
        return [f"{month}月", f"{month:02}月", f"{_MONTHS[month - 1]}月", f"{month}月份"]
    if rest.startswith("Q"):
        number = int(rest[1])
        word = _MONTHS[number - 1]
        return [
            f"第{number}季度",
            f"{word}季度",
            f"第{word}季度",
            f"{number}季度",
            rest,
            f"q{number}",
        ]
    return [_HALVES[rest]] if rest in _HALVES else []


class PeriodReader:
    """Reads periods of a cycle; what no year is said of is of the cycle, where that is clear."""

    def __init__(self, keys: Iterable[str], cycle: Period) -> None:
        """`keys` are the periods for which something may be given."""
        self.keys = tuple(dict.fromkeys(keys))
        self.names: dict[str, tuple[str, ...]] = {}
        inside = [key for key in self.keys if key != CYCLE and cycle.covers(Period.parse(key))]
        for key in self.keys:
            short = [] if key == CYCLE else _short_names(key[_YEARLESS:])
            twins = [one for one in inside if one[_YEARLESS:] == key[_YEARLESS:]]
            is_clear = key in inside and len(twins) == 1
            self.names[key] = (*period_names(key), *(short if is_clear else ()))
        self._known = {_plain(name): key for key in reversed(self.keys) for name in self.names[key]}

    def read(self, value: RawValue) -> str:
        """The key of a period; InvalidValueError when none of the known ones is meant."""
        if isinstance(value, (date, datetime)):
            text = f"{value.year}-{value.month:02}"
        else:
            text = _plain(text_of(value))
        if text in self._known:
            return self._known[text]
        if f"{text}月" in self._known and text.isdigit():
            return self._known[f"{text}月"]
        some = "、".join(self.names[key][0] for key in self.keys[:3])
        msg = f"“{text}”不是这里可以填写的期间，应为 {some} 等"
        raise InvalidValueError(msg)


def _plain(text: str) -> str:
    return (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().replace("年度第", "年第")
    )

"""How the periods of pay are said."""

from __future__ import annotations

import re
from typing import Final

from kpidesk.core.period import CYCLE, Period

_KEY: Final = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(0[1-9]|1[0-2])(?![-\d]))")


def plain_periods(text: str) -> str:
    """A text in which the keys of periods are said in Chinese: 2026Q1 → 2026年第1季度."""

    def said(found: re.Match[str]) -> str:
        year, quarter, half, month = found.groups()
        if quarter:
            return f"{year}年第{quarter}季度"
        if half:
            return f"{year}年{'上' if half == '1' else '下'}半年"
        return f"{year}年{int(month)}月"

    return _KEY.sub(said, text)


def period_words(key: str, cycle: Period) -> str:
    """2026年1月, 2026年第1季度; the settlement of the whole cycle with its days."""
    if key == CYCLE:
        return f"全周期（{cycle.start} 至 {cycle.last_day}）"
    return plain_periods(key)

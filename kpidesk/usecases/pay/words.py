"""How pay periods and findings about people are said."""

from __future__ import annotations

import re
from typing import Final

from kpidesk.core.facts import TEAM
from kpidesk.core.findings import Finding
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.period import CYCLE

_KEY: Final = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(0[1-9]|1[0-2])(?![-\d]))")


def period_text(group: PayGroup, key: str) -> str:
    """2026年1月, 2026年第1季度; the settlement of the whole cycle, or of late corrections."""
    if key == CYCLE:
        return f"全周期（{group.cycle.period.start} 至 {group.cycle.period.last_day}）"
    return plain_periods(key)


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


def with_name(finding: Finding) -> str:
    """A finding's message with whom it concerns in front."""
    message = plain_periods(finding.message)
    if finding.subject in ("", TEAM) or finding.subject in message:
        return message
    return f"{finding.subject}：{message}"

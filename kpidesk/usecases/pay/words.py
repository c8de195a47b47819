"""How pay periods and findings about people are said."""

from __future__ import annotations

from kpidesk.core.facts import TEAM
from kpidesk.core.findings import Finding
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.words import period_words, plain_periods

__all__ = ["period_text", "plain_periods", "with_name"]


def period_text(group: PayGroup, key: str) -> str:
    """2026年1月, 2026年第1季度; the settlement of the whole cycle, or of late corrections."""
    return period_words(key, group.cycle.period)


def with_name(finding: Finding) -> str:
    """A finding's message with whom it concerns in front."""
    message = plain_periods(finding.message)
    if finding.subject in ("", TEAM) or finding.subject in message:
        return message
    return f"{finding.subject}：{message}"

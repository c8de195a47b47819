"""How values read on the screen: numbers, days, states. The one place for such words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kpidesk.core.period import Period


def number_text(value: Decimal, places: int | None = None) -> str:
    """1,234.5; with exactly `places` decimals when given (half up), else as they are."""
    if places is None:
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    # Half up by hand, for formatting a Decimal rounds half even.
    unit = Decimal(1).scaleb(-places)
    return f"{value.quantize(unit, rounding='ROUND_HALF_UP'):,f}"


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


def count_text(number: int, unit: str = "项") -> str:
    """1,234 项."""
    return f"{number:,} {unit}"

"""How figures of what was achieved, and their periods, read on the screen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.ui.words import cycle_text, lined_text
from kpidesk.usecases.actuals import Need, locked

if TYPE_CHECKING:
    from datetime import date

    from kpidesk.core.facts import FactValue
    from kpidesk.core.period import Period
    from kpidesk.usecases.actuals import Actual


def value_text(value: FactValue | None, places: int = 0) -> str:
    """1,234.5, 是, several statements side by side; empty for what is missing.

    Numbers have at least `places` decimals, so that those of one item stand in line.
    """
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Decimal():
            return lined_text(value, places)
        case str():
            return value
        case _:
            return "、".join(value_text(one, places) for one in value)


def period_title(days: Period, year: int) -> str:
    """3月, 第2季度, 全年; with the year where it is another one, and days where it is no such."""
    text = cycle_text(days)
    if text == f"{year}年":
        return "全年"
    return text.removeprefix(f"{year}年")


def standing_text(actual: Actual, today: date) -> str:
    """How a figure stands, in a few words."""
    if actual.differs:
        return "几张评分表上填的不一样：在这里再填一次，未定分的各张都会改过来"
    if why := locked(actual):
        return why
    if not actual.is_open:
        return "所在期间已经结算：再改要写理由，差额在下一期补发或扣回"
    if actual.need is Need.SUMMED:
        return "逐笔事项以外又填了合计数，两者只能取一种：按 Delete 清空合计数"
    if actual.value is None and actual.shown is not None:
        return "沿用较长期间的数，可以另填"
    if actual.value is not None:
        return "已填"
    if actual.need is Need.OPTIONAL:
        return "可以不填"
    return "还没有填" if actual.due <= today else "还没有到期"

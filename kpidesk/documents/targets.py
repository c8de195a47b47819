"""The targets of a contract: the figures of the whole term, and their months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.documents.blocks import Cell, cell, head, label, middle, ruled
from kpidesk.documents.look import CAPTION, CELL_RIGHT, TINT
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Text
from kpidesk.documents.words import figure, month_names

_MONTHS_IN_ROW = 6
_NAME = 36 * mm


def targets(agreed: Sequence[Target], term: Period) -> Iterator[Flowable]:
    """The table of targets, and one of their months where any has months."""
    rows: list[list[Cell]] = [
        [head(one) for one in ("序号", "目标项目", "单位", "全期目标值", "分解方式")]
    ]
    for number, target in enumerate(agreed, 1):
        rows.append(
            [
                middle(str(number)),
                cell(target.label),
                middle(target.unit),
                Text(figure(target.total), CELL_RIGHT),
                middle(_how(target)),
            ]
        )
    yield ruled(rows, (14 * mm, 62 * mm, 20 * mm, 30 * mm, 30 * mm))
    monthly = [one for one in agreed if one.months]
    if monthly:
        yield Text("月度分解表", CAPTION)
        yield _months(monthly, month_names(term))


def _how(target: Target) -> str:
    if not target.months:
        return "不分月"
    return "各月合计" if target.adds_up else "各月分别考核"


def _months(monthly: Sequence[Target], names: Sequence[str]) -> Flowable:
    """Blocks of six months, one under the other, each with its own head."""
    rows: list[list[Cell]] = []
    extra: list[tuple[object, ...]] = []
    count = max(len(names), *(len(one.months) for one in monthly))
    for first in range(0, count, _MONTHS_IN_ROW):
        shown = list(names[first : first + _MONTHS_IN_ROW])
        empty = _MONTHS_IN_ROW - len(shown)
        extra.append(("BACKGROUND", (0, len(rows)), (-1, len(rows)), TINT))
        extra.append(("NOSPLIT", (0, len(rows)), (0, len(rows) + len(monthly))))
        rows.append([head("项目（单位）"), *map(head, shown), *[""] * empty])
        for target in monthly:
            part: list[Decimal] = list(target.months[first : first + _MONTHS_IN_ROW])
            values: list[Cell] = [Text(figure(one), CELL_RIGHT) for one in part]
            blanks: list[Cell] = [""] * (_MONTHS_IN_ROW - len(part))
            rows.append([label(f"{target.label}（{target.unit}）"), *values, *blanks])
    each = (TEXT_WIDTH - _NAME) / _MONTHS_IN_ROW
    return ruled(rows, [_NAME, *[each] * _MONTHS_IN_ROW], heads=0, extra=extra)

"""The targets of a contract: the figures of the whole term, and their months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.documents.blocks import EMPTY, cell, heads, label, middle
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.look import CAPTION, CELL_RIGHT
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.stack import Stack
from kpidesk.documents.text import Text
from kpidesk.documents.words import figure, month_names

_MONTHS_IN_ROW = 6
_NAME = 36 * mm
_WHOLE_ROWS = 12  # a table up to this length is not cut


def targets(agreed: Sequence[Target], term: Period) -> Iterator[Flowable]:
    """The table of targets, and one of their months where any has months."""
    rows = [heads("序号", "目标项目", "单位", "全期目标值", "分解方式")]
    for number, target in enumerate(agreed, 1):
        total = cell(figure(target.total), style=CELL_RIGHT)
        what = (middle(str(number)), cell(target.label), middle(target.unit))
        rows.append(Row((*what, total, middle(_how(target)))))
    table = Grid(rows, (14 * mm, 62 * mm, 20 * mm, 30 * mm, 30 * mm), heads=1)
    yield Stack([table], whole=len(rows) <= _WHOLE_ROWS)
    monthly = [one for one in agreed if one.months]
    if monthly:
        months = _months(monthly, month_names(term))
        yield Stack([Text("月度分解表", CAPTION), months], whole=len(months.rows) <= _WHOLE_ROWS)


def _how(target: Target) -> str:
    if not target.months:
        return "不分月"
    return "各月合计" if target.adds_up else "各月分别考核"


def _months(monthly: Sequence[Target], names: Sequence[str]) -> Grid:
    """Blocks of six months, one under the other, each with its own head."""
    rows: list[Row] = []
    count = max(len(names), *(len(one.months) for one in monthly))
    for first in range(0, count, _MONTHS_IN_ROW):
        end = first + _MONTHS_IN_ROW
        shown = names[first:end]
        rows.append(heads("项目（单位）", *shown, *[""] * (_MONTHS_IN_ROW - len(shown))))
        for target in monthly:
            figures = [cell(figure(one), style=CELL_RIGHT) for one in target.months[first:end]]
            blanks = [EMPTY] * (_MONTHS_IN_ROW - len(figures))
            rows.append(Row((label(f"{target.label}（{target.unit}）"), *figures, *blanks)))
    each = (TEXT_WIDTH - _NAME) / _MONTHS_IN_ROW
    return Grid(rows, [_NAME, *[each] * _MONTHS_IN_ROW])

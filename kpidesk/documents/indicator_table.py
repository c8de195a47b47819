"""The table of indicators as the contract states it: worth, standard of scoring, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from kpidesk.core.clauses import Prose
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import WeightedTree
from kpidesk.documents.blocks import Cell, cell, head, middle, ruled
from kpidesk.documents.fonts import Face
from kpidesk.documents.look import CELL, CELL_SMALL, GREY
from kpidesk.documents.text import Text

BAND = CELL.but(face=Face.HEI_BOLD)
SUB_BAND = CELL.but(face=Face.HEI)
BAND_TINT = "#F6F7F9"
_NOTE = CELL_SMALL.but(color=GREY)
_WIDTHS = (34 * mm, 15 * mm, 107 * mm)


def indicator_table(prose: Prose) -> Table:
    """One row for each indicator under a band for its dimension."""
    weighted = isinstance(prose.scheme.aggregation, WeightedTree)
    heads = ("考核指标", "权重" if weighted else "满分", "评分标准")
    rows: list[list[Cell]] = [[head(one) for one in heads]]
    extra: list[tuple[Any, ...]] = []
    for indicator, depth in walk_tree(prose.scheme.indicators):
        if indicator.children:
            extra += band(len(rows))
            rows.append([band_text(prose, indicator, depth), "", ""])
        else:
            standard: list[Any] = [cell(one) for one in prose.rule(indicator)]
            rows.append([indicator_name(indicator), middle(prose.worth(indicator)), standard])
    return ruled(rows, _WIDTHS, extra=extra)


def indicator_name(indicator: Indicator) -> list[Flowable]:
    """An indicator's name, with its definition and the source of its figures under it."""
    lines: list[Flowable] = [cell(indicator.name)]
    if indicator.definition:
        lines.append(Text(indicator.definition, _NOTE))
    if indicator.source:
        lines.append(Text(f"数据来源：{indicator.source}", _NOTE))
    return lines


def band_text(prose: Prose, indicator: Indicator, depth: int) -> Text:
    """A dimension's name and worth; deeper ones are indented."""
    style = BAND if depth == 0 else SUB_BAND.but(left=3 * mm)
    worth = f"（{prose.worth(indicator)}）" if indicator.worth else ""
    return Text(f"{indicator.name}{worth}", style)


def band(row: int) -> list[tuple[Any, ...]]:
    """How a dimension's band is drawn; it stays on the page of the row below it."""
    return [
        ("SPAN", (0, row), (-1, row)),
        ("BACKGROUND", (0, row), (-1, row), BAND_TINT),
        ("NOSPLIT", (0, row), (0, row + 1)),
    ]


def walk_tree(indicators: Sequence[Indicator], depth: int = 0) -> Iterator[tuple[Indicator, int]]:
    """Every indicator and dimension in printed order, with its level (0 at the top)."""
    for one in indicators:
        yield one, depth
        yield from walk_tree(one.children, depth + 1)

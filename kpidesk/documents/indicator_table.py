"""The table of indicators as the contract states it: worth, and standard of scoring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm

from kpidesk.core.clauses import Prose
from kpidesk.core.indicator import Indicator
from kpidesk.documents.blocks import band, cell, heads, middle
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import CELL, CELL_SMALL, GREY
from kpidesk.documents.text import Text

_BAND = CELL.but(face=Face.HEI_BOLD)
_SUB_BAND = CELL.but(face=Face.HEI, left=3 * mm)
_NOTE = CELL_SMALL.but(color=GREY)
_WIDTHS = (34 * mm, 15 * mm, 107 * mm)


def indicator_table(prose: Prose) -> Grid:
    """One row for each indicator under a band for its dimension; no worth where none counts."""
    counts = bool(prose.worth_title)
    widths = _WIDTHS if counts else (_WIDTHS[0], _WIDTHS[1] + _WIDTHS[2])
    title = (prose.worth_title,) if counts else ()
    rows = [heads("考核指标", *title, "评分标准")]
    for indicator, depth in walk_tree(prose.scheme.indicators):
        if indicator.children:
            rows.append(dimension(prose, indicator, depth, len(widths)))
        else:
            worth = (middle(prose.worth(indicator)),) if counts else ()
            standard = cell(*prose.rule(indicator))
            rows.append(Row((indicator_name(indicator), *worth, standard)))
    return Grid(rows, widths, heads=1)


def walk_tree(indicators: Sequence[Indicator], depth: int = 0) -> Iterator[tuple[Indicator, int]]:
    """Every indicator and dimension in printed order, with its level (0 at the top)."""
    for one in indicators:
        yield one, depth
        yield from walk_tree(one.children, depth + 1)


def indicator_name(indicator: Indicator) -> Cell:
    """An indicator's name, with its definition and the source of its figures under it."""
    lines = [Text(indicator.name, CELL)]
    if indicator.definition:
        lines.append(Text(indicator.definition, _NOTE))
    if indicator.source:
        lines.append(Text(f"数据来源：{indicator.source}", _NOTE))
    return Cell(tuple(lines))


def dimension(prose: Prose, indicator: Indicator, depth: int, columns: int) -> Row:
    """The band of a dimension with its worth; deeper ones are indented."""
    worth = f"（{prose.worth(indicator)}）" if prose.worth(indicator) else ""
    text = Text(f"{indicator.name}{worth}", _SUB_BAND if depth else _BAND)
    return band(text, columns)

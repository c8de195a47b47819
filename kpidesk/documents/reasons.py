"""Scores on the report: the table, the bars, and how each figure came about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.clauses import Prose
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import Line, explain, show
from kpidesk.core.figure import Figure
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, SheetRow
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.documents.blocks import cell, heads, middle
from kpidesk.documents.chart import Bar, BarChart
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.indicator_table import dimension, walk_tree
from kpidesk.documents.look import CELL, CELL_RIGHT, CELL_SMALL, CELL_STRONG, GREY, WARN, Align
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.particulars import origins
from kpidesk.documents.text import Block, Text

_NOTE = CELL_SMALL.but(color=GREY)
_DEEPER = 3 * mm
_PERCENT = Decimal(100)


def score_table(sheet: Sheet, scheme: Scheme, prose: Prose) -> Grid:
    """Worth, target, actual and score of each indicator; the total below."""
    titles = ("考核指标", prose.worth_title, "目标", "实际", "得分")
    rows = [heads(*titles)]
    by_name = {row.indicator.name: row for row in sheet.rows}
    for indicator, depth in walk_tree(scheme.indicators):
        if indicator.children:
            rows.append(dimension(prose, indicator, depth, len(titles)))
        else:
            rows.append(_score_row(by_name[indicator.name]))
    total = sheet.total.text if sheet.total else "缺"
    label = Text("总分", CELL_STRONG.but(align=Align.RIGHT))
    rows.append(Row((Cell((label,), span=4), cell(total, style=CELL_STRONG))))
    return Grid(rows, (52 * mm, 18 * mm, 32 * mm, 32 * mm, 22 * mm), heads=1)


def score_chart(sheet: Sheet) -> BarChart:
    """Each indicator's score against its full points."""
    bars = []
    for row in sheet.rows:
        score = _value(row)
        if score is None and row.exemption:
            bars.append(Bar(row.indicator.name, ZERO, "免考核"))
        elif score is None:
            bars.append(Bar(row.indicator.name, ZERO, "缺"))
        elif row.full:
            text = f"{row.score.text if row.score else ''} / {show(row.full)} 分"
            bars.append(Bar(row.indicator.name, score / row.full, text))
    return BarChart(bars, "满分")


def attainment_chart(sheet: Sheet) -> BarChart | None:
    """Each measured figure against its target; None when there is no pair of them."""
    bars = []
    for row in sheet.rows:
        target, actual = _pair(row)
        if not (target and actual):
            continue
        aim, done = target.value, actual.value
        if isinstance(aim, Decimal) and isinstance(done, Decimal) and aim > 0:
            text = f"{show(done)} / {show(aim)} {target.unit}"
            percent = (done * _PERCENT / aim).quantize(Decimal("0.1"))
            bars.append(Bar(row.indicator.name, done / aim, f"{text}（{show(percent)}%）"))
    return BarChart(bars, "目标") if bars else None


def derivations(sheet: Sheet, scheme: Scheme) -> Iterator[Flowable]:
    """For each score its steps, with the source clause and who entered the figures."""
    rows = [heads("考核指标", "计算过程与依据")]
    rows += [_derivation(row, scheme) for row in sheet.rows]
    if sheet.total and (figure := sheet.total.derivation):
        deep = 2 if scheme.is_weighted else 0
        steps = [line for line in explain(figure) if line.depth <= deep and line.formula]
        rows.append(Row((cell("总分", sheet.total.text, style=CELL_STRONG), _steps(steps))))
    yield Grid(rows, (34 * mm, TEXT_WIDTH - 34 * mm), heads=1)


def _score_row(row: SheetRow) -> Row:
    figures = [one for one in row.fields if one.kind in (FieldKind.NUMBER, FieldKind.COUNT)]
    targets = [f"{one.text}{one.unit}" for one in figures if one.agreed]
    actuals = [f"{one.text}{one.unit}" for one in figures if not one.agreed and one.text]
    shown = _score_text(row)
    if row.override:
        shown += "*"
    is_missing = row.score is None and row.exemption is None
    style = CELL_STRONG.but(color=WARN) if is_missing else CELL_STRONG
    return Row(
        (
            cell(row.indicator.name),
            middle(row.worth),
            _figures(targets),
            _figures(actuals),
            cell(shown, style=style),
        )
    )


def _score_text(row: SheetRow) -> str:
    """The score; 缺 where nobody rated, 免 where it is exempt: three different things."""
    if row.exemption is not None:
        return f"{row.score.text} 免" if row.score else "免"
    return row.score.text if row.score else "缺"


def _figures(shown: list[str]) -> Cell:
    """Figures on the right; a dash where there is none, so that no cell is left to fill in."""
    return cell("、".join(shown), style=CELL_RIGHT) if shown else middle("—")


def _pair(row: SheetRow) -> tuple[SheetField | None, SheetField | None]:
    """The agreed figure of a row and the one that is measured against it."""
    figures = [one for one in row.fields if one.kind in (FieldKind.NUMBER, FieldKind.COUNT)]
    target = next((one for one in figures if one.agreed), None)
    actual = next((one for one in reversed(figures) if not one.agreed), None)
    return target, actual


def _value(row: SheetRow) -> Decimal | None:
    value = row.score.value if row.score else None
    if isinstance(value, Figure) and isinstance(value.value, Decimal):
        return value.value
    return None


def _derivation(row: SheetRow, scheme: Scheme) -> Row:
    figure = row.score.derivation if row.score else None
    steps = [line for line in explain(figure) if line.formula] if figure else []
    notes: list[str] = []
    if row.exemption:
        notes.append(row.exemption.text)
    elif not steps:
        shown = f"{row.score.text}分" if row.score else "缺，未能计算"
        notes.append(f"{'改写' if row.override else '评定'}得分：{shown}")
    if row.override:
        notes.append(f"改写理由：{row.override.reason}")
    notes += origins(row.fields)
    if rule := scheme.rule(row.indicator.clause):
        notes.append(f"条款 {rule.id}：{rule.statement}")
    content = (*_steps(steps).content, *(Text(one, _NOTE) for one in notes))
    name = cell(row.indicator.name, _score_text(row), style=CELL_STRONG)
    return Row((name, Cell(content)))


def _steps(lines: list[Line]) -> Cell:
    content: list[Block] = []
    for line in lines:
        style = (CELL if line.depth == 0 else CELL_SMALL).but(left=line.depth * _DEEPER)
        content.append(Text(plain_periods(line.text), style))
    return Cell(tuple(content))

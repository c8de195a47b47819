"""The scoring sheet as a form: the same table empty, to fill in by hand, and filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.results import Result
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, SheetRow
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.documents.blocks import EMPTY, Heading, TickBox, cell, heads, label, middle
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.indicator_table import dimension, indicator_name, walk_tree
from kpidesk.documents.look import (
    CELL,
    CELL_SMALL,
    CELL_STRONG,
    GREY,
    NOTE,
    SUBTITLE,
    TITLE,
    WARN,
    Align,
)
from kpidesk.documents.page import TEXT_WIDTH, WIDE_TEXT_WIDTH, Head, build
from kpidesk.documents.particulars import origins, person_entries
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Block, Text
from kpidesk.documents.words import period_name

EXEMPT_MARK = "免"
SIGNERS = ("被考核人", "直属领导", "人力资源部", "总经理")
_NOTE = CELL_SMALL.but(color=GREY)
_TO_WRITE = CELL.but(leading=19)
_BLANK = "＿＿＿＿＿＿"
_HOW_TO_FILL = (
    "填写说明：请用黑色签字笔填写，字迹清楚；如有更改，请划去原数并在旁边签名，不得涂抹。"
    "印有方框的，请在达到的一项（逐项计分的，各项）打“√”。"
)
_REMARKS_TALL = 24 * mm
_ROW_TALL = 8 * mm


@dataclass(frozen=True, slots=True)
class Form:
    """One scoring sheet on paper. `stage` is "cycle", or the quarter that is rated."""

    sheet: Sheet
    contract: Contract
    scheme: Scheme
    filled: bool
    stage: str = CYCLE

    def pdf(self, title: str, stamp: Stamp) -> bytes:
        """The form under a title."""
        person = self.contract.party_b
        period = self._period()
        head = Head(
            title=f"{title}（{person.name}，{period}）",
            company=self.contract.party_a.name,
            label=f"{title}　{period}　{person.name}　{person.number}",
            stamp=stamp,
            wide=bool(self._raters()),
        )
        return build(list(self._story(title, period)), head)

    # -- parts of the page ----------------------------------------------------------------------

    def _story(self, title: str, period: str) -> Iterator[Flowable]:
        yield Heading(title, TITLE)
        yield Text(f"考核周期：{period}", SUBTITLE)
        yield person_entries(self.contract, self.scheme, self._width)
        yield self._table()
        closing: list[Flowable] = [self._foot()]
        if not self.filled:
            closing += [Text(_HOW_TO_FILL, NOTE), self._remarks()]
        elif common := self._common_origin():
            closing.append(Text(f"本表数据{common}。", NOTE))
        closing.append(signatures(SIGNERS, self._width))
        yield Stack(closing, whole=True)

    @property
    def _width(self) -> float:
        return WIDE_TEXT_WIDTH if self._raters() else TEXT_WIDTH

    def _period(self) -> str:
        if self.stage == CYCLE:
            return period_name(self.sheet.cycle)
        return f"{period_name(Period.parse(self.stage))}阶段评估"

    def _raters(self) -> tuple[str, ...]:
        """The kinds of raters, each of which gets a column."""
        labels = [field.rater for row in self.sheet.rows for field in row.fields if field.rater]
        return tuple(dict.fromkeys(labels))

    def _remarks(self) -> Grid:
        return Grid([Row((label("评语"), EMPTY), _REMARKS_TALL)], (24 * mm, self._width - 24 * mm))

    # -- the table ------------------------------------------------------------------------------

    def _table(self) -> Grid:
        prose = Prose(self.scheme, dict(self.contract.settings))
        raters = self._raters()
        titles = ("考核指标", prose.worth_title, "评分标准", "数据", *raters, "得分")
        rows = [heads(*titles)]
        by_name = {row.indicator.name: row for row in self.sheet.rows}
        common = self._common_origin()
        for indicator, depth in walk_tree(self.scheme.indicators):
            if indicator.children:
                rows.append(dimension(prose, indicator, depth, len(titles)))
            else:
                rows.append(self._row(by_name[indicator.name], raters, common))
        return Grid(rows, self._widths(raters), heads=1, after=0)

    def _widths(self, raters: Sequence[str]) -> list[float]:
        if not raters:
            return [30 * mm, 13 * mm, 63 * mm, 34 * mm, 16 * mm]
        each, name, worth, data, score = 17 * mm, 38 * mm, 14 * mm, 44 * mm, 18 * mm
        standard = self._width - name - worth - data - score - each * len(raters)
        return [name, worth, standard, data, *[each] * len(raters), score]

    def _row(self, row: SheetRow, raters: Sequence[str], common: str) -> Row:
        rated = {field.rater: field for field in row.fields if field.rater}
        columns = []
        for rater in raters:
            field = rated.get(rater)
            shown = "—" if field is None else field.text if self.filled else ""
            shown = EXEMPT_MARK if row.exemption else shown
            columns.append(middle(shown))
        return Row(
            (
                indicator_name(row.indicator),
                middle(row.worth),
                self._standard(row),
                self._data(row, common),
                *columns,
                self._score(row),
            ),
            height=_ROW_TALL,
        )

    def _standard(self, row: SheetRow) -> Cell:
        """The rule in words; what can be ticked stands beside a box."""
        options = [option for field in row.fields for option in field.options]
        met = self._met(row)
        content: list[Block] = []
        for sentence in row.standard:
            option = next((one for one in options if sentence.endswith(one.text)), None)
            if option is None:
                content.append(Text(sentence, CELL))
            else:
                ticked = option.text in met or option.points in met
                content.append(TickBox(sentence, ticked=ticked))
        return Cell(tuple(content))

    def _met(self, row: SheetRow) -> set[Any]:
        """The statements that were met and the levels that were chosen, once filled."""
        met: set[Any] = set()
        for field in row.fields if self.filled else ():
            match field.kind, field.value:
                case FieldKind.STATEMENTS, tuple() as values:
                    met.update(values)
                case FieldKind.LEVEL, value if value is not None:
                    met.add(value)
                case _:
                    pass
        return met

    def _data(self, row: SheetRow, common: str) -> Cell:
        lines: list[Block] = []
        scored = any(one.kind is FieldKind.POINTS and one.value is not None for one in row.fields)
        for field in row.fields:
            if self.filled and scored and field.value is None:
                continue  # the score was given without it
            if field.kind in (FieldKind.NUMBER, FieldKind.COUNT, FieldKind.FLAG):
                lines += self._figure(field)
        if row.exemption:
            lines.append(Text(row.exemption.text, _NOTE.but(color=WARN)))
        if self.filled:
            lines += [Text(f"{one.period}：{one.shown}", CELL) for one in row.stages]
            lines += [Text(one, _NOTE) for one in origins(row.fields) if one != common]
            if row.override:
                lines.append(Text(f"改写得分，理由：{row.override.reason}", _NOTE.but(color=WARN)))
        return Cell(tuple(lines))

    def _figure(self, field: SheetField) -> list[Block]:
        if field.agreed or (self.filled and field.value is not None):
            return [Text(f"{field.label}：{field.shown}{field.unit}", CELL)]
        if self.filled:
            return [Text(f"{field.label}：缺", CELL.but(color=WARN))]
        if field.kind is FieldKind.FLAG:
            said = ("符合", "不符合")
            return [Text(f"{field.label}：", CELL), *(TickBox(one, ticked=False) for one in said)]
        return [Text(f"{field.label}：", CELL), Text(f"{_BLANK}{field.unit}", _TO_WRITE)]

    def _score(self, row: SheetRow) -> Cell:
        if row.exemption:
            full = (row.score.text,) if row.score and self.filled else ()
            return cell(*full, EXEMPT_MARK, style=CELL_STRONG)
        return EMPTY if row.stages else self._result(row.score)

    def _result(self, result: Result | None) -> Cell:
        if not self.filled:
            return EMPTY
        if result is None:
            return cell("缺", style=CELL_STRONG.but(color=WARN))
        return cell(result.text, style=CELL_STRONG)

    def _foot(self) -> Grid:
        """Total and, where there is a scale, grade: they stay with the signatures."""
        lines = [("总分", self.sheet.result("total", self.stage))]
        if self.scheme.grades:
            grades = Prose(self.scheme, dict(self.contract.settings)).grades()
            scale = "　".join(f"{one.grade} {one.printed}" for one in grades)
            lines.append((f"等级（{scale}）", self.sheet.result("grade", self.stage)))
        style = CELL_STRONG.but(align=Align.RIGHT)
        *left, score = self._widths(self._raters())
        rows = [
            Row((cell(text, style=style), self._result(result)), height=_ROW_TALL)
            for text, result in lines
        ]
        return Grid(rows, [sum(left), score], before=0)

    def _common_origin(self) -> str:
        """Who entered the figures, when one line says it for every row; else empty."""
        said = {one for row in self.sheet.rows for one in origins(row.fields)}
        return said.pop() if self.filled and len(said) == 1 else ""

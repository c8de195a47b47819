"""Targets as a grid: the whole term and its months down, one column for each target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.draft import SetTarget
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import Badge, Banner, label, push_button, row
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.contracts.draft import TargetDraft

_TOTAL, _SUM = -1, -2
_WIDTH, _NARROWEST, _ROOM = 156, 96, 700
"""Columns share the room, so that the grid need not scroll sideways."""
_LETTER, _PADDING = 14, 24
"""How wide a letter of a heading is, and how much of the column is around them."""
_MANY, _BESIDE = 2, 32


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid: the whole term, a month (from 0), or the sum of the months."""

    place: int
    name: str
    targets: tuple[TargetDraft, ...]


class TargetsPanel(QWidget):
    """Shows drafts of targets and asks for edits of them; `edit` says where they go."""

    edit = Signal(object)
    """A SetTarget that the officer asked for."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_targets`."""
        super().__init__()
        self._desk = desk
        self._targets: tuple[TargetDraft, ...] = ()
        self._months: tuple[Period, ...] = ()
        self._planned: Mapping[str, tuple[str, Tone]] = {}
        self.table: TableView[Line] | None = None
        self.model: RowsModel[Line] | None = None
        self._sums: dict[str, Badge] = {}
        self._banner = Banner(desk.look)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def show_targets(self, targets: Sequence[TargetDraft], months: Sequence[Period]) -> None:
        """Show these drafts; `months` are the months of the term."""
        targets, months = tuple(targets), tuple(months)
        same = [(one.fact, len(one.months)) for one in targets] == [
            (one.fact, len(one.months)) for one in self._targets
        ]
        rebuild = self.model is None or not same or months != self._months
        self._targets, self._months = targets, months
        if rebuild:
            self._build()
        self._refresh()

    def show_planned(self, planned: Mapping[str, tuple[str, Tone]]) -> None:
        """What the plan fills in where nothing is typed, by figure."""
        self._planned = planned
        self._refresh()

    def check(self) -> bool:
        """Whether all targets can go into a contract; says above the grid what keeps them."""
        problems = [text for one in self._targets if (text := one.problem())]
        if self.model is not None and (refusals := self.model.refusals):
            reasons = "；".join(dict.fromkeys(refusals))
            problems.insert(0, f"请改正标红的格子：{reasons}")
        self._banner.say("\n".join(problems))
        return not problems

    def begin(self) -> None:
        """Put the cursor on the first target."""
        if self.table is not None and self.model is not None:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, 1))

    @property
    def complaint(self) -> str:
        """What the banner says; empty when all is well."""
        return "" if self._banner.isHidden() else self._banner.text()

    # --- building

    def _build(self) -> None:
        self._banner = Banner(self._desk.look)
        while (item := self._layout.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        self._sums = {}
        self._layout.addWidget(self._banner)
        if not self._targets:
            self.model = self.table = None
            self._layout.addWidget(label("这个方案没有需要约定目标的定量指标。", "muted"))
            self._layout.addStretch(1)
            return
        self._layout.addWidget(self._sum_lines())
        columns: list[Column[Line]] = [Column("name", "期间", lambda line: line.name, stretch=True)]
        columns += [self._column(number, one) for number, one in enumerate(self._targets)]
        model = RowsModel(columns, key=lambda line: line.place)
        self.model = model
        self.table = TableView(self._desk, model, f"targets-{len(columns)}", cells=True)
        self.table.setSortingEnabled(False)
        self._layout.addWidget(self.table, 1)

    def _sum_lines(self) -> QWidget:
        """What is left of each target to be assigned; many stand in two columns."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_BESIDE)
        lines = [self._sum_line(one) for one in self._targets if one.months]
        across = 2 if len(lines) > _MANY else 1
        for number, line in enumerate(lines):
            grid.addWidget(line, number // across, number % across)
        return holder

    def _sum_line(self, target: TargetDraft) -> QWidget:
        badge = Badge(self._desk.look)
        self._sums[target.fact] = badge
        split = push_button(
            self._desk.look,
            "平均分解",
            lambda fact=target.fact: self._split(fact),  # type: ignore[misc]  # bound early
            icon="target",
        )
        about = f"把“{target.label}”的全期目标平均分到各月，合计分毫不差"
        split.setToolTip(plain_tip(about))
        holder = QWidget()
        holder.setLayout(row(label(target.label), badge, None, split))
        return holder

    def _column(self, number: int, target: TargetDraft) -> Column[Line]:
        def text(line: Line) -> str:
            return _shown(_figure(line, number))

        def edit(line: Line, typed: str) -> None:
            self._edit(line, number, typed)

        def tone(line: Line) -> Tone | None:
            one = line.targets[number]
            if line.place != _SUM or not one.has_months:
                return None
            return Tone.GOOD if one.problem() == "" else Tone.BAD

        width = max(_NARROWEST, min(_WIDTH, _ROOM // len(self._targets)))
        title = f"{target.label}（{target.unit}）" if target.unit else target.label
        return Column(
            target.fact,
            title,
            text,
            heading=_heading(target, (width - _PADDING) // _LETTER),
            right=True,
            edit=edit,
            editable=lambda line: (
                line.place == _TOTAL or (line.place >= 0 and bool(line.targets[number].months))
            ),
            tone=tone,
            bold=lambda line: line.place == _TOTAL,
            width=width,
        )

    # --- showing

    def _refresh(self) -> None:
        if self.model is None:
            return
        lines = [Line(_TOTAL, "全期目标", self._targets)]
        if any(one.months for one in self._targets):
            lines += [
                Line(number, month_name(month), self._targets)
                for number, month in enumerate(self._months)
            ]
            lines.append(Line(_SUM, "各月合计", self._targets))
        self.model.show(lines)
        for one in self._targets:
            if one.fact in self._sums:
                self._sums[one.fact].say(*self._state(one))
        if not self._banner.isHidden():
            self.check()

    def _state(self, target: TargetDraft) -> tuple[str, Tone]:
        if target.is_empty and target.fact in self._planned:
            return self._planned[target.fact]
        return _remainder(target)

    # --- asking

    def _edit(self, line: Line, number: int, typed: str) -> None:
        before = self._targets[number]
        figure = _parse(typed, before, whole=line.place == _TOTAL)
        if line.place == _TOTAL:
            after = replace(before, total=figure)
            words = f"全期目标“{before.label}”"
        else:
            after = before.with_month(line.place, figure)
            words = f"{line.name}目标“{before.label}”"
        if after != before:
            self.edit.emit(SetTarget(words, after))

    def _split(self, fact: str) -> None:
        before = next(one for one in self._targets if one.fact == fact)
        if before.total is None:
            self._banner.say(f"请先填写“{before.label}”的全期目标，再平均分解", Tone.WARN)
            return
        if (after := before.split()) != before:
            self.edit.emit(SetTarget(f"平均分解“{before.label}”", after))


def _heading(target: TargetDraft, letters: int) -> str:
    """Its name in lines of so many letters, then its unit."""
    name = target.label
    count = -(-len(name) // letters)
    each = -(-len(name) // count)
    lines = [name[start : start + each] for start in range(0, len(name), each)]
    return "\n".join((*lines, f"（{target.unit}）") if target.unit else lines)


def month_name(month: Period) -> str:
    """2026年3月, or the days where the month of the contract is not one of the calendar."""
    first, last = month.start, month.last_day
    if first.day == 1 and first.month == last.month:
        return f"{first.year}年{first.month}月"
    return f"{first:%m-%d} 至 {last:%m-%d}"


def _figure(line: Line, number: int) -> Decimal | None:
    target = line.targets[number]
    if line.place == _TOTAL:
        return target.total
    if line.place == _SUM:
        return target.assigned if target.has_months else None
    return target.months[line.place] if target.months else None


def _shown(figure: Decimal | None) -> str:
    return "" if figure is None else number_text(figure)


def _parse(typed: str, target: TargetDraft, *, whole: bool) -> Decimal | None:
    text = typed.strip()
    if not text:
        return None
    figure = parse_decimal(text.rstrip("%％") if target.unit == "%" else text)
    if figure < 0:
        msg = f"目标不能为负数（{typed.strip()}），请填写大于零的数字"
        raise ValueError(msg)
    if not figure and whole:
        msg = f"“{target.label}”为零就无法计算完成情况，请填写大于零的数字；还没有定下来就留空"
        raise ValueError(msg)
    return figure


def _remainder(target: TargetDraft) -> tuple[str, Tone]:
    if target.total is None:
        return "未填全期目标", Tone.NEUTRAL
    if not target.has_months:
        return "未分解到各月", Tone.NEUTRAL
    rest = target.unassigned
    if rest > 0:
        return f"未分配 {number_text(rest)} {target.unit}", Tone.WARN
    if rest < 0:
        return f"超出 {number_text(-rest)} {target.unit}", Tone.BAD
    return "已全部分配", Tone.GOOD

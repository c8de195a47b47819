"""校准: several people's results side by side, moved in one sitting, the spread always in view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.distribution import GradeBar
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.ui.words import points_text
from kpidesk.usecases.reviewing import Move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.review.guideline import Guide
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.reviewing import Calibratable


@dataclass(frozen=True, slots=True)
class Line:
    """A person at the sitting: what stands, and what it is to become."""

    one: Calibratable
    total: Decimal
    grade: str
    reason: str = ""

    @property
    def id(self) -> AppraisalId:
        """Whose it is."""
        return self.one.row.id

    @property
    def is_moved(self) -> bool:
        """Whether it is to become something else than what stands."""
        row = self.one.row
        return (self.total, self.grade) != (row.final_total, row.final_grade)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades of the scheme, the best first."""
        return self.one.scale.best_first if self.one.scale else ()


class CalibrationTable(QWidget):
    """The people of a sitting; `changed` with every move."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        rows: Sequence[Calibratable],
        order: Sequence[str],
        guides: Sequence[Guide],
    ) -> None:
        """`order` names the grades from the best down."""
        super().__init__()
        self._order, self._guides = order, tuple(guides)
        self.model: RowsModel[Line] = RowsModel(self._columns(), key=lambda one: one.id)
        self.table: TableView[Line] = TableView(desk, self.model, "calibration", cells=True)
        self.table.setAccessibleName("校准")
        self.bar = GradeBar(desk.look)
        self.apart = label("", "wrong", wrap=True)
        for keys, step in ((("+", "="), -1), (("-",), 1)):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self.table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda step=step: self.step(step))
        look = desk.look
        self.up_button = push_button(look, "升一级（+）", lambda: self.step(-1), icon="arrow-up")
        self.down_button = push_button(look, "降一级（-）", lambda: self.step(1), icon="arrow-down")
        self.same_button = push_button(look, "理由填到所选各行", self.spread_reason, icon="copy")
        for button in (self.up_button, self.down_button, self.same_button):
            button.setAutoDefault(False)
        tools = row(self.up_button, self.down_button, self.same_button, None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.apart)
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)
        self._put(
            [
                Line(one, total, one.row.final_grade)
                for one in rows
                if (total := one.row.final_total) is not None
            ]
        )

    @property
    def moved(self) -> list[Line]:
        """Those who are to become something else."""
        return [one for one in self.model.rows() if one.is_moved]

    def moves(self) -> list[Move]:
        """The same as the use case takes them; InvalidValueError names whose reason is missing."""
        moved = self.moved
        if silent := [one.one.row.person_name for one in moved if not one.reason]:
            msg = f"请填写校准的理由：{'、'.join(silent)}"
            raise InvalidValueError(msg)
        return [Move(one.id, one.total, one.reason, one.grade) for one in moved]

    def step(self, down: int) -> None:
        """Move the chosen people a grade down (1) or up (-1); the ends stay."""
        chosen = {one.id for one in self.table.selected_rows()}
        rows = []
        for one in self.model.rows():
            grades = one.grades
            if one.id in chosen and one.grade in grades:
                place = grades.index(one.grade) + down
                rows.append(replace(one, grade=grades[min(max(place, 0), len(grades) - 1)]))
            else:
                rows.append(one)
        self._put(rows)

    def spread_reason(self) -> None:
        """Give all chosen people the reason of the one at the cursor."""
        at = self.table.current_row()
        if at is None or not at.reason:
            return
        chosen = {one.id for one in self.table.selected_rows()}
        rows = self.model.rows()
        self._put([replace(x, reason=at.reason) if x.id in chosen else x for x in rows])

    def _change(self, line: Line) -> None:
        self._put([line if one.id == line.id else one for one in self.model.rows()])

    def _put(self, rows: Sequence[Line]) -> None:
        self.model.show(rows)
        self.bar.show_grades([one.grade for one in rows], self._order, self._guides)
        self.bar.setVisible(bool(self.bar.parts))
        self.apart.setText("；".join(one.text for one in self.bar.departures))
        self.apart.setVisible(bool(self.bar.departures))
        self.changed.emit()

    def _set_total(self, line: Line, text: str) -> None:
        """Another total has the grade of the scale; the same one keeps what was chosen."""
        total = parse_decimal(text)
        if total < 0:
            msg = "总分不能小于 0"
            raise ValueError(msg)
        if total == line.total:
            return
        scale = line.one.scale
        self._change(replace(line, total=total, grade=scale.grade_at(total) if scale else ""))

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("name", "姓名", lambda one: one.one.row.person_name, width=84),
            Column("department", "部门", lambda one: one.one.row.department, width=96),
            Column("scheme", "方案", lambda one: one.one.row.scheme_title, width=150, hidden=True),
            Column(
                "before",
                "原总分",
                lambda one: points_text(one.one.row.total),
                right=True,
                sort=lambda one: one.one.row.total,
                width=74,
            ),
            Column("grade_before", "原等级", lambda one: one.one.row.grade, width=66),
            Column(
                "total",
                "校准后总分",
                lambda one: points_text(one.total),
                right=True,
                sort=lambda one: one.total,
                edit=self._set_total,
                bold=lambda one: one.total != one.one.row.total,
                width=96,
            ),
            Column(
                "grade",
                "校准后等级",
                lambda one: one.grade,
                edit=lambda one, text: self._change(replace(one, grade=text)),
                editable=lambda one: bool(one.grades),
                choices=lambda one: one.grades,
                tone=lambda one: Tone.ACCENT if one.grade != one.one.row.grade else None,
                width=96,
            ),
            Column(
                "reason",
                "理由",
                lambda one: one.reason,
                edit=lambda one, text: self._change(replace(one, reason=text)),
                tip=lambda one: one.reason,
                stretch=True,
            ),
        )

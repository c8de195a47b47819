"""One sheet on the screen: head and rows; where the keyboard goes; what is asked of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.period import CYCLE
from kpidesk.ui.pages.scoring.grid import SheetGrid
from kpidesk.ui.pages.scoring.head import SheetHead
from kpidesk.ui.pages.scoring.sheet_row import shape
from kpidesk.ui.widgets import EmptyState, scrolled
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from kpidesk.core.findings import Finding
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.scoring.field import EntryField
    from kpidesk.usecases.appraisals import SheetView

_LONGEST_NAME = 40
_ENTERING = "appraisals.entering.enter"


class SheetPane(QWidget):
    """Keeps the widgets of the sheet at hand for as long as it has the same rows."""

    confirmed = Signal(object, object)
    """A field, and the value to enter."""
    why_asked = Signal(object)
    stage_why_asked = Signal(object)
    """A result of a stage, in the view of the whole cycle."""
    override_asked = Signal(object)
    restore_asked = Signal(object)
    exempt_asked = Signal(object)
    appraise_asked = Signal(object)
    """A row of the sheet."""
    finished = Signal()
    """Enter on the last field: everything has been gone through."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._desk = desk
        self.view: SheetView | None = None
        self.stage = CYCLE
        self._is_second = False
        self._row: str = ""
        self._is_compact = False
        self.head = SheetHead(desk.look)
        self.grid: SheetGrid | None = None
        self._holder = QWidget()
        self._holder_layout = QVBoxLayout(self._holder)
        self._holder_layout.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(self._holder)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._empty = EmptyState(desk.look, icon="scoring")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.head)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._empty, 1)
        self.head.missing_chosen.connect(self.go_to)
        self.say("请从左边选择一张评分表", "按 Enter 打开；填好一项再按 Enter，跳到下一项。")

    # --- showing

    def say(self, title: str, hint: str) -> None:
        """No sheet: say what to do."""
        self.view = None
        self.head.hide()
        self._area.hide()
        self._empty.say(title, hint)
        self._empty.show()

    @property
    def row(self) -> SheetRow | None:
        """The indicator in which the cursor was last."""
        rows = self.view.sheet.rows if self.view is not None else ()
        return next((one for one in rows if one.indicator.name == self._row), None)

    def show_view(self, view: SheetView, *, is_second: bool = False) -> bool:
        """Show a sheet; True when its widgets are new, so that the cursor must be put anew.

        `is_second`: as it was typed the second time.
        """
        stage = view.stage
        is_same = (
            self.view is not None
            and self.grid is not None
            and self.view.appraisal.id == view.appraisal.id
            and self.stage == stage
            and self._is_second == is_second
            and self.grid.shape == shape(view.sheet.rows)
        )
        self.view, self.stage, self._is_second = view, stage, is_second
        if not is_same:
            self._build(view)
        is_open = view.appraisal.state is AppraisalState.OPEN and self._desk.may(_ENTERING)
        if self.grid is not None:
            # Nothing of a row but its fields is for somebody who only gives a superior's scores.
            rates_only = not self._desk.may("appraisals.entering.override")
            is_part = stage != CYCLE or is_second or rates_only
            self.grid.show_sheet(view.sheet, is_open=is_open, is_stage=is_part)
            if is_open and rates_only:
                self._close_others(view)
        names = [self._name_of(finding) for finding in view.sheet.missing]
        self.head.show_view(view, names)
        self._empty.hide()
        self.head.show()
        self._area.show()
        return not is_same

    def _close_others(self, view: SheetView) -> None:
        """Leave open only what the superior fills in."""
        for one in self.grid.fields if self.grid is not None else ():
            if not appraisals.is_superiors(view, one.field):
                one.set_open(is_open=False)

    def set_compact(self, *, is_compact: bool) -> None:
        """Show less beside a scan, which says the rest itself."""
        self._is_compact = is_compact
        if self.grid is not None:
            self.grid.set_compact(is_compact=is_compact)

    def _build(self, view: SheetView) -> None:
        if self.grid is not None:
            self._holder_layout.removeWidget(self.grid)
            self.grid.hide()
            self.grid.deleteLater()
        self.grid = grid = SheetGrid(self._desk.look, view.sheet, view.scheme)
        grid.set_compact(is_compact=self._is_compact)
        self._holder_layout.addWidget(grid, 0, Qt.AlignmentFlag.AlignTop)
        self._area.verticalScrollBar().setValue(0)
        grid.why_asked.connect(self.why_asked)
        grid.stage_why_asked.connect(self.stage_why_asked)
        grid.override_asked.connect(self.override_asked)
        grid.restore_asked.connect(self.restore_asked)
        grid.exempt_asked.connect(self.exempt_asked)
        grid.appraise_asked.connect(self.appraise_asked)
        for field in grid.fields:
            field.confirmed.connect(self.confirmed)
            field.stepped.connect(lambda step, field=field: self._step(field, step))
            field.focused.connect(lambda field=field: self._note_focus(field))

    # --- the keyboard

    def focus_first_empty(self) -> None:
        """Put the cursor where entry goes on."""
        fields = self.grid.fields if self.grid is not None else []
        field = next((one for one in fields if one.is_empty), fields[0] if fields else None)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, field: EntryField, step: int) -> None:
        if self.grid is None:
            return
        place = self.grid.fields.index(field) + step
        if place >= len(self.grid.fields):
            self.finished.emit()
        elif place >= 0:
            self.grid.fields[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _note_focus(self, field: EntryField) -> None:
        for view in self.grid.rows if self.grid is not None else ():
            if field in view.fields:
                self._row = view.row.indicator.name
        self._bring_into_view(field)

    def _bring_into_view(self, field: EntryField) -> None:
        QTimer.singleShot(0, field, lambda: self._area.ensureWidgetVisible(field, 0, 60))

    def take_typed(self) -> bool:
        """Take what is being typed; False, and the cursor there, when something was refused."""
        fields = self.grid.fields if self.grid is not None else []
        for field in fields:
            field.confirm()
        refused = next((one for one in fields if one.is_refused), None)
        if refused is not None:
            refused.setFocus(Qt.FocusReason.OtherFocusReason)
        return refused is None

    # --- findings

    def field_of(self, finding: Finding) -> EntryField | None:
        """Where what is missing can be entered on the sheet as it is shown."""
        fields = self.grid.fields if self.grid is not None else []
        named = [one for one in fields if one.field.fact == finding.name]
        if not named:
            named = [one for one in fields if one.field.fact.startswith(f"{finding.name}.")]
        same_period = [one for one in named if one.field.period == (finding.period or CYCLE)]
        empty = [one for one in named if one.is_empty]
        return next(iter((*same_period, *empty, *named)), None)

    def go_to(self, finding: Finding) -> None:
        """Put the cursor into the field of a finding, in another stage if need be."""
        field = self.field_of(finding)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.view is not None and finding.period not in ("", self.stage):
            self.head.stage_chosen.emit(self.head.stage_asking(finding.period))

    def refuse(self, key: tuple[str, str], message: str) -> bool:
        """Say at a field why its value was not taken; False when the field is not shown."""
        fields = self.grid.fields if self.grid is not None else []
        field = next((one for one in fields if one.key == key), None)
        if field is not None:
            field.refuse(message)
        return field is not None

    def _name_of(self, finding: Finding) -> str:
        """A few words for a finding: 销售增长率 · 上季销售额."""
        if self.grid is not None and (field := self.field_of(finding)) is not None:
            for view in self.grid.rows:
                if field in view.fields:
                    return f"{view.row.indicator.name} · {field.field.label}"
        message = finding.message
        return message if len(message) <= _LONGEST_NAME else f"{message[:_LONGEST_NAME]}…"

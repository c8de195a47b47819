"""The head of a sheet: whose it is, its total and grade, what is missing, the stage, the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QMenu, QVBoxLayout

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.typed import clean_text
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.scoring.list import TONES
from kpidesk.ui.pages.scoring.second import comparison_text
from kpidesk.ui.pages.scoring.stage_scores import StageScores
from kpidesk.ui.text import menu_text
from kpidesk.ui.widgets import Badge, column, label, push_button, row
from kpidesk.ui.words import count_text, cycle_text, span_text
from kpidesk.usecases.appraisals import SheetState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.findings import Finding
    from kpidesk.core.results import Result
    from kpidesk.ui.look import Look
    from kpidesk.usecases.appraisals import Comparison, SheetView

_SOURCE_WIDTH = 190
_STAGE_WIDTH = 140
_FIELD_HEIGHT = 34  # as high as a line to type in
_SCAN = "扫描件"
YEAR_END, WHOLE_CYCLE = "年终", "全期"


class SheetHead(QFrame):
    """Asks, never decides: every signal is answered by the page."""

    why_asked = Signal(object, str)
    """A result, and what it is called."""
    stage_why_asked = Signal(object)
    """The total of a stage, in the view of the whole cycle."""
    stage_chosen = Signal(str)
    missing_chosen = Signal(object)
    """A finding: go to its field."""
    warnings_asked = Signal()

    def __init__(self, look: Look) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._name = label("", "heading")
        self._state = Badge(look)
        self._about = label("", "muted", wrap=True)
        self.total = push_button(look, "", self._ask_total, kind="link")
        self.grade = push_button(look, "", self._ask_grade, kind="link")
        for button, size in ((self.total, 1.9), (self.grade, 1.25)):
            font = button.font()
            font.setPointSizeF(font.pointSizeF() * size)
            font.setBold(True)
            button.setFont(font)
            button.setToolTip("为什么？")
        self._is_ready = False
        self._results: tuple[Result | None, Result | None] = (None, None)
        self.missing = push_button(look, "", self._offer_missing, icon="warning", kind="link")
        self.warnings = push_button(look, "", self.warnings_asked.emit, icon="info", kind="link")
        self._complete = Badge(look, "各项齐全", Tone.GOOD)
        self._check = Badge(look)
        self.stage = QComboBox()
        self.stage.setMinimumSize(_STAGE_WIDTH, _FIELD_HEIGHT)
        self.stage.activated.connect(lambda _: self.stage_chosen.emit(self.stage.currentData()))
        self._stage_name = label("阶段", "muted")
        self._source = QLineEdit()
        self._source.setPlaceholderText("如：面谈评分表")
        self._source.setMaximumWidth(_SOURCE_WIDTH)
        self._source.setToolTip("记入每一项新填的数据：是从哪张表或哪份文件上看到的")
        self._totals = StageScores(look, title="各阶段总分")
        self._totals.why_asked.connect(self.stage_why_asked)
        self._findings: tuple[Finding, ...] = ()
        self._names: Sequence[str] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        who = row(self._name, self._state, None, spacing=10)
        figures = row(label("总分", "muted"), self.total, self.grade, spacing=4)
        top = row(spacing=12)
        top.addLayout(column(who, self._about, spacing=4), 1)
        top.addLayout(figures)
        source = label("依据", "muted")
        source.setBuddy(self._source)
        below = row(self._complete, self._check, self.missing, self.warnings, None, spacing=6)
        for part in (self._stage_name, self.stage, source, self._source):
            below.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 10)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._totals)
        layout.addLayout(below)

    @property
    def missing_names(self) -> Sequence[str]:
        """What is missing, a few words each."""
        return self._names

    @property
    def source(self) -> str:
        """What values are being read from: goes with every entry."""
        return clean_text(self._source.text())

    def show_view(self, view: SheetView, names: Sequence[str]) -> None:
        """Show a sheet; `names` are the words for its missing findings, in their order."""
        contract, sheet, stage = view.contract, view.sheet, view.stage
        party = contract.party_b
        self._name.setText(party.name)
        about = (party.department, party.post, view.scheme.title, span_text(sheet.cycle))
        self._about.setText(" · ".join(part for part in about if part))
        total = sheet.result("total", stage)
        grade = sheet.result("grade", stage)
        self._results = (total, grade)
        self.total.setText(total.text if total else "—")
        self.total.setEnabled(total is not None)
        self.grade.setText(grade.text if grade else "")
        self.grade.setVisible(grade is not None)
        is_scored = view.appraisal.state is AppraisalState.SCORED
        begun = SheetState.SCORING if view.appraisal.entries else SheetState.NOT_STARTED
        open_state = SheetState.READY if sheet.complete else begun
        state = SheetState.SCORED if is_scored else open_state
        self._state.say(str(state), TONES[state])
        self._is_ready = state is SheetState.READY
        self._findings, self._names = sheet.missing, names
        self.missing.setText(f"还缺 {count_text(len(sheet.missing))}")
        self.missing.setVisible(bool(sheet.missing))
        self._complete.setVisible(sheet.complete and not sheet.missing)
        self.warnings.setText(f"提示 {count_text(len(sheet.warnings), '条')}")
        self.warnings.setVisible(bool(sheet.warnings))
        self._source.setEnabled(not is_scored)
        self._show_stages(view, stage)
        totals = [sheet.result("total", part) for part in self._stages()]
        grades = {part: one.text for part in self._stages() if (one := sheet.result("grade", part))}
        shown = [one for one in totals if one is not None and stage == CYCLE]
        self._totals.show_results(shown, grades)

    def show_comparison(self, found: Comparison | None) -> None:
        """How far the second entry has come; None, and nothing said, while it is being typed."""
        text = comparison_text(found) if found is not None else ""
        is_good = found is not None and not (found.waiting or found.differences)
        self._check.say(text, Tone.GOOD if is_good else Tone.WARN)
        self._check.setVisible(bool(text))
        if found is not None and self._is_ready and not found.is_settled:
            self._state.say(str(SheetState.CHECKING), TONES[SheetState.CHECKING])

    def read_from(self, source: str) -> None:
        """Values are read from a page of a scan now, or from something else again."""
        if source or self._source.text().startswith(_SCAN):
            self._source.setText(source)
            self._source.setCursorPosition(0)

    def show_stage(self, stage: str) -> None:
        """Show which stage is in view."""
        self.stage.setCurrentIndex(max(self.stage.findData(stage), 0))

    def stage_asking(self, period: str) -> str:
        """The stage whose fields ask for a period: its own, else the first (it has the base)."""
        stages = self._stages()
        return period if period in (CYCLE, *stages) else next(iter(stages), CYCLE)

    def _stages(self) -> list[str]:
        """The stages on offer, without the cycle itself."""
        return [str(self.stage.itemData(n)) for n in range(1, self.stage.count())]

    def _show_stages(self, view: SheetView, stage: str) -> None:
        grain = view.scheme.stages
        cycle = view.sheet.cycle
        parts = Cycle(cycle).parts(grain) if grain else ()
        if parts == (cycle,):
            parts = ()  # a stage as long as the cycle is no stage
        whole = YEAR_END if cycle == Cycle.starting(cycle.start, Grain.YEAR).period else WHOLE_CYCLE
        keys = [CYCLE, *(part.key for part in parts)]
        if [self.stage.itemData(n) for n in range(self.stage.count())] != keys:
            self.stage.clear()
            for key in keys:
                named = whole if key == CYCLE else cycle_text(Period.parse(key))
                self.stage.addItem(named, key)
        self.show_stage(stage)
        for widget in (self._stage_name, self.stage):
            widget.setVisible(bool(parts))

    def _ask_total(self) -> None:
        self.why_asked.emit(self._results[0], "总分")

    def _ask_grade(self) -> None:
        self.why_asked.emit(self._results[1], "等级")

    def _offer_missing(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for finding, name in zip(self._findings, self._names, strict=True):
            action = menu.addAction(menu_text(name))
            action.triggered.connect(lambda _=False, one=finding: self.missing_chosen.emit(one))
        menu.popup(self.missing.mapToGlobal(self.missing.rect().bottomLeft()))

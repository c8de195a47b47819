"""One result in full: scores and their reasons, the interview, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from kpidesk.core.appraisal import AppraisalState
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.interview import InterviewView
from kpidesk.ui.pages.results.report import ReportView
from kpidesk.ui.pages.results.review import HistoryView
from kpidesk.ui.pages.results.scores import ScoresView, full_text
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import Badge, EmptyState, column, label, push_button, row
from kpidesk.ui.words import cycle_text

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetView

_TABS = ("得分", "面谈记录", "考核报告", "审批")


class ResultDetails(QWidget):
    """Head, four tabs and what they show."""

    sheet_asked = Signal(object)
    """Go to the scoring sheet of this appraisal."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self.view: SheetView | None = None
        self._name, self._state = label("", "heading"), Badge(desk.look)
        self._moved = Badge(desk.look)
        self._about = label("", "muted", wrap=True)
        self._total, self._grade = label("", "figure"), Badge(desk.look)
        self._full = label("", "muted")
        self._full.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.scores, self.interview = ScoresView(desk), InterviewView(desk)
        self.report = ReportView(desk)
        self.history = HistoryView(desk)
        self._stack = QStackedWidget()
        for part in (self.scores, self.interview, self.report, self.history):
            self._stack.addWidget(part)
        self._open = push_button(desk.look, "打开评分表", self._ask, icon="scoring", kind="link")
        self.tabs = QButtonGroup(self)
        self._whole = QWidget()
        self._whole.setLayout(self._lay_out())
        self._empty = EmptyState(desk.look, icon="results")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        layout.addWidget(self._empty)
        self.say("请从左边选择一个人", "这里显示各项得分的由来、面谈记录和考核报告。")

    def _lay_out(self) -> QVBoxLayout:
        who = column(
            row(self._name, self._state, self._moved, None, spacing=10), self._about, spacing=4
        )
        figures = column(row(None, self._total, self._grade, spacing=8), self._full, spacing=0)
        head = row(spacing=12)
        head.addLayout(who, 1)
        head.addLayout(figures)
        line = row(spacing=4)
        for number, name in enumerate(_TABS):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setProperty("kind", "nav")
            self.tabs.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        for action in (self._open, self.report.save_button, self.report.print_button):
            line.addWidget(action)
        self.tabs.idClicked.connect(self.show_tab)
        self.show_tab(0)
        whole = column(head, line, self._stack, spacing=10)
        whole.setStretch(2, 1)
        return whole

    def say(self, title: str, hint: str) -> None:
        """Nobody is chosen: say what to do."""
        self.view = None
        self._whole.hide()
        self._empty.say(title, hint)
        self._empty.show()

    def show_tab(self, number: int) -> None:
        """Show scores (0), interview (1), report (2) or approval and appeals (3)."""
        self.tabs.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        is_report = self._stack.currentWidget() is self.report
        self._open.setVisible(not is_report)
        for button in (self.report.save_button, self.report.print_button):
            button.setVisible(is_report)

    def show_view(self, view: SheetView) -> None:
        """Show one result."""
        self.view = view
        party, sheet = view.contract.party_b, view.sheet
        self._name.setText(party.name)
        about = (party.department, party.post, view.scheme.title, cycle_text(sheet.cycle))
        self._about.setText(" · ".join(part for part in about if part))
        is_scored = view.appraisal.state is AppraisalState.SCORED
        self._state.say("已定分" if is_scored else "未定分", Tone.GOOD if is_scored else Tone.WARN)
        moved = view.calibrated
        self._moved.setVisible(moved is not None)
        if moved is not None:
            self._moved.say(f"校准后 {moved.new_total:f} {moved.new_grade}".rstrip(), Tone.ACCENT)
            self._moved.setToolTip(plain_tip(f"{moved.text}。理由：{moved.reason}"))
        self._total.setText(sheet.total.text if sheet.total else "—")
        self._grade.setVisible(sheet.grade is not None)
        self._grade.say(sheet.grade.text if sheet.grade else "", Tone.ACCENT)
        full = full_text(view)
        self._full.setText(full)
        self._full.setVisible(bool(full))
        self.scores.show_view(view)
        self.interview.show_view(view)
        self.report.show_view(view)
        self.history.show_view(view)
        self._empty.hide()
        self._whole.show()

    def _ask(self) -> None:
        if self.view is not None:
            self.sheet_asked.emit(self.view.appraisal.id)

"""评分: the list of sheets, the sheet at hand, and why its numbers are what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget

from kpidesk.core.period import Period
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.scoring.beside import ScanBeside
from kpidesk.ui.pages.scoring.list import SheetList
from kpidesk.ui.pages.scoring.pane import SheetPane
from kpidesk.ui.pages.scoring.saving import EntrySaver
from kpidesk.ui.pages.scoring.second_time import SecondTime
from kpidesk.ui.pages.scoring.tools import SheetTools
from kpidesk.ui.pages.scoring.warnings import WarningsDialog
from kpidesk.ui.pages.why import WhyPanel
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import appraisals
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.results import Result
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.scoring.spelling import Spellings
    from kpidesk.usecases.appraisals import Comparison, SheetView
    from kpidesk.usecases.years import CycleSheets

_LIST_MS = 250
_REFUSED = "有一项填写不对，还没有保存：请改正标红的一项，或按 Esc 恢复原来的内容。"
_SCAN_SHARE = 0.41
_LIST_WIDTH, _SHEET_WIDTH = 316, 860


class ScoringPage(Page):
    """Each confirmed value is saved at once; the sheet then shows what came of it."""

    title = "评分"
    subtitle = "填好一项按 Enter，即时保存并跳到下一项"
    imports = "scoring"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The list (or the reasons of a number) at the left, the sheet at the right."""
        super().__init__(desk)
        self._wanted: AppraisalId | None = None
        self._stage: str | None = None
        self._is_loading = self._is_outdated = self._takes_cursor = False
        self._why: tuple[str, str, str] | None = None
        self.list = SheetList(desk)
        self.pane = SheetPane(desk)
        self.why = WhyPanel(desk)
        self.beside = ScanBeside(desk)
        self.beside.setParent(self)
        self.beside.hide()
        self.second = SecondTime(self)
        self.sheet_tools = SheetTools(self)
        self.saver = EntrySaver(self)
        self._left = QStackedWidget()
        self._left.addWidget(self.list)
        self._left.addWidget(self.why)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self._left)
        halves.addWidget(self.pane)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_LIST_WIDTH, _SHEET_WIDTH])
        self.body.addWidget(self.second.bar)
        self.body.addWidget(halves, 1)
        self._halves = halves
        self._list_timer = QTimer(self)
        self._list_timer.setSingleShot(True)
        self._list_timer.setInterval(_LIST_MS)
        self._list_timer.timeout.connect(self._load_list)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._open)
        self.list.cycle_chosen.connect(self._ask_list)
        self.list.opened.connect(self._fill_in)
        self.why.closed.connect(self.close_why)
        pane, head = self.pane, self.pane.head
        pane.confirmed.connect(self.saver.save)
        pane.finished.connect(self._finish)
        self.beside.closed.connect(self.close_scan)
        self.beside.turned.connect(head.read_from)
        pane.why_asked.connect(self._ask_why_of_row)
        pane.stage_why_asked.connect(self._ask_why_of_stage)
        head.stage_why_asked.connect(self._ask_why_of_stage)
        pane.override_asked.connect(self.sheet_tools.override)
        pane.restore_asked.connect(self.sheet_tools.restore)
        pane.exempt_asked.connect(self.sheet_tools.exempt)
        pane.appraise_asked.connect(self.sheet_tools.appraise_again)
        head.why_asked.connect(self._ask_why)
        head.stage_chosen.connect(self._choose_stage)
        head.warnings_asked.connect(self._tell_warnings)

    # --- loading

    def refresh(self) -> None:
        """Load the sheet at hand anew; the list a moment later, once for many entries."""
        if self._wanted is None:
            self._load_list()
        else:
            self._load_sheet()
            self._list_timer.start()

    def concerns(self, changes: object) -> bool:
        """Sheets, and the contracts that make and name them."""
        concerned = Changes.APPRAISALS | Changes.CONTRACTS
        return isinstance(changes, Changes) and bool(changes & concerned)

    def show_item(self, what: object) -> None:
        """A sheet to fill in; of ("these", ids) and ("state", state), only those in the list."""
        match what:
            case ("these", tuple() as ids):
                self.list.show_only(ids)
            case ("state", appraisals.SheetState() as state):
                self.list.show_state(state)
            case _:
                self._fill_in(what)  # type: ignore[arg-type]  # the id that a list gave
        self._load_list()

    def may_leave(self) -> bool:
        """What is being typed is taken; what cannot be taken keeps the officer with it."""
        may = self.pane.take_typed()
        self.banner.say("" if may else _REFUSED, Tone.WARN)
        return may

    def reload(self, *, takes_cursor: bool) -> None:
        """Show the sheet at hand otherwise; what could be undone was of the other way."""
        self.undo.clear()
        self.close_why()
        self._takes_cursor = takes_cursor
        self._load_sheet()

    def _load_list(self) -> None:
        """Load the sheets of the cycle of the one at hand, or of that or those chosen."""
        self._ask_list(self._wanted)

    def _ask_list(self, beside: AppraisalId | None = None) -> None:
        work = self.list.loading(beside)
        self.desk.ask(work, lambda found: self._show_list(*found), owner=self)

    def _show_list(self, found: CycleSheets, spelt: Spellings) -> None:
        rows = found.rows
        with QSignalBlocker(self.list):  # that rows come and go is no choice of the officer's
            self.list.show_sheets(found, spelt)
        if self._wanted is not None and self.list.has(self._wanted):
            self.list.choose(self._wanted)
        elif rows and self._wanted is None:
            self.list.step(1)

    def _open(self, appraisal: AppraisalId) -> None:
        """Show another sheet; the cursor stays where it is."""
        if appraisal == self._wanted:
            return
        if self._wanted is not None and not self.may_leave():
            self.list.choose(self._wanted)
            return
        self._wanted, self._stage = appraisal, None
        self.undo.clear()
        self.close_why()
        self._load_sheet()

    def _fill_in(self, appraisal: AppraisalId) -> None:
        """Show a sheet and put the cursor into its first empty field."""
        self._takes_cursor = True
        if appraisal == self._wanted:
            self._load_sheet()
        else:
            self._open(appraisal)

    def _choose_stage(self, stage: str) -> None:
        if not self.may_leave():
            self.pane.head.show_stage(self.pane.stage)
            return
        self._stage, self._takes_cursor = stage, True
        self._load_sheet()

    def _load_sheet(self) -> None:
        """One load at a time: what is asked meanwhile is loaded once, afterwards."""
        if self._is_loading:
            self._is_outdated = True
            return
        if self._wanted is None:
            return
        self._is_loading, self._is_outdated = True, False
        wanted, stage, second = self._wanted, self._stage, self.second.is_on
        self.desk.ask(
            lambda company: appraisals.look_at(company, wanted, stage=stage, second=second),
            lambda found: self._show_sheet(*found, stage, is_second=second),
            self._fail,
            owner=self,
        )

    def _show_sheet(
        self, view: SheetView, found: Comparison, stage: str | None, *, is_second: bool
    ) -> None:
        self._is_loading = False
        shown = (view.appraisal.id, stage, is_second)
        if shown == (self._wanted, self._stage, self.second.is_on):
            self.banner.say("")
            self._stage = view.stage
            self.pane.show_view(view, is_second=is_second)
            self.pane.head.show_comparison(None if is_second else found)
            self.second.show_comparison(found)
            self.sheet_tools.show_view(view, is_second=is_second)
            if self._left.currentWidget() is self.beside:
                self.beside.show_sheet(view.appraisal.id)
            self._renew_why()
            if self._takes_cursor:
                self._takes_cursor = False
                self.pane.focus_first_empty()
        else:
            self._is_outdated = True
        if self._is_outdated:
            self._load_sheet()

    def _fail(self, problem: Exception) -> None:
        self._is_loading = False
        self.pane.say("这张评分表无法打开", "请换一张；如果一直这样，请检查它的责任书。")
        self.sheet_tools.show_view(None)
        self.desk.tasks.unhandled.emit(problem)

    # --- from a scan

    def _finish(self) -> None:
        """All fields have been gone through."""
        if self.second.is_on:
            self.second.bar.compare_button.setFocus()
        else:
            self.sheet_tools.focus_finish()

    def show_scan(self) -> None:
        """Show the filed scan at the left, as wide as the sheet."""
        if self.pane.view is None:
            return
        self._why = None
        self._left.addWidget(self.beside)  # only now: it is wider than the list has to be
        self._left.setCurrentWidget(self.beside)
        self.pane.set_compact(is_compact=True)
        scan = round(self._halves.width() * _SCAN_SHARE)
        self._halves.setSizes([scan, self._halves.width() - scan])
        self.beside.show_sheet(self.pane.view.appraisal.id)

    def close_scan(self) -> None:
        """Back to the list."""
        self.beside.forget()
        self.pane.head.read_from("")
        self.pane.set_compact(is_compact=False)
        self._left.removeWidget(self.beside)
        self._left.setCurrentWidget(self.list)
        self._halves.setSizes([_LIST_WIDTH, self._halves.width() - _LIST_WIDTH])

    # --- why

    def _ask_why(self, result: Result | None, title: str) -> None:
        view = self.pane.view
        if result is None or view is None:
            return
        self._why = (result.name, result.period, title)
        self.why.show_result(result, view.scheme, title)
        self._left.setCurrentWidget(self.why)

    def _ask_why_of_row(self, shown: SheetRow) -> None:
        self._ask_why(shown.score, f"{shown.indicator.name}得分")

    def _ask_why_of_stage(self, result: Result) -> None:
        self._ask_why(result, f"{result.title}（{cycle_text(Period.parse(result.period))}）")

    def _renew_why(self) -> None:
        """The number that is being explained has changed, or is no more."""
        if self._why is None or self.pane.view is None:
            return
        name, period, title = self._why
        result = self.pane.view.sheet.result(name, period)
        if result is None:
            self.close_why()
        else:
            self._ask_why(result, title)

    def close_why(self) -> None:
        """Back to the list."""
        self._why = None
        if self._left.currentWidget() is self.why:
            self._left.setCurrentWidget(self.list)

    def _tell_warnings(self) -> None:
        view = self.pane.view
        if view is not None:
            WarningsDialog(self, view.sheet.warnings).open()

"""What one can do with the sheet at hand: print it, record its scores, open it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.period import CYCLE
from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.scoring.exempting import exempt_dialog
from kpidesk.ui.pages.scoring.many_raters import ManyRatersDialog
from kpidesk.ui.pages.scoring.override import override_dialog
from kpidesk.ui.pages.scoring.raters import RatersDialog
from kpidesk.ui.reasons import grey_while
from kpidesk.ui.widgets import push_button, tool_button
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.pages.scoring.page import ScoringPage
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.appraisals import SheetChange, SheetView
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.printout import Printout


class SheetTools(QObject):
    """The buttons of the page's header, and the actions of single rows."""

    def __init__(self, page: ScoringPage) -> None:
        """Puts its buttons into the header of the page."""
        super().__init__(page)
        self._page = page
        self._view: SheetView | None = None
        self._is_second = False
        look = page.desk.look
        self._before = tool_button(look, "chevron-up", "上一张", lambda: page.list.step(-1))
        self._after = tool_button(look, "chevron-down", "下一张", lambda: page.list.step(1))
        self.print_button = push_button(look, "打印", lambda: None, icon="print", kind="menu")
        self.print_button.setMenu(self._print_menu())
        self.more_button = push_button(look, "更多", lambda: None, icon="more", kind="menu")
        self.more_button.setMenu(self._more_menu())
        self.reopen_button = push_button(look, "重新打开…", self._reopen, icon="undo")
        self.finish_button = push_button(look, "定分", self._finish, icon="check", kind="primary")
        self.finish_button.setAutoDefault(True)  # Enter presses it
        steps = (self._before, self._after)
        menus = (self.more_button, self.print_button)
        for widget in (*steps, *menus, self.reopen_button, self.finish_button):
            page.tools.addWidget(widget)
        page.desk.only_if("appraisals.finishing.reopen", self.reopen_button)
        page.desk.only_if("appraisals.finishing.finish_scoring", self.finish_button)
        page.desk.only_if("appraisals.entering.override", self.more_button, *self._of_open)
        self.show_view(None)

    def show_view(self, view: SheetView | None, *, is_second: bool = False) -> None:
        """Offer what can be done with this sheet; None when there is none.

        `is_second`: it is being typed a second time, and can only be typed and compared.
        """
        self._view, self._is_second = view, is_second
        is_scored = view is not None and view.appraisal.state is AppraisalState.SCORED
        self.print_button.setEnabled(view is not None)
        self.more_button.setEnabled(view is not None)
        for action in self._of_open:
            action.setEnabled(view is not None and not is_scored and not is_second)
        self.reopen_button.setVisible(is_scored)
        was_there = self._page.focusWidget() is self.finish_button
        self.finish_button.setVisible(not is_scored and not is_second)
        if was_there and is_scored:
            self._page.list.table.setFocus()  # on to the next one
        self.finish_button.setEnabled(view is not None)
        ready = view is not None and view.sheet.complete
        self.finish_button.setToolTip(
            "记录总分和等级；定分后不能再修改" if ready else "还有没填的项目，点击查看缺什么"
        )

    def focus_finish(self) -> None:
        """All fields have been gone through: the next step is to record the scores."""
        if self.finish_button.isEnabled():
            self.finish_button.setFocus()

    # --- recording

    def _finish(self) -> None:
        view, page = self._view, self._page
        if view is None:
            return
        if not view.sheet.complete:
            lacking = page.pane.head.missing_names
            listed = "\n".join(f"· {name}" for name in lacking)
            confirm(
                page.desk,
                page,
                title="还不能定分",
                text=f"{view.contract.party_b.name}的评分表还缺 {len(lacking)} 项：\n{listed}",
                action="去填第一项",
                then=lambda: page.pane.go_to(view.sheet.missing[0]),
            )
            return
        total, grade = view.sheet.total, view.sheet.grade
        result = f"总分 {total.text if total else ''}" + (f"，等级 {grade.text}" if grade else "")
        confirm(
            page.desk,
            page,
            title=f"为{view.contract.party_b.name}定分？",
            text=f"{cycle_text(view.sheet.cycle)}：{result}。\n定分以后不能再修改，"
            "要更正须写明理由重新打开。",
            action="定分",
            then=lambda: self._act(appraisals.finish_scoring, view.appraisal.id, "已定分"),
        )

    def _reopen(self) -> None:
        view = self._view
        if view is None:
            return
        ask_reason(
            self._page,
            title=f"重新打开{view.contract.party_b.name}的评分表？",
            text="重新打开后可以修改，改好须再次定分；已打印的报告作废。",
            action="重新打开",
            then=lambda reason: self._act(
                lambda company, one, *, actor, today: appraisals.reopen(
                    company, one, reason=reason, actor=actor, today=today
                ),
                view.appraisal.id,
                "已重新打开",
            ),
        )

    def override(self, shown: SheetRow) -> None:
        """Ask for a score in place of the measured one."""
        if self._view is not None:
            override_dialog(self._page.desk, self._page, self._view.appraisal.id, shown).open()

    def restore(self, shown: SheetRow) -> None:
        """Score an indicator by its own rule again."""
        view, name = self._view, shown.indicator.name
        if view is None:
            return
        confirm(
            self._page.desk,
            self._page,
            title=f"恢复按标准计算“{name}”？",
            text="改写的得分和理由将不再使用（操作日志中仍有记录）。",
            action="恢复",
            then=lambda: self._act(
                lambda company, one, *, actor, today: appraisals.restore_rule(
                    company, one, indicator=name, actor=actor, today=today
                ),
                view.appraisal.id,
                "已恢复按标准计分",
            ),
        )

    def exempt(self, shown: SheetRow) -> None:
        """Ask why an indicator is not appraised, and what becomes of its weight."""
        if self._view is not None:
            exempt_dialog(self._page.desk, self._page, self._view.appraisal.id, shown).open()

    def appraise_again(self, shown: SheetRow) -> None:
        """Appraise an exempt indicator again."""
        view, name = self._view, shown.indicator.name
        if view is not None:
            self._act(
                lambda company, one, *, actor, today: appraisals.appraise_again(
                    company, one, indicator=name, actor=actor, today=today
                ),
                view.appraisal.id,
                f"“{name}”恢复考核",
            )

    def _act(self, case: Callable[..., SheetChange], appraisal: AppraisalId, said: str) -> None:
        desk = self._page.desk
        actor, today = desk.officer, desk.today
        self._page.undo.clear()
        desk.act(
            lambda company: case(company, appraisal, actor=actor, today=today),
            lambda _: desk.tell(said),
            owner=self._page,
        )

    # --- the sheet at hand

    def _more_menu(self) -> QMenu:
        menu, page = QMenu(self._page), self._page
        scan = menu.addAction("对照扫描件填写")
        scan.triggered.connect(lambda *_: page.show_scan())
        again = menu.addAction("二次录入")
        again.triggered.connect(lambda *_: page.second.begin())
        raters = menu.addAction("考核人…")
        raters.triggered.connect(self._name_raters)
        many = menu.addAction("批量登记考核人…")
        many.triggered.connect(self._name_many)
        menu.addSeparator()
        override = menu.addAction("改写得分：光标所在的指标…")
        override.triggered.connect(lambda: self._with_row(self.override))
        exempt = menu.addAction("免考核：光标所在的指标…")
        exempt.triggered.connect(lambda: self._with_row(self.exempt))
        for action, keys in (
            (scan, "Ctrl+Shift+S"),
            (again, "Ctrl+Shift+D"),
            (raters, "Ctrl+Shift+R"),
            (many, "Ctrl+Alt+R"),
            (override, "Ctrl+Shift+G"),
            (exempt, "Ctrl+Shift+M"),
        ):
            action.setShortcut(QKeySequence(keys))
            page.addAction(action)
        grey_while(menu, override, lambda: self._why_not(self.override))
        grey_while(menu, exempt, lambda: self._why_not(self.exempt))
        page.desk.only_if("appraisals.entering.override", override, exempt)
        self._of_open = (again, raters)
        return menu

    def _why_not(self, do: Callable[[SheetRow], None]) -> str:
        """Why nothing can be done with the indicator in which the cursor was last."""
        shown, view = self._page.pane.row, self._view
        if view is not None and view.appraisal.state is AppraisalState.SCORED:
            return "已经定分；要改，请先“重新打开…”"
        if self._is_second:
            return "正在二次录入，录完再改"
        if shown is None or self._page.pane.stage != CYCLE:
            return "请先把光标放到要处理的指标里（按阶段评分的，先选全期或年终）"
        if do == self.override and not shown.measured:
            return f"“{shown.indicator.name}”由考核人评分，请直接填写得分"
        return ""

    def _with_row(self, do: Callable[[SheetRow], None]) -> None:
        shown = self._page.pane.row
        if reason := self._why_not(do):
            self._page.desk.tell(reason)
        elif shown is not None:
            do(shown)

    def _name_raters(self) -> None:
        if self._view is not None:
            RatersDialog(self._page.desk, self._page, self._view).open()

    def _name_many(self) -> None:
        page = self._page
        if page.may_leave():
            ManyRatersDialog(page.desk, page, page.list.shown_ids()).open()

    # --- paper

    def _print_menu(self) -> QMenu:
        menu = QMenu(self._page)
        blank = menu.addAction("空白评分表（面谈时手填）…")
        blank.triggered.connect(lambda: self._show_paper("空白评分表", appraisals.blank_sheet_pdf))
        every = menu.addAction("列表中所有人的空白评分表…")
        every.triggered.connect(self._show_blanks)
        menu.addSeparator()
        filled = menu.addAction("已填评分表…")
        filled.triggered.connect(self._show_filled)
        return menu

    def _show_blanks(self) -> None:
        """The blank sheets of everybody in the list, as one document."""
        page, ids = self._page, self._page.list.shown_ids()

        def work(company: Company, progress: Progress) -> Printout:
            return appraisals.blank_sheets_pdf(company, ids, progress=progress)

        def done(made: Printout) -> None:
            if not made.cancelled:
                title = f"空白评分表 {made.total} 张"
                DocumentDialog(page.desk, page, title, lambda _: made.pdf).open()

        page.desk.act_long("生成空白评分表", work, done, owner=page)

    def _show_filled(self) -> None:
        """The sheet as it stands; what it says now is noted, so that its scan is known."""
        desk = self._page.desk
        make = partial(appraisals.filled_sheet_pdf, actor=desk.officer, today=desk.today)
        self._show_paper("评分表", make)

    def _show_paper(self, kind: str, make: Callable[..., bytes]) -> None:
        view = self._view
        if view is None:
            return
        appraisal, stage = view.appraisal.id, self._page.pane.stage
        when = cycle_text(view.sheet.cycle) if stage == CYCLE else stage
        title = f"{kind} {view.contract.party_b.name} {when}"
        DocumentDialog(
            self._page.desk,
            self._page,
            title,
            lambda company: make(company, appraisal, stage=stage),
        ).open()

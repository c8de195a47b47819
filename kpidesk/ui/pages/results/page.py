"""结果: the list, the result at hand, and reports by the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter

from kpidesk.core.appraisal import AppraisalId
from kpidesk.ui.files import choose_folder
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.papers import PapersMenu
from kpidesk.ui.pages.papers.wanted import Chosen
from kpidesk.ui.pages.results.details import ResultDetails
from kpidesk.ui.pages.results.following import offer_follow_up
from kpidesk.ui.pages.results.list import ResultList
from kpidesk.ui.pages.results.review import ReviewMenu
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.scoring.spelling import spellings
from kpidesk.ui.reasons import grey_while
from kpidesk.usecases import appraisals, results, reviewing, schemes
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.whereabouts import Where
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.years import latest_results, results_of_year

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.scoring.spelling import Spellings
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.appraisals import SheetView
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.printout import Printout
    from kpidesk.usecases.results import ResultRow
    from kpidesk.usecases.years import YearResults

_LIST_WIDTH, _DETAILS_WIDTH = 650, 512
_PAPERS = tuple(one for one in Paper if one is not Paper.DECOMPOSITION)
_TABS = {"interview": 1, "plan": 1, "report": 2, "review": 3}
_IN_FOLDER = "考核报告：列表中的每人一个文件…"
_NO_RESULT = "列表里没有结果，不能生成报告"
_UNSAVED = "面谈记录已修改但还没有保存，请先“保存面谈记录”或“放弃修改”。"


class ResultsPage(Page):
    """Shows results; the interview is the one thing that is typed here."""

    title = "结果"
    subtitle = "总分、等级和每一分的由来"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The list at the left, the chosen result at the right."""
        super().__init__(desk)
        self._wanted: AppraisalId | None = None
        self._is_asked = False  # another page asked for it: the filters must not hide it
        self.list = ResultList(desk)
        self.details = ResultDetails(desk)
        self.papers = PapersMenu(desk, self, _PAPERS, self._chosen)
        first = self.papers.menu.actions()[0]
        self._reports = (QAction("考核报告：打印列表中的…", self), QAction(_IN_FOLDER, self))
        for action, do in zip(self._reports, (self._print, self._choose_folder), strict=True):
            action.triggered.connect(lambda *_, do=do: self._do_with_reports(do))
            grey_while(self.papers.menu, action, lambda: "" if self.list.shown() else _NO_RESULT)
            self.papers.menu.insertAction(first, action)
        self.papers.menu.insertSeparator(first)
        self.review = ReviewMenu(self)
        self.tools.addWidget(self.review.button)
        self.tools.addWidget(self.papers.button)
        self.tools.addWidget(self.review.next)
        self.details.history.put_next(self.review.next_of_one)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.list)
        halves.addWidget(self.details)
        halves.setStretchFactor(0, 1)
        halves.setSizes([_LIST_WIDTH, _DETAILS_WIDTH])
        self.body.addWidget(halves, 1)
        self.list.chosen.connect(self._open)
        self.list.told.connect(self.review.show_next)
        self.list.year_chosen.connect(self._load_list)
        self.list.table.opened.connect(lambda _: self.details.show_tab(0))
        self.list.table.set_menu(self._offer)
        self.details.sheet_asked.connect(lambda appraisal: desk.go("scoring", appraisal))

    # --- loading

    def refresh(self) -> None:
        """Load the list and the result at hand."""
        self._load_list()
        self._load_details()

    def _load_list(self) -> None:
        """Load the results of the chosen year, or of the year of one that was asked for."""
        year, has_year = self.list.year.value, self.list.has_year
        beside = self._wanted if self._is_asked else None

        def work(company: Company) -> _Found:
            return _load(company, year, beside, is_first=not has_year)

        self.desk.ask(work, lambda found: self._show(*found, beside), owner=self)

    def concerns(self, changes: object) -> bool:
        """Sheets, and the contracts that make and name them."""
        concerned = Changes.APPRAISALS | Changes.CONTRACTS
        return isinstance(changes, Changes) and bool(changes & concerned)

    def show_item(self, what: object) -> None:
        """The result with an id; (tab, id): that tab; ("plan", id): ask; results of a place."""
        match what:
            case ("where", Where() as where):
                self.list.show_where(where)
                self._load_list()
            case "batches":
                self.review.show_batches()
            case (str(tab), int() as wanted):
                self.details.show_tab(_TABS[tab])
                self._show_one(wanted)
                if tab == "plan":
                    offer_follow_up(self.desk, self, AppraisalId(wanted))
            case int():
                self._show_one(what)
            case _:
                pass

    def _show_one(self, wanted: int) -> None:
        self._wanted, self._is_asked = AppraisalId(wanted), True
        self.refresh()

    def may_leave(self) -> bool:
        """An interview that was typed is to be saved or undone first."""
        if self.details.interview.is_dirty:
            self.details.show_tab(1)
            self.banner.say(_UNSAVED, Tone.WARN)
            return False
        self.banner.say("")
        return True

    def _show(
        self,
        found: YearResults,
        order: Sequence[str],
        spelt: Spellings,
        rules: reviewing.ReviewRules,
        beside: AppraisalId | None,
    ) -> None:
        self.review.rules, rows = rules, found.rows
        self.list.show_rows(found, order, spelt, rules.guides)
        if self._is_asked and beside != self._wanted:
            return  # the year of what was asked for meanwhile comes next
        if not any(one.id == self._wanted for one in rows):
            self._wanted = None
            self.details.say("请从左边选择一个人", "这里显示各项得分的由来、面谈记录和考核报告。")
        if self._wanted is not None and self._is_asked:
            self.list.choose(self._wanted)
        else:
            self._choose_in_view()
        self._is_asked = False

    def _choose_in_view(self) -> None:
        """The result at hand where the filters show it, else the first that they show."""
        shown = [one.id for one in self.list.shown()]
        if self._wanted in shown:
            self.list.table.select([self._wanted])
        elif shown:
            self.list.table.select(shown[:1])

    def _open(self, appraisal: AppraisalId) -> None:
        if appraisal == self._wanted:
            return
        if self._wanted is not None and not self.may_leave():
            self.list.choose(self._wanted)
            return
        self._wanted = appraisal
        self._load_details()

    def _load_details(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return

        def shown(view: SheetView) -> None:
            if wanted == self._wanted:
                self.details.show_view(view)
                if not self.details.interview.is_dirty:
                    self.banner.say("")

        self.desk.ask(lambda company: appraisals.load_sheet(company, wanted), shown, owner=self)

    # --- reports by the batch

    def _offer(self, menu: QMenu, rows: list[ResultRow]) -> None:
        menu.addAction("打开评分表").triggered.connect(lambda: self.desk.go("scoring", rows[0].id))
        menu.addAction(f"打印所选的 {len(rows)} 份报告…").triggered.connect(
            lambda: self._print([one.id for one in rows])
        )
        menu.addAction(f"所选的 {len(rows)} 份报告存为 PDF…").triggered.connect(
            lambda: self._choose_folder([one.id for one in rows])
        )
        self.review.offer(menu, rows)

    def _do_with_reports(self, do: Callable[[Sequence[AppraisalId]], None]) -> None:
        if wanted := [one.id for one in self.list.shown()]:
            do(wanted)
        else:
            self.desk.tell(_NO_RESULT)

    def _chosen(self) -> Chosen:
        """Whom the documents of the menu may be about."""
        rows = self.list.selected()
        people = tuple({one.person: one.person_name for one in rows}.items())
        return Chosen(people, rows[0].cycle if rows else None)

    def _choose_folder(self, ids: Sequence[AppraisalId]) -> None:
        choose_folder(
            self,
            f"把 {len(ids)} 份报告保存到",
            self.desk.documents,
            lambda folder: self.save_reports(ids, folder),
        )

    def save_reports(self, ids: Sequence[AppraisalId], folder: Path) -> None:
        """Write a report for each appraisal into a folder; can be cancelled."""

        def work(company: Company, progress: Progress) -> Printout:
            return results.reports_pdf(company, ids, folder=folder, progress=progress)

        def done(made: Printout) -> None:
            if made.cancelled:
                self.desk.tell(f"已停下：生成了 {made.done} 份，共 {made.total} 份，在 {folder}")
            else:
                self.desk.tell(f"已生成 {made.done} 份报告，在 {folder}")

        self.desk.act_long("生成考核报告", work, done, owner=self)

    def _print(self, ids: Sequence[AppraisalId]) -> None:
        def work(company: Company, progress: Progress) -> Printout:
            return results.reports_pdf(company, ids, progress=progress)

        def done(made: Printout) -> None:
            if not made.cancelled:
                title = f"考核报告 {made.total} 份"
                DocumentDialog(self.desk, self, title, lambda _: made.pdf).open()

        self.desk.act_long("生成考核报告", work, done, owner=self)


_Found: TypeAlias = "tuple[YearResults, tuple[str, ...], Spellings, reviewing.ReviewRules]"


def _load(
    company: Company, year: Period | None, beside: AppraisalId | None, *, is_first: bool
) -> _Found:
    """The results, the names of all grades from the best down, how people are spelt, the rules."""
    found = (
        latest_results(company, with_sheet=beside)
        if is_first
        else results_of_year(company, year, with_sheet=beside)
    )
    rules = reviewing.review_rules(company)
    return found, schemes.grade_names(company), spellings(company), rules

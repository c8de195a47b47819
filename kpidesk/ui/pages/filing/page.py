"""归档: what was scanned at the left, the page at hand at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from kpidesk.core.filing import PageState
from kpidesk.ui.dialogs import show_message
from kpidesk.ui.files import choose_files
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.filing.columns import (
    page_columns,
    paper_columns,
    paper_name,
)
from kpidesk.ui.pages.filing.dropping import dropped
from kpidesk.ui.pages.filing.pane import PagePane
from kpidesk.ui.pages.filing.years import YearBox
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.widgets import column, label, push_button, row, search_box
from kpidesk.usecases import filing
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.filing import FilingView, Intake, KnownPaper, PageRow, PaperRow

_LEFT, _RIGHT = 660, 480
_TRAY, _ALL, _PAPERS = range(3)
_RECEIVING = "filing.intake.receive_scans"
_KINDS = f"扫描件 ({' '.join(f'*{suffix}' for suffix in filing.SUFFIXES)})"
_TOLD = 12  # refused files that one message names


class FilingPage(Page):
    """Files dropped here or chosen are read on the worker; the tray is worked off by keyboard."""

    title = "归档"
    subtitle = "把签好的纸质件扫描进来，按页上的识别码自动归到每个人名下"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """Tray, pages and papers at the left; the page or the paper at hand at the right."""
        super().__init__(desk)
        self.setAcceptDrops(desk.may(_RECEIVING))
        self._view: FilingView | None = None
        self._choices: tuple[KnownPaper, ...] | None = None
        self._text = ""
        self._place = 0
        self.add_button = push_button(
            desk.look, "选择扫描文件…", self._choose_files, icon="import", kind="primary"
        )
        self.add_button.setToolTip("PDF 或 PNG、JPEG、TIFF、BMP 图片；也可以直接拖到这一页上")
        self.tools.addWidget(self.add_button)
        desk.only_if(_RECEIVING, self.add_button)
        self.sections = ChoiceBar("待处理", "全部页面", "文件齐缺")
        self.sections.chosen.connect(self._switch)
        self.search = search_box(desk.look, "姓名、文件、扫描文件名", self._search)
        self.search.setMinimumWidth(180)
        self.year = YearBox(self.refresh)
        self.model: RowsModel[PageRow] = RowsModel(page_columns(), key=lambda one: one.page.id)
        self.table: TableView[PageRow] = TableView(desk, self.model, "filing-pages")
        self.table.chosen.connect(self._show_page)
        self.papers: RowsModel[PaperRow] = RowsModel(
            paper_columns(), key=lambda one: one.known.paper
        )
        self.paper_table: TableView[PaperRow] = TableView(desk, self.papers, "filing-papers")
        self.paper_table.chosen.connect(self._show_paper)
        self.paper_table.set_empty(
            "还没有等待归档的文件", "打印责任书或收到扫描件后，这里列出每份文件缺哪几页。"
        )
        self.pane = PagePane(desk)
        self.pane.decided.connect(lambda: self.banner.say(""))
        self.paper_view = PdfView(desk)
        self._paper_name = label("请从左边选择一份文件", "heading")
        self._left, self._right = QStackedWidget(), QStackedWidget()
        paper = QWidget()
        paper.setLayout(column(self._paper_name, self.paper_view, spacing=8))
        for stack, parts in (
            (self._left, (self.table, self.paper_table)),
            (self._right, (self.pane, paper)),
        ):
            for part in parts:
                stack.addWidget(part)
        self._counted = label("", "muted")
        left = QWidget()
        bar = row(self.sections, None, self.year, self.search, spacing=10)
        left.setLayout(column(bar, self._left, self._counted, spacing=10))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(left)
        halves.addWidget(self._right)
        halves.setStretchFactor(0, 1)
        halves.setSizes([_LEFT, _RIGHT])
        desk.settings.follow_splitter("filing", halves)
        self.body.addWidget(halves, 1)

    # --- showing

    def refresh(self) -> None:
        """Read the pages and papers of the chosen years: of the last two, to begin with."""
        is_first, period, today = self._view is None, self.year.value, self.desk.today

        def work(company: Company) -> FilingView:
            if is_first:
                return filing.recent_filing(company, today=today)
            return filing.filing_view(company, period=period)

        self.desk.ask(work, self._show, owner=self)

    def concerns(self, changes: object) -> bool:
        """Scans, and what they are scans of."""
        concerned = Changes.SCANS | Changes.CONTRACTS | Changes.APPRAISALS | Changes.PAY
        return isinstance(changes, Changes) and bool(changes & concerned)

    def show_item(self, what: object) -> None:
        """The number of a contract: how far its copies are filed; ("file", name): its pages."""
        match what:
            case ("file", str(name)):
                self._show_found(name, _ALL)
            case _:
                self._show_found(str(what), _PAPERS)

    def _show_found(self, text: str, section: int) -> None:
        """What a text finds in the papers of all years."""
        self.search.setText(text)
        self.sections.choose(section)
        self.desk.ask(filing.filing_view, self._show, owner=self)

    def _show(self, view: FilingView) -> None:
        self._view, self._choices = view, None
        self.year.show_view(view)
        shown = self.table.current_row()
        if shown is not None:
            self._place = max(0, self.model.find(shown.page.id))
        self.model.show(view.pages)
        self.papers.show(view.papers)
        waiting = sum(one.page.state is PageState.WAITING for one in view.pages)
        self.sections.rename(_TRAY, f"待处理 {waiting}" if waiting else "待处理")
        self._say_empty()
        self._filter()

    def _say_empty(self) -> None:
        any_pages = self._view is not None and bool(self._view.pages)
        if any_pages and self.sections.current == _TRAY:
            self.table.set_empty(
                "没有待处理的页", "读到识别码的页已经自动归档；齐不齐请看“文件齐缺”。"
            )
        else:
            self.table.set_empty(
                "把扫描件拖到这里",
                "支持 PDF 和图片；顺序打乱、多人混在一起、一张两页都可以。",
                *self.desk.next_step(
                    "filing.intake.receive_scans", "选择扫描文件", self._choose_files
                ),
            )

    def _search(self, text: str) -> None:
        self._text = text.strip()
        self._filter()

    @Slot(int)
    def _switch(self, section: int) -> None:
        is_papers = section == _PAPERS
        self._left.setCurrentIndex(int(is_papers))
        self._right.setCurrentIndex(int(is_papers))
        self._say_empty()
        self._filter()

    def _filter(self) -> None:
        self.model.filter_rows(self._passes)
        self.papers.filter_rows(
            lambda one: self._text in f"{paper_name(one.known)} {one.known.department}"
        )
        if self.sections.current == _PAPERS:
            complete = sum(one.is_complete for one in self.papers.shown())
            self._counted.setText(f"共 {len(self.papers.shown())} 份，{complete} 份已齐全")
            return
        shown = self.model.shown()
        self._counted.setText(f"共 {len(shown)} 页")
        if shown and self.table.current_row() not in shown:
            # On to the next page of the tray: the one that moved up.
            self.table.select([shown[min(self._place, len(shown) - 1)].page.id])
        self._show_page()

    def _passes(self, one: PageRow) -> bool:
        if self.sections.current == _TRAY and one.page.state is not PageState.WAITING:
            return False
        name = paper_name(one.known) if one.known else ""
        return self._text in f"{name} {one.page.file_name}"

    @Slot()
    def _show_page(self) -> None:
        chosen = self.table.selected_rows()
        one = chosen[0] if chosen else None
        if one is not None and one.page.state is PageState.WAITING and self._choices is None:
            self._load_choices()
        elif self._view is not None:
            self.pane.show_row(one, self._choices or ())
            self.pane.choose(chosen)

    def _load_choices(self) -> None:
        """What a page may be filed to: asked for once one waits."""
        view = self._view

        def show(choices: tuple[KnownPaper, ...]) -> None:
            if self._view is view and self._choices is None:
                self._choices = choices
                self._show_page()

        period = view.period if view else None
        self.desk.ask(
            lambda company: filing.paper_choices(company, period=period), show, owner=self
        )

    @Slot()
    def _show_paper(self) -> None:
        chosen = self.paper_table.selected_rows()
        if not chosen:
            return
        known = chosen[0].known
        self._paper_name.setText(paper_name(known))

        def show(pages: Pages) -> None:
            now = self.paper_table.selected_rows()
            if now and now[0].known.paper == known.paper:
                self.paper_view.show_pages(pages if pages.page_count else None)

        self.desk.ask(lambda company: filing.filed_pictures(company, known.paper), show, owner=self)

    # --- receiving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        if paths := dropped(event):
            event.acceptProposedAction()
            self.receive(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts the chosen pages away."""
        if event.key() == Qt.Key.Key_Delete and self.focusWidget() is self.table:
            self.pane.discard()
        else:
            super().keyPressEvent(event)

    def _choose_files(self) -> None:
        choose_files(self, "选择扫描文件", self.desk.documents, _KINDS, self.receive)

    def receive(self, paths: Sequence[Path]) -> None:
        """Read files and file their pages; can be cancelled between two of them."""
        actor, today = self.desk.officer, self.desk.today
        self.desk.act_long(
            "读取扫描件",
            lambda company, progress: filing.receive_scans(
                company, paths, actor=actor, today=today, progress=progress
            ),
            self._tell,
            owner=self,
        )

    def _tell(self, intake: Intake) -> None:
        refused = [one for one in intake.files if one.refusal]
        read = [one for one in intake.files if not one.refusal]
        said = [one.text for one in read]
        if intake.cancelled:
            said.append("已取消，没有读完的文件没有归档")
        self.desk.tell("；".join(said) or "没有读入扫描件")
        waiting = sum(one.waiting for one in read)
        if not read:
            self.banner.say("；".join(said), Tone.WARN)
        else:
            self.sections.choose(_TRAY if waiting else _ALL)
            tone = Tone.WARN if waiting or refused or intake.cancelled else Tone.GOOD
            self.banner.say("；".join(said[-_TOLD:]), tone)
        if refused:
            lines = "\n\n".join(one.text for one in refused[:_TOLD])
            more = f"\n\n另有 {len(refused) - _TOLD} 个" if len(refused) > _TOLD else ""
            title = f"{len(refused)} 个文件没有读入"
            show_message(self.desk, self, title, f"{lines}{more}", Tone.WARN)

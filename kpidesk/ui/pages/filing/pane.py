"""The page at hand: its picture, and the form that files it by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kpidesk.core.filing import MOST_PAGES, PageState
from kpidesk.ui.dialogs import ask_reason
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField, NumberField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.filing.columns import file_text, page_state_text, page_tone, paper_name
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.widgets import Badge, Banner, label, push_button, row
from kpidesk.usecases import filing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.filing import Paper, ScanPageId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.filing import KnownPaper, PageRow

_NUMBER = 76
_ONE, _MOST = Decimal(1), Decimal(MOST_PAGES)


class PagePane(QWidget):
    """Above, where the page belongs; below, the page. `decided` after each decision."""

    decided = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_row`."""
        super().__init__()
        self._desk = desk
        self._row: PageRow | None = None
        self._waiting: tuple[PageRow, ...] = ()
        self._asked = 0
        look = desk.look
        self._state = Badge(look)
        self._where = label("", "heading")
        self._file = label("", "muted")
        self._why = Banner(look)
        self.view = PdfView(desk)
        self.paper: ChoiceField[Paper] = ChoiceField(
            "归到哪份文件（可输入姓名或编号查找）", [], required=True, searchable=True
        )
        whole = {"least": _ONE, "most": _MOST, "places": 0, "required": True}
        self.number = NumberField("第几页", **whole)  # type: ignore[arg-type]
        self.total = NumberField("共几页", **whole)  # type: ignore[arg-type]
        self._fields = (self.paper, self.number, self.total)
        self.paper.changed.connect(self._ask_total)
        for field in (self.number, self.total):
            field.setFixedWidth(_NUMBER)
            for line in cast("list[QLineEdit]", field.findChildren(QLineEdit)):
                line.returnPressed.connect(self.file)
        self.file_button = push_button(look, "归档", self.file, kind="primary")
        self.file_button.setToolTip("归档（Ctrl+Enter）")
        self.instead_button = push_button(look, "代替已归档的页", self._file_instead)
        self.discard_button = push_button(look, "不归档…", self.discard)
        self.back_button = push_button(look, "退回待处理…", self.take_back, icon="undo")
        desk.only_if(
            "filing.deciding.file_page",
            self.file_button, self.instead_button, self.discard_button, self.back_button,
            *self._fields,
        )  # fmt: skip
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setEnabled(desk.may("filing.deciding.file_page"))
        shortcut.activated.connect(self.file)
        buttons = row(
            None, self.back_button, self.discard_button, self.instead_button, self.file_button
        )
        foot = row(self.number, self.total, spacing=10)
        foot.addLayout(buttons, 1)
        foot.setAlignment(buttons, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self._state, self._where, None, spacing=10))
        layout.addWidget(self._file)
        layout.addWidget(self._why)
        layout.addWidget(self.paper)
        layout.addLayout(foot)
        layout.addWidget(self.view, 1)
        self.show_row(None, ())

    def show_row(self, one: PageRow | None, choices: Sequence[KnownPaper]) -> None:
        """Show a page, or none; what was typed for the same page stays."""
        before, self._row = self._row, one
        if one is not None and before is not None and before.page == one.page:
            return
        page = one.page if one else None
        is_waiting = page is not None and page.state is PageState.WAITING
        for part in (*self._fields, self.file_button, self.discard_button):
            part.setVisible(is_waiting)
        self.back_button.setVisible(page is not None and not is_waiting)
        doubled = bool(page and page.slot and "重复" in page.reason)
        self.instead_button.setVisible(is_waiting and doubled)
        if page is None:
            self._state.hide()
            self._where.setText("")
            self._file.setText("")
            self._why.say("")
            self.view.show_pages(None)
            return
        self._state.show()
        self._state.say(page_state_text(page.state), page_tone(page.state))
        self._where.setText(paper_name(one.known) if one and one.known else "")
        self._file.setText(file_text(one) if one else "")
        self._why.say(page.reason, Tone.WARN if is_waiting else Tone.NEUTRAL)
        if is_waiting:
            self._fill(one, choices)
        self._draw(page.id)

    def _fill(self, one: PageRow | None, choices: Sequence[KnownPaper]) -> None:
        slot = one.page.slot if one else None
        options = [(known.paper, paper_name(known)) for known in choices]
        if one is not None and one.known is not None and slot is not None:
            mine = (slot.paper, paper_name(one.known))  # it may be of another year
            options = options if mine in options else [mine, *options]
        self.paper.set_options(options)
        self.paper.set_value(slot.paper if slot else None)
        self.number.set_value(Decimal(slot.number) if slot else None)
        self.total.set_value(Decimal(slot.total) if slot else None)
        self._ask_total()

    def _ask_total(self) -> None:
        """Fill in how many pages the chosen paper has, where that is known."""
        try:
            paper = self.paper.value()
        except ValueError:
            return
        if paper is None:
            return
        self._asked += 1
        asked = self._asked

        def fill(total: int | None) -> None:
            if asked == self._asked and total:
                self.total.set_value(Decimal(total))

        self._desk.ask(lambda company: filing.total_pages(company, paper), fill, owner=self)

    def _draw(self, page: ScanPageId) -> None:
        def show(pages: Pages) -> None:
            if self._row is not None and self._row.page.id == page:
                self.view.show_pages(pages)

        def fail(problem: Exception) -> None:
            self.view.show_pages(None)
            self._why.say(message_of(problem), Tone.WARN)

        self._desk.ask(lambda company: filing.page_picture(company, page), show, fail, owner=self)

    # --- deciding

    def file(self) -> None:
        """Put the page where the form says."""
        self._file_it(instead=False)

    def _check(self) -> bool:
        """Whether every field makes sense; the cursor goes to the first that does not."""
        wrong = [field for field in self._fields if not field.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _file_instead(self) -> None:
        self._file_it(instead=True)

    def _file_it(self, *, instead: bool) -> None:
        one = self._row
        if one is None or one.page.state is not PageState.WAITING or not self._check():
            return
        paper = self.paper.chosen()
        number, total = int(self.number.value() or 0), int(self.total.value() or 0)
        self._act(
            lambda company: filing.file_page(
                company,
                one.page.id,
                paper=paper,
                number=number,
                total=total,
                instead=instead,
                actor=self._desk.officer,
                today=self._desk.today,
            ),
            f"已归档：第 {number} 页",
        )

    def choose(self, rows: Sequence[PageRow]) -> None:
        """Which pages of the tray are put away together; the first one is in view."""
        self._waiting = tuple(one for one in rows if one.page.state is PageState.WAITING)
        count = len(self._waiting)
        self.discard_button.setText(f"{count} 页不归档…" if count > 1 else "不归档…")

    def discard(self) -> None:
        """Put the chosen pages away, with one reason."""
        pages = [one.page.id for one in self._waiting]
        if not pages or not self._desk.may("filing.deciding.file_page"):
            return
        which = f"这 {len(pages)} 页" if len(pages) > 1 else "这一页"

        def then(reason: str) -> None:
            self._act(
                lambda company: filing.discard_pages(
                    company,
                    pages,
                    reason=reason,
                    actor=self._desk.officer,
                    today=self._desk.today,
                ),
                f"{which}不归档，图像仍保存在公司文件里",
            )

        ask_reason(
            self,
            title=f"{which}不归档？",
            text="图像仍保存在公司文件里，以后可以退回待处理。",
            action="不归档",
            then=then,
        )

    def take_back(self) -> None:
        """Put the page back into the tray, with a reason."""
        one = self._row
        if one is None or one.page.state is PageState.WAITING:
            return

        def then(reason: str) -> None:
            self._act(
                lambda company: filing.take_back(
                    company,
                    one.page.id,
                    reason=reason,
                    actor=self._desk.officer,
                    today=self._desk.today,
                ),
                "已退回待处理",
            )

        text = "这一页将重新放进待处理；原来齐全的一份责任书不再是“已扫描”，理由记在它的经过里。"
        ask_reason(self, title="退回待处理", text=text, action="退回", then=then)

    def _act(self, work: Callable[[Company], Changes], said: str) -> None:
        def done(_: object) -> None:
            self._desk.tell(said)
            self.decided.emit()

        def fail(problem: Exception) -> None:
            self._why.say(message_of(problem))
            self.instead_button.setVisible("已经归档过" in message_of(problem))

        self._desk.act(work, done, fail, owner=self)

"""实绩: choose a scheme and year; enter by item, by person, from the matrix of what is missing."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from kpidesk.ui.errors import message_of
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.incidents import IncidentsTab
from kpidesk.ui.pages.actuals.lines import LinesTab
from kpidesk.ui.pages.actuals.loading import Loaded, load
from kpidesk.ui.pages.actuals.matrix import Matrix
from kpidesk.ui.pages.actuals.origin import OriginPanel
from kpidesk.ui.pages.actuals.pasting import Paster
from kpidesk.ui.pages.actuals.saving import ActualsSaver
from kpidesk.ui.pages.actuals.sheets import ByItem, ByPerson, Section, choice, offer
from kpidesk.ui.pages.actuals.words import standing_text, value_text
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.tabs import Tabs
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.ui.pages.why import origin_text
from kpidesk.ui.widgets import EmptyState, column, label, row
from kpidesk.usecases import actuals
from kpidesk.usecases.actuals import CellRefusedError, NewActual
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.actuals.cells import GridRow
    from kpidesk.ui.pages.actuals.grid import Grid
    from kpidesk.usecases.actuals import Actual, Book, BookRef, BookRow, Key

BY_ITEM, BY_PERSON, MATRIX, LINES, INCIDENTS = range(5)
_BOOK_WIDTH, _SOURCE_WIDTH = 330, 190


class ActualsPage(Page):
    """Each confirmed figure is saved at once, where it lives: on its sheet, or for pay."""

    title = "实绩"
    subtitle = "成批录入完成的数据；评分表和薪酬用的是同一个数"
    imports = "actuals"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The choice above, the sections below it, the origin of a figure at the right."""
        super().__init__(desk)
        self.book: Book | None = None
        self._books: Sequence[BookRow] = ()
        self._ref: BookRef | None = None
        self._then: ShowActual | None = None
        self.books = choice("考核方案和年度", _BOOK_WIDTH)
        self.source = QLineEdit()
        self.source.setPlaceholderText("例如 3 月财务报表")
        self.source.setFixedWidth(_SOURCE_WIDTH)
        self.source.setAccessibleName("资料来源")
        hint = "黄格缺数，灰格不用填或已定分、已结算；Ctrl+V 粘贴 Excel 的一块"
        self.by_item = ByItem(desk, "数据项", hint, self._edit)
        self.by_person = ByPerson(desk, "人员", hint, self._edit)
        self.matrix, self.lines = Matrix(desk), LinesTab(desk)
        self.incidents = IncidentsTab(desk)
        self.origin = OriginPanel(desk)
        self._tells_origin = self._is_loading = self._is_late = False
        self.tabs = Tabs()
        for name, part in (
            ("按数据项", self.by_item),
            ("按人员", self.by_person),
            ("完整性", self.matrix),
            ("逐笔事项", self.lines),
            ("关键事件", self.incidents),
        ):
            self.tabs.add(name, part)
        self.note = label("", "muted")
        self.saver, self._paster = ActualsSaver(self), Paster(self)
        self._empty = EmptyState(desk.look, icon="actuals")
        self._empty.say(
            "还没有要录入的实绩",
            "签署了责任书以后，方案要求的数据在这里成批录入。",
            "去责任书",
            lambda: desk.go("contracts"),
        )
        self._whole = QWidget()
        beside = row(spacing=14)
        beside.addWidget(self.tabs, 1)
        beside.addWidget(self.origin)
        self._sourced = (label("资料来源"), self.source)
        desk.only_if("actuals.entering.enter_actuals", *self._sourced)
        top = row(label("方案和年度"), self.books, *self._sourced, None, spacing=8)
        whole = column(top, beside, self.note, spacing=10)
        whole.setStretch(1, 1)
        self._whole.setLayout(whole)
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self._empty, 1)
        self._connect()
        self._show_books(())

    def _connect(self) -> None:
        self.books.currentIndexChanged.connect(self._choose_book)
        self.matrix.wanted.connect(self.go_to)
        self.origin.closed.connect(self._hide_origin)
        self.tabs.bar.chosen.connect(lambda _: self._look())
        for section in (self.by_item, self.by_person):
            section.made.connect(partial(self._adopt, section))

    def _adopt(self, section: Section, grid: Grid) -> None:
        grid.cleared.connect(self._clear)
        grid.filled.connect(self._fill)
        grid.pasted.connect(partial(self._paster.paste, section))
        grid.asked.connect(self._toggle_origin)
        grid.moved.connect(self._look)

    # --- loading

    def refresh(self) -> None:
        """Load the books and the one at hand."""
        if self._is_loading:  # entries one after the other are shown together
            self._is_late = True
            return
        self._is_loading, self._is_late = True, False
        ref = self._ref

        def failed(problem: Exception) -> None:
            self._is_loading = False
            self.desk.tasks.unhandled.emit(problem)

        def shown(found: Loaded) -> None:
            self._is_loading = False
            if self._is_late or ref != self._ref:
                self.refresh()
            if ref == self._ref:
                self._ref = found.book.ref if found.book is not None else None
                self._show_books(found.books)
                self.incidents.show_incidents(found.incidents)
                if found.lines is not None:
                    self.lines.show_lines(found.lines)
                self._show_book(found.book)

        today = self.desk.today
        self.desk.ask(lambda company: load(company, ref, today), shown, failed, owner=self)

    def concerns(self, changes: object) -> bool:
        """Figures of pay and sheets, contracts, people, incidents."""
        concerned = (
            Changes.PAY
            | Changes.APPRAISALS
            | Changes.CONTRACTS
            | Changes.PEOPLE
            | Changes.INCIDENTS
        )
        return isinstance(changes, Changes) and bool(changes & concerned)

    def _show_books(self, books: Sequence[BookRow]) -> None:
        self._books = books
        self._whole.setVisible(bool(books))
        self._empty.setVisible(not books)
        place = next((n for n, one in enumerate(books) if one.ref == self._ref), 0)
        offer(self.books, [f"{one.title}　{one.people} 人" for one in books], place)
        if books:
            self._ref = books[place].ref

    def _show_book(self, book: Book | None) -> None:
        self.book = book
        if book is None:
            return
        for part in (self.by_item, self.by_person, self.matrix):
            part.show_book(book)
        late = len(actuals.missing(book, self.desk.today))
        self.tabs.bar.rename(MATRIX, f"完整性（缺 {late}）" if late else "完整性")
        then, self._then = self._then, None
        if then is not None and then.key is not None:
            self.go_to(then.key)
        elif then is not None:
            self.tabs.show_section(MATRIX)
        self.take_keyboard()
        self._look()

    def show_again(self) -> None:
        """Show what stands: typed text that was not saved goes."""
        if self.book is not None:
            self._show_book(self.book)

    def _choose_book(self, place: int) -> None:
        if 0 <= place < len(self._books) and self._books[place].ref != self._ref:
            self._ref = self._books[place].ref
            self.undo.clear()
            self.refresh()

    def show_item(self, what: object) -> None:
        """A figure that another page asks for, or what is missing."""
        if not isinstance(what, ShowActual):
            return
        self._then = what
        if what.book != self._ref or self.book is None:
            self._ref, self.book = what.book, None
            self.undo.clear()
            self.refresh()
        else:
            self._show_book(self.book)

    def go_to(self, key: Key) -> None:
        """Put the cursor on a figure, in the view of its person."""
        person, item, days = key
        self.tabs.show_section(BY_PERSON)
        if self.by_person.go_to(person, item, days):
            self._look()

    # --- what is under the cursor

    @property
    def section(self) -> Section | None:
        """The section with a grid that is in view."""
        sections = {BY_ITEM: self.by_item, BY_PERSON: self.by_person}
        return sections.get(self.tabs.bar.current)

    def _look(self) -> None:
        """Tell of the cell with the cursor, and of what is chosen."""
        section = self.section
        for part in self._sourced:
            part.setVisible(section is not None)
        self.origin.setVisible(self._tells_origin and section is not None)
        grid = section.grid if section is not None else None
        if grid is None or self.book is None:
            self.note.setText("")
            return
        found = grid.current()
        actual = found[1] if found else None
        if not self.origin.isHidden():
            self.origin.show_actual(self.book, actual)
        chosen = grid.chosen_figures()
        numbers = [one.shown for one in chosen if isinstance(one.shown, Decimal)]
        if len(chosen) > 1:
            total = value_text(sum(numbers, Decimal(0)))
            self.note.setText(f"选中 {len(chosen)} 格，有数的 {len(numbers)} 格，合计 {total}")
        elif actual is None:
            is_cell = grid.currentIndex().column() in range(1, len(grid.periods) + 1)
            self.note.setText("这一格不用填" if is_cell else "点一格就可以打字或粘贴")
        else:
            told = (standing_text(actual, self.desk.today), origin_text(actual.home.origin))
            self.note.setText("　".join(part for part in (*told, "F4 看来历") if part))

    def _toggle_origin(self) -> None:
        self._tells_origin = not self._tells_origin
        self._look()

    def _hide_origin(self) -> None:
        self._tells_origin = False
        self._look()
        section = self.section
        if section is not None and section.grid is not None:
            section.grid.setFocus()

    # --- entering

    def new(self, actual: Actual, typed: str) -> NewActual:
        """What was typed for a figure; ValueError says what is wrong."""
        item = self.book.item(actual.item) if self.book is not None else None
        value = None
        if typed.strip() and item is not None:
            value = actuals.figure_in(typed, item.known, is_percent=None)
        source = self.source.text().strip() if value is not None else ""
        return NewActual(*actual.key, value, source)

    def _edit(self, row_: GridRow, actual: Actual, typed: str) -> None:
        one = self.new(actual, typed)
        if one.value != actual.value:
            self.saver.save(f"填写“{row_.item.label}”", [one])

    def _clear(self, chosen: Sequence[Actual]) -> None:
        if locked := [one for one in chosen if not one.takes_edit]:
            self.desk.tell(actuals.locked(locked[0]))
            return
        self.saver.save(f"清空 {len(chosen)} 个数", [NewActual(*one.key, None) for one in chosen])

    def _fill(self, pairs: Sequence[tuple[Actual, Actual]]) -> None:
        open_ = [(one, top) for one, top in pairs if one.takes_edit and one.value != top.shown]
        new = [NewActual(*one.key, top.shown, top.home.origin.source) for one, top in open_]
        self.saver.save(f"向下填充 {len(new)} 格", new)

    def refuse(self, problem: Exception) -> None:
        """Say what was refused: at its cell where it is about one in view."""
        section = self.section
        grid = section.grid if section is not None else None
        if isinstance(problem, CellRefusedError) and grid is not None:
            person, item, days = problem.key
            row_ = person if section is self.by_item else item
            if days in grid.periods and grid.rows.find(row_) >= 0:
                grid.rows.refuse(row_, f"p{grid.periods.index(days)}", str(problem))
                self.banner.say("")
                return
        self.show_again()
        self.banner.say(message_of(problem), Tone.BAD)

"""人员: the departments at the left, their people at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QMenu, QSplitter, QWidget

from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.people.columns import people_columns
from kpidesk.ui.pages.people.departments import DepartmentsPanel
from kpidesk.ui.pages.people.leaving import leave, take_back
from kpidesk.ui.pages.people.listing import Listing, has_left, read_listing
from kpidesk.ui.pages.people.moving import move
from kpidesk.ui.pages.people.person_form import add_person, edit_person
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.widgets import column, label, push_button, row, search_box
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from kpidesk.core.people import DepartmentId, PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.people import PersonAdded, PersonRow

_TREE_WIDTH, _TABLE_WIDTH = 230, 800
_ADD = QKeySequence.StandardKey.New

_ADDING = "people.add_person"


class PeoplePage(Page):
    """Departments and people: found, entered, changed, seen off; and on to their contracts."""

    title = "人员"
    subtitle = "部门和人员；责任书从这里取姓名、部门和岗位"
    imports = "people"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The tree, the search line, the table."""
        super().__init__(desk)
        self._listing = Listing()
        self._text = ""
        self._wanted: list[object] = []
        self.departments = DepartmentsPanel(desk)
        self.departments.chosen.connect(self._filter)
        self.model: RowsModel[PersonRow] = RowsModel(
            people_columns(lambda: desk.today), key=lambda one: one.person.id
        )
        self.model.filter_rows(self._passes)
        self.table: TableView[PersonRow] = TableView(desk, self.model, "people")
        self.table.opened.connect(self._edit)
        self.table.chosen.connect(self._count)
        self.table.set_menu(self._fill_menu)
        self._build_tools()
        self.search = search_box(desk.look, "姓名、工号、岗位或拼音首字母", self._search)
        self.search.setMinimumWidth(270)
        self.shows_left = QCheckBox("显示已离职")
        self.shows_left.toggled.connect(self._filter)
        self._counted = label("", "muted")
        right = QWidget()
        bar = row(self.search, self.shows_left, None, self._counted, spacing=16)
        right.setLayout(column(bar, self.table, spacing=12))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.departments)
        halves.addWidget(right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_TREE_WIDTH, _TABLE_WIDTH])
        desk.settings.follow_splitter("people", halves)
        self.body.addWidget(halves, 1)

    def _build_tools(self) -> None:
        look = self.desk.look
        self._draw_up_button = push_button(look, "拟定责任书", self._draw_up, icon="contract")
        self._draw_up_button.setToolTip("给选中的人员拟定责任书")
        self._move_button = push_button(look, "调岗…", self._move, icon="arrow-right")
        self._move_button.setToolTip("选中的一个人换部门、岗位或上级，连同责任书一起办")
        self._add_button = push_button(
            look, "新增人员", self._add, icon="person-add", kind="primary"
        )
        self._add_button.setToolTip("新增人员（Ctrl+N）")
        for one in (self._draw_up_button, self._move_button, self._add_button):
            self.tools.addWidget(one)
            one.setEnabled(one is self._add_button)
        self.desk.only_if("contracts.drafting.draw_up", self._draw_up_button)
        self.desk.only_if("moving.doing.move_person", self._move_button)
        self.desk.only_if(_ADDING, self._add_button)

    # --- showing

    def refresh(self) -> None:
        """Read everybody; who is in view follows from the tree and the search line."""
        self.desk.ask(read_listing, self._show, owner=self)

    def concerns(self, changes: object) -> bool:
        """People and departments only."""
        return isinstance(changes, Changes) and bool(changes & Changes.PEOPLE)

    def show_item(self, what: object) -> None:
        """A person id: choose that person; ("edit", id): and edit them; "add": enter one."""
        if isinstance(what, tuple):
            self.desk.ask(lambda _: what[1], self._edit_by_id, owner=self)
            return
        if what == "add":
            self._add()
            return
        self._wanted = [what]
        self._show(self._listing)

    def showEvent(self, event: QShowEvent) -> None:
        """The table has the cursor, so that the keys of the page work at once."""
        super().showEvent(event)
        self.table.setFocus()

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        self.departments.show_listing(listing)
        self.model.show(listing.people)
        self._say_empty()
        if self._wanted and (places := set(self._wanted) & {p.person.id for p in listing.people}):
            self._reveal(list(places))
        self._count()

    def _reveal(self, keys: list[object]) -> None:
        """Choose people, clearing what would hide them."""
        self._wanted = []
        if any(self.model.find(key) < 0 for key in keys):
            self.search.clear()
            self.departments.choose(None)
        if any(self.model.find(key) < 0 for key in keys):
            self.shows_left.setChecked(True)
        self.table.select(keys)

    def _say_empty(self) -> None:
        if self._listing.departments:
            self.table.set_empty(
                "还没有人员",
                "录入姓名、工号、部门和岗位，就可以给他们拟定责任书。",
                *self.desk.next_step(_ADDING, "新增人员", self._add),
            )
        else:
            self.table.set_empty(
                "先建一个部门",
                "建好第一个部门，接着录入人员。有花名册的点“导入…”，部门会一起建好。",
                *self.desk.next_step(_ADDING, "新增部门", self._add_now),
            )

    def _passes(self, one: PersonRow) -> bool:
        """Whether a person is in view: in the chosen department, in service, as searched."""
        chosen = self.departments.department
        if chosen is not None and one.person.department not in self._listing.within(chosen.id):
            return False
        if has_left(one.person, self.desk.today) and not self.shows_left.isChecked():
            return False
        return bool(people_cases.search_people((one,), self._text))

    def _search(self, text: str) -> None:
        self._text = text
        self._filter()

    @Slot()
    def _filter(self) -> None:
        self.model.filter_rows(self._passes)
        self._count()

    @Slot()
    def _count(self) -> None:
        chosen = self.table.selected_rows()
        shown = f"共 {len(self.model.shown())} 人"
        self._counted.setText(f"{shown}，选中 {len(chosen)} 人" if chosen else shown)
        self._draw_up_button.setEnabled(any(self._in_service(one) for one in chosen))
        self._move_button.setEnabled(len(chosen) == 1 and self._in_service(chosen[0]))

    def _in_service(self, one: PersonRow) -> bool:
        return not has_left(one.person, self.desk.today)

    # --- keys and menu

    def event(self, event: QEvent) -> bool:
        """While the cursor is on this page, Ctrl+N is a new person, not a new company file."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(_ADD)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+N adds."""
        if event.matches(_ADD):
            self._add()
        else:
            super().keyPressEvent(event)

    def _fill_menu(self, menu: QMenu, rows: list[PersonRow]) -> None:
        if not self.desk.may(_ADDING):
            return
        one, alone = rows[0], len(rows) == 1
        stays, named = one.person.left_on is None, one.person.anonymised_on is None

        def offer(text: str, do: Callable[[], object], *, possible: bool) -> None:
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(do)

        offer("编辑…", lambda: self._edit(one), possible=alone and named)
        any_serves = any(self._in_service(each) for each in rows)
        offer("拟定责任书…", self._draw_up, possible=any_serves)
        offer("调岗…", self._move, possible=alone and self._in_service(one))
        menu.addSeparator()
        text, see = ("办理离职…", leave) if stays else ("恢复在职…", take_back)
        offer(text, lambda: see(self.desk, self.window(), one.person), possible=alone and named)
        if any(each.person.left_on is not None for each in rows):
            offer("离职人员信息…", lambda: self._show_left(rows), possible=True)

    # --- doing

    def _add(self) -> None:
        """A new person, or a new department; not before it is known whether there is any."""
        if self._listing.departments:
            self._add_now()
        else:
            self.desk.ask(lambda _: None, lambda _: self._add_now(), owner=self)

    def _add_now(self) -> None:
        """A new person; where there is no department yet, that first."""
        if not self.desk.may(_ADDING):
            return
        if not self._listing.departments:
            self.departments.add(then=lambda made: self._after_change(self._add_to, made))
            return
        chosen = self.departments.department
        self._add_to(chosen.id if chosen else self._listing.only_department())

    def _add_to(self, department: DepartmentId | None, *, again: bool = False) -> None:
        def added(outcome: PersonAdded, into: DepartmentId, more: bool) -> None:
            self._wanted = [outcome.id]
            if more:
                self._after_change(lambda one: self._add_to(one, again=True), into)

        add_person(self.desk, self.window(), self._listing, department, added=added, again=again)

    def _after_change(self, do: Callable[[DepartmentId], object], department: DepartmentId) -> None:
        """Go on once the page has read what was just changed: the worker answers in order."""
        self.desk.ask(lambda _: department, do, owner=self)

    def _show_left(self, rows: list[PersonRow]) -> None:
        from kpidesk.ui.retention.dialog import RetentionDialog

        chosen = [one.person.id for one in rows if one.person.left_on is not None]
        RetentionDialog(self.desk, self.window(), chosen).open()

    @Slot(object)
    def _edit(self, one: PersonRow) -> None:
        if self.desk.may(_ADDING) and one.person.anonymised_on is None:
            edit_person(self.desk, self.window(), self._listing, one.person, self._move_on)

    def _move(self) -> None:
        """Another post for the one person who is chosen."""
        chosen = self.table.selected_rows()
        if len(chosen) == 1 and self._in_service(chosen[0]):
            move(self.desk, self.window(), self._listing, chosen[0].person)

    def _move_on(self, person: PersonId, since: date) -> None:
        """What is left of a move whose post stands in the register already."""
        if one := self._row_of(person):
            move(self.desk, self.window(), self._listing, one.person, since=since)

    def _edit_by_id(self, person: PersonId) -> None:
        self.show_item(person)
        if one := self._row_of(person):
            self._edit(one)

    def _row_of(self, person: PersonId) -> PersonRow | None:
        return next((one for one in self._listing.people if one.person.id == person), None)

    @Slot()
    def _draw_up(self) -> None:
        """On to the contracts of the chosen people who are in service."""
        chosen = self.table.selected_rows()
        people = tuple(one.person.id for one in chosen if self._in_service(one))
        if people:
            self.desk.go("contracts", ("draw_up", people))

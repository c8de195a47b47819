"""Sections of the draft that are a list with a form beside: figures, parameters, pay, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from kpidesk.core.editing.form import form_of
from kpidesk.core.editing.places import at
from kpidesk.core.editing.rows import with_moved_row, with_row, without_row
from kpidesk.core.errors import InvalidValueError
from kpidesk.ui.pages.schemes.editor.form_view import FormView
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import column, label, push_button, row, scrolled, tool_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk

_LIST_WIDTH, _FORM_WIDTH = 250, 440


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list is of: where it stands, how a record is called, what it prints, what is new.

    `more` are the kinds that the button offers, in groups, with what each adds; without, a
    plain one.
    """

    name: str
    what: str
    title: Callable[[Any], str]
    printed: Callable[[Scheme, int], Sequence[str]]
    more: tuple[tuple[tuple[str, Callable[[Scheme], Scheme]], ...], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    place: int
    text: str


class ListedSection(QWidget):
    """`edited` carries a label and a scheme."""

    edited = Signal(str, object)
    refused = Signal(str)
    turned = Signal()
    """Another record is in view."""

    def __init__(self, desk: Desk, scheme: Callable[[], Scheme], listed: Listed) -> None:
        """The first record is shown."""
        super().__init__()
        self._scheme, self._listed = scheme, listed
        self._wanted = 0
        self._showing = False
        look = desk.look
        self.model: RowsModel[_Line] = RowsModel(
            [Column("text", listed.what, lambda one: one.text, stretch=True)],
            key=lambda one: one.place,
        )
        self.table: TableView[_Line] = TableView(desk, self.model, f"scheme-{listed.name}")
        self.table.setSortingEnabled(False)
        self.table.set_empty(f"还没有{listed.what}", listed.hint)
        self.table.chosen.connect(self._choose)
        self.form = FormView(look, scheme)
        self.form.edited.connect(self.edited)
        self.form.refused.connect(self.refused)
        self.add = push_button(look, "添加", self._add, icon="add")
        if listed.more:
            menu = QMenu(self)
            for number, group in enumerate(listed.more):
                if number:
                    menu.addSeparator()
                for text, change in group:
                    action = menu.addAction(text)
                    action.triggered.connect(
                        lambda _=False, text=text, change=change: self._add_kind(text, change)
                    )
            self.add.setMenu(menu)
            self.add.setProperty("kind", "menu")
        tools = row(
            self.add,
            None,
            tool_button(look, "arrow-up", "上移", lambda: self._move(-1)),
            tool_button(look, "arrow-down", "下移", lambda: self._move(1)),
            tool_button(look, "delete", "删除", self._remove),
            spacing=4,
        )
        left, right = QWidget(), QWidget()
        layout = column(tools, self.table)
        layout.setStretch(1, 1)
        left.setLayout(layout)
        hint = label(listed.hint, "muted", wrap=True)
        hint.setVisible(bool(listed.hint))
        right.setLayout(column(hint, self.form, None, spacing=14))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        halves.addWidget(left)
        halves.addWidget(scrolled(right))
        halves.setStretchFactor(1, 1)
        halves.setSizes([_LIST_WIDTH, _FORM_WIDTH])
        self.setLayout(column(halves))

    def take(self) -> bool:
        """Make what was typed a change."""
        return self.form.take()

    def printed(self) -> Sequence[str]:
        """The sentences of the contract on the record in view."""
        scheme, place = self._scheme(), self._wanted
        there = 0 <= place < len(at(scheme, (self._listed.name,)))
        return self._listed.printed(scheme, place) if there else ()

    def curve(self) -> None:
        """No picture."""

    def show_draft(self) -> None:
        """Show the draft as it is now; the chosen record stays chosen."""
        records = at(self._scheme(), (self._listed.name,))
        lines = [_Line(n, self._listed.title(one)) for n, one in enumerate(records)]
        self._showing = True  # the table chooses by itself while it gets other rows
        self.model.show(lines)
        self._wanted = min(max(0, self._wanted), len(lines) - 1)
        if lines:
            self.table.select([self._wanted])
        self._showing = False
        self._show_record()

    def choose(self, place: int) -> None:
        """Bring a record into view."""
        self.table.select([place])

    @Slot()
    def _choose(self) -> None:
        chosen = self.table.selected_rows()
        if not self._showing and chosen and chosen[0].place != self._wanted:
            self.form.take()
            self._wanted = chosen[0].place
            self._show_record()

    def _show_record(self) -> None:
        scheme, name, place = self._scheme(), self._listed.name, self._wanted
        records = at(scheme, (name,))
        if not 0 <= place < len(records):
            self.form.show_parts(())
            return
        self.form.owner = self._listed.title(records[place])
        self.form.show_parts(form_of(scheme, (name, place)))
        self.turned.emit()

    def _change(self, text: str, change: Callable[[Scheme], Scheme]) -> None:
        self.form.take()
        try:
            after = change(self._scheme())
        except InvalidValueError as problem:
            self.refused.emit(str(problem))
        else:
            self.edited.emit(text, after)

    def _add(self) -> None:
        if not self._listed.more:
            self._add_kind(self._listed.what, lambda one: with_row(one, (self._listed.name,)))

    def _add_kind(self, text: str, change: Callable[[Scheme], Scheme]) -> None:
        self.form.take()
        self._wanted = len(at(self._scheme(), (self._listed.name,)))
        self._change(f"增加{text}", change)

    def _remove(self) -> None:
        if self._wanted >= 0:
            path, place = (self._listed.name,), self._wanted
            self._change(f"删除一项{self._listed.what}", lambda one: without_row(one, path, place))

    def _move(self, by: int) -> None:
        path, place = (self._listed.name,), self._wanted
        if 0 <= place + by < len(at(self._scheme(), path)) and place >= 0:
            self._wanted = place + by
            self._change(
                f"移动一项{self._listed.what}",
                lambda one: with_moved_row(one, path, place, place + by),
            )

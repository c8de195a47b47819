"""The first step: for whom contracts are drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, column, label, push_button, row, search_box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.people import PersonRow

_NAMED = 8
_SEARCH_WIDTH = 320


class PeopleStep(QWidget):
    """Everybody in service with a tick box; search by name, number, post or pinyin."""

    changed = Signal()

    def __init__(self, desk: Desk, chosen: Iterable[PersonId]) -> None:
        """`chosen` are ticked already."""
        super().__init__()
        self._chosen = set(chosen)
        self._banner = Banner(desk.look)
        self._said = label("", "muted", wrap=True)
        self.model: RowsModel[PersonRow] = RowsModel(
            [
                Column(
                    "name",
                    "姓名",
                    lambda one: one.person.name,
                    checked=lambda one: one.person.id in self._chosen,
                    toggle=self._tick,
                    width=170,
                ),
                Column("number", "工号", lambda one: one.person.number, width=110),
                Column("department", "部门", lambda one: one.department_name, width=150),
                Column("post", "岗位", lambda one: one.person.post, stretch=True),
            ],
            key=lambda one: one.person.id,
        )
        self.table: TableView[PersonRow] = TableView(desk, self.model, "draw-up-people")
        self.table.set_empty("还没有在职人员", "请先在“人员”页录入人员。")
        self.table.opened.connect(lambda one: self._tick(one, one.person.id not in self._chosen))
        self.search = search_box(desk.look, "姓名、工号、部门、岗位或拼音首字母", self._search)
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        look = desk.look
        bar = row(
            self.search,
            None,
            push_button(look, "勾选列出的全部", self._tick_all, kind="link"),
            push_button(look, "全部取消", self._clear, kind="link"),
        )
        layout = column(self._banner, bar, self.table, self._said, spacing=10)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_people(self, rows: Sequence[PersonRow]) -> None:
        """Offer these people."""
        self._chosen &= {one.person.id for one in rows}
        self.model.show(rows)
        self._tell()

    def chosen(self) -> tuple[PersonId, ...]:
        """Who is ticked, in the order of the list."""
        return tuple(one.person.id for one in self.model.rows() if one.person.id in self._chosen)

    def posts(self) -> tuple[str, ...]:
        """The posts of those who are ticked."""
        rows = self.model.rows()
        return tuple(one.person.post for one in rows if one.person.id in self._chosen)

    def check(self) -> bool:
        """Whether somebody is ticked; says so otherwise."""
        self._banner.say("" if self._chosen else "请至少勾选一个人", Tone.BAD)
        return bool(self._chosen)

    def _search(self, text: str) -> None:
        self.model.filter_text(text, _words)

    def _tick(self, one: PersonRow, is_on: bool) -> None:
        if is_on:
            self._chosen.add(one.person.id)
        else:
            self._chosen.discard(one.person.id)
        self._tell()

    def _tick_all(self) -> None:
        self._chosen |= {one.person.id for one in self.model.shown()}
        self._tell()

    def _clear(self) -> None:
        self._chosen.clear()
        self._tell()

    def _tell(self) -> None:
        self.model.show(self.model.rows())
        names = [one.person.name for one in self.model.rows() if one.person.id in self._chosen]
        shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
        self._said.setText(f"已选 {len(names)} 人：{shown}" if names else "还没有选人")
        if names:
            self._banner.say("")
        self.changed.emit()


def _words(one: PersonRow) -> str:
    person = one.person
    return "\n".join((person.name, person.number, person.post, one.department_name, *one.pinyin))

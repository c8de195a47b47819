"""关键事件: what people did well or badly, with the papers that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.incident import Side
from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.files import FilesButton
from kpidesk.ui.pages.actuals.incident_form import incident_dialog
from kpidesk.ui.pages.actuals.sheets import choice
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, push_button, row, search_box
from kpidesk.usecases import incidents, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.incidents import IncidentRow

_SIDES = (None, Side.GOOD, Side.BAD)
_WORDS = {Side.GOOD: "正", Side.BAD: "负"}
_TONES = {Side.GOOD: Tone.GOOD, Side.BAD: Tone.BAD}
_SIDE_WIDTH = 110


class IncidentsTab(QWidget):
    """Each version stays on record: one that is put right is replaced, never edited."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_incidents`."""
        super().__init__()
        self._desk = desk
        self.sides = choice("正负", _SIDE_WIDTH)
        self.sides.addItems(["正和负", "正", "负"])
        self.sides.currentIndexChanged.connect(lambda _: self._filter())
        self.search = search_box(desk.look, "姓名、经过", lambda _: self._filter())
        look = desk.look
        self._add = push_button(look, "记一件事…", self.add, icon="add")
        self._edit = push_button(look, "修改…", self.mend, icon="edit")
        self._strike = push_button(look, "删去", self.strike, icon="remove")
        self.files = FilesButton(desk, self)
        self._count = label("", "muted")
        desk.only_if("incidents.write_incident", self._add, self._edit, self._strike)
        self.model: RowsModel[IncidentRow] = RowsModel(_columns(), key=lambda one: one.id)
        self.table: TableView[IncidentRow] = TableView(desk, self.model, "incidents")
        self.table.setAccessibleName("关键事件")
        self.table.set_empty(
            "还没有记下关键事件",
            "平时把做得好的、出问题的事记下来，评分和面谈时就有依据。",
            *desk.next_step("incidents.write_incident", "记一件事", self.add),
        )
        self.table.opened.connect(lambda _: self._edit.click())
        self.table.chosen.connect(self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        tools = (self.files.button, self._add, self._edit, self._strike)
        layout.addLayout(row(label("正负"), self.sides, self.search, None, *tools, spacing=8))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self._count, None))

    def show_incidents(self, rows: Sequence[IncidentRow]) -> None:
        """Show everything that stands."""
        self.model.show(rows)
        self._filter()

    def _filter(self) -> None:
        side = _SIDES[max(self.sides.currentIndex(), 0)]
        self.model.filter_rows(None if side is None else lambda one: one.incident.side is side)
        self.model.filter_text(self.search.text())
        self._look()

    def _look(self) -> None:
        chosen = self.table.selected_rows()
        one = chosen[0] if len(chosen) == 1 else None
        self._edit.setEnabled(one is not None)
        self._strike.setEnabled(one is not None)
        self.files.offer(one.incident.files if one is not None else ())
        count = self.model.rowCount()
        self._count.setText(f"共 {count} 件" if count else "")

    # --- what the buttons do

    def add(self) -> None:
        """Ask for an incident."""
        self._ask(None)

    def mend(self) -> None:
        """Ask for what is to stand in place of the chosen one."""
        if chosen := self.table.selected_rows():
            self._ask(chosen[0])

    def _ask(self, old: IncidentRow | None) -> None:
        def offer(rows: Sequence[people.PersonRow]) -> None:
            texts = [(one.person.id, f"{one.person.name}（{one.person.number}）") for one in rows]
            incident_dialog(self._desk, self, texts, old)

        self._desk.ask(
            lambda company: people.list_people(company, include_left=True), offer, owner=self
        )

    def strike(self) -> None:
        """Strike the chosen one out, once confirmed; with a reason where scores are recorded."""
        chosen = self.table.selected_rows()
        if not chosen:
            return
        one = chosen[0]
        title = f"删去 {one.name} {one.incident.on} 的这件事？"
        text = "删去以后不再列出；操作日志和附件仍有留存。"
        if one.is_settled:
            ask_reason(
                self,
                title=title,
                text=f"这一天所在的考核期已经定分。{text}",
                action="删去",
                then=lambda reason: self._do_strike(one, reason),
            )
            return
        confirm(
            self._desk,
            self,
            title=title,
            text=text,
            action="删去",
            then=lambda: self._do_strike(one, ""),
        )

    def _do_strike(self, one: IncidentRow, reason: str) -> None:
        desk = self._desk
        actor, today = desk.officer, desk.today
        desk.act(
            lambda company: incidents.strike_incident(
                company, one.id, reason=reason, actor=actor, today=today
            ),
            lambda _: desk.tell("已删去这件事"),
            owner=self,
        )


def _columns() -> tuple[Column[IncidentRow], ...]:
    return (
        Column("on", "日期", lambda one: one.incident.on.isoformat(), width=104),
        Column("name", "姓名", lambda one: one.name, tip=lambda one: one.department, width=90),
        Column(
            "side",
            "正负",
            lambda one: _WORDS[one.incident.side],
            tone=lambda one: _TONES[one.incident.side],
            width=64,
        ),
        Column(
            "note",
            "经过",
            lambda one: " ".join(one.incident.note.split()),
            tip=lambda one: one.incident.note,
            stretch=True,
        ),
        Column(
            "files",
            "附件",
            lambda one: "、".join(file.name for file in one.incident.files),
            tip=lambda one: "\n".join(file.name for file in one.incident.files),
            width=170,
        ),
        Column("by", "谁登记", lambda one: f"{one.by} {one.incident.entered_on}", width=150),
    )

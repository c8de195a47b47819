"""The third step: what would be imported, and every problem with its ways out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from kpidesk.ui.importing.words import OPEN, WAYS
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Badge, Banner, column, label, push_button, row
from kpidesk.usecases.importing import Action, Decision, Line, Preview, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.importing import Order, Place, Problem

_TONES = {
    Action.NEW: Tone.GOOD,
    Action.CHANGE: Tone.ACCENT,
    Action.SAME: Tone.NEUTRAL,
    Action.SKIPPED: Tone.NEUTRAL,
    Action.WRONG: Tone.BAD,
}
_PERSON = "是 "
_NAMED = 4
_HALF = 220


@dataclass(frozen=True, slots=True)
class _Case:
    """A problem and what was decided about it."""

    problem: Problem
    text: str
    decision: Decision | None


class PreviewStep(QWidget):
    """`decided` when something was decided: the preview is asked for anew."""

    decided = Signal()
    report_wanted = Signal()
    reread_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_preview`."""
        super().__init__()
        self._desk = desk
        self.decisions: dict[Place, Decision] = {}
        self._met: dict[Place, Problem] = {}
        self._people: dict[str, PersonId] = {}
        self._texts: dict[Place, str] = {}
        self.preview: Preview | None = None
        self.badges = {one: Badge(desk.look, "", _TONES[one]) for one in Action}
        self.banner = Banner(desk.look)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("更正理由")
        self.reason.setPlaceholderText("更正理由，例如：3 月回款漏记一笔")
        self.reason.editingFinished.connect(self.decided)
        self.reason.hide()
        self.cases: RowsModel[_Case] = RowsModel(
            (
                Column("cell", "单元格", lambda one: one.problem.address, width=70),
                Column("text", "内容", lambda one: one.text, width=120),
                Column("problem", "问题", _message, tip=_message, stretch=True),
                Column(
                    "way",
                    "怎样处理",
                    self._way,
                    edit=self._decide,
                    choices=self._choices,
                    tone=lambda one: Tone.GOOD if one.decision else Tone.BAD,
                    width=170,
                ),
            ),
            key=lambda one: one.problem.place,
        )
        self.problems: TableView[_Case] = TableView(desk, self.cases, "import-problems", cells=True)
        self.problems.set_empty("没有问题", "每一格都看懂了，可以导入。")
        look = desk.look
        self._tools = QWidget()
        self._tools.setLayout(
            row(
                label("全部："),
                push_button(look, "跳过", lambda: self._decide_all(Way.SKIP), kind="link"),
                push_button(look, "覆盖", lambda: self._decide_all(Way.OVERWRITE), kind="link"),
                push_button(look, "保留原来的", lambda: self._decide_all(Way.KEEP), kind="link"),
                None,
                push_button(look, "导出问题表…", self.report_wanted.emit, kind="link"),
                push_button(look, "改好文件后重新读取", self.reread_wanted.emit, kind="link"),
                spacing=4,
            )
        )
        self._upper = QWidget()
        self._upper.setLayout(column(self._tools, self.problems, spacing=4))
        self._lower = QWidget()
        self._rows_place = QVBoxLayout(self._lower)
        self._rows_place.setContentsMargins(0, 0, 0, 0)
        self.rows: TableView[Line] | None = None
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(self._upper)
        halves.addWidget(self._lower)
        halves.setSizes([_HALF, _HALF])
        counts = row(*self.badges.values(), None, spacing=8)
        layout = column(counts, self.banner, self.reason, halves, spacing=8)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def begin(self, columns_of: Sequence[int], titles: Sequence[str]) -> None:
        """Another file or other columns: nothing is decided yet.

        `columns_of` says where in the file each of the titles stands.
        """
        self.decisions.clear()
        self._met.clear()
        self.reason.clear()
        if self.rows is not None:
            self._rows_place.removeWidget(self.rows)
            self.rows.deleteLater()
        columns: list[Column[Line]] = [
            Column("row", "行", lambda one: str(one.row + 1), right=True, width=56),
            Column(
                "action",
                "结果",
                lambda one: one.action.value,
                tone=lambda one: _TONES[one.action],
                tip=_problems_of,
                width=84,
            ),
        ]
        columns += [
            Column(
                f"cell{n}",
                title,
                partial(_cell, number=n),
                tone=partial(_cell_tone, place=place),
                tip=partial(_cell_tip, place=place),
                width=120,
            )
            for n, (place, title) in enumerate(zip(columns_of, titles, strict=True))
        ]
        model: RowsModel[Line] = RowsModel(columns, key=lambda one: one.row)
        self.rows = TableView(self._desk, model, "import-rows")
        self._rows_place.addWidget(self.rows)

    def show_preview(self, preview: Preview, order: Order) -> None:
        """Show what would happen now."""
        self.preview = preview
        self._people = {f"{_PERSON}{text}": id_ for id_, text in preview.people}
        for one in preview.problems:
            self._met[one.place] = one
            self.decisions.pop(one.place, None)  # what was decided did not settle it
        still = {one.place for one in preview.problems}
        self._met = {k: v for k, v in self._met.items() if k in still or k in self.decisions}
        cases = [
            _Case(one, order.text_at(one.place), self.decisions.get(place))
            for place, one in sorted(self._met.items())
        ]
        self.cases.show(cases)
        self._upper.setVisible(bool(cases))
        for action, badge in self.badges.items():
            count = preview.count(action)
            badge.say(f"{action.value} {count} 行", _TONES[action] if count else Tone.NEUTRAL)
            badge.setVisible(bool(count))
        self.reason.setVisible(
            bool(self.reason.text()) or any("更正理由" in one for one in preview.general)
        )
        if preview.general:
            self.banner.say("\n".join(preview.general), Tone.BAD)
        else:
            self.banner.say("\n".join(preview.notes[:_NAMED]), Tone.ACCENT)
        if self.rows is not None:
            self.rows.rows.show(preview.lines)

    def take_cursor(self) -> bool:
        """Put the cursor where deciding begins; False when there is nothing to decide."""
        if self.cases.rowCount():
            self.problems.setFocus()
            open_ = (n for n, one in enumerate(self.cases.shown()) if one.decision is None)
            place = self.cases.index(next(open_, 0), self.cases.column("way"))
            self.problems.setCurrentIndex(place)
        return bool(self.cases.rowCount())

    # --- deciding

    def _way(self, one: _Case) -> str:
        if one.decision is None:
            return OPEN
        if one.decision.way is Way.PERSON:
            names = (text for text, id_ in self._people.items() if id_ == one.decision.person)
            return next(names, OPEN)
        return WAYS[one.decision.way]

    def _choices(self, one: _Case) -> list[str]:
        texts = [OPEN, *(WAYS[way] for way in one.problem.ways if way in WAYS)]
        return [*texts, *self._people] if Way.PERSON in one.problem.ways else texts

    def _decide(self, one: _Case, text: str) -> None:
        place = one.problem.place
        way = next((way for way, word in WAYS.items() if word == text), None)
        if text in self._people:
            self.decisions[place] = Decision(Way.PERSON, self._people[text])
        elif way is not None:
            self.decisions[place] = Decision(way)
        else:
            self.decisions.pop(place, None)
        self.decided.emit()

    def _decide_all(self, way: Way) -> None:
        """The same for every problem that is open and can be settled so."""
        for place, one in self._met.items():
            if place not in self.decisions and way in one.ways:
                self.decisions[place] = Decision(way)
        self.decided.emit()


def _cell(one: Line, number: int) -> str:
    return one.cells[number]


def _cell_tone(one: Line, place: int) -> Tone | None:
    return Tone.BAD if _cell_tip(one, place) else None


def _cell_tip(one: Line, place: int) -> str:
    return "\n".join(each.message for each in one.problems if each.place[1] == place)


def _message(one: _Case) -> str:
    return one.problem.message


def _problems_of(one: Line) -> str:
    return "\n".join(f"{each.address}：{each.message}" for each in one.problems)

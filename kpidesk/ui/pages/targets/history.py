"""修订记录: what was published when, by whom, why, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QSplitter

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.words import day_text, number_text
from kpidesk.usecases.targets import CellChange, Past

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_SIZE = QSize(940, 520)
_LEFT, _RIGHT = 420, 480


class HistoryDialog(Dialog):
    """Publications at the left, what the chosen one changed at the right."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, past: Sequence[Past]) -> None:
        """`past` with the newest first."""
        super().__init__(parent, f"修订记录：{title}", width=_SIZE.width())
        self.past: RowsModel[Past] = RowsModel(
            [
                Column("number", "次", lambda one: str(one.number), right=True, width=54),
                Column("on", "日期", lambda one: day_text(one.on), width=106),
                Column("by", "经办人", lambda one: one.by, width=84),
                Column("reason", "理由", _reason, tip=_reason, stretch=True),
            ],
            key=lambda one: one.number,
        )
        self.changes: RowsModel[tuple[int, CellChange]] = RowsModel(
            [
                Column("name", "姓名", lambda one: one[1].name, width=100),
                Column("what", "月份", lambda one: one[1].what, stretch=True),
                Column("before", "原为", lambda one: _text(one[1].before), right=True, width=120),
                Column("after", "改为", lambda one: _text(one[1].after), right=True, width=120),
            ],
            key=lambda one: one[0],
        )
        self._left = TableView(desk, self.past, "target-history")
        self._left.setAccessibleName("修订记录")
        self._right = TableView(desk, self.changes, "target-changes")
        self._right.setAccessibleName("改动的目标")
        self._left.set_empty("还没有发布过", "发布以后，每次修订都记在这里。")
        self._right.set_empty("没有改动", "第一次发布，或所选的一次没有改动数字。")
        self._left.chosen.connect(self._show)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        halves.addWidget(self._left)
        halves.addWidget(self._right)
        halves.setSizes([_LEFT, _RIGHT])
        self.body.addWidget(halves, 1)
        self.add_buttons("关闭", reject="")
        self.resize(_SIZE)
        self.past.show(past)
        if past:
            self._left.select([past[0].number])

    @Slot()
    def _show(self) -> None:
        chosen = self._left.selected_rows()
        self.changes.show(tuple(enumerate(chosen[0].changes)) if chosen else ())


def _reason(one: Past) -> str:
    return one.reason or (f"首次发布，{one.people} 人" if one.number == 1 else "")


def _text(figure: Decimal | None) -> str:
    return "空" if figure is None else number_text(figure)

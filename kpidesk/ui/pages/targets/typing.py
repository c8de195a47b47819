"""What the keys of the grid do: each is one change that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from kpidesk.ui.dialogs import show_message
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.targets import edits
from kpidesk.ui.pages.targets.pasting import Target, paste
from kpidesk.usecases import targets

if TYPE_CHECKING:
    from kpidesk.ui.pages.targets.grid import TargetGrid
    from kpidesk.ui.pages.targets.page import TargetsPage
    from kpidesk.ui.pages.targets.rows import GridRow


class Typing(QObject):
    """Typed, cleared, filled, locked, pasted."""

    def __init__(self, page: TargetsPage) -> None:
        """The page holds the plan."""
        super().__init__(page)
        self._page = page

    def connect_grid(self, grid: TargetGrid) -> None:
        """Do what this grid asks for."""
        grid.cleared.connect(self.clear)
        grid.filled.connect(self.fill)
        grid.locked.connect(self.lock)
        grid.pasted.connect(self.paste)

    def type_in(self, shown: GridRow, place: int, text: str) -> None:
        """A figure typed into a cell; ValueError says what is wrong with it."""
        plan = self._page.current()
        figure = targets.read_figure(text, plan.unit)
        what = f"{shown.name}{edits.place_name(plan, place)}"
        cells = {(shown.key, place): figure}
        self._page.push(f"填写{what}", edits.with_cells(plan, {shown.key: shown}, cells))

    def _set(self, label: str, cells: edits.Cells) -> None:
        rows = {one.key: one for one in self._page.rows()}
        self._page.push(label, edits.with_cells(self._page.current(), rows, cells))

    @Slot()
    def clear(self) -> None:
        """Empty the chosen cells."""
        if self._page.grid is not None:
            rows, places = self._page.grid.block()
            self._set("清除", {(one.key, place): None for one in rows for place in places})

    @Slot(bool)
    def fill(self, down: bool) -> None:
        """Fill the chosen block from its first row or column; a cell takes its neighbour's."""
        if self._page.grid is None or self._page.model is None:
            return
        rows, places = self._page.grid.block()
        people = [one for one in rows if not one.is_group]
        if not people or not places:
            return
        if down and len(people) == 1:
            shown = self._page.model.shown()
            above = shown[: self._page.model.find(people[0].key)]
            people = [*[one for one in above if not one.is_group][-1:], *people]
        if not down and len(places) == 1 and (left := places[0] - 1) >= 0:
            places = [left, *places]
        self._set("向下填充" if down else "向右填充", edits.filled(people, places, down=down))

    @Slot()
    def lock(self) -> None:
        """Lock the chosen cells; where all are locked, unlock them."""
        if self._page.grid is None:
            return
        rows, places = self._page.grid.block()
        cells = [
            (one, place) for one in rows for place in places if one.line and one.may_set(place)
        ]
        is_on = not all(one.is_locked(place) for one, place in cells)
        after = edits.with_locks(self._page.current(), rows, places, is_on=is_on)
        self._page.push("锁定" if is_on else "解锁", after)

    @Slot()
    def paste(self) -> None:
        """Paste the clipboard from the upper left of what is chosen on; all of it or nothing."""
        page = self._page
        grid, model, view = page.grid, page.model, page.view
        if grid is None or model is None or view is None:
            return
        first_row, first_column = grid.corner()
        if first_row < 0:
            return
        target = Target(
            view,
            self._page.current(),
            model.shown()[first_row:],
            model.columns[first_column:],
            self._page.grouped.isChecked(),
        )
        try:
            after, count = paste(QGuiApplication.clipboard().text(), target)
        except ValueError as problem:
            show_message(self._page.desk, self._page, "没有粘贴任何内容", str(problem), Tone.WARN)
            return
        if self._page.push(f"粘贴 {count} 个数", after):
            self._page.desk.tell(f"已粘贴 {count} 个数")

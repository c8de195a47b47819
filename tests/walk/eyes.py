"""The eyes of the walk: where on the screen is the button that says 保存?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QMainWindow,
    QMenu,
    QStatusBar,
    QWidget,
)

from kpidesk.ui.table import TableView

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds to wait for something to appear."""


_BOX = 8
"""From the left edge to the middle of the box that is ticked."""


class NotSeenError(AssertionError):
    """Something that the walk expects on the screen did not appear in time."""


class Eyes(QObject):
    """Looks at the widgets on the window's thread, on behalf of the walking thread."""

    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(self._answer)

    @Slot(object)
    def _answer(self, question: Callable[[], None]) -> None:
        question()

    def ask(self, question: Callable[[], T]) -> T:
        """The answer to a question that only the window's thread may ask."""
        done = threading.Event()
        answers: list[T] = []
        problems: list[Exception] = []

        def put() -> None:
            try:
                answers.append(question())
            except Exception as problem:  # noqa: BLE001 - told to who asked
                problems.append(problem)
            finally:
                done.set()

        self._asked.emit(put)
        if not done.wait(PATIENCE):
            msg = "the window does not answer"
            raise NotSeenError(msg)
        if problems:
            raise problems[0]
        return answers[0]

    def wait(self, what: str, question: Callable[[], T | None], patience: float = PATIENCE) -> T:
        """Ask again and again until there is an answer, twice the same: windows move into place."""
        end = time.monotonic() + patience
        before: T | None = None
        while time.monotonic() < end:
            answer = self.ask(question)
            if answer is not None and answer == before:
                return answer
            before = answer
            time.sleep(0.1)
        raise NotSeenError(f"“{what}” is not on the screen")

    def button(self, text: str, number: int = 0, patience: float = PATIENCE) -> tuple[int, int]:
        """The middle of an enabled button or tab; `number` (from 0) of those with that text."""
        return self.wait(text, lambda: _middle(_nth(_all(_buttons(), text), number)), patience)

    def entry(self, text: str) -> tuple[int, int]:
        """The middle of an enabled entry of the menu that is open."""
        return self.wait(text, lambda: _entry(text))

    def field(self, title: str, number: int = 0) -> tuple[int, int]:
        """The middle of the input with this name (the label of its form row)."""
        return self.wait(title, lambda: _middle(_nth(_named(title), number)))

    def cell(self, text: str, column: int | str | None = None) -> tuple[int, int]:
        """The middle of the cell that shows a text, or of a column (by title) of its row."""
        return self.wait(text, lambda: _cell(text, column))

    def front(self) -> bool:
        """Once the window itself has the keyboard again, and no dialog or manual."""
        return self.wait("the window", _is_in_front)

    def editor(self) -> bool:
        """Once a cell can be typed into."""
        return self.wait("the editor of a cell", _has_editor)

    def option(self, text: str) -> tuple[int, int]:
        """The middle of a line of the list that a choice has opened."""
        return self.wait(text, lambda: _option(text))

    def shows(self, text: str) -> bool:
        """Whether a label contains a text now."""
        return self.ask(lambda: next(_labels(text), None) is not None)

    def text(self, text: str, patience: float = PATIENCE) -> tuple[int, int]:
        """The middle of a label that contains a text."""
        return self.wait(text, lambda: _middle(next(_labels(text), None)), patience)

    def told(self, text: str, patience: float = PATIENCE) -> str:
        """What the status bar says, once it contains a text."""
        return self.wait(text, lambda: _status(text), patience)

    def calm(self) -> None:
        """Wait until the program has nothing left to do and no dialog is open."""
        self.wait("已保存", _calm)


def _widgets() -> Iterator[QWidget]:
    """Everything that can be seen; the topmost dialog first, alone while it is modal."""
    modal = QApplication.activeModalWidget()
    tops = [modal] if modal else [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    for top in tops:
        for widget in (top, *top.findChildren(QWidget)):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                yield widget


def _buttons() -> Iterator[QAbstractButton]:
    return (one for one in _widgets() if isinstance(one, QAbstractButton) and one.isEnabled())


def _all(buttons: Iterator[QAbstractButton], text: str) -> list[QWidget]:
    return [one for one in buttons if text in (_plain(one.text()), one.accessibleName())]


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")


def _named(title: str) -> list[QWidget]:
    return [
        one
        for one in _widgets()
        if title in (one.accessibleName(), one.objectName())
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def _nth(widgets: list[QWidget], number: int) -> QWidget | None:
    return widgets[number] if number < len(widgets) else None


def _labels(text: str) -> Iterator[QLabel]:
    return (one for one in _widgets() if isinstance(one, QLabel) and text in one.text())


def _entry(text: str) -> tuple[int, int] | None:
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return None
    found = (one for one in menu.actions() if _plain(one.text()) == text and one.isEnabled())
    action = next(found, None)
    if action is None:
        return None
    where = menu.mapToGlobal(menu.actionGeometry(action).center())
    return where.x(), where.y()


def _status(text: str) -> str | None:
    bars = (one for one in QApplication.allWidgets() if isinstance(one, QStatusBar))
    return next((one.currentMessage() for one in bars if text in one.currentMessage()), None)


def _calm() -> bool | None:
    if QApplication.activeModalWidget() is not None:
        return None
    return True if any(one.text() == "已保存" for one in _labels("已保存")) else None


def _middle(widget: QWidget | None) -> tuple[int, int] | None:
    if widget is None:
        return None
    middle = widget.visibleRegion().boundingRect().center()
    if isinstance(widget, QCheckBox):
        middle.setX(_BOX)  # the box and its words, not the empty room beside them
    where = widget.mapToGlobal(middle)
    return where.x(), where.y()


def _is_in_front() -> bool | None:
    return True if isinstance(QApplication.activeWindow(), QMainWindow) else None


def _has_editor() -> bool | None:
    focus = QApplication.focusWidget()
    return True if focus is not None and focus.property("kind") == "cell" else None


def _option(text: str) -> tuple[int, int] | None:
    popup = QApplication.activePopupWidget()
    if popup is None:
        return None
    views = cast("list[QAbstractItemView]", popup.findChildren(QAbstractItemView))
    for view in views:
        found = [one for one in _indexes(view, QModelIndex()) if text in str(one.data())]
        if found and view.isVisible():
            index = next((one for one in found if one.data() == text), found[0])
            return _in_view(view, index)
    return None


def _in_view(view: QAbstractItemView, index: QModelIndex) -> tuple[int, int]:
    view.scrollTo(index)
    if isinstance(view, TableView):
        view = view.seen_in(index)  # the columns that stay have a view of their own
    middle = view.visualRect(index).intersected(view.viewport().rect()).center()
    where = view.viewport().mapToGlobal(QPoint(middle))
    return where.x(), where.y()


def _number_of(view: QAbstractItemView, column: int | str) -> int | None:
    if isinstance(column, int):
        return column
    model, across = view.model(), Qt.Orientation.Horizontal
    titles = [str(model.headerData(n, across)) for n in range(model.columnCount())]
    return titles.index(column) if column in titles else None


def _cell(text: str, column: int | str | None) -> tuple[int, int] | None:
    for view in _widgets():
        if not isinstance(view, QAbstractItemView) or (model := view.model()) is None:
            continue
        number = None if column is None else _number_of(view, column)
        if column is not None and number is None:
            continue
        found = [one for one in _indexes(view, QModelIndex()) if text in str(one.data())]
        if found:
            index = next((one for one in found if one.data() == text), found[0])
            if number is not None:
                index = model.index(index.row(), number, index.parent())
            return _in_view(view, index)
    return None


def _indexes(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield index
            if column == 0:
                yield from _indexes(view, index)

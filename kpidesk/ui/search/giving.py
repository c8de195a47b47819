"""What pages can do, found by name without visiting them, and done where the button is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu

from kpidesk.ui.gate import KEPT_HIDDEN
from kpidesk.ui.reasons import REASON
from kpidesk.ui.search.actions import Command, plain
from kpidesk.ui.search.needs import NEEDS

if TYPE_CHECKING:
    from kpidesk.ui.pages.base import Page
    from kpidesk.ui.pages.registry import PageEntry
    from kpidesk.ui.window import MainWindow

_ROUNDS = 3
"""So often a page may ask for something more when it has been answered."""


def page_commands(window: MainWindow) -> Iterator[Command]:
    """The commands of every page in the navigation, as the registry has them, of one's role."""
    may = window.desk.may
    for entry in window.entries.values():
        for name in entry.commands if may(entry.needs) else ():
            if may(NEEDS.get(name, "")):
                yield Command(name, entry.name, "", partial(give, window, entry, name))


def give(window: MainWindow, entry: PageEntry, name: str) -> None:
    """Show a page and, once it has loaded, do what its button or menu of that name does."""
    desk = window.desk
    desk.go(entry.key)
    page = window.page
    if page is None or page.title != entry.name:
        return  # what is begun on another page keeps the officer there

    def then(rounds: int) -> None:
        # What the page has asked for stands before this on the worker, and is answered first.
        if rounds:
            desk.ask(lambda _: None, lambda _: then(rounds - 1), owner=page)
        else:
            _do(page, name)

    then(_ROUNDS)


def _do(page: Page, name: str) -> None:
    found = list(doers(page, name))
    ready = next((one for one in found if one.isEnabled()), None)
    match ready:
        case QAction():
            ready.trigger()
        case QAbstractButton():
            ready.click()
        case _:
            reasons = (str(one.property(REASON) or "") for one in found)
            why = next(filter(None, reasons), "请先在列表里选中要处理的内容，或完成前面的步骤")
            page.desk.tell(f"现在还不能“{name}”：{why}")
    for menu in cast("list[QMenu]", page.findChildren(QMenu)):
        menu.aboutToHide.emit()  # they were only looked into


def doers(page: Page, name: str) -> Iterator[QAbstractButton | QAction]:
    """The buttons and actions of a name: those in view first, and those that only begin so last."""
    every: list[QAbstractButton | QAction] = [
        one
        for one in cast("list[QAbstractButton]", page.findChildren(QAbstractButton))
        if one.property("kind") != "menu" and not one.property(KEPT_HIDDEN)
    ]
    every.sort(key=lambda one: isinstance(one, QAbstractButton) and not one.isVisibleTo(page))
    for menu in cast("list[QMenu]", page.findChildren(QMenu)):
        menu.aboutToShow.emit()  # what fills itself, or looks at what is chosen
        every += [one for one in menu.actions() if one.isVisible()]
    for fits in (_same, _begins):
        for one in every:
            if any(fits(text, name) for text in (plain(one.text()), plain(one.toolTip())) if text):
                yield one


def _same(text: str, name: str) -> bool:
    return text == name or text.startswith((f"{name}（", f"{name}，"))


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not _same(text, name)

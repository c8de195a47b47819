"""F1: the chapter of what is on the screen."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import kpidesk.ui
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.manual import ManualWindow
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.window import MainWindow
from kpidesk.usecases.manual import read_manual

Calm = Callable[[Desk], None]


def dialogs() -> Iterator[type[Dialog]]:
    """Every kind of dialog of the program."""
    for module in pkgutil.walk_packages(kpidesk.ui.__path__, "kpidesk.ui."):
        import_module(module.name)
    waiting = [Dialog]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


def test_every_chapter_that_a_dialog_names_is_in_the_manual() -> None:
    manual = read_manual()
    named = {kind.__name__: kind.chapter for kind in dialogs() if kind.chapter}
    assert len(named) > 5
    assert {name: one for name, one in named.items() if manual.find(one) is None} == {}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_f1_opens_the_chapter_of_every_page(window: MainWindow, calm: Calm, entry: object) -> None:
    key = next(one.key for one in PAGES if one is entry)
    window.desk.go(key)
    calm(window.desk)
    page = window.page
    assert page is not None
    assert read_manual().find(page.chapter) is not None, f"手册没有“{page.chapter}”一章"
    window.activateWindow()
    calm(window.desk)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    assert shown(window) == page.chapter


def test_f1_opens_the_chapter_of_a_dialog_and_the_dialog_stays(
    window: MainWindow, calm: Calm
) -> None:
    palette = window.search()
    calm(window.desk)
    QTest.keyClick(palette.line, Qt.Key.Key_F1)
    assert shown(window) == "全局搜索"
    assert QApplication.activeModalWidget() is palette
    palette.reject()


def test_a_dialog_without_a_chapter_leads_to_that_of_its_page(
    window: MainWindow, calm: Calm
) -> None:
    window.desk.go("people", "add")
    calm(window.desk)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert shown(window) == "人员"
    dialog.reject()


def test_what_is_looked_for_in_the_manual_is_found_and_marked(window: MainWindow) -> None:
    window.show_manual()
    manual = window._manual
    assert manual is not None
    manual.search.setText("补充协议 生效")
    assert manual.shown == "补充协议"
    assert manual.text.extraSelections()
    manual.search.setText("没有这样的话")
    assert manual.shown == ""
    manual.show_chapter("打印与签署")
    assert manual.shown == "打印与签署"
    assert manual.search.text() == ""


def test_pictures_of_the_manual_are_never_wider_than_the_window(window: MainWindow) -> None:
    window.show_manual()
    manual = window._manual
    assert manual is not None
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = manual.text.loadResource(kind, QUrl("pictures/home.png"))
    assert 0 < picture.width() <= manual.text.viewport().width()


def shown(window: MainWindow) -> str:
    manual = window._manual
    assert isinstance(manual, ManualWindow)
    assert manual.isVisible()
    title = manual.shown
    QTest.keyClick(manual.text, Qt.Key.Key_Escape)
    assert not manual.isVisible()
    return title

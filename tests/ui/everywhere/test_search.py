"""Ctrl+K: what is typed, what is found, and where Enter leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from kpidesk.core.contract import ContractState
from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.ui.pages.contracts.output import CopiesDialog
from kpidesk.ui.pages.pay import PayPage
from kpidesk.ui.pages.pay.what_if import WhatIfDialog
from kpidesk.ui.pages.people import PeoplePage
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.pages.scoring import ScoringPage
from kpidesk.ui.search.giving import doers
from kpidesk.ui.search.palette import Palette
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import people

Calm = Callable[[Desk], None]
Ask = Callable[[str], Palette]


@pytest.fixture
def ask(window: MainWindow, calm: Calm, qtbot: QtBot) -> Ask:
    """Open the search and type."""

    def typed(text: str) -> Palette:
        window.activateWindow()
        palette = window.search()
        calm(window.desk)
        palette.line.setText(text)
        finder = window._finder
        assert finder is not None
        qtbot.waitUntil(lambda: finder._tasks is not None and finder._tasks.pending == 0)
        return palette

    return typed


def press_enter(palette: Palette, window: MainWindow, calm: Calm) -> None:
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    for _ in range(500):
        if not shiboken6.isValid(palette) or not palette.isVisible():
            break
        QTest.qWait(10)
    calm(window.desk)


def titles(palette: Palette) -> list[str]:
    return [one.title for one in palette.model.shown()]


@pytest.mark.parametrize("text", ["黄志远", "hzy", "huangzhiyuan", "HUANGZHI"])
def test_a_person_is_found_by_name_and_by_letters_and_enter_chooses_them(
    ask: Ask, window: MainWindow, calm: Calm, text: str
) -> None:
    palette = ask(text)
    QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert titles(palette)[0] == "黄志远"
    press_enter(palette, window, calm)
    page = cast("PeoplePage", window.page)
    assert [one.person.name for one in page.table.selected_rows()] == ["黄志远"]


def test_a_contract_is_found_by_its_number_and_opened(
    ask: Ask, window: MainWindow, calm: Calm
) -> None:
    palette = ask("大客户部-2026-002")
    assert titles(palette)[0] == "赵明轩　责任书 大客户部-2026-002"
    press_enter(palette, window, calm)
    page = cast("ContractsPage", window.page)
    opened = next(one for one in page.model.rows() if one.id == page.view.contract)
    assert opened.number == "大客户部-2026-002"
    page.view.close_contract()


def test_a_sheet_and_a_statement_are_found_by_person_and_period(
    ask: Ask, window: MainWindow, calm: Calm
) -> None:
    palette = ask("黄志远 2025年11月")
    assert titles(palette) == ["黄志远　2025年11月评分表"]
    press_enter(palette, window, calm)
    view = cast("ScoringPage", window.page).pane.view
    assert view is not None
    assert (view.contract.party_b.name, view.sheet.cycle.key) == ("黄志远", "2025-11")
    palette = ask("黄志远 第2季度薪酬")
    assert titles(palette) == ["黄志远　2025年第2季度薪酬结算单"]
    press_enter(palette, window, calm)
    page = cast("PayPage", window.page)
    assert page.view is not None
    assert page.view.period.key == "2025Q2"
    assert page.people.table.selected_rows()[0].subject == "黄志远"


def test_enter_right_after_typing_opens_what_the_words_find(
    window: MainWindow, calm: Calm, qtbot: QtBot
) -> None:
    palette = window.search()
    calm(window.desk)
    palette.line.setText("报表")  # still shown: what was opened last, and the first menu entry
    press_enter(palette, window, calm)
    qtbot.waitUntil(lambda: window.page is window._pages.get("reports"))
    calm(window.desk)


def test_commands_of_the_menus_and_pages_are_found_by_name_and_by_letters(
    ask: Ask, window: MainWindow, calm: Calm
) -> None:
    palette = ask("jcsjk")
    assert titles(palette) == ["检查数据库"]
    palette.reject()
    palette = ask("归档")
    assert "归档" in titles(palette)
    press_enter(palette, window, calm)
    assert window.page is window._pages["filing"]


@pytest.mark.parametrize("text", ["打印责任书 黄志远", "打印责任书黄志远", "dyzrs hzy"])
def test_what_is_to_be_done_with_a_person_is_done_at_once(
    ask: Ask, window: MainWindow, calm: Calm, text: str
) -> None:
    palette = ask(text)
    assert titles(palette)[0] == "打印责任书：黄志远"
    press_enter(palette, window, calm)
    dialog = cast("CopiesDialog", QApplication.activeModalWidget())
    assert isinstance(dialog, CopiesDialog)
    page = cast("ContractsPage", window.page)
    [row] = page.chosen()
    assert (row.person_name, row.state is ContractState.VOID) == ("黄志远", False)
    dialog.reject()
    page.view.close_contract()


def test_what_was_opened_last_is_offered_before_anything_is_typed(
    ask: Ask, window: MainWindow, calm: Calm
) -> None:
    press_enter(ask("QM009"), window, calm)
    palette = ask("")
    assert titles(palette)[0] == "张䶮"
    palette.reject()


def test_nothing_found_is_said_and_arrows_move_while_typing(ask: Ask) -> None:
    palette = ask("没有这样的东西")
    assert titles(palette) == []
    assert palette.table._empty.isVisible()
    palette.line.setText("")
    palette.reject()
    palette = ask("责任书")
    first = palette.table.current_row()
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    second = palette.table.current_row()
    assert first is not None
    assert second is not None
    assert palette.model.find(second.key) == palette.model.find(first.key) + 1
    palette.reject()


def test_what_changed_is_found_by_what_it_is_now(ask: Ask, window: MainWindow, calm: Calm) -> None:
    ask("").reject()
    desk = window.desk
    company = desk.company
    assert company is not None
    row = next(one for one in people.list_people(company) if one.person.name == "林雨桐")

    person = replace(row.person, post="渠道经理")
    desk.act(lambda one: people.edit_person(one, person, actor="李梅", today=desk.today))
    calm(desk)
    palette = ask("渠道经理")
    assert "林雨桐" in titles(palette)
    palette.reject()


@pytest.mark.parametrize("key", [one.key for one in PAGES])
def test_what_the_registry_says_of_a_page_is_on_it_and_all_of_its_header(
    window: MainWindow, calm: Calm, key: str
) -> None:
    window.show_page(key)
    calm(window.desk)
    page, entry = window.page, window.entries[key]
    assert page is not None
    assert page.title == entry.name
    known = {name: list(doers(page, name)) for name in entry.commands}
    assert all(known.values()), [name for name, found in known.items() if not found]
    every = {one for found in known.values() for one in found}
    heads = [page.tools.itemAt(n).widget() for n in range(page.tools.count())]
    menus = [menu for one in heads if one for menu in cast("list[QMenu]", one.findChildren(QMenu))]
    offered: list[QAbstractButton | QAction] = [
        one
        for one in heads
        if isinstance(one, QPushButton) and one.isVisible() and one.property("kind") != "menu"
    ]
    offered += [one for menu in menus for one in menu.actions() if one.text() and one.isVisible()]
    forgotten = [one.text() for one in offered if one not in every]
    assert not forgotten, "the search would not know them"


def test_an_action_of_a_page_is_found_and_done_there(
    ask: Ask, window: MainWindow, calm: Calm
) -> None:
    palette = ask("xzry")
    assert "新增人员" in titles(palette)
    palette.reject()
    palette = ask("测算")
    assert titles(palette)[0] == "测算"
    press_enter(palette, window, calm)
    assert window.page is window._pages["pay"]
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WhatIfDialog)
    dialog.reject()
    palette = ask("登记签署")
    found: list[str] = []
    window.desk.told.connect(found.append)
    press_enter(palette, window, calm)
    assert window.page is window._pages["contracts"]
    assert found[-1].startswith("现在还不能“登记签署”")

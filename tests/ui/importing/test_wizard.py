"""The wizard 导入…, walked through as an officer does, on real files and a real company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpidesk.exchange.workbook.reader import read_workbook
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.files import write_whole
from kpidesk.ui.importing import ImportDialog
from kpidesk.ui.pages.people import PeoplePage
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.table.exporting import table_values
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.company import Company
from kpidesk.usecases.exporting import table_workbook
from kpidesk.usecases.importing import Action, Way
from tests.exchange.books import write_book

Settle = Callable[[Desk], None]
HEADS = ["工号", "姓名", "部门", "岗位", "直属上级", "入职日期"]


def staff(desk: Desk) -> list[str]:
    company = cast("Company", desk.company)
    return [one.person.name for one in people_cases.list_people(company)]


@pytest.fixture
def page(company_desk: Desk, qtbot: QtBot, settle: Settle) -> PeoplePage:
    made = PeoplePage(company_desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    settle(company_desk)
    return made


def wizard(widget: QWidget) -> ImportDialog:
    return cast("list[ImportDialog]", widget.window().findChildren(ImportDialog))[-1]


def opened(page: PeoplePage, path: Path, settle: Settle) -> ImportDialog:
    page.import_table()
    dialog = wizard(page)
    settle(page.desk)
    dialog.read(path)
    settle(page.desk)
    settle(page.desk)
    return dialog


def press(dialog: ImportDialog, settle: Settle, desk: Desk) -> None:
    assert dialog.accept_button.isEnabled()
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)


def test_people_are_imported_with_three_presses_of_enter(
    page: PeoplePage, tmp_path: Path, settle: Settle
) -> None:
    rows = [HEADS, ["G001", "王小明", "销售部", "客户经理", "", "2025-1-5"]]
    dialog = opened(page, write_book(tmp_path / "名册.xlsx", rows), settle)
    assert dialog.step == 1
    meanings = dialog.columns.model.column("meaning")
    shown = [dialog.columns.model.index(n, meanings).data() for n in range(6)]
    assert shown == HEADS
    for _ in range(3):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        settle(page.desk)
        settle(page.desk)
    settle(page.desk)
    assert staff(page.desk) == ["王小明"]
    assert [one.person.name for one in page.model.rows()] == ["王小明"]


def test_problems_are_shown_at_their_cells_and_settled_one_by_one(
    page: PeoplePage, tmp_path: Path, settle: Settle
) -> None:
    rows = [
        HEADS,
        ["G001", "王小明", "销售部", "客户经理", "没有的人", "2025-1-5"],
        ["G002", "李大山", "销售部", "总监", "", "1月5日"],
        ["G003", "赵一", "销售部", "经理", "", ""],
    ]
    dialog = opened(page, write_book(tmp_path / "名册.xlsx", rows), settle)
    press(dialog, settle, page.desk)
    step = dialog.preview
    assert dialog.step == 2
    assert not dialog.accept_button.isEnabled()
    assert [one.problem.address for one in step.cases.rows()] == ["E2", "F3"]
    tables = (step.cases, cast("TableView[Any]", step.rows).rows)
    for model in tables:
        QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Fatal
        ).deleteLater()
    way = step.cases.column("way")
    assert step.cases.setData(step.cases.index(0, way), "保留原来的")
    settle(page.desk)
    assert step.cases.index(0, way).data() == "保留原来的"
    assert step.cases.setData(step.cases.index(0, way), "请选择…")
    settle(page.desk)
    assert step.cases.index(0, way).data() == "请选择…"
    step._decide_all(Way.KEEP)
    settle(page.desk)
    step._decide_all(Way.SKIP)
    settle(page.desk)
    assert step.preview is not None
    assert step.preview.count(Action.SKIPPED) == 1
    assert dialog.accept_button.text() == "导入 2 行"
    press(dialog, settle, page.desk)
    assert dialog.step == 3
    assert staff(page.desk) == ["王小明", "赵一"]


def test_the_meaning_of_a_column_is_chosen_and_remembered(
    page: PeoplePage, tmp_path: Path, settle: Settle
) -> None:
    rows = [["号", "谁", "何处", "何职"], ["G001", "王小明", "销售部", "客户经理"]]
    path = write_book(tmp_path / "名册.xlsx", rows)
    dialog = opened(page, path, settle)
    model = dialog.columns.model
    press(dialog, settle, page.desk)
    assert "请指定哪一列" in dialog.preview.banner.text()
    dialog.go_back()
    for number, title in enumerate(("工号", "姓名", "部门", "岗位")):
        assert model.setData(model.index(number, model.column("meaning")), title)
    press(dialog, settle, page.desk)
    assert dialog.preview.preview is not None
    assert not dialog.preview.preview.general, dialog.columns.mapping
    press(dialog, settle, page.desk)
    assert staff(page.desk) == ["王小明"]
    dialog.accept()
    again = opened(page, path, settle)
    assert again.columns.mapping == {0: "number", 1: "name", 2: "department", 3: "post"}


def test_a_file_that_cannot_be_read_is_named_with_its_reason(
    page: PeoplePage, tmp_path: Path, settle: Settle
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    dialog = opened(page, bad, settle)
    assert dialog.step == 0
    assert "坏.xlsx" in dialog.source.banner.text()
    assert not dialog.accept_button.isEnabled()


def test_a_workbook_dropped_on_the_window_opens_the_wizard(
    company_desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    window = MainWindow(company_desk, CompanyFiles(company_desk, tmp_path / "样例.kpidesk"))
    qtbot.addWidget(window)
    window._show_company()
    window.show()
    settle(company_desk)
    path = write_book(tmp_path / "名册.xlsx", [HEADS, ["G001", "王小明", "销售部", "经理", "", ""]])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    place, button = QPoint(50, 50), Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(place, action, mime, button, none))
    settle(company_desk)
    settle(company_desk)
    dialog = wizard(window)
    assert dialog.step == 1


def test_a_table_is_exported_as_it_is_seen_and_texts_are_no_formulas(
    company_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [("=1+1", "1,234.50", "2026-01-05"), ("http://x", "", "在职"), ("@x", "-3", "")]
    columns: list[Column[tuple[str, str, str]]] = [
        Column("text", "说明", lambda one: one[0]),
        Column("money", "金额", lambda one: one[1], right=True),
        Column("day", "日期", lambda one: one[2]),
        Column("none", "不显示", lambda one: one[0], hidden=True),
    ]
    model: RowsModel[tuple[str, str, str]] = RowsModel(columns, key=lambda one: one)
    table = TableView(company_desk, model, "export-test")
    qtbot.addWidget(table)
    model.show(rows)
    titles, values = table_values(table)
    assert titles == ["说明", "金额", "日期"]
    assert values[0] == ["=1+1", Decimal("1234.50"), date(2026, 1, 5)]
    path = tmp_path / "表.xlsx"
    write_whole(path, table_workbook("人员", titles, values))
    (sheet,) = read_workbook(path)
    assert sheet.rows[0] == ("说明", "金额", "日期")
    assert sheet.rows[1] == ("=1+1", 1234.5, date(2026, 1, 5))
    assert sheet.rows[2] == ("http://x", "", "在职")
    assert not sheet.valueless

"""报表: charts of the company, a department, a person; copied, saved, printed, exported."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog

from kpidesk.core.chart import Chart
from kpidesk.ui import printing
from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.reports import ReportsPage
from kpidesk.ui.table.exporting import table_values
from kpidesk.usecases.company import open_company

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kpidesk.ui.pages.reports.rows import Line
    from kpidesk.ui.table import TableView

Settle = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, settle: Settle, qtbot: QtBot, sample_file: Path) -> ReportsPage:
    desk.tasks.run(lambda: open_company(sample_file), lambda one: desk.set_company(one, "苏婉宁"))
    settle(desk)
    made = ReportsPage(desk)
    qtbot.addWidget(made)
    made.resize(1104, 690)
    made.show()
    calm(made, settle)
    return made


def calm(page: ReportsPage, settle: Settle) -> None:
    for _ in range(4):
        settle(page.desk)


def show(page: ReportsPage, settle: Settle, chart: Chart) -> list[list[object]]:
    page.sections.choose(list(Chart).index(chart))
    calm(page, settle)
    table = cast("TableView[Line]", page.tables.currentWidget())
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert table.horizontalScrollBar().maximum() == 0
    return cast("list[list[object]]", table_values(table)[1])


def save_as(page: ReportsPage, path: Path, settle: Settle) -> None:
    [dialog] = cast("list[QFileDialog]", page.findChildren(QFileDialog))
    dialog.fileSelected.emit(str(path))
    dialog.close()
    dialog.deleteLater()
    calm(page, settle)


def test_each_chart_of_the_company_has_its_picture_and_its_table(
    page: ReportsPage, settle: Settle
) -> None:
    assert page.year.raw() == "2025年"
    assert page.about == "全公司"
    months = show(page, settle, Chart.TREND)
    assert months[0] == ["2025年1月", Decimal("81.6"), None, Decimal(7)]
    assert len(months) == 12
    assert page.chart.canvas.page_count == 1
    spread = show(page, settle, Chart.SPREAD)
    assert [line[1] for line in spread] == [2, 6, 4, 0, 0]
    assert show(page, settle, Chart.DIMENSIONS)[0][:2] == ["定量", Decimal("74.3")]
    places = show(page, settle, Chart.RANKING)
    assert [line[0] for line in places] == list(range(1, 13))
    assert not page.scheme.isVisible(), "people of all schemes are compared by their rates"
    names = [line[0] for line in show(page, settle, Chart.DEPARTMENTS)]
    assert "大客户部" in names
    assert page.chart.canvas.page_count == 1


def test_a_department_and_a_person_are_compared_with_the_company(
    page: ReportsPage, settle: Settle
) -> None:
    box = page.whom.findChild(type(page.whom._box))
    assert box is not None
    line = box.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "QM009")
    QTest.keyClick(line, Qt.Key.Key_Return)
    calm(page, settle)
    record = page.record
    assert record is not None
    assert {one.number for one in record.members} == {"QM009"}
    months = show(page, settle, Chart.TREND)
    assert [line[2] for line in months] == [1] * 12
    assert months[0][1] != months[0][3]
    places = show(page, settle, Chart.RANKING)
    assert len(places) == 12
    table = cast("TableView[Line]", page.tables.currentWidget())
    assert [one.whose for one in table.selected_rows()] == ["QM009"]
    page.show_item(("department", "大客户部"))
    calm(page, settle)
    assert page.about == "大客户部"
    assert len(show(page, settle, Chart.RANKING)) == 9


def test_a_chart_is_copied_saved_and_printed_as_it_is_seen(
    page: ReportsPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(page, settle, Chart.DIMENSIONS)
    page.activateWindow()
    QTest.keySequence(page, "Ctrl+Shift+P")
    calm(page, settle)
    copied = QGuiApplication.clipboard().image()
    assert copied.width() > 2000
    page.chart.png.click()
    save_as(page, tmp_path / "图.png", settle)
    assert QImage(str(tmp_path / "图.png")).size() == copied.size()
    page.chart.pdf.click()
    save_as(page, tmp_path / "图.pdf", settle)
    [sheet] = PdfReader(tmp_path / "图.pdf").pages
    text = sheet.extract_text()
    assert "各维度" in text
    assert "大客户经理/专员绩效考核指标" in text
    assert "2025年度" in text
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    monkeypatch.setattr(printing, "choose_printer", lambda *_: printer)
    page.chart.print.click()
    calm(page, settle)
    assert len(PdfReader(tmp_path / "印.pdf").pages) == 1


def test_a_year_without_results_says_what_to_do(
    company_desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    made = ReportsPage(company_desk)
    qtbot.addWidget(made)
    made.show()
    calm(made, settle)
    assert made.chart.canvas.page_count == 0
    assert "到“评分”录入并定分" in made.chart.said
    assert not made.chart.copy.isEnabled()

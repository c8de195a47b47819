"""The page of actuals: typed and pasted as in a spreadsheet, undone, explained, never half done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kpidesk.core.incident import Side
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.forms.attachments import FilesField
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals import ActualsPage
from kpidesk.ui.pages.actuals.grid import Grid
from kpidesk.ui.pages.actuals.page import BY_ITEM, BY_PERSON, INCIDENTS, LINES, MATRIX
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.ui.table.model import SHADE
from kpidesk.usecases import actuals, people
from kpidesk.usecases.actuals import BookRef
from kpidesk.usecases.company import create_company, open_company
from tests.hostile_clipboard import HOSTILE_BLOCKS
from tests.ui.scoring.scorer import Settle, children
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month

PAY = BookRef("client-department", 2026)
APRIL = Period.months(2026, 4, 1)


@pytest.fixture(scope="session")
def selling_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client department whose March is settled; tests work on copies."""
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    path = tmp_path_factory.mktemp("selling") / "龙华.kpidesk"
    company = create_company(path, name="龙华贸易有限公司", representative="李雷", **who)
    unit = people.add_department(company, name="客户部", **who).id
    director = people.add_person(
        company, number="001", name="孙总", department=unit, post="总监", **who
    ).id
    payroll = department(Office(company, unit, director, PersonId(0), who))
    fill_month(payroll, "m03", {"张三": 120_000, "李四": 80_000})
    payroll.settle(MARCH)
    company.close()
    return path


@dataclass
class Clerk:
    """Hands and eyes on the page."""

    page: ActualsPage
    settle_desk: Callable[[Desk], None]

    def settle(self) -> None:
        """Wait until everything was answered and shown."""
        for _ in range(3):
            self.settle_desk(self.page.desk)
            QTest.qWait(1)

    @property
    def grid(self) -> Grid:
        """The grid in view."""
        section = self.page.section
        assert section is not None
        assert section.grid is not None
        return section.grid

    def collections(self) -> Grid:
        """Everybody's collections."""
        self.page.tabs.show_section(BY_ITEM)
        self.page.by_item.choose("collected")
        self.settle()
        return self.grid

    def row(self, name: str) -> int:
        """The number of the row of a title."""
        return next(n for n, one in enumerate(self.grid.rows.shown()) if one.title == name)

    def at(self, name: str, month: str) -> None:
        """Put the cursor on a cell."""
        titles = [one.title for one in self.grid.rows.columns]
        index = self.grid.rows.index(self.row(name), titles.index(month))
        self.grid.setFocus()
        flags = QItemSelectionModel.SelectionFlag
        self.grid.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)

    def text(self, name: str, month: str) -> str:
        """What a cell shows."""
        titles = [one.title for one in self.grid.rows.columns]
        return str(self.grid.rows.index(self.row(name), titles.index(month)).data())

    def type(self, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type over the cell with the cursor, and confirm."""
        QTest.keyClicks(self.grid, text[0])
        (editor,) = children(self.grid, QLineEdit)
        QTest.keyClicks(editor, text[1:])
        QTest.keyClick(editor, key)
        self.settle()

    def press(self, key: Qt.Key, *, control: bool = False) -> None:
        """A key on the grid."""
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.grid, key, held)
        self.settle()

    def paste(self, text: str) -> None:
        """Ctrl+V."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, control=True)

    def dialog(self) -> Dialog:
        """The dialog that is open."""
        (found,) = [one for one in children(self.page, Dialog) if one.isVisible()]
        return found

    def stored(self, name: str, days: Period, item: str = "collected") -> Decimal | None:
        """What stands in the file."""
        company = self.page.desk.company
        assert company is not None
        found: list[Any] = []
        self.page.desk.ask(lambda one: actuals.load_book(one, PAY), found.append)
        self.settle()
        who = next(one.id for one in found[0].people if one.name == name)
        value = found[0].actuals[who, item, days].value
        assert value is None or isinstance(value, Decimal)
        return value


@pytest.fixture
def clerk(desk: Desk, qtbot: QtBot, settle: Settle, selling_file: Path, tmp_path: Path) -> Clerk:
    path = Path(shutil.copy(selling_file, tmp_path))
    desk._today = lambda: date(2026, 6, 5)
    desk.tasks.run(lambda: open_company(path), lambda company: desk.set_company(company, "王芳"))
    settle(desk)
    page = ActualsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    made = Clerk(page, settle)
    made.settle()
    return made


def test_typing_goes_down_with_enter_and_right_with_tab(clerk: Clerk) -> None:
    grid = clerk.collections()
    QAbstractItemModelTester(grid.rows)
    clerk.at("张三", "4月")
    clerk.type("50000.5")
    assert grid.currentIndex().row() == clerk.row("李四")
    clerk.type("7", Qt.Key.Key_Tab)
    assert grid.rows.columns[grid.currentIndex().column()].title == "5月"
    assert clerk.text("张三", "4月") == "50,000.5"
    assert clerk.text("李四", "4月") == "7.0"
    assert clerk.text("张三", "3月") == "120,000.0"
    assert clerk.stored("张三", APRIL) == Decimal("50000.5")
    assert clerk.stored("李四", APRIL) == Decimal(7)


def test_what_was_typed_is_undone_and_done_again(clerk: Clerk) -> None:
    clerk.collections()
    clerk.at("张三", "4月")
    clerk.type("5")
    clerk.page.undo.undo()
    clerk.settle()
    assert clerk.stored("张三", APRIL) is None
    clerk.page.undo.redo()
    clerk.settle()
    assert clerk.stored("张三", APRIL) == Decimal(5)


def test_a_missing_cell_is_empty_and_shaded_never_zero(clerk: Clerk) -> None:
    grid = clerk.collections()
    index = grid.rows.index(clerk.row("张三"), 2)  # April is over
    assert (index.data(), index.data(SHADE)) == ("", Tone.WARN)
    later = grid.rows.index(clerk.row("张三"), 5)
    assert (later.data(), later.data(SHADE)) == ("", None)
    settled = grid.rows.index(clerk.row("张三"), 1)
    assert (settled.data(), settled.data(SHADE)) == ("120,000", Tone.NEUTRAL)
    # Scrolled sideways, the names stay in view.
    clerk.page.resize(700, 640)
    clerk.settle()
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    name = grid.frozen.visualRect(grid.rows.index(0, 0))
    assert name.width() > 0
    assert grid.frozen.viewport().rect().contains(name.center())
    assert grid.frozen.isColumnHidden(1)


def test_a_block_is_pasted_whole_and_undone_whole(clerk: Clerk) -> None:
    clerk.collections()
    clerk.at("张三", "4月")
    clerk.paste("￥1,000\t２万\n3千\t4\n")
    assert "3千" in " ".join(one.text() for one in children(clerk.dialog(), QLabel))
    clerk.dialog().accept_button.click()
    assert clerk.stored("张三", APRIL) is None  # all or nothing
    clerk.paste("￥1,000\t２万\n3000元\t4\n")
    assert clerk.stored("张三", APRIL) == Decimal(1000)
    assert clerk.stored("李四", Period.months(2026, 5, 1)) == Decimal(4)
    clerk.page.undo.undo()
    clerk.settle()
    assert clerk.stored("李四", Period.months(2026, 5, 1)) is None


@pytest.mark.parametrize("what", HOSTILE_BLOCKS)
def test_whatever_lies_on_the_clipboard_is_refused_in_words_and_nothing_is_entered(
    clerk: Clerk, what: str
) -> None:
    grid = clerk.collections()
    before = [grid.rows.index(row, 2).data() for row in range(grid.rows.rowCount())]
    clerk.at("张三", "4月")
    grid.pasted.emit(HOSTILE_BLOCKS[what], clerk.row("张三"), 3)  # no clipboard takes all of them
    clerk.settle()
    dialog = clerk.dialog()
    texts = [one.text() for one in children(dialog, QLabel)]
    assert any("一个数也没有填入" in one for one in texts)
    assert all(len(one) < 3000 for one in texts)
    assert {one.textFormat() for one in children(dialog, QLabel) if one.text()} == {
        Qt.TextFormat.PlainText
    }
    dialog.accept_button.click()
    assert before == [grid.rows.index(row, 2).data() for row in range(grid.rows.rowCount())]
    assert clerk.page.undo.count() == 0


def test_delete_takes_back_and_fill_down_copies(clerk: Clerk) -> None:
    grid = clerk.collections()
    clerk.at("张三", "4月")
    clerk.type("9")
    clerk.at("张三", "4月")
    below = grid.rows.index(clerk.row("李四"), 2)
    grid.selectionModel().select(below, QItemSelectionModel.SelectionFlag.Select)
    clerk.press(Qt.Key.Key_D, control=True)
    assert clerk.stored("李四", APRIL) == Decimal(9)
    clerk.at("张三", "4月")
    clerk.press(Qt.Key.Key_Delete)
    assert clerk.stored("张三", APRIL) is None
    assert clerk.text("张三", "4月") == ""


def test_a_settled_month_is_corrected_with_its_reason(clerk: Clerk) -> None:
    clerk.collections()
    clerk.at("张三", "3月")
    clerk.type("130000")
    dialog = clerk.dialog()
    assert isinstance(dialog, ReasonDialog)
    dialog.reject()
    clerk.settle()
    assert clerk.text("张三", "3月") == "120,000"  # nothing was changed
    clerk.at("张三", "3月")
    clerk.type("130000")
    dialog = clerk.dialog()
    assert isinstance(dialog, ReasonDialog)
    dialog._edit.setPlainText("漏了一笔")
    dialog.accept_button.click()
    clerk.settle()
    assert clerk.stored("张三", Period.months(2026, 3, 1)) == Decimal(130_000)
    assert not clerk.page.undo.canUndo()


def test_a_month_that_has_not_begun_is_asked_about_once(clerk: Clerk) -> None:
    clerk.collections()
    name = clerk.grid.rows.shown()[0].title
    december, november = Period.months(2026, 12, 1), Period.months(2026, 11, 1)
    clerk.at(name, "12月")
    clerk.type("12")
    dialog = clerk.dialog()
    assert dialog.windowTitle() == "12月还没有开始"
    told = "".join(one.text() for one in children(dialog, QLabel))
    assert "今天是 2026-06-05" in told
    assert f"{name}　12月" in told
    dialog.reject()
    clerk.settle()
    assert clerk.stored(name, december) is None
    assert clerk.text(name, "12月") == ""
    clerk.at(name, "11月")
    clerk.paste("11\t12")
    dialog = clerk.dialog()
    assert dialog.windowTitle() == "11月至12月还没有开始"
    dialog.accept()
    clerk.settle()
    assert clerk.stored(name, november) == Decimal(11)
    clerk.at(name, "12月")
    clerk.type("13")  # said once, it is meant
    assert clerk.stored(name, december) == Decimal(13)
    clerk.at(name, "6月")
    clerk.type("6")  # the month that runs is no slip
    assert clerk.stored(name, Period.months(2026, 6, 1)) == Decimal(6)


def test_what_is_wrong_stays_in_its_cell_with_the_reason(clerk: Clerk) -> None:
    clerk.page.by_item.choose("base_salary")
    clerk.at("张三", "4月")
    clerk.type("-5")
    assert clerk.text("张三", "4月") == "-5"
    assert "不小于零" in clerk.grid.rows.refusals[0]


def test_f4_tells_who_entered_what_from_where_and_before(clerk: Clerk) -> None:
    clerk.collections()
    clerk.page.source.setText("银行对账单")
    clerk.at("张三", "4月")
    clerk.type("5")
    clerk.at("张三", "4月")
    clerk.type("6")
    clerk.at("张三", "4月")
    clerk.press(Qt.Key.Key_F4)
    told = [one.text() for one in children(clerk.page.origin, QLabel) if one.isVisible()]
    assert "张三　4月　回款" in told
    assert told[-6:] == [
        "6", "王芳　2026-06-05", "依据：银行对账单",
        "以前：5", "王芳　2026-06-05", "依据：银行对账单",
    ]  # fmt: skip
    clerk.press(Qt.Key.Key_F4)
    assert clerk.page.origin.isHidden()


def test_the_matrix_leads_to_the_very_cell(clerk: Clerk) -> None:
    page = clerk.page
    page.tabs.show_section(MATRIX)
    table = page.matrix.table
    assert table is not None
    QAbstractItemModelTester(table.rows)
    number = next(n for n, one in enumerate(table.rows.shown()) if one.who.name == "李四")
    texts = [table.rows.index(number, one).data() for one in range(1, 6)]
    assert texts == ["齐", "缺 2", "缺 2", "未到期", "未到期"]
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.rows.index(number, 2)).center(),
    )
    clerk.settle()
    assert page.tabs.bar.current == BY_PERSON
    found = clerk.grid.current()
    assert found is not None
    assert (found[1].days, found[1].value) == (APRIL, None)
    assert page.by_person.box.currentText() == "李四（012）"
    clerk.type("8000")
    assert clerk.stored("李四", APRIL, found[1].item) == Decimal(8000)


def test_another_page_asks_for_a_figure(clerk: Clerk) -> None:
    book = clerk.page.book
    assert book is not None
    key = next(key for key in book.actuals if key[1:] == ("collected", APRIL))
    clerk.page.show_item(ShowActual(PAY, key))
    clerk.settle()
    found = clerk.grid.current()
    assert found is not None
    assert found[1].key == key


def test_dated_lines_are_added_corrected_and_struck_out(clerk: Clerk) -> None:
    page = clerk.page
    page.tabs.show_section(LINES)
    lines = page.lines
    QAbstractItemModelTester(lines.model)
    (kind,) = lines._kinds

    def fill(**values: object) -> None:
        dialog = clerk.dialog()
        assert isinstance(dialog, FormDialog)
        fields = {one.title: one for one in dialog.form.fields}
        for title, value in values.items():
            fields[title].set_value(value)
        dialog.accept_button.click()
        clerk.settle()

    def shown() -> list[tuple[str, str]]:
        return [(one.name, page.lines._sum.text()) for one in lines.model.shown()]

    lines.add(kind)
    fill(姓名="张三", 日期=date(2026, 4, 9), 金额=Decimal(5000), 客户="华远")
    assert shown() == [("张三", "共 1 笔，金额合计 5,000.00 元")]
    # What is summed cannot be typed beside it.
    clerk.collections()
    assert clerk.text("张三", "4月") == "5,000"
    assert not clerk.grid.rows.row(clerk.row("张三")).cells[1].takes_edit  # type: ignore[union-attr]
    page.tabs.show_section(LINES)
    lines.table.selectRow(0)
    lines.mend()
    fill(金额=Decimal(6000))
    assert shown() == [("张三", "共 1 笔，金额合计 6,000.00 元")]
    lines.table.selectRow(0)
    lines.strike()
    clerk.dialog().accept_button.click()
    clerk.settle()
    assert shown() == []


def test_a_line_in_a_settled_month_needs_its_reason(clerk: Clerk) -> None:
    lines = clerk.page.lines
    (kind,) = lines._kinds
    clerk.page.tabs.show_section(LINES)
    lines.add(kind)
    dialog = clerk.dialog()
    assert isinstance(dialog, FormDialog)
    fields = {one.title: one for one in dialog.form.fields}
    fields["姓名"].set_value("张三")
    fields["日期"].set_value(date(2026, 3, 9))
    fields["金额"].set_value(Decimal(1))
    dialog.accept_button.click()
    clerk.settle()
    assert dialog.isVisible()
    fields["更正理由"].set_value("漏登")
    dialog.accept_button.click()
    clerk.settle()
    assert [one.is_settled for one in lines.model.shown()] == [True]


def test_an_incident_is_written_down_with_its_paper(clerk: Clerk, tmp_path: Path) -> None:
    paper = tmp_path / "感谢信.pdf"
    paper.write_bytes(b"%PDF-1.4")
    page = clerk.page
    page.tabs.show_section(INCIDENTS)
    tab = page.incidents
    QAbstractItemModelTester(tab.model)
    tab.add()
    clerk.settle()
    dialog = clerk.dialog()
    assert isinstance(dialog, FormDialog)
    fields = {one.title: one for one in dialog.form.fields}
    fields["姓名"].set_value(next(k for k, t in fields["姓名"]._options if t == "张三（011）"))  # type: ignore[attr-defined]
    fields["正负"].set_value(Side.BAD)
    fields["经过"].set_value("漏报一单，客户投诉")
    files = fields["附件"]
    assert isinstance(files, FilesField)
    empty = tmp_path / "空.pdf"
    empty.touch()
    files.add([paper, empty])
    assert files.message == "“空.pdf”是空的，请核对"
    files.set_value((paper,))
    dialog.accept_button.click()
    clerk.settle()
    (one,) = tab.model.shown()
    assert (one.name, one.incident.side, one.by) == ("张三", Side.BAD, "王芳")
    tab.sides.setCurrentIndex(1)
    assert tab.model.shown() == ()
    tab.sides.setCurrentIndex(2)
    tab.table.selectRow(0)
    tab.files.save_to(one.incident.files[0], tmp_path / "取出.pdf")
    clerk.settle()
    assert (tmp_path / "取出.pdf").read_bytes() == b"%PDF-1.4"
    tab.strike()
    clerk.dialog().accept_button.click()
    clerk.settle()
    assert tab.model.shown() == ()


def test_without_signed_contracts_the_page_says_what_to_do(
    company_desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = ActualsPage(company_desk)
    qtbot.addWidget(page)
    page.show()
    settle(company_desk)
    texts = [one.text() for one in children(page._empty, QLabel) if one.isVisible()]
    assert "还没有要录入的实绩" in texts

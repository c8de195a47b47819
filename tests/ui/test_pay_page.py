"""The pay page: periods, people, entry by the keyboard, reasons, settling, statements."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kpidesk.core.facts import Fact
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.payroll.inputs import PayField
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.pages.pay import PayPage
from kpidesk.ui.pages.pay.details import ACCOUNTS, LINES
from kpidesk.ui.pages.pay.fields import shown_value
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.usecases import people
from kpidesk.usecases.actuals import BookRef
from kpidesk.usecases.company import create_company, open_company
from tests.ui.scoring.scorer import Settle, children
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month


@pytest.fixture(scope="session")
def pay_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client department whose March is settled; tests work on copies."""
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    path = tmp_path_factory.mktemp("pay") / "龙华.kpidesk"
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
class Cashier:
    """Hands and eyes on the page."""

    page: PayPage
    settle_desk: Callable[[Desk], None]

    def settle(self) -> None:
        """Wait until everything was answered and shown."""
        for _ in range(3):
            self.settle_desk(self.page.desk)
            QTest.qWait(1)

    def choose(self, subject: str) -> None:
        """Choose somebody at the left."""
        self.page.people.choose(subject)
        self.settle()

    def period(self, number: int) -> None:
        """Choose a period by its place."""
        self.page.periods.setCurrentIndex(number)
        self.settle()

    def type_in(self, text: str) -> None:
        """Type into the field that is open in the table, and confirm."""
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self.settle()

    def begin(self, subject: str) -> None:
        """Open the first figure of somebody that is missing."""
        self.choose(subject)
        self.page.begin_entry()

    def state(self, subject: str) -> str:
        """The state and sum that the list shows."""
        model = self.page.people.model
        number = model.find(subject)
        texts = [model.data(model.index(number, model.column(one))) for one in ("state", "sum")]
        return " ".join(texts)

    def fill(self, subject: str, *figures: str) -> None:
        """Type figures one after the other."""
        self.begin(subject)
        for figure in figures:
            self.type_in(figure)

    def dialog(self) -> Dialog:
        """The dialog that is open."""
        (found,) = [one for one in children(self.page, Dialog) if one.isVisible()]
        return found

    def accept(self) -> None:
        """Press the button of the dialog that does it."""
        self.dialog().accept_button.click()
        self.settle()


@pytest.fixture
def cashier(
    desk: Desk, qtbot: QtBot, settle: Settle, pay_file: Path, tmp_path: Path
) -> Iterator[Cashier]:
    path = Path(shutil.copy(pay_file, tmp_path))
    desk._today = lambda: date(2026, 6, 5)
    desk.tasks.run(lambda: open_company(path), lambda company: desk.set_company(company, "王芳"))
    settle(desk)
    page = PayPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 690)
    with qtbot.waitExposed(page):
        page.show()
    made = Cashier(page, settle)
    made.settle()
    yield made
    made.settle()


def test_it_opens_at_the_period_that_is_to_be_settled_next(cashier: Cashier) -> None:
    page = cashier.page
    assert page.periods.currentText() == "2026年4月　待结算"
    assert page.periods.itemText(0) == "2026年3月　已结算"
    assert cashier.state("张三") == "未录入 —"


def test_figures_are_typed_as_people_type_them_and_enter_goes_on(cashier: Cashier) -> None:
    cashier.begin("张三")
    cashier.type_in("９，０００")
    cashier.type_in("12万")
    assert cashier.state("张三") == "可核算 15,000.00"
    fields = {one.known.name: one for one in cashier.page.details.fields.model.shown()}
    entered = fields["collected"].fact
    assert entered is not None
    assert (entered.value, entered.origin.entered_by) == (Decimal(120_000), "王芳")


def test_what_makes_no_sense_is_refused_in_its_cell(cashier: Cashier) -> None:
    cashier.begin("张三")
    cashier.type_in("九千")
    model = cashier.page.details.fields.model
    index = model.index(0, model.column("value"))
    assert "不是" in str(model.data(index, Qt.ItemDataRole.ToolTipRole)) or "汉字数字" in str(
        model.data(index, Qt.ItemDataRole.ToolTipRole)
    )
    assert cashier.state("张三") == "未录入 —"


def test_an_entry_can_be_taken_back(cashier: Cashier) -> None:
    cashier.fill("张三", "9000", "120000")
    cashier.page.undo.undo()
    cashier.settle()
    assert cashier.state("张三") == "缺数据 —"
    cashier.page.undo.redo()
    cashier.settle()
    assert cashier.state("张三") == "可核算 15,000.00"


def test_a_figure_holds_in_all_later_periods_when_one_says_so(cashier: Cashier) -> None:
    cashier.fill("张三", "9000")
    fields = cashier.page.details.fields
    field = next(one for one in fields.model.shown() if one.known.name == "base_salary")
    fields.spread.emit(field)
    cashier.settle()
    cashier.period(5)
    (later,) = [one for one in fields.model.shown() if one.known.name == "base_salary"]
    assert later.fact is not None
    assert later.fact.value == Decimal(9000)


def test_what_is_missing_is_told_and_one_is_taken_there(cashier: Cashier) -> None:
    cashier.fill("张三", "9000", "120000")
    cashier.page.pay_tools.compute()
    cashier.settle()
    said = "\n".join(one.text() for one in children(cashier.dialog(), type(cashier.page._title)))
    assert "2026年4月还不能结算" in said
    assert "李四：缺少“回款”（2026年4月）" in said
    cashier.accept()
    assert cashier.page.details.subject != "张三"
    here = cashier.page.details.fields.table.currentIndex()
    assert here.column() == cashier.page.details.fields.model.column("value")


def test_a_period_is_settled_and_the_next_one_waits(cashier: Cashier) -> None:
    cashier.fill("孙总", "12000")
    cashier.fill("张三", "9000", "120000")
    cashier.fill("李四", "8000", "50000")
    cashier.page.pay_tools.settle_button.click()
    cashier.accept()
    assert cashier.page.periods.currentText() == "2026年4月　已结算"
    assert cashier.state("李四") == "已结算 8,900.00"
    assert "已由 王芳 于 2026-06-05 结算" in cashier.page.banner.text()
    assert cashier.page.pay_tools.settle_button.isHidden()
    assert cashier.page.periods.itemText(2) == "2026年5月　待结算"


def test_a_correction_of_a_settled_period_asks_for_the_reason(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.choose("李四")
    details = cashier.page.details
    model = details.fields.model
    number = next(n for n, one in enumerate(model.shown()) if one.known.name == "collected")
    index = model.index(number, model.column("value"))
    model.setData(index, "100,000", Qt.ItemDataRole.EditRole)
    dialog = cashier.dialog()
    assert isinstance(dialog, ReasonDialog)
    dialog._edit.setPlainText("到账漏记")
    cashier.accept()
    assert cashier.state("李四") == "有差额 10,400.00"
    assert cashier.page.people._count.text() == "3 人，已结算 3 人，其中 2 人有差额"
    details.tabs.choose(ACCOUNTS)
    rows = details.accounts.model.shown()
    assert [one.said for one in rows] == ["更正 基本工资（2026年3月）", "更正 提成（2026年3月）"]
    why = details.accounts.why
    assert "到账漏记" in why.text() or "100000" in why.text()
    assert "2026年3月" in why.text()
    assert "2026-03 " not in why.text()
    assert why._title.text().startswith("更正 基本工资（2026年3月），补发 ")


def test_a_line_says_why_it_is_what_it_is(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.choose("张三")
    details = cashier.page.details
    details.tabs.choose(LINES)
    shown = [(one.title, one.result.text) for one in details.lines.model.shown()]
    assert shown[:3] == [
        ("应发合计", "14000.00"),
        ("基本工资", "8000.00"),
        ("提成", "6000.00"),
    ]
    details.lines.table.select(["1"])
    cashier.settle()
    assert "条款 R11 原文" in details.lines.why.text()


def test_a_wrong_yuan_leads_to_the_figure_that_caused_it(cashier: Cashier) -> None:
    """Three clicks: 薪酬明细与依据, the line, the figure behind it."""
    asked: list[tuple[str, object]] = []
    cashier.page.desk.going.connect(lambda page, what: asked.append((page, what)))
    cashier.period(0)
    cashier.choose("张三")
    details = cashier.page.details
    details.tabs.choose(LINES)
    details.lines.table.select(["1"])
    cashier.settle()
    links = [one for one in children(details.lines.why, QPushButton) if one.isVisible()]
    (link,) = [one for one in links if one.accessibleName() == "到实绩看这个数：回款（2026年3月）"]
    link.click()
    view = cashier.page.view
    assert view is not None
    (who,) = [one.person.id for one in view.group.members if one.subject == "张三"]
    key = (who, "collected", Period.months(2026, 3, 1))
    assert asked == [("actuals", ShowActual(BookRef("client-department", 2026), key))]


def test_a_dated_line_is_added_in_a_form(cashier: Cashier) -> None:
    cashier.fill("张三", "9000")
    details = cashier.page.details
    (kind,) = cashier.page.view.group.scheme.events  # type: ignore[union-attr]
    details.ledger.wanted.emit(kind)
    dialog = cashier.dialog()
    fields = {one.title: one for one in dialog.form.fields}  # type: ignore[attr-defined]
    fields["金额"].set_value(Decimal(110_000))
    fields["客户"].set_value("华远")
    cashier.accept()
    said = "\n".join(one.message for one in cashier.page.view.people[1].findings)  # type: ignore[union-attr]
    assert "逐笔" not in said  # March has a figure, April this line: each month its own way
    model = details.ledger.model
    assert model.data(model.index(0, model.column("amount"))) == "110,000.00"
    assert model.data(model.index(0, model.column("about"))) == "客户 华远"


def test_statements_of_everybody_are_shown_as_one_document(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.page.pay_tools._print(())
    cashier.settle()
    cashier.settle()
    (dialog,) = [one for one in children(cashier.page, DocumentDialog) if one.isVisible()]
    assert dialog.windowTitle() == "薪酬结算单 2026年3月 3 张"
    assert dialog.print_button.isEnabled()
    assert isinstance(dialog.save_button, QPushButton)
    dialog.reject()


def test_a_settlement_is_taken_back_with_a_reason(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.page.pay_tools.reverse_button.click()
    dialog = cashier.dialog()
    assert isinstance(dialog, ReasonDialog)
    dialog._edit.setPlainText("金额单位错")
    cashier.accept()
    assert cashier.page.periods.itemText(0) == "2026年3月　待结算"
    assert cashier.state("张三") == "可核算 14,000.00"


def add_line(cashier: Cashier, subject: str, on: date, amount: int) -> None:
    """A line of money received, by the form."""
    cashier.choose(subject)
    view = cashier.page.view
    assert view is not None
    (kind,) = view.group.scheme.events
    cashier.page.details.ledger.wanted.emit(kind)
    dialog = cashier.dialog()
    assert isinstance(dialog, FormDialog)
    fields = {one.title: one for one in dialog.form.fields}
    fields["日期"].set_value(on)
    fields["金额"].set_value(Decimal(amount))
    cashier.accept()


def shown_lines(cashier: Cashier) -> list[str]:
    """What the table of lines says."""
    model = cashier.page.details.ledger.model
    column = model.column("amount")
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def test_a_line_is_put_right_and_struck_out(cashier: Cashier) -> None:
    add_line(cashier, "张三", date(2026, 4, 9), 500)
    assert shown_lines(cashier) == ["500.00"]
    ledger = cashier.page.details.ledger
    ledger.mended.emit(ledger.model.shown()[0])
    dialog = cashier.dialog()
    assert isinstance(dialog, FormDialog)
    fields = {one.title: one for one in dialog.form.fields}
    assert fields["金额"].value() == 500
    fields["金额"].set_value(Decimal(700))
    cashier.accept()
    assert shown_lines(cashier) == ["700.00"]
    ledger.struck.emit(ledger.model.shown()[0])
    cashier.accept()
    assert shown_lines(cashier) == []
    assert ledger.table.isHidden()


def test_a_line_of_a_settled_period_asks_for_the_reason(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.choose("张三")
    view = cashier.page.view
    assert view is not None
    (kind,) = view.group.scheme.events
    cashier.page.details.ledger.wanted.emit(kind)
    dialog = cashier.dialog()
    assert isinstance(dialog, FormDialog)
    fields = {one.title: one for one in dialog.form.fields}
    fields["金额"].set_value(Decimal(700))
    dialog.accept_button.click()
    assert fields["更正理由"].message == "请填写更正理由"
    assert fields["日期"].value() == date(2026, 3, 31)
    fields["更正理由"].set_value("漏记")
    cashier.accept()
    assert shown_lines(cashier) == ["700.00"]


def test_a_cancelled_correction_leaves_what_stood_there(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.choose("李四")
    model = cashier.page.details.fields.model
    number = next(n for n, one in enumerate(model.shown()) if one.known.name == "collected")
    index = model.index(number, model.column("value"))
    model.setData(index, "1", Qt.ItemDataRole.EditRole)
    cashier.dialog().reject()
    cashier.settle()
    assert model.data(index) == "80,000"
    assert cashier.state("李四") == "已结算 10,400.00"


def test_each_person_gets_a_file(cashier: Cashier, tmp_path: Path) -> None:
    cashier.period(0)
    folder = tmp_path / "结算单"
    folder.mkdir()
    cashier.page.pay_tools.save_all(folder)
    cashier.settle()
    assert sorted(one.name for one in folder.iterdir()) == [
        "001_孙总_薪酬结算单_2026年3月.pdf",
        "011_张三_薪酬结算单_2026年3月.pdf",
        "012_李四_薪酬结算单_2026年3月.pdf",
    ]


def test_what_is_to_be_known_of_the_amounts_is_told(cashier: Cashier) -> None:
    cashier.period(0)
    cashier.choose("孙总")
    details = cashier.page.details
    assert details.warnings_button.text().startswith("请留意 ")
    details.warnings_button.click()
    (dialog,) = [one for one in children(details, Dialog) if one.isVisible()]
    said = "\n".join(one.text() for one in children(dialog, QLabel))
    assert "这些金额有需要留意的地方" in said
    dialog.reject()


def test_people_are_found_by_a_part_of_name_number_or_post(cashier: Cashier) -> None:
    cashier.page.people.search.setText("012")
    assert [one.subject for one in cashier.page.people.model.shown()] == ["李四"]
    cashier.page.people.search.setText("总监")
    assert [one.subject for one in cashier.page.people.model.shown()] == ["孙总"]
    cashier.choose("张三")
    assert cashier.page.details.subject == "张三"


def test_without_signed_contracts_the_page_says_what_comes_first(
    company_desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = PayPage(company_desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settle(company_desk)
    said = "\n".join(one.text() for one in children(page, QLabel) if one.isVisible())
    assert "还没有要核算的薪酬" in said
    assert not page.pay_tools.settle_button.isEnabled()


def test_statements_of_a_sheet_are_words_among_the_figures_of_pay() -> None:
    known = KnownFact("skill", "专业知识", "", ValueKind.STATEMENTS, (Grain.CYCLE,))
    fact = Fact("a", "skill", ("熟悉产品", "了解客户"))
    field = PayField("a", known, "cycle", Period.months(2026, 1, 1), fact=fact)
    assert shown_value(field) == "熟悉产品、了解客户"

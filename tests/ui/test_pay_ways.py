"""From a wrong yuan to its fact; the account's timeline, reconciliation, lights, the run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.people import PersonId
from kpidesk.ui.desk import Desk
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.look import Theme
from kpidesk.ui.pages.lights import LightsDialog
from kpidesk.ui.pages.pay import PayPage
from kpidesk.ui.pages.pay.details import ACCOUNTS, LINES, RECONCILED
from kpidesk.ui.pages.pay.overview import OverviewDialog
from kpidesk.ui.pages.settings import SettingsPage
from kpidesk.usecases import people
from kpidesk.usecases.company import create_company, open_company
from tests.ui.scoring.scorer import Settle, children
from tests.ui.test_pay_page import Cashier
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import fill_quarter, key_accounts


@pytest.fixture(scope="session")
def quarter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A salesperson whose first quarter, short of its base, is settled; tests work on copies."""
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    path = tmp_path_factory.mktemp("quarters") / "龙华.kpidesk"
    company = create_company(path, name="龙华贸易有限公司", representative="李雷", **who)
    unit = people.add_department(company, name="销售部", **who).id
    payroll = key_accounts(Office(company, unit, PersonId(0), PersonId(0), who))
    fill_quarter(payroll, "q1", 30_000)
    payroll.settle("2026Q1")
    fill_quarter(payroll, "q2", 40_000)
    company.close()
    return path


@pytest.fixture
def cashier(
    desk: Desk, qtbot: QtBot, settle: Settle, quarter_file: Path, tmp_path: Path
) -> Iterator[Cashier]:
    path = Path(shutil.copy(quarter_file, tmp_path))
    desk._today = lambda: date(2026, 8, 5)
    desk.tasks.run(lambda: open_company(path), lambda company: desk.set_company(company, "王芳"))
    settle(desk)
    page = PayPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 690)
    with qtbot.waitExposed(page):
        page.show()
    made = Cashier(page, settle)
    made.settle()
    yield made
    made.settle()


def words(widget: QWidget) -> str:
    """Everything that a widget says."""
    return "\n".join(one.text() for one in children(widget, QLabel))


def click_link(widget: QWidget, name: str) -> None:
    """Click a link by its accessible name."""
    links = [one for one in children(widget, QPushButton) if one.accessibleName() == name]
    (link,) = [one for one in links if one.isVisible()]
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)


def test_a_wrong_yuan_leads_to_its_fact_in_three_clicks(cashier: Cashier, qtbot: QtBot) -> None:
    page = cashier.page
    cashier.period(0)  # the statement in hand is of the first quarter
    page.details.tabs.choose(ACCOUNTS)
    clicks = 0

    bar = page.details.tabs
    QTest.mouseClick(bar._group.button(LINES), Qt.MouseButton.LeftButton)
    clicks += 1
    table = page.details.lines.table
    number = page.details.lines.model.find("0")  # 固定工资实发: 600 yuan less than agreed
    place = table.visualRect(page.details.lines.model.index(number, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    clicks += 1
    why = page.details.lines.why
    assert "王芳 2027-06-01 填写，依据：财务报表" in words(why)
    cashier.settle()
    with qtbot.waitSignal(page.desk.going) as going:
        click_link(why, "到实绩看这个数：当季实际完成额（2026年第1季度）")
    clicks += 1

    assert clicks <= 3
    assert going.args[0] == "actuals"
    _, fact, days = going.args[1].key
    assert (fact, days.key) == ("actual", "2026Q1")


def test_a_posting_leads_to_its_fact_too(cashier: Cashier, qtbot: QtBot) -> None:
    page = cashier.page
    page.details.tabs.choose(ACCOUNTS)
    cashier.settle()
    with qtbot.waitSignal(page.desk.going) as going:
        click_link(page.details.accounts.why, "到实绩看这个数：当季实际完成额（2026年第1季度）")
    assert going.args[1].key[1] == "actual"


def test_a_target_leads_to_its_contract(cashier: Cashier, qtbot: QtBot) -> None:
    page = cashier.page
    page.details.tabs.choose(LINES)
    cashier.period(0)
    with qtbot.waitSignal(page.desk.going) as going:
        click_link(page.details.lines.why, "到责任书：销售收入目标（2026年第1季度）")
    assert going.args[0] == "contracts"


def test_the_account_says_what_would_release_it_and_draws_its_balances(
    cashier: Cashier, qapp: QApplication
) -> None:
    page = cashier.page
    cashier.period(0)
    page.details.tabs.choose(ACCOUNTS)
    told = page.details.accounts.holdings.text()
    assert told == (
        "2026年第1季度还差 7,500.00 元：2026年第2季度完成额（含转入的超额）达到 45,000.00 元"
        "（任务基数 37,500.00 + 差额 7,500.00），回款还差 5,000.00 元，补足后补发这一季度的奖金"
    )
    chart = page.details.accounts.chart
    assert chart.accessibleName() == "各期末的台账余额：2026年1季 未补足 7,500.00 元，超额 0.00 元"
    for theme in (Theme.LIGHT, Theme.DARK):
        page.desk.look.change(qapp, theme, 1.0)
        assert not chart.grab().isNull()
    page.desk.look.change(qapp, Theme.LIGHT, 1.0)


def test_the_reconciliation_explains_what_is_not_paid_yet(cashier: Cashier) -> None:
    page = cashier.page
    page.details.tabs.choose(RECONCILED)
    model = page.details.reconciled.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [
        [model.data(model.index(n, model.column(one))) for one in ("label", "amount", "check")]
        for n in range(model.rowCount())
    ]
    assert ["核对：应发合计", "10,500.00", "一致"] in rows
    assert ["按销售比例应计", "2,800.00", ""] in rows
    assert ["减：2026年第1季度 暂不计提的完成额", "-1,300.00", ""] in rows
    assert ["核对：已结算 1 期实发", "0.00", "一致"] in rows
    cashier.period(0)
    assert model.rowCount()


def test_lights_say_in_words_what_is_risky(cashier: Cashier) -> None:
    page = cashier.page
    cashier.period(0)
    people_ = page.people.model
    assert people_.data(people_.index(0, people_.column("light"))) == "有风险"
    model = page.details.lines.model
    lights = [model.data(model.index(n, model.column("light"))) for n in range(model.rowCount())]
    assert lights == ["请留意", "有风险", "未见问题", "未见问题"]
    page.details.lights_button.click()
    dialog = cashier.dialog()
    assert isinstance(dialog, LightsDialog)
    assert "扣减 600.00 元" in words(dialog)
    assert "不是法律意见" in words(dialog)
    cashier.accept()


def test_the_run_is_looked_at_as_a_whole(cashier: Cashier) -> None:
    page = cashier.page
    assert page.people._total.text() == "合计 10,500.00 元，比上期 +2,100.00"
    page.people.overview_button.click()
    dialog = cashier.dialog()
    assert isinstance(dialog, OverviewDialog)
    told = words(dialog)
    assert "各项之和与各人之和一致" in told
    assert "2026年第1季度 8,400.00 元 → 本期 10,500.00 元，增加 2,100.00 元" in told
    assert "王五：8,400.00 → 10,500.00 元" in told
    cashier.accept()
    page.pay_tools._settle()
    assert "合规提示" in words(cashier.dialog())
    cashier.dialog().reject()


def test_the_run_is_written_as_a_workbook(cashier: Cashier, tmp_path: Path) -> None:
    path = tmp_path / "工资表.xlsx"
    cashier.page.pay_tools.save_workbook(path)
    cashier.settle()
    assert path.read_bytes()[:2] == b"PK"


def test_the_home_page_opens_the_very_period(cashier: Cashier) -> None:
    page = cashier.page
    view = page.view
    assert view is not None
    page.show_item((page._ref, "2026Q1"))
    cashier.settle()
    assert page.periods.currentIndex() == 0


def test_legal_figures_are_entered_with_source_and_first_day(
    cashier: Cashier, qtbot: QtBot
) -> None:
    desk = cashier.page.desk
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    cashier.settle()
    card = page._legal
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    card.add_button.click()
    (dialog,) = [one for one in children(page, FormDialog) if one.isVisible()]
    fields = {one.title: one for one in dialog.form.fields}
    fields["地点"].set_value("绵阳市")
    fields["数值"].set_value(Decimal(3000))
    fields["自哪一天起"].set_value(date(2026, 1, 1))
    dialog.accept()
    assert dialog.isVisible()  # without its source it is not taken
    fields["来源"].set_value("川人社发〔2025〕1号")
    dialog.accept()
    cashier.settle()
    assert [one.place for one in card.settings.parameters] == ["绵阳市"]
    assert card.settings.place == "绵阳市"
    light = cashier.page.people.model
    assert light.data(light.index(0, light.column("light"))) == "未见问题"
    card.table.select([card.model.key(card.settings.parameters[0])])
    card._drop()
    cashier.settle()
    card.places_button.click()
    cashier.settle()
    forms = [one for one in children(page, FormDialog) if one.isVisible()]
    assert [one.title for one in forms[-1].form.fields] == ["公司所在地", "销售部"]
    forms[-1].reject()

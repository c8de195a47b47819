"""测算 in the window: sliders and fields, the newest request wins, nothing is stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kpidesk.core.payroll.what_if import Scope
from kpidesk.core.period import Period
from kpidesk.store import audit
from kpidesk.ui.pages.pay.what_if import _SCOPES, WhatIfDialog
from kpidesk.ui.table.exporting import table_values
from kpidesk.usecases import contracts, pay
from kpidesk.usecases.company import Company
from tests.ui.scoring.scorer import children
from tests.ui.test_pay_page import Cashier
from tests.ui.test_pay_ways import cashier, quarter_file  # noqa: F401 - fixtures


@pytest.fixture
def dialog(cashier: Cashier) -> WhatIfDialog:  # noqa: F811 - the fixture
    cashier.page.pay_tools.try_button.click()
    (made,) = [one for one in children(cashier.page, WhatIfDialog) if one.isVisible()]
    wait(cashier, made)
    return made


def wait(cashier: Cashier, dialog: WhatIfDialog) -> None:  # noqa: F811 - the fixture
    """Until the pause is over and everything was computed."""
    for _ in range(20):
        QTest.qWait(20)
        cashier.settle()
        if not dialog._pause.isActive() and not dialog._busy:
            return


def cell(dialog: WhatIfDialog, column: str, row: int = 0) -> str:
    model = dialog.model
    return str(model.data(model.index(row, model.column(column))))


def test_the_keys_move_a_slider_and_the_pay_follows(
    cashier: Cashier,  # noqa: F811 - the fixture
    dialog: WhatIfDialog,
) -> None:
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert dialog.levers is not None
    before = cell(dialog, "whole")
    assert cell(dialog, "case-1") == before
    slider = dialog.levers.overall.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    wait(cashier, dialog)
    assert dialog.levers.overall.field.text() == "99"
    assert dialog.levers.percent["actual"].value() == 99
    assert cell(dialog, "whole") != before
    assert cell(dialog, "case-1") == before
    assert cell(dialog, "name", 1) == "合计"


def test_a_number_is_typed_and_the_newest_wins(
    cashier: Cashier,  # noqa: F811 - the fixture
    dialog: WhatIfDialog,
) -> None:
    assert dialog.levers is not None
    field = dialog.levers.overall.field
    for text in ("50", "60", "120"):
        _type(field, text)
        dialog._compute()  # as if the pause had been over each time
    assert dialog._again
    wait(cashier, dialog)
    assert cell(dialog, "whole") == cell(dialog, "case-2")
    _type(field, "多")
    assert field.property("wrong") is True
    assert dialog.levers.overall.value() == 120
    coefficient = dialog.levers.values["kpi_coefficient"]
    _type(coefficient.field, "2")
    wait(cashier, dialog)
    assert coefficient.value() == 2
    _type(coefficient.field, "x")
    assert coefficient.value() == 2
    coefficient.field.selectAll()
    QTest.keyClick(coefficient.field, Qt.Key.Key_Delete)
    assert coefficient.value() is None


def test_everything_can_be_assumed_and_the_distance_is_told(
    cashier: Cashier,  # noqa: F811 - the fixture
    dialog: WhatIfDialog,
) -> None:
    assert "还差 7,500.00 元" in dialog.held.text()
    assert "回款还差 5,000.00 元" in dialog.held.text()
    before = cell(dialog, "coming")
    places = [scope for scope, _ in _SCOPES]
    dialog.scopes.setCurrentIndex(places.index(Scope.ALL))
    wait(cashier, dialog)
    assert cell(dialog, "coming") != before
    assert "2026年第2季度应发" in dialog.totals.text()
    titles, rows = table_values(dialog.table)
    assert titles[-3:] == ["最差（元）", "预期（元）", "最好（元）"]
    assert isinstance(rows[0][-1], Decimal)


def test_drafts_are_tried_by_themselves_and_nothing_is_stored(
    cashier: Cashier,  # noqa: F811 - the fixture
) -> None:
    desk = cashier.page.desk
    who: dict[str, Any] = {"actor": "王芳", "today": desk.today}

    def draft(company: Company) -> object:
        (row,) = pay.list_groups(company)
        view = pay.load_pay(company, row.ref)
        terms = view.group.members[0].contract
        made = contracts.draw_up(
            company,
            people=[terms.party_b.person],
            scheme=terms.scheme,
            role=terms.role,
            term=Period.months(2027, 1, 12),
            targets=terms.targets,
            **who,
        )
        with company.read() as connection:
            return made, audit.head(connection)

    found: list[Any] = []
    desk.ask(draft, found.append)
    cashier.settle()
    assert found
    cashier.page.pay_tools.open_what_if()
    (dialog,) = [one for one in children(cashier.page, WhatIfDialog) if one.isVisible()]
    wait(cashier, dialog)
    assert dialog.groups.itemText(1).startswith("【草稿】")
    dialog.groups.setCurrentIndex(1)
    wait(cashier, dialog)
    assert "缺少“KPI奖金系数”" in dialog.banner.text()
    assert dialog.levers is not None
    _type(dialog.levers.values["kpi_coefficient"].field, "1")
    wait(cashier, dialog)
    assert cell(dialog, "whole", 1) == "12,000.00"
    heads: list[Any] = []

    def head(company: Company) -> object:
        with company.read() as connection:
            return audit.head(connection)

    desk.ask(head, heads.append)
    cashier.settle()
    assert heads[0] == found[0][1]


def _type(field: QLineEdit, text: str) -> None:
    """Type over what stands there, as an input method does."""
    field.setFocus()
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)

"""拟定责任书: parameters and targets that make no sense are said where they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from tests.ui.contracts.driver import (
    Settle,
    at_basis,
    draw_up,
    stored,
    type_into,
)


def test_a_blank_of_the_source_must_be_filled(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.step == 2
    dialog.accept()
    assert dialog.step == 2
    assert dialog.terms.parameters is not None
    field = dialog.terms.parameters.fields["growth_step"]
    assert field.message == "请填写销售增长每档金额"
    field._line.setText("十万")  # type: ignore[attr-defined]
    dialog.accept()
    assert "不是数字" in field.message or "汉字数字" in field.message
    assert field.raw() == "十万"
    dialog.done(0)


def test_weights_that_do_not_add_to_100_are_said_live_and_refused(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="director-annual")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    assert panel.weights is not None
    panel.weights.fields["市场份额"]._line.setText("15")
    assert panel.weights._total.text() == "合计 105%"
    dialog.accept()
    assert dialog.step == 2
    assert "105%" in panel.problem()
    panel.weights.fields["利润率"]._line.setText("5")
    assert panel.weights._total.text() == "合计 100%"
    dialog.accept()
    assert dialog.step == 3
    dialog.done(0)


def test_weights_that_the_source_leaves_blank_are_filled_in_or_equal(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="client-director")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    assert panel.weights is not None
    dialog.accept()
    assert dialog.step == 2
    assert panel.problem() == "请填写客户满意度"
    panel.fields["weighting"].set_value("equal")
    assert panel.weights.isHidden()
    assert panel.settings() == {"weighting": "equal"}
    panel.fields["weighting"].set_value("entered")
    assert not panel.weights.isHidden()
    for field in panel.weights.fields.values():
        field._line.setText("12.5")
    assert panel.weights._total.text() == "合计 100%"
    assert panel.settings()["weight.领导能力"] == Decimal("12.5")
    assert "weight.个人能力" not in panel.settings()
    assert panel.check(date(2024, 1, 1))
    dialog.done(0)


def test_parts_of_an_indicator_and_what_supports_one_have_no_weight_to_fill_in(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="dealership-director")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    assert panel.weights is not None
    assert "销售业绩" in panel.weights.fields
    assert not {"销售额", "利润", "客户投诉率", "退货率"} & panel.weights.fields.keys()
    assert panel.settings() == {}
    dialog.done(0)


def test_shares_of_raters_must_add_to_100(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="director-annual")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    for name, share in (("self", 20), ("peer", 30), ("superior", 40)):
        panel.fields[f"rater_weight.{name}"].set_value(Decimal(share))
    assert panel._raters.text() == "合计 90%"
    dialog.accept()
    assert dialog.step == 2
    assert "90%" in panel.problem()
    dialog.done(0)


@pytest.mark.parametrize(
    ("typed", "message"),
    [("0", "为零"), ("-5", "不能为负数"), ("12a", "不是数字"), ("一千", "汉字数字")],
)
def test_a_target_that_makes_no_sense_is_refused_in_its_cell(
    typed: str,
    message: str,
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    panel = dialog.terms.targets
    assert panel.model is not None
    assert not type_into(panel, 0, 1, typed)
    index = panel.model.index(0, 1)
    assert message in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert index.data() == typed
    dialog.accept()
    assert dialog.step == 3
    assert "改正标红的格子" in panel.complaint
    assert message in panel.complaint
    dialog.done(0)


def test_months_that_do_not_add_keep_the_dialog_open(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    panel = dialog.terms.targets
    type_into(panel, 0, 1, "1,200")
    panel._split("sales_plan")
    assert panel._sums["sales_plan"].text() == "已全部分配"
    type_into(panel, 1, 1, "97")
    assert panel._sums["sales_plan"].text() == "未分配 3 万元"
    dialog.accept()
    assert dialog.step == 3
    assert "少 3万元" in panel.complaint
    dialog.go_back()
    dialog.accept()
    assert panel._targets[0].months[0] == 97
    dialog.done(0)


def test_a_second_contract_for_the_same_time_is_refused_and_nothing_typed_is_lost(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    page.view.close_contract()
    draw_up(page, people[:2], settle)
    dialog = page.findChild(DrawUpDialog)
    assert isinstance(dialog, DrawUpDialog)
    assert "期限重叠的责任书 大客户部-2026-001" in dialog._banner.text()
    assert dialog.terms.targets._targets[0].total == 1200
    assert len(page.model.rows()) == 1
    dialog.done(0)


def test_a_rate_written_as_a_part_of_one_is_said_in_percent(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[:1], scheme="key-account-sales-bonus")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    labels: list[QLabel] = list(panel.findChildren(QLabel))
    told = [one.text() for one in labels]
    assert [one for one in told if one.startswith("即 ")] == [
        "即 50%", "即 4%", "即 6%", "即 80%", "即 20%",
    ]  # fmt: skip
    dialog.done(0)


def test_the_length_of_a_cycle_is_chosen_where_the_scheme_leaves_it_open(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[:1], scheme="key-account-weighted")
    settle(page.desk)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["cycle_length"].set_value("quarter")
    dialog.accept()
    dialog.accept()
    settle(page.desk)
    assert dict(stored(page, settle).contract.settings) == {"cycle_length": "quarter"}


def test_a_term_shorter_than_the_usual_cycle_gets_a_cycle_that_fits(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[:1], scheme="key-account-weighted")
    settle(page.desk)
    dialog.basis.length.set_value(Grain.QUARTER)
    dialog.accept()
    assert dialog.step == 2
    panel = dialog.terms.parameters
    assert panel is not None
    length = panel.fields["cycle_length"]
    assert length.raw() == "一个季度"
    length.set_value("year")
    dialog.accept()
    assert dialog.step == 2
    assert "没有一个完整的考核周期" in length.message
    length.set_value("month")
    dialog.accept()
    assert dialog.step == 3
    dialog.done(0)


def test_what_the_plan_fills_in_is_not_told_to_a_dialog_that_has_gone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    targets = dialog.terms.targets
    dialog.accept()  # asks the plan
    dialog.done(0)
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)
    assert not isValid(targets)
    settle(page.desk)

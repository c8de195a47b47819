"""A draft in the window: saved by itself, undone, never lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kpidesk.core.appraisal import Interview, PlanItem
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.ui.pages.contracts.as_indicators import AsIndicatorsDialog
from kpidesk.usecases import appraisals
from kpidesk.usecases import contracts as cases
from kpidesk.usecases.company import Company
from tests.ui.contracts.driver import (
    TODAY,
    Settle,
    draw_up,
    open_first,
    stored,
    type_into,
)


def test_an_edit_is_saved_by_itself_and_can_be_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    type_into(editor.targets, 0, 2, "50")
    settle(page.desk)
    assert stored(page, settle).contract.targets[1].total == 50
    page.undo.undo()
    settle(page.desk)
    assert len(stored(page, settle).contract.targets) == 1
    page.undo.redo()
    settle(page.desk)
    assert stored(page, settle).contract.targets[1].total == 50


def test_what_does_not_add_up_is_kept_but_not_saved_until_it_does(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    type_into(editor.targets, 0, 1, "1300")
    settle(page.desk)
    assert stored(page, settle).contract.targets[0].total == 1200
    assert "尚未保存" in editor._status.text()
    assert not page.may_leave()
    editor.targets._split("sales_plan")
    settle(page.desk)
    assert stored(page, settle).contract.targets[0].total == 1300
    assert page.may_leave()


def test_parameters_and_special_terms_are_saved_and_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    assert editor.parameters is not None
    editor.parameters.fields["growth_step"]._line.setText("20")  # type: ignore[attr-defined]
    editor.terms._edit.setPlainText("一、须完成培训 & <b>考试</b>\n\n二、遵守保密约定")
    assert editor.take()
    settle(page.desk)
    contract = stored(page, settle).contract
    assert dict(contract.settings)["growth_step"] == 20
    assert contract.special_terms == ("一、须完成培训 & <b>考试</b>", "二、遵守保密约定")
    page.undo.undo()
    page.undo.undo()
    settle(page.desk)
    contract = stored(page, settle).contract
    assert dict(contract.settings)["growth_step"] == 10
    assert contract.special_terms == ()
    assert editor.terms.raw() == ""


def test_letters_in_a_parameter_keep_the_officer_on_the_page(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    panel = page.view.editor.parameters
    assert panel is not None
    panel.fields["growth_step"]._line.setText("abc")  # type: ignore[attr-defined]
    assert not page.may_leave()
    assert "不是数字" in panel.fields["growth_step"].message
    assert panel.fields["growth_step"].raw() == "abc"
    assert dict(stored(page, settle).contract.settings)["growth_step"] == 10


def test_quick_typing_keeps_what_can_be_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    for total in ("50", "60", "70"):
        type_into(page.view.editor.targets, 0, 2, total)
    settle(page.desk)
    assert page.undo.count() == 3
    assert stored(page, settle).contract.targets[1].total == 70
    page.undo.setIndex(0)
    settle(page.desk)
    assert len(stored(page, settle).contract.targets) == 1


def test_the_preview_follows_an_edit(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    before = page.view.preview._asked
    type_into(page.view.editor.targets, 0, 2, "50")
    settle(page.desk)
    assert page.view.preview._asked > before
    page.view.preview.copies.choose(1)
    settle(page.desk)
    assert page.view.preview.pages.canvas.page_count >= 2


def _last_year(company: Company, person: PersonId) -> None:
    """A contract of last year, and an interview whose plan was not carried out."""
    who: dict[str, Any] = {"actor": "李梅", "today": TODAY}
    drawn = cases.draw_up(
        company,
        people=[person],
        scheme="account-manager-kpi",
        role="account_manager",
        term=Period.months(2025, 1, 12),
        settings={"growth_step": Decimal(10)},
        **who,
    )
    cases.mark_printed(company, drawn.ids, **who)
    cases.sign(company, drawn.ids[0], signed_on=TODAY, **who)
    sheet = appraisals.list_appraisals(company)[-1].id
    plan = (
        PlanItem("每周交报表", date(2026, 6, 30), measure="周五交"),
        PlanItem("参加培训", date(2024, 5, 1)),
    )
    held = Interview(date(2026, 1, 5), plan=plan)
    appraisals.record_interview(company, sheet, interview=held, **who)


def test_what_an_earlier_plan_left_undone_becomes_a_goal_of_the_contract(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    page.desk.ask(lambda company: _last_year(company, people[0]), lambda _: None)
    draw_up(page, people[:1], settle)
    page.open_contract(page.model.rows()[1].id)
    settle(page.desk)
    editor = page.view.editor
    editor.tabs.show_section(2)
    assert editor.carried_on.isVisible()
    QTest.mouseClick(editor.carried_on.add_button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    goals = (
        "管理目标（承接改进计划）：每周交报表；措施：周五交；完成期限：2026-06-30",
        "管理目标（承接改进计划）：参加培训",
    )
    assert stored(page, settle, 1).contract.special_terms == goals
    assert not editor.carried_on.isVisible()
    page.undo.undo()
    settle(page.desk)
    assert stored(page, settle, 1).contract.special_terms == ()
    assert editor.carried_on.isVisible()


def test_what_an_earlier_plan_left_undone_is_judged_as_an_indicator(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    """It asks for a weight, the points add up, it can be taken back and taken out again."""
    page.desk.ask(lambda company: _last_year(company, people[0]), lambda _: None)
    draw_up(page, people[:1], settle)
    page.open_contract(page.model.rows()[1].id)
    settle(page.desk)
    editor = page.view.editor
    editor.tabs.show_section(2)
    editor.carried_on.measure_button.click()
    dialog = page.window().findChild(AsIndicatorsDialog)
    assert dialog is not None
    first, second = dialog.fields
    assert (first.wanted.value(), second.wanted.value()) == (True, False)
    assert "改进事项合计 5 分" in dialog._sum.text()
    first.weight.set_value(None)
    dialog.accept()
    assert dialog.isVisible()
    first.weight.set_value(Decimal(10))
    dialog.accept()
    settle(page.desk)
    kept = stored(page, settle, 1)
    [made] = kept.contract.added
    assert (made.name, made.weight, made.due) == ("每周交报表", Decimal(10), date(2026, 6, 30))
    assert kept.scheme.indicators[-1].name == "改进事项"
    assert "已作为考核指标：每周交报表（10 分）" in editor.carried_on._told.text()
    assert "参加培训" in editor.carried_on._told.text()
    page.undo.undo()
    settle(page.desk)
    assert stored(page, settle, 1).contract.added == ()
    page.undo.redo()
    settle(page.desk)
    assert len(stored(page, settle, 1).contract.added) == 1

"""What the last contract set is offered, marked as such, and taken over by one click."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpidesk.core.people import PersonId
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from tests.ui.contracts.driver import Settle, draw_up


def at_parameters(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> DrawUpDialog:
    """The next year's contracts of these people."""
    dialog = page.draw_up(people=people, scheme="account-manager-kpi")
    settle(page.desk)
    dialog.basis.start.set_value(date(2027, 1, 1))
    dialog.accept()
    settle(page.desk)
    assert dialog.step == 2
    return dialog


def test_last_years_numbers_are_offered_and_taken(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    settle(page.desk)
    page._show_list()
    dialog = at_parameters(page, people[:1], settle)
    panel, earlier = dialog.terms.parameters, dialog.terms.earlier
    assert panel is not None
    assert earlier is not None
    step = panel.fields["growth_step"]
    assert step.raw() == ""
    assert earlier.isVisibleTo(dialog)
    assert "上一份为 10万元" in step._message.text()
    earlier.take_button.click()
    assert step.value() == Decimal(10)
    assert "沿用上一份（大客户部-2026-001）" in step._message.text()
    assert dialog.terms.settings()["growth_step"] == Decimal(10)
    dialog.done(0)


def test_somebody_new_is_offered_what_the_latest_of_the_role_set(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    settle(page.desk)
    page._show_list()
    dialog = at_parameters(page, people[1:2], settle)
    assert dialog.terms.earlier is not None
    assert "王䶮" in dialog.terms.earlier._told.text()
    dialog.done(0)


def test_nothing_is_offered_the_first_time(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_parameters(page, people[:1], settle)
    assert dialog.terms.earlier is not None
    assert not dialog.terms.earlier.isVisibleTo(dialog)
    dialog.done(0)

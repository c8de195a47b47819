"""拟定责任书: people, scheme and term."""

from __future__ import annotations

from datetime import date

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.ui.pages.contracts import ContractsPage
from tests.ui.contracts.driver import (
    NAMES,
    Settle,
    at_basis,
    draw_up,
    stored,
)


def test_one_draft_for_each_person_with_exact_months(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle, "1000")
    rows = page.model.rows()
    assert [one.person_name for one in rows] == list(NAMES[:2])
    assert [one.number for one in rows] == ["大客户部-2026-001", "大客户部-2026-002"]
    assert {one.state for one in rows} == {ContractState.DRAFT}
    assert rows[0].scheme_title == "大客户经理/专员绩效考核指标"
    target = stored(page, settle).contract.targets[0]
    assert sum(target.months) == target.total == 1000
    assert len(page.table.selected_rows()) == 2


def test_a_single_draft_opens_at_once(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    settle(page.desk)
    assert page.view.contract is not None
    assert page.view.preview.pages.canvas.page_count >= 2


def test_nobody_chosen_is_said_and_the_dialog_stays(page: ContractsPage, settle: Settle) -> None:
    dialog = page.draw_up()
    settle(page.desk)
    assert dialog.step == 0
    dialog.accept()
    assert dialog.step == 0
    assert dialog.people._banner.text() == "请至少勾选一个人"
    dialog.done(0)


def test_people_are_found_by_pinyin_initials(page: ContractsPage, settle: Settle) -> None:
    dialog = page.draw_up()
    settle(page.desk)
    dialog.people.search.setText("tyl")
    assert [one.person.name for one in dialog.people.model.shown()] == ["𠮷田一郎"]
    dialog.people._tick_all()
    assert dialog.accept_button.text() == "下一步"
    assert len(dialog.people.chosen()) == 1
    dialog.done(0)


def test_the_thirtieth_of_february_is_refused_at_its_field(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.basis.start._line.setText("2026-02-30")
    dialog.accept()
    assert dialog.step == 1
    assert dialog.basis.start.message == (
        "2026 年 2 月没有 30 日，该月最后一天是 2026-02-28，请改正"
    )
    assert dialog.basis.start.raw() == "2026-02-30"
    dialog.done(0)


def test_a_term_without_a_whole_cycle_is_refused(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.basis.start.set_value(date(2026, 3, 16))
    dialog.basis.length.set_value(dialog.basis.length._options[-1][0])
    dialog.accept()
    assert dialog.step == 1
    assert "没有一个完整的考核周期" in dialog.basis.start.message
    dialog.done(0)


def test_the_post_suggests_scheme_and_role(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people[1:2], settle)
    assert dialog.basis.basis().scheme_id == "account-manager-kpi"
    assert dialog.basis.basis().role == "specialist"
    dialog.done(0)


def test_a_scheme_without_indicators_takes_those_of_another(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="key-account-director")
    settle(page.desk)
    assert dialog.basis.indicators.isVisibleTo(dialog)
    dialog.basis.indicators.set_value("director-annual")
    basis = dialog.basis.basis()
    assert (basis.scheme_id, basis.indicator_id) == ("key-account-director", "director-annual")
    assert basis.scheme.grades is not None
    for _ in range(3):
        dialog.accept()
    settle(page.desk)
    assert stored(page, settle).contract.indicator_scheme == "director-annual"

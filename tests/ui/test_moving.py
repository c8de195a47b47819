"""调岗: one dialog for the register, what ends a contract, and what goes on after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.messages import Message
from kpidesk.ui.pages.people import PeoplePage
from kpidesk.ui.pages.people.moving import MoveDialog
from kpidesk.usecases import contracts
from kpidesk.usecases.company import Company
from kpidesk.usecases.moving import Then
from tests.ui.test_people_page import RARE, TODAY, dialog_of, form_of, shown, staff

Settle = Callable[[Desk], None]


@pytest.fixture
def page(company_desk: Desk, qtbot: QtBot, settle: Settle) -> PeoplePage:
    """Six people, one of whom has a signed contract as a manager of key accounts."""
    company = cast("Company", company_desk.company)
    company_desk.tasks.run(lambda: staff(company))
    settle(company_desk)
    made = shown(company_desk, qtbot, settle)
    who = next(one for one in made.model.rows() if one.person.name == RARE[0]).person.id
    company_desk.tasks.run(lambda: contracted(company, who))
    settle(company_desk)
    made.table.select([who])
    return made


def contracted(company: Company, person: PersonId, *, scheme: str = "account-manager-kpi") -> None:
    """A signed contract for the old post."""
    if scheme == "director-annual":
        terms: dict[str, Any] = {"role": "director"}
    else:
        months = tuple(Decimal(100) for _ in range(12))
        terms = {
            "role": "account_manager",
            "settings": {"growth_step": Decimal(10)},
            "targets": [Target("sales_plan", "计划销售额", "万元", Decimal(1200), months)],
        }
    drawn = contracts.draw_up(
        company,
        people=[person],
        scheme=scheme,
        term=Period.months(2026, 1, 12),
        **terms,
        actor="李梅",
        today=TODAY,
    )
    contracts.mark_printed(company, drawn.ids, actor="李梅", today=TODAY)
    contracts.sign(company, drawn.ids[0], signed_on=TODAY, actor="李梅", today=TODAY)


def opened(page: PeoplePage, settle: Settle) -> MoveDialog:
    page._move_button.click()
    settle(page.desk)
    return cast("list[MoveDialog]", page.window().findChildren(MoveDialog))[-1]


def texts(dialog: MoveDialog) -> str:
    labels = cast("list[QLabel]", dialog._shown.findChildren(QLabel))
    return "\n".join(one.text() for one in labels)


def test_a_move_is_shown_whole_and_then_done_in_one_go(page: PeoplePage, settle: Settle) -> None:
    went: list[tuple[str, object]] = []
    page.desk.going.connect(lambda where, what: went.append((where, what)))
    dialog = opened(page, settle)
    form = dialog.form
    (then,) = form.contracts
    assert (then.value(), then.held.row.number) == (Then.END, "客户部-2026-001")
    assert form.choice.ids == ("account-manager-kpi", "", "account_manager")
    assert form.last_day.value() == date(2026, 12, 31)
    form.since._line.setText("2026-03-01")
    assert form.switch_on.value() == date(2026, 3, 1)
    form.since._line.setText("2026-03-02")
    assert form.switch_on.value() == date(2026, 4, 1)
    form.post._line.setText("大客户专员")
    assert form.choice.ids == ("account-manager-kpi", "", "specialist")
    dialog.accept_button.click()
    settle(page.desk)
    told = texts(dialog)
    assert "2026年3月2日起：客户部，大客户专员，上级曾小贤" in told
    assert "到那天为止的 3 个考核周期照常评分、核算" in told
    assert "大客户专员；2026-04-01 至 2026-12-31，考核 9 次" in told
    assert "目标“计划销售额”：900 万元，分 9 个月（原责任书余下各月）" in told
    assert "还没有填的目标：计划开发新客户" in told
    assert not went
    dialog.back.click()
    assert form.post.value() == "大客户专员"
    dialog.accept_button.click()
    settle(page.desk)
    assert dialog.accept_button.text() == "办理"
    QTest.keyClick(dialog.accept_button, Qt.Key.Key_Return)
    settle(page.desk)
    rows = contracts.list_documents(cast("Company", page.desk.company))
    states = [(one.number, one.state) for one in rows]
    assert states == [
        ("客户部-2026-001", ContractState.SIGNED),
        ("客户部-2026-001-终1", ContractState.DRAFT),
        ("客户部-2026-002", ContractState.DRAFT),
    ]
    assert went == [("contracts", rows[1].id)]
    assert page.model.rows()[page.model.find(rows[0].person)].person.post == "大客户专员"


def test_what_is_not_chosen_is_not_asked_and_a_refusal_keeps_the_form(
    page: PeoplePage, settle: Settle
) -> None:
    dialog = opened(page, settle)
    form = dialog.form
    (then,) = form.contracts
    then.set_value(Then.KEEP)
    form.draws._box.setChecked(False)
    hidden = (form.switch_on, form.reason, form.last_day, form.choice.scheme, form.takes_over)
    assert not any(one.isVisible() for one in hidden)
    dialog.accept_button.click()
    settle(page.desk)
    assert "没有要办的" in form._banner.text()
    assert dialog.accept_button.text() == "下一步：核对"
    form.since._line.setText("2026-03-09")
    dialog.accept_button.click()
    assert form.since.message
    dialog.reject()
    (asked,) = cast("list[Message]", dialog.findChildren(Message))
    assert "放弃调岗" in asked.windowTitle()
    asked.accept()


def test_the_rest_of_a_longer_cycle_is_judged_as_one_unless_that_is_not_wanted(
    page: PeoplePage, settle: Settle
) -> None:
    dialog = opened(page, settle)
    form = dialog.form
    assert not form.in_part.isVisible()
    form.since._line.setText("2026-03-01")
    form.choice.choose("director-annual", "director")
    assert form.in_part.isVisible()
    assert form._said.text() == (
        "新责任书：2026-03-01 至 2026-12-31，共考核 1 次，最后一次 2026-03-01 至 2026-12-31。"
    )
    new = form.wanted().new
    assert new is not None
    assert new.in_part
    form.in_part._box.setChecked(False)
    assert "没有一个完整的考核周期" in form._said.text()
    form.choice.choose("client-director", "client_director")
    assert form._said.text() == (
        "新责任书：2026-03-01 至 2026-12-31，共考核 1 次，最后一次 2026-03-01 至 2026-08-31；"
        "2026-09-01 至 2026-12-31 不满一个考核周期，不考核。"
    )


def test_a_post_that_was_changed_in_the_register_leads_on_to_its_contract(
    page: PeoplePage, settle: Settle
) -> None:
    for post, asks in (("客户经理", False), ("大客户专员", True)):
        page._edit(next(one for one in page.model.rows() if one.person.name == RARE[0]))
        form_of(page).post._line.setText(post)
        dialog_of(page).accept_button.click()
        settle(page.desk)
        messages = cast("list[Message]", page.window().findChildren(Message))
        told = [one for one in messages if one.isVisible()]
        assert bool(told) is asks
    (message,) = told
    assert "还是按“客户经理”签的" in message.windowTitle()
    message.accept()
    settle(page.desk)
    dialog = cast("list[MoveDialog]", page.window().findChildren(MoveDialog))[-1]
    assert dialog.form.since.value() == TODAY
    dialog.accept_button.click()
    settle(page.desk)
    assert "已经是：客户部，大客户专员，上级曾小贤，不再改动" in texts(dialog)
    dialog.reject()


def test_who_has_left_or_is_not_alone_is_not_moved(page: PeoplePage, settle: Settle) -> None:
    page.shows_left.setChecked(True)
    gone = next(one for one in page.model.rows() if one.person.name == RARE[4])
    page.table.select([gone.person.id])
    assert not page._move_button.isEnabled()
    page._move()
    everybody = [one.person.id for one in page.model.rows()]
    page.table.select(everybody)
    assert not page._move_button.isEnabled()
    page._move()
    settle(page.desk)
    assert not page.window().findChildren(MoveDialog)


def test_an_annual_cycle_that_is_cut_is_judged_for_its_months_by_default(
    page: PeoplePage, settle: Settle
) -> None:
    company = cast("Company", page.desk.company)
    who = next(one for one in page.model.rows() if one.person.name == RARE[1]).person.id
    page.desk.tasks.run(lambda: contracted(company, who, scheme="director-annual"))
    settle(page.desk)
    page.table.select([who])
    dialog = opened(page, settle)
    (then,) = dialog.form.contracts
    assert then.value() is Then.JUDGE
    dialog.form.draws._box.setChecked(False)
    dialog.accept_button.click()
    settle(page.desk)
    assert "2026-01-01 至 2026-03-31 的各月合并考核一次" in texts(dialog)
    dialog.back.click()
    then.set_value(Then.END)
    dialog.accept_button.click()
    settle(page.desk)
    assert "被中途截断，不再考核" in texts(dialog)
    assert then.value() is Then.END

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.review.steps import BatchId
from kpidesk.ui.desk import Desk
from kpidesk.ui.look import Theme
from kpidesk.ui.pages.home import HomePage
from kpidesk.ui.pages.home.step_card import StepCard
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.usecases import appraisals, contracts, people, reviewing
from kpidesk.usecases.actuals import BookRef
from kpidesk.usecases.company import Company
from kpidesk.usecases.whereabouts import Where
from tests.usecases.office import TODAY, Office

Settle = Callable[[Desk], None]
WHO: dict[str, Any] = {"actor": "李梅", "today": TODAY}
NAMES = ("王䶮", "李㛃", "陈𫖯", "赵𬭎", "孙𠮷")


def year(company: Company) -> tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]]:
    """Signed, printed, drafted, declared void, and without a contract; January is scored."""
    department = people.add_department(company, name="客户部", **WHO).id
    staff = tuple(
        people.add_person(
            company, number=f"KH{n:03d}", name=name, department=department, post="经理", **WHO
        ).id
        for n, name in enumerate(NAMES, start=1)
    )
    office = Office(company, department, staff[0], staff[0], WHO)
    sheets = office.sign(office.draft())
    office.complete(sheets[0])
    appraisals.finish_scoring(company, sheets[0], **WHO)
    contracts.mark_printed(company, [office.draft(people=[staff[1]])], **WHO)
    office.draft(people=[staff[2]])
    contracts.void(company, office.draft(people=[staff[3]]), reason="录错", **WHO)
    return staff, sheets


@pytest.fixture
def made(
    company_desk: Desk, settle: Settle
) -> tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]]:
    found: list[Any] = []
    company_desk.ask(year, found.append)
    settle(company_desk)
    return cast("tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]]", found[0])


def shown(desk: Desk, qtbot: QtBot, settle: Settle) -> HomePage:
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 660)  # a window of 1366 × 768
    page.show()
    settle(desk)
    return page


@pytest.fixture
def page(made: object, company_desk: Desk, qtbot: QtBot, settle: Settle) -> HomePage:
    return shown(company_desk, qtbot, settle)


@pytest.fixture
def asked(page: HomePage) -> list[tuple[str, object]]:
    """Where the page sends the officer."""
    found: list[tuple[str, object]] = []
    page.desk.going.connect(lambda key, what: found.append((key, what)))
    return found


def texts(widget: QWidget) -> list[str]:
    labels = cast("list[QLabel]", widget.findChildren(QLabel))
    return [one.text() for one in labels if one.isVisible() and one.text()]


def button(widget: QWidget, text: str) -> QPushButton:
    buttons = cast("list[QPushButton]", widget.findChildren(QPushButton))
    return next(one for one in buttons if one.isVisible() and one.text() == text)


def test_each_step_of_the_year_has_its_figure(page: HomePage) -> None:
    cards = cast("list[StepCard]", page.pipeline.findChildren(StepCard))
    # February is over and March has begun: two sheets are open, nine lie ahead.
    told = [card.figure.text() for card in cards]
    assert told[:6] == ["5", "0", "1", "1", "1", "0"]  # people, plans, contracts, none filed
    assert told[7:] == ["2", "1", "0", "0", "0", "0"]  # sheets, results, pay
    assert page.pipeline.filed.hint.text() == "还差 1 份"
    assert page.pipeline.people.hint.text() == "2 人待拟定"
    assert page.pipeline.signed.hint.text() == "9 张表未到期"
    assert page._title.text() == "星河科技有限公司"
    assert page._subtitle.text() == "2026年3月2日  星期一  ·  经办人 李梅"


def test_a_step_leads_to_the_very_list(
    page: HomePage,
    made: tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]],
    asked: list[tuple[str, object]],
) -> None:
    _, sheets = made
    steps = page.pipeline
    for card in (
        steps.people,
        steps.targets,
        steps.drafts,
        steps.printed,
        steps.signed,
        steps.filed,
    ):
        card.click()
    for card in (steps.actuals, steps.scoring, steps.interviewed, steps.approved):
        card.click()
    for card in (steps.confirmed, steps.paid):
        card.click()
    steps.scored.setFocus()
    QTest.keyClick(steps.scored, Qt.Key.Key_Space)
    assert asked == [
        ("people", None),
        ("targets", None),
        ("contracts", ("state", ContractState.DRAFT)),
        ("contracts", ("state", ContractState.PRINTED)),
        ("contracts", ("state", ContractState.SIGNED)),
        ("contracts", "filed"),
        ("actuals", None),
        ("scoring", ("these", sheets[1:3])),
        ("results", ("where", Where.HEARD)),
        ("results", ("where", Where.FINAL)),
        ("results", ("where", Where.CONFIRMED)),
        ("pay", None),
        ("results", ("where", Where.SCORED)),
    ]


def test_approvals_and_appeals_wait_with_their_days(
    page: HomePage,
    made: tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]],
    settle: Settle,
    asked: list[tuple[str, object]],
) -> None:
    sheet = made[1][0]
    early: dict[str, Any] = {"actor": "李梅", "today": date(2026, 2, 20)}

    def do(work: Callable[[Company], object]) -> None:
        page.desk.act(work)
        settle(page.desk)
        page.refresh()
        settle(page.desk)

    do(lambda company: reviewing.submit(company, [sheet], **early))
    assert "1 份结果等待总经理审批，最早的已等 10 天" in texts(page.todos)
    assert page.pipeline.approved.hint.text() == "待审批 1"
    button(page.todos, "登记审批").click()
    one = BatchId(1)
    do(
        lambda company: reviewing.decide(
            company, one, by="王总", on=early["today"], returned={}, **early
        )
    )
    assert "1 份结果已批准，等待员工确认" in texts(page.todos)
    button(page.todos, "登记确认").click()
    more: dict[str, Any] = {"by": "本人", "on": date(2026, 2, 20), "what": "漏了一户"}
    do(lambda company: reviewing.appeal(company, sheet, **more, **early))
    assert "1 项申诉等待答复，还有 0 天" in texts(page.todos)
    button(page.todos, "处理申诉").click()
    uphold: dict[str, Any] = {"by": "王总", "on": TODAY, "reason": "属实"}
    do(lambda company: reviewing.uphold(company, sheet, **uphold, **WHO))
    assert "1 份结果被退回或申诉成立，等待更正" in texts(page.todos)
    assert [what for _, what in asked] == [
        "batches",
        ("where", Where.UNCONFIRMED),
        ("review", sheet),
    ]


def test_a_closed_cycle_is_counted_no_more(page: HomePage, made: object, settle: Settle) -> None:
    january = Period.months(2026, 1, 1)
    page.desk.act(lambda company: reviewing.close_cycle(company, january, reason="试行", **WHO))
    settle(page.desk)
    assert page.pipeline.scored.figure.text() == "0"
    assert not any("还没有面谈" in text for text in texts(page.todos))


def test_what_waits_is_named_and_leads_on(
    page: HomePage,
    made: tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]],
    asked: list[tuple[str, object]],
) -> None:
    staff, sheets = made
    lines = texts(page.todos)
    assert lines[1:3] == ["2 人还没有责任书", "赵𬭎、孙𠮷"]
    assert "1 份责任书草稿待打印" in lines
    assert "1 份责任书已打印，等待签署" in lines
    assert "1 张到期的评分表还缺数据" in lines
    assert "王䶮(2026-02)" in lines
    for text in ("拟定责任书", "去打印", "登记签署", "补录数据", "记录面谈"):
        button(page.todos, text).click()
    assert asked == [
        ("contracts", ("draw_up", staff[3:])),
        ("contracts", ("state", ContractState.DRAFT)),
        ("contracts", ("state", ContractState.PRINTED)),
        ("scoring", sheets[1]),
        ("results", sheets[0]),
    ]


def test_what_was_done_last_can_be_looked_at_again(
    page: HomePage,
    made: tuple[tuple[PersonId, ...], tuple[AppraisalId, ...]],
    asked: list[tuple[str, object]],
) -> None:
    lines = texts(page.recent)
    assert sorted(text for text in lines if len(text) == 2) == ["定分", "打印", "打印", "签署"]
    button(page.recent, "王䶮  2026年1月").click()
    assert asked == [("results", made[1][0])]


def test_actuals_that_are_missed_lead_to_their_matrix(
    page: HomePage, settle: Settle, asked: list[tuple[str, object]]
) -> None:
    settle(page.desk)
    # February is over; nothing of it was entered. January's sheet is recorded.
    assert "2 月还缺 5 项实绩" in texts(page.todos)
    button(page.todos, "补录实绩").click()
    assert asked == [("actuals", ShowActual(BookRef("account-manager-kpi", 2026)))]


def test_the_page_follows_what_is_done(page: HomePage, settle: Settle) -> None:
    page.desk.act(
        lambda company: contracts.sign(
            company, contracts.list_contracts(company)[1].id, signed_on=TODAY, **WHO
        )
    )
    settle(page.desk)
    assert page.pipeline.signed.figure.text() == "2"
    assert "1 份责任书已打印，等待签署" not in texts(page.todos)


def test_an_empty_company_is_told_the_three_steps(
    company_desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = shown(company_desk, qtbot, settle)
    lines = texts(page.beginning)
    places = [lines.index(text) for text in ("录入人员", "拟定责任书", "打印签署")]
    assert places == sorted(places)
    assert not page.pipeline.isVisible()
    found: list[tuple[str, object]] = []
    company_desk.going.connect(lambda key, what: found.append((key, what)))
    page.beginning.people.click()
    assert found == [("people", "add")]


@pytest.mark.parametrize("width", [1230, 824])  # windows of 1366 and of 960
def test_nothing_is_cut_in_a_small_window(page: HomePage, width: int) -> None:
    page.resize(width, 560)
    QApplication.processEvents()
    for card in cast("list[StepCard]", page.pipeline.findChildren(StepCard)):
        assert card._name.width() >= card._name.sizeHint().width()
        assert card.hint.height() >= card.hint.heightForWidth(card.hint.width())
        assert card.rect().contains(card.hint.geometry())


def test_another_theme_keeps_what_is_shown(page: HomePage) -> None:
    before = sorted(texts(page))
    look = page.desk.look
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.change(app, Theme.DARK, 1.0)
    QApplication.processEvents()
    after = sorted(texts(page))
    look.change(app, Theme.LIGHT, 1.0)
    assert after == before

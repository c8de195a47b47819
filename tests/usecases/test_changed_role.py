"""Pay of somebody who sold until April and leads the department from May on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from kpidesk.core.contract import ContractId
from kpidesk.core.payroll import grouping
from kpidesk.core.people import DepartmentId
from kpidesk.core.period import CYCLE, Period
from kpidesk.store import pay_facts
from kpidesk.usecases import contracts, pay
from kpidesk.usecases.moving import Move, Then, held_contracts, try_move
from kpidesk.usecases.verifying import verify
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import APRIL, MARCH, Payroll, department, fill_month

SALES = {"张三": 80_000, "李四": 120_000}
FIRST, SECOND = "张三（客户经理）", "张三（客户总监）"
MAY, SINCE = "2026-05", date(2026, 5, 1)


@pytest.fixture
def payroll(office: Office) -> Payroll:
    """Months to May are filled in, March and April settled; then Zhang takes over."""
    made = department(office)
    for month in ("m03", "m04", "m05"):
        fill_month(made, month, SALES)
    for month in (MARCH, APRIL):
        made.settle(month)
    return made


def end(payroll: Payroll, name: str) -> None:
    """Their contract holds to April."""
    rows = contracts.list_contracts(payroll.company)
    row = next(one for one in rows if one.person_name == name and not one.is_amendment)
    made = contracts.draw_up_amendment(
        payroll.company, row.id, effective_on=SINCE, reason="岗位调整", ends=True,
        **payroll.who,
    )  # fmt: skip
    sign(payroll, made.id)


def sign(payroll: Payroll, contract: ContractId) -> None:
    contracts.mark_printed(payroll.company, [contract], **payroll.who)
    day = payroll.who["today"]
    contracts.sign(payroll.company, contract, signed_on=day, **payroll.who)


def take_over(payroll: Payroll) -> None:
    """The director's contract ends, Zhang's too; he signs one as the director to February."""
    end(payroll, "䶮㛃")
    end(payroll, "张三")
    sign_up(payroll, "张三", "director")


def sign_up(payroll: Payroll, name: str, role: str) -> None:
    """A contract in a role, from May to the end of the cycle."""
    settings = dict(payroll.ref.settings)
    drawn = contracts.draw_up(
        payroll.company, people=[payroll.ids[name]], scheme="client-department", role=role,
        term=Period.months(2026, 5, 10), settings=settings, **payroll.who,
    )  # fmt: skip
    sign(payroll, drawn.ids[0])


def paid(payroll: Payroll, period: str) -> dict[str, dict[str, Decimal]]:
    """What everybody of a period is paid, line by line."""
    return {
        one.member.name: {x.result.name: Decimal(str(x.figure.value)) for x in one.lines}
        for one in payroll.view(period).people
    }


def test_each_part_is_paid_by_its_own_role_and_what_was_settled_stays(payroll: Payroll) -> None:
    before = {month: paid(payroll, month) for month in (MARCH, APRIL)}
    zhang = payroll.ids["张三"]
    (held,) = held_contracts(payroll.company, zhang, today=SINCE)
    move = Move(
        zhang, SINCE, DepartmentId(1), "客户总监", None,
        contracts=((held.row.id, Then.END),), switch_on=date(2026, 4, 1),
    )  # fmt: skip
    (ended,) = try_move(payroll.company, move, **payroll.who).ended
    assert ended.hurdles == ("2026年4月的薪酬已经结算：登记签署终止协议以前，请先依次冲销",)
    take_over(payroll)
    (group,) = pay.list_groups(payroll.company)
    assert group.people == 3
    for month, lines in before.items():
        now = paid(payroll, month)
        assert now[FIRST] == lines["张三"] == {
            "base_pay": 6400, "commission": 4000, "phone_allowance": 200,
        }  # fmt: skip
        assert now["李四"] == lines["李四"]
    now = paid(payroll, MAY)
    assert FIRST not in now
    assert now[SECOND] == {
        "base_pay": Decimal(8000), "override": Decimal(1200), "phone_allowance": Decimal(300)
    }  # fmt: skip
    assert all(not one.pending for one in payroll.view(APRIL).people)
    payroll.settle(MAY)
    assert payroll.person("张三", MAY).state == "已结算"
    assert not verify(payroll.company).broken


def test_figures_go_to_the_part_of_their_days_and_one_paper_shows_both(payroll: Payroll) -> None:
    take_over(payroll)
    view = payroll.view(MAY)
    group, zhang = view.group, payroll.ids["张三"]
    own = {one.key.period: one for one in _facts(payroll) if one.key.person == zhang}
    assert own[MAY].key.starts_on == SINCE
    assert group.subject_on(zhang, SINCE) == SECOND
    for part, value in enumerate((Decimal(60), Decimal(40))):
        fact = pay.NewFact(zhang, "pool_share", CYCLE, value, part=part)
        pay.enter_facts(payroll.company, payroll.ref, facts=[fact], **payroll.who)
    facts = payroll.view().gathered.facts
    assert facts.periods(FIRST, "pool_share")[CYCLE].value == 60
    assert facts.periods(SECOND, "pool_share")[CYCLE].value == 40
    people = [payroll.ids["张三"]]
    printed = pay.statements_pdf(payroll.company, payroll.ref, CYCLE, people=people)
    assert (printed.done, printed.total) == (1, 1)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
    flat = "".join(text.split())
    assert "本周期内岗位有变动，分段核算" in flat
    assert flat.count("责任书编号") == 2
    assert "本期薪酬（客户经理）" in flat
    assert "本期薪酬（客户总监）" in flat
    assert "各段合计" in flat


def _facts(payroll: Payroll) -> list[pay_facts.PayFact]:
    with payroll.company.read() as connection:
        return list(pay_facts.facts_of(connection, payroll.scheme))


def test_a_cycle_that_was_settled_undivided_keeps_its_figures(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of before paid the whole cycle by the newest role; so they go on."""
    made = department(office, target_split="even")
    for month in ("m03",):
        fill_month(made, month, SALES)
        made.enter("总监", "collected", {month: 50_000})
    with monkeypatch.context() as then:
        then.setattr(grouping, "_parts", lambda terms, _: [list(terms)])
        end(made, "䶮㛃")
        sign_up(made, "总监", "account_manager")
        made.settle(MARCH)
        before = paid(made, MARCH)
    made.company.books.clear()
    assert paid(made, MARCH) == before
    assert "commission" in before["䶮㛃"]
    assert all(not one.pending for one in made.view(MARCH).people)
    april = made.person("䶮㛃", APRIL)
    assert april.member.contract.role == "account_manager"
    assert any("整个周期都按客户经理计算" in one.message for one in april.warnings)
    assert not verify(made.company).broken

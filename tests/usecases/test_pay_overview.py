"""A run as a whole: sums both ways, the run before, lights, ways to the facts, the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from kpidesk.core.explain import explain
from kpidesk.core.payroll.lawful import LegalKind, LegalParameter, LegalSettings
from kpidesk.core.wording import Light
from kpidesk.store import audit
from kpidesk.usecases import legal, pay, people
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.unsettled import pay_to_settle
from kpidesk.usecases.verifying import Part, verify_file
from tests.core.pay_groups import told
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import (
    APRIL,
    MARCH,
    Payroll,
    department,
    fill_month,
    fill_quarter,
    key_accounts,
)
from tests.usecases.test_pay_accounts import BOTH, line
from tests.usecases.test_verify import tool


@pytest.fixture
def payroll(office: Office) -> Payroll:
    made = department(office)
    fill_month(made, "m03", BOTH)
    made.settle(MARCH)
    fill_month(made, "m04", {"张三": 120_000, "李四": 130_000})
    return made


def minimum(value: int) -> LegalSettings:
    wage = LegalParameter(
        LegalKind.MINIMUM_WAGE, "绵阳", Decimal(value), date(2026, 1, 1), "川人社发〔2025〕1号"
    )
    return LegalSettings((wage,), "绵阳")


def test_a_run_is_added_up_both_ways_and_stands_beside_the_one_before(payroll: Payroll) -> None:
    seen = pay.overview_of(payroll.view(APRIL))
    assert dict(seen.lines) == {"基本工资": 28_000, "提成": 12_500, "团队提成": 2500}
    assert told(seen.total, seen.apart, seen.agrees, seen.lacking) == (43_000, 700, True, 0)
    assert seen.compared is not None
    assert seen.compared.before == 38_400
    assert seen.compared.changes[0].subject == "李四"
    assert pay.overview_of(payroll.view("2026-05")).lacking == 3


def test_the_lights_follow_what_the_officer_entered(payroll: Payroll) -> None:
    yellow = pay.overview_of(payroll.view(APRIL))
    ((light, said),) = yellow.told
    assert light is Light.YELLOW
    assert "没有录入工作地点" in said
    done = legal.save_legal(payroll.company, minimum(15_000), **payroll.who)
    assert done == Changes.SETTINGS | Changes.PAY
    red = pay.overview_of(payroll.view(APRIL))
    assert red.count(Light.RED) == 3
    assert "低于绵阳最低工资 15,000.00 元" in red.told[0][1]
    assert [one.clause for _, one in red.wordings if one.light is Light.RED]
    march = pay.overview_of(payroll.view(MARCH))
    assert any("扣减 1,600.00 元" in text for _, text in march.told)


def test_other_legal_figures_are_logged_and_the_same_are_not(payroll: Payroll) -> None:
    settings = minimum(2000)
    with payroll.company.read() as connection:
        before = audit.head(connection)
    legal.save_legal(payroll.company, settings, **payroll.who)
    assert legal.save_legal(payroll.company, settings, **payroll.who) == Changes.NONE
    assert legal.load_legal(payroll.company) == settings
    with payroll.company.read() as connection:
        head = audit.head(connection)
    assert head.sequence == before.sequence + 1


def test_a_legal_figure_that_was_changed_in_the_file_is_found(payroll: Payroll) -> None:
    legal.save_legal(payroll.company, minimum(2000), **payroll.who)
    path = payroll.company.path
    payroll.company.close()
    assert verify_file(path).broken == ()
    tool(path, "UPDATE settings SET value = replace(value, '2000', '1000') WHERE key = 'legal'")
    one, seal = verify_file(path).broken
    assert (one.part, one.problem) == (Part.LEGAL, "与操作日志不符")
    assert seal.part is Part.OTHER


def test_every_figure_of_a_derivation_leads_to_where_it_was_entered(payroll: Payroll) -> None:
    view = payroll.view(MARCH)
    places = pay.Places(view)
    zhang = next(one for one in view.people if one.member.person.name == "张三")
    assert zhang.sum_ is not None
    found = {
        step.label: places.of(step.origin)
        for step in explain(zhang.sum_)
        if places.of(step.origin) is not None
    }
    who = payroll.ids["张三"]
    assert found["回款（2026-03）"] == pay.FieldPlace(who, "collected", MARCH, MARCH)
    assert found["任务（2026-03）"] == pay.ContractPlace(zhang.member.contract.id)


def test_a_dated_line_leads_to_itself(payroll: Payroll) -> None:
    made = line(payroll, date(2026, 5, 5), 100_000).line
    assert made is not None
    payroll.enter("张三", "base_salary", {"m05": 8000})
    view = payroll.view("2026-05")
    result = view.evaluation.get("张三", "commission", "2026-05")
    assert result is not None
    assert result.derivation is not None
    places = pay.Places(view)
    (place,) = {
        found
        for step in explain(result.derivation)
        if (found := places.of(step.origin)) and not isinstance(found, pay.ContractPlace)
    }
    assert place == pay.LinePlace(made, "2026-05")


def test_the_workbook_has_a_row_a_person_real_numbers_and_its_derivations(
    payroll: Payroll,
) -> None:
    book = CalamineWorkbook.from_filelike(
        BytesIO(pay.payroll_workbook(payroll.company, payroll.ref, APRIL))
    )
    table, why = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert table[0][7:] == [
        "基本工资（元）",
        "提成（元）",
        "团队提成（元）",
        "应发合计（元）",
        "通信费，另行报销（元）",
    ]
    zhang = next(row for row in table if row[1] == "张三")
    assert zhang[7:] == [8000.0, 6000.0, "", 14_000.0, 200.0]
    assert table[-1][6:] == ["横竖合计一致", 28_000.0, 12_500.0, 2500.0, 43_000.0, 700.0]
    assert why[0][7:] == ["条款", "填写人", "填写日期", "依据"]
    assert any("财务报表" in str(row[10]) for row in why[1:])


def test_a_name_that_looks_like_a_formula_stays_a_text(payroll: Payroll) -> None:
    rows = people.list_people(payroll.company)
    boss = next(one.person for one in rows if one.person.name == "张三")
    people.edit_person(payroll.company, replace(boss, post="=1+1"), **payroll.who)
    data = pay.payroll_workbook(payroll.company, payroll.ref, MARCH)
    assert b"<f>" not in data


def test_a_run_that_is_not_complete_says_so_in_its_sums(payroll: Payroll) -> None:
    book = CalamineWorkbook.from_filelike(
        BytesIO(pay.payroll_workbook(payroll.company, payroll.ref, "2026-05"))
    )
    table = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert table[-1][6] == "有人还没有算出合计"


def test_quarters_are_reconciled_over_what_was_settled(office: Office) -> None:
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 30_000)
    payroll.settle("2026Q1")
    seen = pay.overview_of(payroll.view("2026Q1"))
    assert any("扣减 600.00 元" in text for _, text in seen.told)


def test_home_names_the_periods_that_wait_to_be_settled(payroll: Payroll) -> None:
    todo = pay_to_settle(payroll.company, today=date(2026, 5, 2))
    assert todo.names == ("客户部绩效考核办法 2026年4月",)
    assert (todo.count, todo.since, todo.where) == (1, date(2026, 5, 1), (payroll.ref, APRIL))
    payroll.settle(APRIL)
    assert not pay_to_settle(payroll.company, today=date(2026, 5, 2)).count

"""The pay statement: what it says, how it stands, that its signatures stay together."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from kpidesk.core.page_code import Stamp
from kpidesk.core.people import PersonId
from kpidesk.documents.pay_statement import pay_statement_pdf
from kpidesk.usecases import pay, people
from kpidesk.usecases.company import create_company
from tests.documents import of_pay
from tests.documents.layout import faults, pages_of
from tests.documents.samples import codes_of, page_texts, text_of
from tests.documents.test_extremes import HOSTILE, UNSEEN
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import (
    APRIL,
    MARCH,
    Payroll,
    department,
    fill_month,
    fill_quarter,
    key_accounts,
)

STAMP = Stamp("P", 3, 1, "0a1b2c3d")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    path = tmp_path_factory.mktemp("pay") / "龙华.kpidesk"
    company = create_company(path, name="龙华贸易有限公司", representative="李雷", **who)
    unit = people.add_department(company, name="客户部", **who).id
    director = people.add_person(
        company, number="001", name="䶮㛃", department=unit, post="总监", **who
    ).id
    return Office(company, unit, director, PersonId(0), who)


@pytest.fixture(scope="module")
def payroll(office: Office) -> Payroll:
    """March settled and corrected, April settled with the difference, May open."""
    made = department(office)
    fill_month(made, "m03", {"张三": 120_000, "李四": 80_000})
    made.settle(MARCH)
    made.enter("李四", "collected", {"m03": 100_000}, "到账漏记")
    fill_month(made, "m04", {"张三": 120_000, "李四": -200_000})
    made.settle(APRIL)
    return made


def statement(payroll: Payroll, period: str, *names: str) -> bytes:
    ids = [payroll.ids[one] for one in names]
    return pay.statements_pdf(payroll.company, payroll.ref, period, people=ids).pdf


def test_it_names_company_person_contract_period_and_every_line(payroll: Payroll) -> None:
    text = page_texts(statement(payroll, MARCH, "张三"))[0]
    for said in (
        "龙华贸易有限公司",
        "薪酬结算单",
        "结算期间：2026年3月",
        "张三",
        "客户经理",
        "客户部-2026-002",
        "第1版",
        "基本工资",
        "8,000.00",
        "6,000.00",
        "应发合计14,000.00",
        "人民币壹万肆仟元整",
        "通信费",
        "不计入应发合计",
        "王芳于2027-06-01结算",
        "本人确认：",
        "人力资源部：",
        "总经理：",
    ):
        assert said in text, said


def test_a_difference_stands_with_both_amounts_and_both_derivations(payroll: Payroll) -> None:
    first, *annex = page_texts(statement(payroll, APRIL, "李四"))
    assert "基本工资（2026年3月）6,400.008,000.001,600.00" in first
    assert "提成（2026年3月）4,000.005,000.001,000.00" in first
    assert "更正以前各期" in first
    derived = "".join(annex)
    assert "（重算）" in derived
    assert "（原发）" in derived
    assert "更正：到账漏记" in derived


def test_what_is_taken_back_reads_so_in_capitals(payroll: Payroll) -> None:
    text = page_texts(statement(payroll, APRIL, "李四"))[0]
    assert "应发合计-1,000.00" in text
    assert "扣回人民币壹仟元整" in text


def test_an_open_period_is_marked_as_a_draft(payroll: Payroll) -> None:
    payroll.enter("张三", "base_salary", {"m05": 8000})
    text = page_texts(statement(payroll, "2026-05", "张三"))[0]
    assert "本单尚未结算，只供核对，不作发放依据" in text


def test_all_persons_of_a_period_are_one_document_each_on_pages_of_its_own(
    payroll: Payroll,
) -> None:
    pages = page_texts(statement(payroll, MARCH))
    firsts = [one for one in pages if "结算期间：" in one]
    assert len(firsts) == 3
    assert all("本人确认：" in one for one in firsts)


def test_accounts_stand_with_their_balance(office: Office) -> None:
    payroll = key_accounts(office)
    seller = payroll.ids["王五"]
    fill_quarter(payroll, "q1", 20_000)
    payroll.settle("2026Q1")
    fill_quarter(payroll, "q2", 70_000)
    payroll.settle("2026Q2")
    printed = pay.statements_pdf(office.company, payroll.ref, "2026Q2", people=[seller])
    text = page_texts(printed.pdf)[0]
    assert "补基数台账" in text
    assert "17,500.00" in text
    assert "2026年第1季度" in text
    assert "Q1" not in text_of(printed.pdf)


def test_each_page_carries_its_code(payroll: Payroll) -> None:
    codes = list(codes_of(statement(payroll, MARCH, "张三")))
    assert len(codes) == 2
    assert all(code.startswith("KPI1:P:1:1:-:") for page in codes for code in page)
    assert all(codes)


def test_it_keeps_within_its_margins(payroll: Payroll) -> None:
    with pdfplumber.open(BytesIO(statement(payroll, APRIL))) as pdf:
        for page in pdf.pages:
            assert all(char["x1"] <= page.width - 70 for char in page.chars)


def test_the_same_statement_gives_the_same_bytes(payroll: Payroll) -> None:
    assert statement(payroll, MARCH, "张三") == statement(payroll, MARCH, "张三")


@pytest.mark.parametrize("text", [HOSTILE, UNSEEN, "&", "<b>", "长" * 300], ids=range(5))
def test_hostile_and_long_sources_keep_the_layout(text: str) -> None:
    pdf = pay_statement_pdf([of_pay.statement(source=text)], stamp=STAMP)
    assert faults(pages_of(pdf)) == []


@pytest.mark.parametrize("part", ["accounts", "corrections"])
@pytest.mark.parametrize("count", [*range(4, 16), 29, 30])
def test_signatures_stand_under_the_last_rows_of_the_table(part: str, count: int) -> None:
    plain = of_pay.statement()
    assert plain.total is not None
    row = replace(plain.accounts[0], amount=plain.total)
    rows = (row,) * count
    is_account = part == "accounts"
    many = replace(
        plain, accounts=rows if is_account else (), corrections=() if is_account else rows
    )
    pdf = pay_statement_pdf([many], stamp=STAMP)
    (signed,) = [one for one in page_texts(pdf) if "本人确认：" in one]
    above = signed.split("王芳于2026-07-06结算")[0]
    assert len(re.findall(r",\d{3}\.\d\d", above)) >= 4, above
    assert faults(pages_of(pdf)) == []


@pytest.mark.parametrize("count", range(30, 44))
def test_signatures_stay_together_wherever_the_page_ends(count: int) -> None:
    plain = of_pay.statement()
    many = replace(plain, accounts=plain.accounts[:1] * count)
    pages = page_texts(pay_statement_pdf([many], stamp=STAMP))
    signed = [one for one in pages if "本人确认：" in one]
    assert len(signed) == 1
    assert all(said in signed[0] for said in ("人力资源部：", "总经理：", "年月日年月日年月日"))

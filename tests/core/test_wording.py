"""Words that the law looks at, in schemes and contracts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpidesk.core.contract import Amends, ContractId
from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.wording import Light, contract_wordings, scheme_wordings, wordings
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_payroll import CLIENTS, QUARTERS, hired, person


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("迟到一次罚款50元", Light.RED),
        ("给予经济处罚", Light.RED),
        ("未完成的，扣发当季固定工资600元", Light.RED),
        ("连续三个月未达标，自动离职", Light.RED),
        ("实行末位淘汰", Light.RED),
        ("公司有权修改本责任书", Light.RED),
        ("本办法最终解释权归公司所有", Light.YELLOW),
        ("离职后不再发放提成", Light.YELLOW),
        ("双方以电子签名确认", Light.YELLOW),
    ],
)
def test_a_phrase_is_found_and_rated(text: str, light: Light) -> None:
    (found,) = wordings([("R1", text)])
    assert (found.light, found.clause, found.phrase) == (light, "R1", text)


@pytest.mark.parametrize(
    "text",
    [
        "回款按月核对，客户罚金由客户承担的除外。"[:7],
        "甲方有权了解工作进度",
        "考核扣分，不低于零",
        "未完成目标的，不计提奖金",
    ],
)
def test_plain_words_are_let_be(text: str) -> None:
    assert wordings([("R1", text)]) == ()


def test_the_sentence_is_quoted_and_the_worst_comes_first() -> None:
    text = "第一句。解释权归公司。处以罚款；末句"
    red, yellow = wordings([("R2", text)])
    assert (red.light, red.phrase) == (Light.RED, "处以罚款")
    assert (yellow.light, yellow.phrase) == (Light.YELLOW, "解释权归公司")


def test_built_in_schemes_say_where_they_take_fixed_pay_away() -> None:
    assert [one.clause for one in scheme_wordings(QUARTERS)] == ["R12"]
    found = {one.clause: one.light for one in scheme_wordings(CLIENTS)}
    assert found["R09"] is Light.RED
    assert len(found) == 2  # the rule that pays a part of the base pay, too
    assert scheme_wordings(builtin_scheme("account-manager-kpi")) == ()


def test_a_rule_is_quoted_by_its_label_where_no_source_has_it() -> None:
    bare = replace(CLIENTS, rules=(), contract=())
    (only,) = scheme_wordings(bare)
    assert only.phrase == "基本工资"


def test_a_scheme_is_read_in_its_contract_and_indicators_too() -> None:
    plain = builtin_scheme("account-manager-kpi")
    item = ContractItem("公司有权变更指标")
    section = ContractSection(Slot.APPENDIX, "附则", (item, ContractItem("一式两份", "R01")))
    leaf = replace(plain.indicators[0], definition="出错一次罚款")
    changed = replace(
        plain,
        contract=(section,),
        indicators=(leaf, *plain.indicators[1:]),
    )
    assert len(scheme_wordings(changed)) == 2


def test_a_contract_signed_late_or_without_targets_is_told_of() -> None:
    contract = hired(person(1), QUARTERS, "salesperson").contract
    late = replace(contract, signed_on=date(2026, 2, 1), special_terms=("甲方有权调整目标",))
    terms, signed, targets = contract_wordings(late, QUARTERS)
    assert terms.clause == "特别约定第 1 条"
    assert "2026-02-01 签署" in signed.phrase
    assert targets.phrase == "没有约定目标"
    plain = builtin_scheme("account-manager-kpi")
    assert contract_wordings(replace(contract, signed_on=date(2026, 1, 1)), plain) == ()
    amends = Amends(ContractId(9), "责-9", date(2026, 1, 1), 1, date(2026, 2, 1), "")
    amended = replace(late, special_terms=(), amends=amends)
    assert contract_wordings(amended, plain) == ()

from __future__ import annotations

from dataclasses import replace

import pytest

from kpidesk.core.cycles import cycle_of
from kpidesk.core.worked_examples import WorkedExample, worked_examples
from tests.documents.every import Terms, all_terms, contract_of

WITHOUT = {"service-director-growth"}
"""Its growth is measured in units that the company has to fill in first."""


def examples_of(name: str, *, targets: bool = True) -> tuple[WorkedExample, ...]:
    terms = next(one for one in all_terms() if one.name == name)
    contract = contract_of(terms)
    if not targets:
        contract = replace(contract, targets=())
    cycle = cycle_of(terms.scheme, dict(contract.settings), contract.term.start).period
    return worked_examples(terms.scheme, contract, cycle)


@pytest.mark.parametrize("terms", all_terms(), ids=lambda one: one.name)
def test_every_scheme_that_computes_has_an_example(terms: Terms) -> None:
    examples = examples_of(terms.name)
    assert bool(examples) == (terms.name not in WITHOUT)
    for one in examples:
        assert one.steps
        assert one.text.endswith(("分。", "元。", "”。"))
        assert "person" not in one.text
    assert len({one.title for one in examples}) == len(examples)


def test_a_target_is_taken_from_the_contract_and_just_missed() -> None:
    (first, *_) = examples_of("account-manager-kpi-account_manager")
    assert first.title == "销售完成率"
    assert first.steps[0] == "销售完成率 = 实际销售额 90万元 ÷ 计划销售额 100万元 × 100% = 90%"
    assert first.steps[-1] == "销售完成率得分 = 满分 25分 − 扣分 2分 = 23.00分"


def test_without_targets_the_example_assumes_them() -> None:
    (first, *_) = examples_of("director-annual", targets=False)
    assert first.steps[-1] == "销售额达成率得分 = 满分 100分 × 销售额达成率完成率 90% = 90.00分"


def test_where_less_is_better_the_example_goes_beyond_the_target() -> None:
    (only,) = examples_of("dealership-director")
    assert "客户投诉率目标 100% ÷ 客户投诉率实际 110%" in only.text


def test_one_example_explains_all_indicators_of_a_sort() -> None:
    assert len(examples_of("director-annual")) == 1  # three indicators by attainment


def test_ratings_are_reckoned_to_the_total_and_its_grade() -> None:
    (only,) = examples_of("service-director-ten-point")
    assert only.title == "总分"
    assert only.steps[1] == "创新能力计入总分 = 创新能力得分 8分 × 权重 20% = 1.6分"
    assert only.steps[-2:] == ("总分 = 评定得分 8分 × 换算倍数 10 = 80.00分", "对应等级为“良好”")
    (plain,) = examples_of("client-director")
    assert plain.steps[-1] == "总分 = 客户关系管理计入总分 40分 + 个人能力计入总分 40分 = 80.00分"


def test_pay_is_reckoned_step_by_step_to_what_is_paid() -> None:
    (*_, bonus) = examples_of("key-account-sales-bonus-salesperson")
    assert bonus.steps[-1].startswith("季度奖金（2026Q1） = 计提奖金 12元 × 奖金系数")
    (month,) = examples_of("marketing-director")
    assert month.steps[-1].endswith("管理责任工资实得 880元 = 8,320.00元")


def test_a_share_needs_a_colleague() -> None:
    text = "".join(one.text for one in examples_of("bank-account-manager"))
    assert "另一名客户经理" in text
    assert "贡献度占比 50%" in text

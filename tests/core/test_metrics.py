"""Metrics: what the sheet asks for them, how they are stated, and what they never do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry
from kpidesk.core.clauses import Prose
from kpidesk.core.combine import with_indicators
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.people import PersonId
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.settings import SettingValue
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.exchange.builtin import builtin_scheme

METRICS = builtin_scheme("key-account-metrics")
QUARTER = Period.parse("2024Q2")


def sheet_of(scheme: str, settings: dict[str, SettingValue], *entries: Entry) -> Sheet:
    """The sheet of one person for the second quarter of 2024 (or the year)."""
    made = builtin_scheme(scheme)
    year = settings.get("cycle_length", "year") == "year" and scheme != "key-account-metrics"
    period = Period.parse("2024") if year else QUARTER
    contract = Contract(
        ContractId(1),
        "1",
        made.id,
        1,
        made.roles[0].name,
        PartyA("公司"),
        PartyB(PersonId(1), "甲", "1", "部门", "岗位"),
        period,
        settings=tuple(settings.items()),
    )
    appraisal = Appraisal(AppraisalId(1), ContractId(1), PersonId(1), period, entries)
    return make_sheet(made, contract, appraisal)


def asked(sheet: Sheet, indicator: str) -> list[tuple[str, str]]:
    """The fields of an indicator: label and period."""
    (row,) = [one for one in sheet.rows if one.indicator.name == indicator]
    return [(one.label, one.period) for one in row.fields]


DIRECT = ("不设目标，直接评分", "cycle")


def test_the_sheet_asks_for_growth_this_period_and_the_base_that_was_chosen() -> None:
    target = ("销售增长率目标", "cycle")
    before = asked(sheet_of("key-account-metrics", {}), "销售增长率")
    assert before == [
        target,
        ("销售额（2024Q1）", "2024Q1"),
        ("销售额（2024Q2）", "2024Q2"),
        DIRECT,
    ]
    settings: dict[str, SettingValue] = {"growth_base": "same_period_last_year"}
    last_year = asked(sheet_of("key-account-metrics", settings), "销售增长率")
    assert last_year == [
        target,
        ("销售额（2023Q2）", "2023Q2"),
        ("销售额（2024Q2）", "2024Q2"),
        DIRECT,
    ]


def test_growth_entered_on_the_sheet_is_scored() -> None:
    sheet = sheet_of(
        "key-account-metrics",
        {},
        Entry("sales", Decimal(1000), "2024Q1"),
        Entry("sales", Decimal(1080), "2024Q2"),
        Entry("target.销售增长率", Decimal(10)),
    )
    (row,) = [one for one in sheet.rows if one.indicator.name == "销售增长率"]
    assert row.score is not None
    assert row.score.text == "80.00"


def test_the_sheet_asks_for_the_parts_of_a_rate_that_a_rater_judges() -> None:
    fields = asked(sheet_of("client-director", {}), "客户投诉率")
    assert fields == [("客户投诉数", "cycle"), ("活跃客户数", "cycle"), ("得分", "cycle")]


def test_an_indicator_is_asked_for_figures_when_measured_and_for_a_score_when_rated() -> None:
    measured = asked(sheet_of("key-account-weighted", {}), "销售额")
    assert measured == [("销售额目标", "cycle"), ("销售额实际", "cycle"), DIRECT]
    rated = asked(sheet_of("key-account-weighted", {"method.销售额": "rated"}), "销售额")
    assert rated == [("得分", "cycle")]


@pytest.mark.parametrize(
    ("scheme", "settings", "indicator", "says"),
    [
        ("key-account-weighted", {}, "销售额", "按 0%～100% 计"),
        ("key-account-weighted", {"attainment_cap": "none"}, "销售额", "最低按 0% 计，不设上限"),
        ("key-account-weighted", {}, "客户满意度", "由考核人在 0～100 分之间评分"),
        ("key-account-weighted", {}, "客户保持率", "客户保持率实际 ÷ 客户保持率目标 × 100%"),
        ("key-account-metrics", {}, "客户反馈和问题解决速度", "数值越低越好"),
        (
            "key-account-metrics",
            {"attainment_cap": Decimal(90)},
            "客户反馈和问题解决速度",
            "最高按 90% 计",
        ),
        ("key-account-indicator-library", {}, "商务费用控制", "数值越低越好"),
        (
            "key-account-indicator-library",
            {"expense_direction": "up"},
            "商务费用控制",
            "实际商务费用发生额 ÷ 商务费用预算额 × 100%，按 0%～100% 计",
        ),
    ],
)
def test_the_contract_says_how_attainment_gives_points(
    scheme: str, settings: dict[str, SettingValue], indicator: str, says: str
) -> None:
    prose = Prose(builtin_scheme(scheme), settings)
    (found,) = [one for one in prose.scheme.leaves() if one.name == indicator]
    assert says in "".join(prose.rule(found))


def test_metrics_keep_their_clauses_when_a_scheme_lends_its_indicators() -> None:
    bound = with_indicators(builtin_scheme("key-account-director"), METRICS)
    made = bound.metric("actual.销售增长率")
    assert made is not None
    assert bound.rule(made.clause) is not None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_new_and_existing_customers_are_parts_of_one_whole(new: int, existing: int) -> None:
    ratios = {}
    for of in ("existing", "total"):
        outcome = evaluate(
            METRICS,
            cycle=Cycle.starting(date(2024, 4, 1), Grain.QUARTER),
            people=(Appraisee("A", "salesperson"),),
            facts=Facts.of(
                [
                    Fact("A", "new_customers", Decimal(new)),
                    Fact("A", "existing_customers", Decimal(existing)),
                ]
            ),
            settings={"ratio_of": of},
        )
        found = outcome.get("A", "new_to_existing_ratio")
        figure = found.derivation if found else None
        ratios[of] = Fraction(figure.inputs[0].value) / 100 if figure else None
    by_existing, by_total = ratios["existing"], ratios["total"]
    assert (by_existing is None) == (existing == 0)
    assert (by_total is None) == (new + existing == 0)
    if by_existing is not None:
        assert by_total == by_existing / (1 + by_existing)


@given(
    st.integers(1, 10**6),
    st.lists(st.integers(0, 10**6), min_size=2, max_size=2, unique=True),
)
def test_what_is_slower_never_scores_more(target: int, hours: list[int]) -> None:
    scores = []
    for one in sorted(hours):
        outcome = evaluate(
            METRICS,
            cycle=Cycle.starting(date(2024, 4, 1), Grain.QUARTER),
            people=(Appraisee("A", "salesperson"),),
            facts=Facts.of(
                [
                    Fact("A", "target.客户反馈和问题解决速度", Decimal(target)),
                    Fact("A", "actual.客户反馈和问题解决速度", Decimal(one)),
                ]
            ),
            settings={},
        )
        found = outcome.get("A", "score.客户反馈和问题解决速度")
        assert found is not None
        assert found.derivation is not None
        scores.append(Fraction(found.derivation.inputs[0].value))
    assert 100 >= scores[0] >= scores[1] >= 0

"""Pay of the client department: what holds whatever the figures, and how the contract says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from kpidesk.core.clauses import Prose
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.event_kinds import EventKind
from kpidesk.core.exact import round_half_up
from kpidesk.core.explain import explain
from kpidesk.core.facts import TEAM, Appraisee, Event, Fact, Facts
from kpidesk.core.fed import fed_lines
from kpidesk.core.figure import YUAN, Figure
from kpidesk.core.findings import Code
from kpidesk.core.period import CYCLE, EACH
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import ParameterKind, SettingValue
from kpidesk.exchange.builtin import builtin_scheme

SCHEME = builtin_scheme("client-department")
MONTHS = (
    *(f"2010-{month:02}" for month in range(3, 13)),
    "2011-01",
    "2011-02",
)
NOW = date(2010, 3, 1)
money = st.decimals(min_value=0, max_value=2000, places=2)
flows = st.decimals(min_value=-500, max_value=500, places=2)
years = st.lists(flows, min_size=12, max_size=12)
teams = st.lists(years, min_size=1, max_size=4)
policies = st.sampled_from(["clawback", "carry", "floor_zero"])

few = tries(max_examples=20)  # each evaluates a whole year of several people

Given = Mapping[str, Sequence[Decimal]]


def _tried(
    collected: Given,
    settings: Mapping[str, SettingValue] | None = None,
    further: Sequence[Fact] = (),
    scheme: Scheme = SCHEME,
) -> Evaluation:
    """A director with managers who took in so much in each month."""
    people = [Appraisee(who, "account_manager") for who in collected]
    facts = [
        Fact(who, "collected", amount, month)
        for who, months in collected.items()
        for month, amount in zip(MONTHS, months, strict=True)
    ]
    salary = Decimal("1234.56")
    facts += [Fact(who, "base_salary", salary, EACH) for who in (*collected, "director")]
    facts += [Fact(who, "target", Decimal(100), EACH) for who in collected]
    chosen = dict(settings or {})
    return evaluate(
        scheme,
        cycle=cycle_of(scheme, chosen, NOW),
        people=(*people, Appraisee("director", "director")),
        facts=Facts.of([*facts, *further]),
        settings=chosen,
    )


def _named(years_: Sequence[Sequence[Decimal]]) -> dict[str, Sequence[Decimal]]:
    return {f"M{number}": year for number, year in enumerate(years_)}


def _figure(outcome: Evaluation, who: str, name: str, period: str = CYCLE) -> Decimal:
    result = outcome.get(who, name, period)
    assert result is not None
    return Decimal(result.text)


def _kept(outcome: Evaluation, name: str) -> dict[tuple[str, str], Result]:
    return {
        (who, period): result
        for (who, found, period), result in outcome.results.items()
        if found == name
    }


def _earned(year: Sequence[Decimal], policy: str) -> list[Fraction]:
    """Exact commissions of a year; carried refunds by the highest sum reached so far."""
    plain = [Fraction(amount) / 20 for amount in year]
    if policy == "clawback":
        return plain
    if policy == "floor_zero":
        return [max(one, Fraction(0)) for one in plain]
    lines, summed, highest = [], Fraction(0), Fraction(0)
    for one in plain:
        summed += one
        lines.append(max(summed - highest, Fraction(0)))
        highest = max(highest, summed)
    return lines


@few
@given(money, st.integers(0, 5))
def test_targets_that_are_split_evenly_add_to_the_annual_target(
    target: Decimal, managers: int
) -> None:
    settings: dict[str, SettingValue] = {"target_split": "even", "annual_target": target}
    outcome = _tried({f"M{number}": [Decimal(0)] * 12 for number in range(managers)}, settings)
    team = sum(_figure(outcome, TEAM, "monthly_target", month) for month in MONTHS)
    own = sum(
        Decimal(one.text)
        for (who, _), one in _kept(outcome, "monthly_target").items()
        if who != TEAM
    )
    parts = sum(Decimal(one.text) for one in _kept(outcome, "annual_target").values())
    assert team == target
    assert own == parts == (target if managers else 0)


@few
@given(teams, policies)
def test_commission_follows_the_policy_and_the_override_its_unrounded_sum(
    years_: list[list[Decimal]], policy: str
) -> None:
    outcome = _tried(_named(years_), {"negative_commission": policy})
    earned = [_earned(year, policy) for year in years_]
    for place, month in enumerate(MONTHS):
        for number, lines in enumerate(earned):
            paid = _figure(outcome, f"M{number}", "commission", month)
            assert paid == round_half_up(lines[place], 2)
        summed = sum((lines[place] for lines in earned), Fraction(0))
        assert _figure(outcome, "director", "override", month) == round_half_up(summed / 5, 2)


@few
@given(years, policies)
def test_what_is_taken_out_of_a_commission_is_what_the_director_gets(
    year: list[Decimal], policy: str
) -> None:
    settings: dict[str, SettingValue] = {
        "negative_commission": policy,
        "director_override_source": "deduct",
    }
    outcome = _tried({"A": year}, settings)
    for month, line in zip(MONTHS, _earned(year, policy), strict=True):
        assert _figure(outcome, "A", "commission", month) == round_half_up(line * 4 / 5, 2)
        assert _figure(outcome, "director", "override", month) == round_half_up(line / 5, 2)


@few
@given(teams, st.sampled_from(["single", "cumulative"]))
def test_base_pay_and_what_is_withheld_are_the_salary_and_the_catch_up_is_all_or_nothing(
    years_: list[list[Decimal]], span: str
) -> None:
    outcome = _tried(_named(years_), {"month_test": span})
    for who in (*_named(years_), "director"):
        withheld = [_figure(outcome, who, "withheld", month) for month in MONTHS]
        for month, held in zip(MONTHS, withheld, strict=True):
            assert _figure(outcome, who, "base_pay", month) + held == Decimal("1234.56")
        whole = _figure(outcome, who, "withheld")
        assert whole == sum(withheld)
        own = years_ if who == "director" else [years_[int(who[1:])]]
        reached = sum(sum(year) for year in own) >= 1200 * len(own)
        assert _figure(outcome, who, "catch_up") == (whole if reached else 0)


@few
@given(teams, money, st.sampled_from(["residual", "independent"]))
def test_the_reward_is_the_same_settled_once_or_each_month(
    years_: list[list[Decimal]], target: Decimal, rounding: str
) -> None:
    settings: dict[str, SettingValue] = {"annual_target": target, "excess_rounding": rounding}
    once = _tried(_named(years_), settings)
    monthly = _tried(_named(years_), {**settings, "excess_period": "running"})
    for name in ("excess", "excess_bonus", "excess_bonus_director", "excess_bonus_pool"):
        assert _figure(once, TEAM, name) == _figure(monthly, TEAM, name)
        if name != "excess":
            lines = [_figure(monthly, TEAM, name, month) for month in MONTHS]
            assert sum(lines) == _figure(once, TEAM, name)
    excess = _figure(once, TEAM, "excess")
    both = _figure(once, TEAM, "excess_bonus_director") + _figure(once, TEAM, "excess_bonus_pool")
    assert both == _figure(once, TEAM, "excess_bonus")
    if rounding == "residual":
        assert both == round_half_up(excess / 10, 2)


@few
@given(
    st.integers(8000000_00, 9000000_00),
    st.lists(st.integers(0, 100), min_size=1, max_size=5).filter(lambda shares: sum(shares) > 0),
)
def test_the_parts_of_the_pool_add_to_it(received: int, weights: list[int]) -> None:
    shares = [Decimal(100 * one // sum(weights)) for one in weights]
    shares[0] += 100 - sum(shares)
    people = [Appraisee(f"M{number}", "account_manager") for number in range(len(shares))]
    facts = [Fact(TEAM, "collected", Decimal(received).scaleb(-2))]
    facts += [Fact(one.key, "pool_share", share) for one, share in zip(people, shares, strict=True)]
    outcome = evaluate(
        SCHEME,
        cycle=cycle_of(SCHEME, {}, NOW),
        people=people,
        facts=Facts.of(facts),
        settings={},
    )
    paid = sum(Decimal(one.text) for one in _kept(outcome, "pool_payment").values())
    assert paid == _figure(outcome, TEAM, "excess_bonus_pool")


@few
@given(teams)
def test_the_order_of_the_people_does_not_matter(years_: list[list[Decimal]]) -> None:
    named = _named(years_)
    forth = _tried(named)
    back = _tried(dict(reversed(named.items())))
    assert {key: one.text for key, one in forth.results.items()} == {
        key: one.text for key, one in back.results.items()
    }


@few
@given(st.lists(st.tuples(st.integers(0, 364), flows), max_size=8))
def test_dated_lines_count_as_their_sums_and_a_line_all_for_one_as_their_own(
    days: list[tuple[int, Decimal]],
) -> None:
    lines = [
        (date.fromordinal(NOW.toordinal() + day), (("amount", amount),)) for day, amount in days
    ]
    own = [Event("A", "collection", on, values) for on, values in lines]
    shared = [Event(TEAM, "collection", on, values, (("A", Decimal(100)),)) for on, values in lines]
    sums = [
        Fact(
            "A",
            "collected",
            sum((v[0][1] for on, v in lines if f"{on:%Y-%m}" == month), Decimal(0)),
            month,
        )
        for month in MONTHS
    ]
    outcomes = [
        evaluate(
            SCHEME,
            cycle=cycle_of(SCHEME, {}, NOW),
            people=(Appraisee("A", "account_manager"),),
            facts=facts,
            settings={},
        )
        for facts in (
            Facts.of(sums),
            Facts.of((), {"A": own}),
            Facts.of((), {"A": own[::-1]}),
            Facts.of((), {TEAM: shared, "A": ()}),
        )
    ]
    figures = [
        {
            key: one.text
            for key, one in outcome.results.items()
            if key[1] in ("commission", "collected")
        }
        for outcome in outcomes
    ]
    assert all(one == figures[0] for one in figures)


def test_lines_of_another_kind_are_not_added_up() -> None:
    kinds = (EventKind("refund", "退款", (), ("collected",), "amount"),)
    amounts = (("amount", Decimal(5)),)
    lines = [Event("A", kind, NOW, amounts) for kind in ("collection", "refund")]
    found = list(fed_lines(Facts.of((), {"A": lines}), "A", kinds, YUAN))
    assert [(line.kind, amount.value) for line, amount in found] == [("refund", Decimal(5))]


def test_the_sums_of_a_team_name_the_people_whose_figures_they_add() -> None:
    year = [Decimal(90), *[Decimal(150)] * 11]
    outcome = _tried({"王芳": year, "李强": year})
    told = {
        ("director", "target_met", "2010-03"): "回款（2010-03） 90元",
        ("director", "override", "2010-03"): "提成（2010-03） 4.50元",
        (TEAM, "collected", CYCLE): "回款 1,740元",
        (TEAM, "phone_allowance", "2010-03"): "通信费 200.00元",
    }
    for (who, name, period), part in told.items():
        result = outcome.get(who, name, period)
        assert result is not None
        basis = result.value if isinstance(result.value, Figure) else result.basis
        assert basis is not None
        lines = [line.formula for line in explain(basis)]
        assert any(f"王芳 {part} + 李强 {part}" in one for one in lines), name


def test_who_left_is_told_why_there_is_no_catch_up() -> None:
    gone = Appraisee("A", "account_manager", left_on=date(2010, 6, 30))
    outcome = evaluate(
        SCHEME, cycle=cycle_of(SCHEME, {}, NOW), people=(gone,), facts=Facts(), settings={}
    )
    result = outcome.get("A", "catch_up", CYCLE)
    assert result is not None
    assert isinstance(result.value, Figure)
    assert [line.text for line in explain(result.value)] == [
        "补发基本工资 = 周期结束前已离职，不补发 0元 = 0.00元"
    ]


def test_the_excess_says_that_it_rests_on_the_unclear_number_of_people() -> None:
    outcome = _tried({"A": [Decimal(0)] * 12})
    about = {
        one.subject
        for one in outcome.findings
        if one.code is Code.AMBIGUOUS_CLAUSE and "A020" in one.message
    }
    assert about == {TEAM}


BLANKS = {
    "unmet_base_rate": "base_pay",
    "commission_rate": "commission",
    "director_override_rate": "override",
    "annual_target": "excess",
    "excess_director_rate": "excess_bonus_director",
    "excess_pool_rate": "excess_bonus_pool",
    "phone_allowance_director": "phone_allowance",
}


@pytest.mark.parametrize(("blank", "lost"), BLANKS.items())
def test_a_blank_parameter_is_missed_and_what_rests_on_it_is_not_produced(
    blank: str, lost: str
) -> None:
    parameters = tuple(
        replace(one, default=None) if one.name == blank else one for one in SCHEME.parameters
    )
    year = [Decimal(0), *[Decimal(150)] * 11]
    outcome = _tried({"A": year}, scheme=replace(SCHEME, parameters=parameters))
    missed = {one.name for one in outcome.findings if one.code is Code.MISSING_PARAMETER}
    assert missed == {blank}
    who = "A" if lost in ("base_pay", "commission") else "director"
    assert outcome.get(who if lost in ("override", "phone_allowance") else TEAM, lost) is None
    assert outcome.get(who, lost, "2010-03") is None
    assert outcome.get("A", "collected") is not None


def test_a_blank_rate_takes_nothing_out_of_a_commission() -> None:
    parameters = tuple(
        replace(one, default=None) if one.name == "director_override_rate" else one
        for one in SCHEME.parameters
    )
    settings: dict[str, SettingValue] = {"director_override_source": "deduct"}
    outcome = _tried(
        {"A": [Decimal(100)] * 12}, settings, scheme=replace(SCHEME, parameters=parameters)
    )
    assert outcome.get("A", "commission", "2010-03") is None
    assert outcome.get("A", "pay_total", "2010-03") is None
    assert Code.MISSING_PARAMETER in {one.code for one in outcome.findings}


def test_the_contract_says_how_pay_comes_about_by_default() -> None:
    said = "".join(Prose(SCHEME, {}).pay())
    for words in (
        "全年目标 8,000,000 元分解到各月、分解到每位客户经理，金额见月度计划分解表。",
        "客户经理：当月回款达到或超过本人当月任务的，基本工资按 100% 核发；",
        "未达到的，按 80% 核发，其余扣发。",
        "客户经理提成 = 当月实收回款 × 5%，以回款月份为核发时间。",
        "当月退款多于回款的，当月按同样比例扣回提成。",
        "客户总监本人的回款不计提成。",
        "客户总监的团队提成另行计发，不从客户经理的提成中扣除。",
        "客户总监团队提成 = 当月全体客户经理的总提成额 × 20%。",
        "周期内回款合计达到或超过全年任务的，补发全年扣发的全部基本工资，经批准后发放；",
        "全年任务为在职各月任务之和；周期结束前离职的，不补发。",
        "超过任务指标 8,000,000 元的部分给予超额奖励：客户总监超额奖励 5%，内部分配部分 5%。",
        "超额奖励周期结束后一次结算；",
        "客户总监本人不参加分配；",
        "固定客户经理 5 人（初期 8 人，逐步轮换淘汰）。",
        "车辆费用和业务招待费凭票据、经批准后实报实销。",
        "通信费固定报销：客户总监每月 300 元，客户经理每月 200 元。",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "target_split",
            "even",
            "平均分解到每位客户经理，再按月平均分解，各部分之和等于全年目标。",
        ),
        ("measure", "contracted", "当月合同额达到或超过本人当月任务的"),
        ("month_test", "cumulative", "自周期开始累计的回款达到或超过本人累计任务的"),
        ("catch_up_window", "calendar_year", "周期内、周期开始当年 12 月 31 日以前回款合计"),
        ("catch_up_task", "full_year", "全年任务为全周期各月任务之和"),
        ("catch_up_leavers", "all", "周期结束前离职的，同样补发"),
        ("catch_up_needs_approval", False, "补发全年扣发的全部基本工资；"),
        ("negative_commission", "carry", "差额从以后各月的提成中冲抵。"),
        ("negative_commission", "floor_zero", "当月提成为零，不再追扣。"),
        ("director_override_source", "deduct", "客户经理按扣除 20% 后的金额核发。"),
        ("director_sales_commissioned", True, "本人的回款按同样比例计提成，不计入团队总提成额。"),
        ("excess_period", "running", "每月按累计超额部分结算，因退款减少的相应扣回"),
        ("excess_rounding", "independent", "两部分各自四舍五入到分。"),
        ("pool_allows_director", True, "客户总监可以参加分配；"),
        ("expense_budget", Decimal(5000), "经批准后实报实销，预算 5000 元。"),
    ],
)
def test_the_contract_says_what_the_company_chose(
    name: str, value: SettingValue, words: str
) -> None:
    assert words in "".join(Prose(SCHEME, {name: value}).pay())
    assert words not in "".join(Prose(SCHEME, {}).pay())


def test_every_number_among_the_parameters_is_said_or_computed_with() -> None:
    numbers = {one.name for one in SCHEME.parameters if one.kind is ParameterKind.NUMBER}
    assert numbers - BLANKS.keys() == {"headcount", "phone_allowance_account_manager"}

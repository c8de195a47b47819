"""A pool of pay that is shared by contribution: what must hold whatever the figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.clauses import Prose
from kpidesk.core.context import Context
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import TEAM, Appraisee, Fact, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code
from kpidesk.core.paying.pooling.groups import groups_of
from kpidesk.core.paying.prose import pay_label
from kpidesk.core.paying.run import PayRun
from kpidesk.core.results import Board, Evaluation
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.builtin import builtin_scheme

SCHEME = builtin_scheme("bank-account-manager")
CYCLE = cycle_of(SCHEME, {}, date(2024, 1, 1))
STOCK = {"贷款日均存量": 10, "小微和涉农贷款存量户数": 10, "存款日均存量": 15}
INCREASE = {"小微和涉农贷款时点增量": 10, "小微和涉农贷款增量户数": 35, "存款日均增量": 20}
MEASURED = {
    "贷款日均存量": "loan_average",
    "小微和涉农贷款时点增量": "loan_year_end",
    "小微和涉农贷款存量户数": "borrowers",
    "小微和涉农贷款增量户数": "borrowers",
    "存款日均存量": "deposit_average",
    "存款日均增量": "deposit_average",
}
COUNTS = st.integers(min_value=0, max_value=50)
YEARS = ("2023", "2024")


@st.composite
def managers(draw: st.DrawFn) -> list[dict[str, dict[str, int]]]:
    """What one to four managers have, by fact and period key."""
    person = st.fixed_dictionaries(
        {
            "annual_pay": st.fixed_dictionaries({"cycle": st.integers(0, 1000)}),
            **{
                name: st.fixed_dictionaries(dict.fromkeys(YEARS, COUNTS))
                for name in dict.fromkeys(MEASURED.values())
            },
        }
    )
    return draw(st.lists(person, min_size=1, max_size=4))


def computed(people: list[dict[str, dict[str, int]]], **settings: str) -> Evaluation:
    """The results of people of one grade."""
    facts = [
        Fact(f"P{place}", name, Decimal(value), period)
        for place, one in enumerate(people)
        for name, by_period in one.items()
        for period, value in by_period.items()
    ]
    return evaluate(
        SCHEME,
        cycle=CYCLE,
        people=[Appraisee(f"P{place}", "account_manager") for place in range(len(people))],
        facts=Facts.of(facts),
        settings=settings,
    )


def exactly(outcome: Evaluation, person: int, item: str) -> Fraction:
    """What a person gets of an item, before it is rounded for display."""
    result = outcome.get(f"P{person}", f"pay.{item}")
    assert result is not None
    assert isinstance(result.value, Figure)
    return Fraction(result.value.inputs[0].value)


@given(managers())
def test_the_parts_of_an_item_are_its_pool_exactly_when_somebody_contributed(
    people: list[dict[str, dict[str, int]]],
) -> None:
    outcome = computed(people)
    whole = sum(one["annual_pay"]["cycle"] for one in people)
    for item, percent in (STOCK | INCREASE).items():
        years = [one[MEASURED[item]] for one in people]
        rises = [one["2024"] - (one["2023"] if item in INCREASE else 0) for one in years]
        parts = sum(exactly(outcome, place, item) for place in range(len(people)))
        pool = Fraction(whole * percent, 100)
        left = outcome.get(TEAM, f"unallocated.{item}")
        if any(one > 0 for one in rises):
            assert (parts, left) == (pool, None)
        else:
            assert parts == 0
            assert left is not None
            assert left.value.inputs[0].value == pool  # type: ignore[union-attr]


@given(managers())
def test_signed_increases_share_the_pool_exactly_or_not_at_all(
    people: list[dict[str, dict[str, int]]],
) -> None:
    outcome = computed(people, negative_increase="signed")
    whole = sum(one["annual_pay"]["cycle"] for one in people)
    for item, percent in INCREASE.items():
        years = [one[MEASURED[item]] for one in people]
        rises = [one["2024"] - one["2023"] for one in years]
        for place, rise in enumerate(rises):
            part = exactly(outcome, place, item)
            share = Fraction(rise, sum(rises)) if sum(rises) > 0 else Fraction(0)
            assert part == Fraction(whole * percent, 100) * share


@given(managers(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(
    people: list[dict[str, dict[str, int]]], chance: object
) -> None:
    order = list(range(len(people)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    first, second = computed(people), computed([people[place] for place in order])
    for new, old in enumerate(order):
        assert exactly(first, old, "存款日均增量") == exactly(second, new, "存款日均增量")


@given(COUNTS, COUNTS, st.sampled_from(("whole", "up", "proportional")))
def test_points_of_decline_are_none_without_a_decline_and_bounded_by_the_exact_ones(
    last: int, this: int, steps: str
) -> None:
    person = {"deposit_average": {"2023": last, "2024": this}}
    outcome = computed([person], penalty_steps=steps)
    result = outcome.get("P0", "deposit_decline_points")
    assert result is not None
    points = Fraction(result.value.inputs[0].value)  # type: ignore[union-attr]
    fallen = Fraction((last - this) * 100, last) if this < last else Fraction(0)
    match steps:
        case "whole":
            assert points <= fallen < points + 1
        case "up":
            assert points - 1 < fallen <= points
        case _:
            assert points == fallen


def test_people_without_a_grade_share_a_pool_of_their_own() -> None:
    people = (
        Appraisee("A", "account_manager", group="一级"),
        Appraisee("B", "account_manager"),
        Appraisee("C", "account_manager"),
    )
    context_people = {one.key: one for one in people}
    run = PayRun(_context(context_people), people, Board())
    groups = [(one.name, [p.key for p in one.people]) for one in groups_of("grade", run)]
    assert groups == [("等级“一级”", ["A"]), ("未填等级的人员", ["B", "C"])]


@pytest.mark.parametrize("missing", ["annual_pay", "deposit_average"])
def test_what_one_lacks_is_said_of_that_one_alone(missing: str) -> None:
    have = {"annual_pay": {"cycle": 10}, "deposit_average": {"2023": 1, "2024": 2}}
    lacks = {name: value for name, value in have.items() if name != missing}
    outcome = computed([have, lacks])
    assert outcome.get("P0", "pay.存款日均存量") is None
    said = {
        one.subject
        for one in outcome.findings
        if one.code is Code.MISSING_FACT and one.name == missing
    }
    assert said == {"P1"}


def _context(people: dict[str, Appraisee]) -> Context:
    return Context(SCHEME, CYCLE, Facts(), {}, people)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "同一等级考核对象的全年薪酬之和"),
        ({"pool_scope": "team"}, "同一团队考核对象的全年薪酬之和"),
        ({"pool_scope": "all"}, "全体考核对象的全年薪酬之和"),
        ({"weight.存款日均增量": Decimal("20.5")}, "存款日均增量 20.5%，按存款日均比去年的增量"),
        ({}, "小微和涉农贷款年末余额比去年的增量（不计政府类贷款）"),
        ({"exclude_government": False}, "小微和涉农贷款年末余额比去年的增量；"),
        ({}, "负增长按零计"),
        ({"negative_increase": "signed"}, "负增长按负数计入占比"),
        ({}, "本人贷款日均低于去年的，每降低一个百分点扣 2000 元，不满一个百分点的不扣"),
        ({"penalty_scope": "group"}, "同一等级考核对象合计的存款日均低于去年的"),
        ({"penalty_steps": "up"}, "不满一个百分点的按一个百分点扣"),
        ({"penalty_steps": "proportional"}, "不满一个百分点的按比例扣"),
        ({}, "存款日均增量 − 贷款日均下降扣款 − 存款日均下降扣款。"),
        ({}, "经营类考核薪酬 × 管理类考核百分 ÷ 100，保留到分，低于零的按零计。"),
        (
            {"management_cap": Decimal(100), "pay_floor_zero": False},
            "÷ 100，保留到分，管理类考核百分最高计 100 分。",
        ),
    ],
)
def test_the_contract_says_how_pay_comes_about(
    settings: dict[str, SettingValue], words: str
) -> None:
    assert words in "\n".join(Prose(SCHEME, settings).pay())


def test_the_contract_says_how_the_management_item_is_scored() -> None:
    item = SCHEME.indicators[0]
    mean = "".join(Prose(SCHEME, {}).rule(item))
    lower = "".join(Prose(SCHEME, {"management_combine": "lower"}).rule(item))
    assert "得 5 分" in mean
    assert "取平均比例；最低 2.5 分，最高 7.5 分" in mean
    assert "取较低的比例；最低 2.5 分，最高 7.5 分" in lower
    assert Prose(SCHEME, {}).worth(item) == "5分"


def test_blanks_of_a_scheme_are_asked_for_and_the_rest_is_computed() -> None:
    blank = ("weight.贷款日均存量", "deposit_penalty_per_point")
    parameters = tuple(
        replace(one, default=None) if one.name in blank else one for one in SCHEME.parameters
    )
    outcome = evaluate(
        replace(SCHEME, parameters=parameters),
        cycle=CYCLE,
        people=[Appraisee("A", "account_manager")],
        facts=Facts.of(
            [
                Fact("A", "annual_pay", Decimal(1000)),
                Fact("A", "deposit_average", Decimal(100), "2023"),
                Fact("A", "deposit_average", Decimal(98), "2024"),
            ]
        ),
        settings={},
    )
    asked = {one.name for one in outcome.findings if one.code is Code.MISSING_PARAMETER}
    assert asked == set(blank)
    assert outcome.get("A", "pay.贷款日均存量") is None
    assert outcome.get("A", "deposit_penalty") is None
    points = outcome.get("A", "deposit_decline_points")
    assert points is not None
    assert points.text == "2.0000"
    share = outcome.get("A", "pay.存款日均存量")
    assert share is not None
    assert share.text == "150.00"


def test_a_line_of_pay_is_called_by_its_label_where_its_rule_has_one() -> None:
    quarterly = builtin_scheme("key-account-sales-bonus").pay
    assert pay_label((*quarterly, *SCHEME.pay), "assessed_pay") == "全年考核薪酬"
    assert pay_label((*quarterly, *SCHEME.pay), "pay.存款日均增量") == "存款日均增量"
    assert pay_label(SCHEME.pay, "nothing") == "nothing"

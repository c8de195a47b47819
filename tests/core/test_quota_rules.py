"""What holds for every chain of quarters over a base quota, whatever the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpidesk.core.accounts import Account, Side
from kpidesk.core.evaluate import evaluate
from kpidesk.core.explain import explain
from kpidesk.core.facts import TEAM, Appraisee, Event, Fact, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code
from kpidesk.core.names import known_parameters
from kpidesk.core.period import Cycle, Period
from kpidesk.core.results import Evaluation, Table
from kpidesk.core.settings import ParameterKind
from tests.core.quota_by_hand import Given
from tests.core.quota_chains import SCHEME, Chain, evaluated, random_chain

SEEDS = st.integers(0, 2**32)
LEDGERS = (
    "state",
    "tested_actual",
    "carried_in",
    "carried_out",
    "made_up",
    "released",
    "open_shortfalls",
    "variable_pay_due",
    "deduction",
    "current_bonus",
    "back_pay",
    "service_bonus",
    "accrued_bonus",
)
RATE = Fraction(4, 100)


def product_only(seed: int) -> Chain:
    """A chain read by default, of product alone, everybody with a task."""
    one = random_chain(seed)
    plain = [
        replace(x, implementation=Fraction(0), services=Fraction(0), k=Fraction(1), free=False)
        for x in one.quarters
    ]
    return Chain({}, plain, None)


def exact(outcome: Evaluation, name: str, key: str) -> Fraction:
    figure = outcome.results["A", name, key].derivation
    assert figure is not None
    while figure.op == "round":
        figure = figure.inputs[0]
    return Fraction(figure.value)


def open_shortfalls(outcome: Evaluation, key: str) -> dict[str, Fraction]:
    table = outcome.results["A", "open_shortfalls", key].value
    assert isinstance(table, Table)
    return {item: Fraction(one.inputs[0].value) for item, one in table.rows}


def base_of(one: Given) -> Fraction:
    return one.target / 2 if one.base is None else one.base


@settings(max_examples=100)
@given(SEEDS)
def test_what_came_in_is_paid_for_carried_or_waits_for_its_base(seed: int) -> None:
    one = product_only(seed)
    outcome = evaluated(one)
    last = one.quarters[-1].key
    bases = {x.key: base_of(x) for x in one.quarters}
    accrued = sum(exact(outcome, "accrued_bonus", x.key) for x in one.quarters) / RATE
    waiting = sum(bases[key] - gap for key, gap in open_shortfalls(outcome, last).items())
    carried = exact(outcome, "carried_out", last)
    assert sum(x.actual for x in one.quarters) == accrued + carried + waiting


@settings(max_examples=100)
@given(SEEDS)
def test_there_is_never_an_excess_while_a_shortfall_is_open(seed: int) -> None:
    one = random_chain(seed)
    one.settings["carried_counts"] = True
    assume(all(x.base is None and x.target >= 0 for x in one.quarters))  # no base above its target
    outcome = evaluated(one)
    for quarter in one.quarters:
        if ("A", "carried_out", quarter.key) in outcome.results:
            excess = exact(outcome, "carried_out", quarter.key)
            assert excess == 0 or not any(open_shortfalls(outcome, quarter.key).values())


@settings(max_examples=80)
@given(SEEDS, st.sampled_from(["0", "0.7", "1.5"]))
def test_k_changes_no_ledger(seed: int, k: str) -> None:
    one = random_chain(seed)
    other = replace(one, quarters=[replace(x, k=Fraction(k)) for x in one.quarters])
    first, second = evaluated(one), evaluated(other)
    for key, result in first.results.items():
        if key[1] in LEDGERS:
            assert second.results[key].text == result.text


@settings(max_examples=80)
@given(SEEDS, st.integers(1, 9))
def test_a_quarter_rests_on_what_was_before_it_alone(seed: int, count: int) -> None:
    one = random_chain(seed)
    assume(count < len(one.quarters))
    whole = evaluated(one)
    part = evaluated(replace(one, quarters=one.quarters[:count]))
    keys = {x.key for x in one.quarters[:count]}
    for key, result in part.results.items():
        if key[2] in keys:
            assert whole.results[key].value == result.value


@settings(max_examples=50)
@given(SEEDS)
def test_computing_again_gives_the_same(seed: int) -> None:
    assert evaluated(random_chain(seed)) == evaluated(random_chain(seed))


@settings(max_examples=80)
@given(SEEDS)
def test_what_is_open_and_carried_is_the_sum_of_what_was_posted(seed: int) -> None:
    one = random_chain(seed)
    outcome = evaluated(one)
    sums: dict[tuple[Account, str], Fraction] = {}
    for quarter in one.quarters:
        for entry in (x for x in outcome.entries if x.period == quarter.key):
            value = Fraction(entry.amount.value)
            key = (entry.account, entry.item)
            sums[key] = sums.get(key, Fraction(0)) + (value if entry.side is Side.ADD else -value)
        if ("A", "open_shortfalls", quarter.key) not in outcome.results:
            return
        still = {item: one for (account, item), one in sums.items() if account == "补基数" and one}
        listed = {k: v for k, v in open_shortfalls(outcome, quarter.key).items() if v}
        assert still == listed
        assert sums.get((Account.EXCESS, ""), Fraction(0)) == exact(
            outcome, "carried_out", quarter.key
        )


def test_a_derivation_does_not_grow_with_the_chain() -> None:
    short = Given("2024Q1", Fraction(30000), Fraction(100000), Fraction(1))
    quarters = [
        replace(short, key=f"{2024 + n // 4}Q{n % 4 + 1}", actual=Fraction(30000 + 30000 * (n % 3)))
        for n in range(24)
    ]
    outcome = evaluated(Chain({}, quarters, None))
    sizes = []
    for quarter in quarters:
        figure = outcome.results["A", "bonus", quarter.key].derivation
        assert figure is not None
        sizes.append(len(explain(figure)))
    assert max(sizes[12:]) == max(sizes[:12])


def test_back_pay_names_the_quarter_where_the_shortfall_opened_and_the_one_that_filled_it() -> None:
    quarters = [
        Given(f"2024Q{n}", Fraction(x), Fraction(100000), Fraction(1))
        for n, x in ((1, 30000), (2, 60000), (3, 90000))
    ]
    outcome = evaluated(Chain({}, quarters, None))
    figure = outcome.results["A", "bonus", "2024Q3"].derivation
    assert figure is not None
    said = [line.text for line in explain(figure)]
    (history,) = (text for text in said if text.startswith("2024Q1 差额余额") and "= 0元" in text)
    assert "2024Q1 开立差额 20,000元" in history
    assert "2024Q2 补足 2024Q1 10,000元" in history
    assert "2024Q3 补足 2024Q1 10,000元" in history
    assert not any("60000" in text for text in said)


# -- lines and people -------------------------------------------------------------------------


def line(kind: str, day: int, **values: Decimal | str | bool) -> Event:
    return Event("A", kind, date(2024, 1 + day // 28, 1 + day % 28), tuple(values.items()))


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["software", "maintenance", "training", "implementation"]),
        st.integers(0, 300),
        net=st.decimals(-50000, 90000, places=2),
        project=st.sampled_from(["P", "Q"]),
        in_crm=st.sampled_from([True, True, False]),
    ),
    max_size=6,
)
PEOPLE = (Appraisee("A", "salesperson"), Appraisee("B", "manager"), Appraisee("C", "salesperson"))


def of_lines(
    ledgers: dict[str, Sequence[Event]], people: Sequence[Appraisee] = PEOPLE, **more: str
) -> Evaluation:
    facts = [
        Fact(one.key, name, Decimal(value), "each")
        for one in people
        for name, value in (("target", 100000), ("kpi_coefficient", 1))
    ]
    return evaluate(
        SCHEME,
        cycle=Cycle(Period(date(2024, 1, 1), date(2025, 1, 1))),
        people=tuple(people),
        facts=Facts.of(facts, ledgers),
        settings=dict(more),
    )


def texts(outcome: Evaluation) -> dict[tuple[str, str, str], str]:
    return {key: one.text for key, one in outcome.results.items()}


@settings(max_examples=60)
@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(lines: list[Event], dice: st.DrawFn) -> None:
    shuffled = list(lines)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert texts(of_lines({"A": shuffled, "B": (), "C": ()})) == texts(
        of_lines({"A": lines, "B": (), "C": ()})
    )


@settings(max_examples=30)
@given(LINES, LINES, st.sampled_from(["income", "bonus"]))
def test_the_order_of_people_does_not_matter(
    own: list[Event], shared: list[Event], split_of: str
) -> None:
    team = [
        replace(x, subject=TEAM, shares=(("B", Decimal(70)), ("A", Decimal(30)))) for x in shared
    ]
    wanted = texts(of_lines({"A": own, "C": (), TEAM: team}, split_of=split_of))
    for order in permutations(PEOPLE):
        found = texts(of_lines({"A": own, "C": (), TEAM: team}, order, split_of=split_of))
        assert found == wanted


@settings(max_examples=60)
@given(LINES, st.sampled_from(["income", "bonus"]))
def test_all_to_one_person_is_no_split(lines: list[Event], split_of: str) -> None:
    team = [replace(x, subject=TEAM, shares=(("A", Decimal(100)),)) for x in lines]
    shared = of_lines({"A": (), "B": (), "C": (), TEAM: team}, split_of=split_of)
    assert texts(shared) == texts(of_lines({"A": lines, "B": (), "C": ()}))


@settings(max_examples=60)
@given(LINES, st.decimals(0, 100, places=2), st.sampled_from(["income", "bonus"]))
def test_a_split_line_is_worth_what_it_was(
    lines: list[Event], share: Decimal, split_of: str
) -> None:
    shares = (("A", share), ("B", 100 - share))
    team = [replace(x, subject=TEAM, shares=shares) for x in lines]
    outcome = of_lines({"A": (), "B": (), "C": (), TEAM: team}, split_of=split_of)
    whole = of_lines({"A": lines, "B": (), "C": ()})
    for name in ("actual", "implementation_net", "service_net"):
        for quarter in ("2024Q1", "2024Q2", "2024Q3", "2024Q4"):
            parts = [exact_of(outcome, who, name, quarter) for who in "AB"]
            assert sum(parts) == exact_of(whole, "A", name, quarter)


def exact_of(outcome: Evaluation, who: str, name: str, quarter: str) -> Decimal:
    value = outcome.results[who, name, quarter].value
    assert isinstance(value, Figure)
    assert isinstance(value.value, Decimal)
    return value.value


NUMBERS = [one.name for one in SCHEME.parameters if one.kind is ParameterKind.NUMBER]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_left_blank_is_reported_and_not_taken_for_zero(name: str) -> None:
    blank = replace(
        SCHEME,
        parameters=tuple(
            replace(one, default=None) if one.name == name else one for one in SCHEME.parameters
        ),
    )
    assert known_parameters(blank)[name].default is None
    facts = [
        Fact("A", fact, Decimal(value), "each")
        for fact, value in (("target", 100), ("actual", 40), ("kpi_coefficient", 1))
    ]
    outcome = evaluate(
        blank,
        cycle=Cycle(Period.parse("2024Q1")),
        people=(Appraisee("A", "salesperson"),),
        facts=Facts.of(facts),
        settings={},
    )
    reported = [x.name for x in outcome.findings if x.code is Code.MISSING_PARAMETER]
    assert reported == [name]
    lost = "deduction" if name == "fixed_wage_deduction" else "bonus"
    assert ("A", lost, "2024Q1") not in outcome.results


@pytest.mark.parametrize(
    ("actual", "hired_on", "clause"),
    [
        (Decimal(40000), None, "R12"),
        (Decimal(60000), None, "R14"),
        (Decimal(120000), None, "R21"),
        (Decimal(60000), date(2024, 2, 5), "R02"),
    ],
)
def test_the_floating_wage_names_the_clause_that_gives_or_refuses_it(
    actual: Decimal, hired_on: date | None, clause: str
) -> None:
    facts = (
        Fact("A", "target", Decimal(100000), "2024Q1"),
        Fact("A", "actual", actual, "2024Q1"),
        Fact("A", "base_salary", Decimal(9000), "2024Q1"),
        Fact("A", "variable_pay", Decimal(3000), "2024Q1"),
    )
    outcome = evaluate(
        SCHEME,
        cycle=Cycle(Period.parse("2024Q1")),
        people=(Appraisee("A", "salesperson", hired_on),),
        facts=Facts.of(facts),
        settings={},
    )
    for name in ("variable_pay_due", "variable_pay"):
        derivation = outcome.results["A", name, "2024Q1"].derivation
        assert derivation is not None
        assert derivation.clause == clause

"""A late change of a closed period: what was settled stays, the difference is posted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.explain import explain
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code
from kpidesk.core.paying.corrections import Closing, Corrected, correct, payable_lines
from kpidesk.core.results import Evaluation
from tests.core.quota_by_hand import Given
from tests.core.quota_chains import SCHEME, Chain, evaluated, random_chain

LINES = payable_lines(SCHEME)
T = Fraction(100000)


def quarters(*actual: int) -> list[Given]:
    return [
        Given(f"2024Q{n}", Fraction(one), T, Fraction(1), salary=Fraction(9000), floating=T / 50)
        for n, one in enumerate(actual, start=1)
    ]


def chain(*actual: int) -> Evaluation:
    return evaluated(Chain({}, quarters(*actual), None))


def closing(
    settled: Evaluation, *closed: str, into: str, posted: tuple[Entry, ...] = ()
) -> Closing:
    return Closing(settled, closed, into, LINES, posted)


def amount(evaluation: Evaluation, name: str, period: str) -> Decimal:
    result = evaluation.results["A", name, period]
    assert isinstance(result.value, Figure)
    assert isinstance(result.value.value, Decimal)
    return result.value.value


def signed(entry: Entry) -> Fraction:
    value = Fraction(entry.amount.value)
    return value if entry.side is Side.ADD else -value


def balances(entries: Iterable[Entry]) -> dict[tuple[Account, str], Fraction]:
    sums: dict[tuple[Account, str], Fraction] = {}
    for one in entries:
        if one.account is not Account.CORRECTION:
            key = (one.account, one.item)
            sums[key] = sums.get(key, Fraction(0)) + signed(one)
    return {key: value for key, value in sums.items() if value}


def test_the_payable_lines_are_those_that_the_total_adds_up() -> None:
    assert LINES == ("base_pay", "variable_pay", "bonus")


def test_a_settled_quarter_keeps_its_pay_and_the_next_one_pays_the_difference() -> None:
    settled = chain(80000)
    recomputed = chain(90000, 60000)
    corrected = correct(closing(settled, "2024Q1", into="2024Q2"), recomputed).evaluation
    assert amount(corrected, "bonus", "2024Q1") == Decimal("3200.00")
    assert amount(corrected, "actual", "2024Q1") == 80000
    assert amount(corrected, "bonus", "2024Q2") == Decimal("2400.00")
    assert amount(corrected, "correction", "2024Q2") == Decimal("400.00")


def test_what_was_paid_too_much_is_taken_back_line_by_line() -> None:
    settled = chain(80000)
    recomputed = chain(30000, 60000)
    corrected = correct(closing(settled, "2024Q1", into="2024Q2"), recomputed)
    by_line = {one.item: signed(one) for one in corrected.posted if one.account == "更正"}
    assert by_line == {"base_pay@2024Q1": -600, "bonus@2024Q1": -3200}
    assert amount(corrected.evaluation, "correction", "2024Q2") == Decimal("-3800.00")


def test_a_correction_shows_both_derivations() -> None:
    corrected = correct(closing(chain(80000), "2024Q1", into="2024Q2"), chain(90000, 60000))
    (entry,) = corrected.posted
    said = "\n".join(line.text for line in explain(entry.amount))
    assert "季度奖金（2024Q1）（重算） = 计提奖金 3,600元 × 奖金系数（2024Q1） 1" in said
    assert "季度奖金（2024Q1）（原发） = 计提奖金 3,200元 × 奖金系数（2024Q1） 1" in said
    assert entry.clause == "R10"


def test_the_accounts_are_brought_to_where_the_recomputed_chain_has_them() -> None:
    settled = chain(80000)
    recomputed = chain(30000, 60000)
    corrected = correct(closing(settled, "2024Q1", into="2024Q2"), recomputed)
    assert balances(corrected.evaluation.entries) == balances(recomputed.entries)
    opened = [one for one in corrected.posted if one.account is Account.SHORTFALL]
    assert [(one.item, one.period, signed(one), one.reason) for one in opened] == [
        ("2024Q1", "2024Q2", Fraction(20000), "重算调整")
    ]


def test_correcting_again_posts_nothing_more() -> None:
    recomputed = chain(90000, 60000)
    once = correct(closing(chain(80000), "2024Q1", into="2024Q2"), recomputed)
    again = correct(closing(chain(80000), "2024Q1", into="2024Q2", posted=once.posted), recomputed)
    assert again.posted == once.posted
    assert again.evaluation.results == once.evaluation.results


def test_a_second_change_is_measured_from_what_was_corrected_before() -> None:
    once = correct(closing(chain(80000), "2024Q1", into="2024Q2"), chain(90000, 60000))
    later = closing(once.evaluation, "2024Q1", "2024Q2", into="2024Q3", posted=once.posted)
    twice = correct(later, chain(70000, 60000, 60000))
    assert amount(twice.evaluation, "bonus", "2024Q1") == Decimal("3200.00")
    assert amount(twice.evaluation, "correction", "2024Q2") == Decimal("400.00")
    assert amount(twice.evaluation, "correction", "2024Q3") == Decimal("-800.00")


def test_a_line_that_was_never_paid_is_paid_whole() -> None:
    without_k = evaluated(Chain({}, quarters(80000), None))
    settled = replace(
        without_k,
        results={key: one for key, one in without_k.results.items() if key[1] != "bonus"},
    )
    corrected = correct(closing(settled, "2024Q1", into="2024Q2"), chain(80000, 60000))
    assert amount(corrected.evaluation, "correction", "2024Q2") == Decimal("3200.00")


def test_a_line_that_can_no_longer_be_computed_is_reported_and_not_touched() -> None:
    lost = replace(chain(80000, 60000), results={})
    corrected = correct(closing(chain(80000), "2024Q1", into="2024Q2"), lost)
    assert corrected.posted == ()
    assert amount(corrected.evaluation, "bonus", "2024Q1") == Decimal("3200.00")
    reported = [one for one in corrected.evaluation.findings if one.name in LINES]
    assert {(one.code, one.name, one.period) for one in reported} == {
        (Code.MISSING_FACT, name, "2024Q1") for name in LINES
    }
    assert all("2024Q1 已结算" in one.message for one in reported)


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.integers(-60000, 60000))
def test_all_that_is_paid_in_the_end_is_what_the_recomputed_chain_pays(
    seed: int, change: int
) -> None:
    one = random_chain(seed)
    if len(one.quarters) < 2:
        return
    closed = tuple(x.key for x in one.quarters[: len(one.quarters) // 2])
    into = one.quarters[len(closed)].key
    first = one.quarters[0]
    changed = replace(first, actual=first.actual + change)
    recomputed = evaluated(replace(one, quarters=[changed, *one.quarters[1:]]))
    settled = evaluated(one)
    corrected = correct(closing(settled, *closed, into=into), recomputed)
    for name in LINES:
        keys = [("A", name, period) for period in closed]
        lost = [key for key in keys if key in settled.results and key not in recomputed.results]
        if not lost:
            assert sum(paid(corrected, key, into) for key in keys) == sum(
                Fraction(value(recomputed, key)) for key in keys
            )
    assert balances(corrected.evaluation.entries) == balances(recomputed.entries)


def paid(corrected: Corrected, key: tuple[str, str, str], into: str) -> Fraction:
    """What was paid for a line, with what was corrected since."""
    item = f"{key[1]}@{key[2]}"
    later = [one for one in corrected.posted if one.item == item and one.period == into]
    return Fraction(value(corrected.evaluation, key)) + sum(map(signed, later))


def value(evaluation: Evaluation, key: tuple[str, str, str]) -> Fraction:
    result = evaluation.results.get(key)
    return (
        Fraction(result.value.value) if result and isinstance(result.value, Figure) else Fraction(0)
    )

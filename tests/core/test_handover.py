"""What a contract's targets leave for the one that goes on after it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpidesk.core.handover import left_over
from kpidesk.core.period import Period
from kpidesk.core.scheme import FactSpec
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_contract_states import SIGNED

REST = Period.months(2026, 9, 4)
ASKED = builtin_scheme("account-manager-kpi").agreed("account_manager")
SALES, CUSTOMERS = (one.name for one in ASKED[:2])


def spec(name: str) -> FactSpec:
    return replace(ASKED[0], name=name)


def target(name: str, total: int | None, *months: int, adds_up: bool = True) -> Target:
    whole = None if total is None else Decimal(total)
    return Target(name, "旧称", "户", whole, tuple(map(Decimal, months)), adds_up)


def test_the_months_that_are_left_are_taken_over_under_the_name_of_the_new_scheme() -> None:
    contract = replace(SIGNED, targets=(target(SALES, 78, *range(1, 13)),))
    (left,) = left_over(contract, REST, ASKED)
    assert [int(one) for one in left.target.months] == [9, 10, 11, 12]
    assert left.target.total == 42
    assert (left.target.label, left.target.unit) == (ASKED[0].label, ASKED[0].unit)
    assert left.how == "原责任书余下各月"


def test_a_figure_that_is_no_sum_stays_what_it_is() -> None:
    by_month = target(SALES, 5, *[5] * 12, adds_up=False)
    contract = replace(SIGNED, targets=(by_month, target("rate", 3, adds_up=False)))
    first, second = left_over(contract, REST, (*ASKED, spec("rate")))
    assert (first.target.total, len(first.target.months)) == (Decimal(5), 4)
    assert second.target.total == Decimal(3)
    assert second.how == "与原责任书相同"


def test_a_total_without_months_is_divided_by_their_number() -> None:
    whole = spec("户数")
    contract = replace(SIGNED, targets=(target("户数", 100),))
    (left,) = left_over(contract, REST, (replace(whole, unit="户"),))
    assert left.target.total == Decimal(33)
    assert left.how == "原全期 100 户 的 4/12"
    (money,) = left_over(contract, REST, (replace(whole, unit="元"),))
    assert money.target.total == Decimal("33.33")


def test_what_is_not_asked_for_or_lies_beyond_the_term_is_left() -> None:
    contract = replace(SIGNED, targets=(target("other", 12),))
    assert list(left_over(contract, REST, ASKED)) == []
    assert list(left_over(contract, Period.months(2026, 9, 12), (spec("other"),))) == []

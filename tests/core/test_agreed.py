"""What a contract agrees on reaches the evaluation in the periods that the scheme asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.agreed import agreed_facts, asked_targets
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.target import Target, split_target
from kpidesk.exchange.builtin import builtin_scheme


def agreed(
    scheme: str, target: Target, start: date, cycle: Period | None = None, role: str = ""
) -> dict[str, str]:
    term = Cycle.starting(start, Grain.YEAR).period
    found = builtin_scheme(scheme)
    contract = Contract(
        id=ContractId(1),
        number="销售部-2026-001",
        scheme=found.id,
        scheme_version=1,
        role=role or found.roles[0].name,
        party_a=PartyA("甲公司", "", ""),
        party_b=PartyB(PersonId(1), "王芳", "001", "销售部", "总监", ""),
        term=term,
        targets=(target,),
    )
    facts = agreed_facts(found, contract, cycle or term, "person")
    return {fact.period: str(fact.value) for fact in facts}


def target(fact: str, total: int) -> Target:
    return Target(fact, "目标", "元", Decimal(total), split_target(Decimal(total), 12))


def test_a_monthly_target_gives_each_calendar_month_its_figure() -> None:
    facts = agreed("marketing-director", target("target", 1200), date(2026, 1, 1))
    assert facts == {f"2026-{month:02}": "100.00" for month in range(1, 13)}


def test_months_that_are_no_calendar_months_give_none() -> None:
    assert agreed("marketing-director", target("target", 1200), date(2026, 1, 16)) == {}


@pytest.mark.parametrize(("cycle", "value"), [(Period.parse("2026-02"), "100.00"), (None, "1200")])
def test_a_target_of_the_cycle_is_the_sum_of_its_months(cycle: Period | None, value: str) -> None:
    facts = agreed("account-manager-kpi", target("sales_plan", 1200), date(2026, 1, 1), cycle)
    assert facts == {CYCLE: value}


@pytest.mark.parametrize(("role", "months"), [("account_manager", 12), ("director", 0)])
def test_a_target_is_agreed_only_with_the_roles_that_have_one(role: str, months: int) -> None:
    facts = agreed("client-department", target("target", 1200), date(2026, 3, 1), role=role)
    assert len(facts) == months
    specs = builtin_scheme("client-department").agreed(role)
    assert [one.name for one in specs] == ["target"] * (months > 0)


WEIGHTED = builtin_scheme("key-account-weighted")
PLEASED = "target.客户满意度"


def asked_of(own: Scheme, **settings: SettingValue) -> set[str]:
    chosen = {f"method.{name}": how for name, how in settings.items()}
    return {one.name for one in asked_targets(own, "salesperson", chosen)}


def test_a_target_is_asked_for_where_the_indicator_is_measured() -> None:
    assert {"target.销售额", "target.客户保持率"} <= asked_of(WEIGHTED)
    assert PLEASED not in asked_of(WEIGHTED)
    assert PLEASED in asked_of(WEIGHTED, 客户满意度="measured")


def test_a_target_that_a_formula_reads_is_asked_for_all_the_same() -> None:
    own = replace(WEIGHTED, pay=(FormulaPay("b", "奖金", "客户满意度目标 × 10元"),))
    assert PLEASED in asked_of(own)

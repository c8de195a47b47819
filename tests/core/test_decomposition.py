from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpidesk.core.contract import Contract, ContractId, ContractState, PartyA, PartyB
from kpidesk.core.decomposition import decompose
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target, split_target

YEAR = Period.parse("2026")


def sales(total: int | None, *, label: str = "计划销售额", months: bool = True) -> Target:
    figure = None if total is None else Decimal(total)
    parts = split_target(figure, 12) if figure is not None and months else ()
    return Target("sales_plan", label, "万元", figure, parts)


def contract(name: str, *targets: Target, superior: str = "林总", term: Period = YEAR) -> Contract:
    party = PartyB(PersonId(1), name, f"N-{name}", "销售部", "经理", superior)
    return Contract(
        ContractId(1), f"X-{name}", "s", 1, "r", PartyA("甲公司"), party, term, targets=targets
    )


def test_months_and_totals_of_all_lines_add_up() -> None:
    table = decompose([contract("甲", sales(100)), contract("乙", sales(50))])
    (part,) = table.parts
    assert part.total == Decimal(150)
    assert sum(one for one in part.sums if one is not None) == Decimal(150)
    assert part.unassigned == 0
    assert table.span == YEAR


def test_a_total_without_months_is_all_unassigned() -> None:
    (part,) = decompose([contract("甲", sales(100, months=False))]).parts
    assert part.lines[0].unassigned == Decimal(100)
    assert part.sums == (None,) * 12


def test_what_the_superior_has_and_nobody_below_is_open() -> None:
    director = contract("林总", sales(1300, label="销售额目标"), superior="老板")
    below = (contract("甲", sales(600)), contract("乙", sales(600)))
    part = next(one for one in decompose([director, *below]).parts if len(one.lines) == 2)
    assert part.above is not None
    assert part.above.name == "林总"
    assert part.open_total == Decimal(100)
    assert sum(one for one in part.open if one is not None) == Decimal(100)


def test_more_than_the_superior_has_is_negative() -> None:
    director = contract("林总", sales(1000, label="销售额目标"), superior="老板")
    below = (contract("甲", sales(600)), contract("乙", sales(600)))
    part = next(one for one in decompose([director, *below]).parts if len(one.lines) == 2)
    assert part.open_total == Decimal(-200)


def test_the_superior_of_a_superior_in_the_team_is_the_one_above_all() -> None:
    director = contract("林总", sales(1300, label="销售额目标"), superior="老板")
    team = (contract("甲", sales(600)), contract("乙", sales(600), superior="甲"))
    part = next(one for one in decompose([director, *team]).parts if len(one.lines) == 2)
    assert part.above is not None


def test_teams_with_two_superiors_are_compared_with_neither() -> None:
    directors = [
        contract(name, sales(1300, label="销售额目标"), superior="老板")
        for name in ("林总", "王总")
    ]
    team = (contract("甲", sales(600)), contract("乙", sales(600), superior="王总"))
    part = next(one for one in decompose([*directors, *team]).parts if one.label == "计划销售额")
    assert part.above is None
    assert part.open == (None,) * 12
    assert part.open_total is None


def test_rates_are_not_added() -> None:
    share = Target("share", "市场份额目标", "%", Decimal("12.5"), adds_up=False)
    (part,) = decompose([contract("甲", share), contract("乙", share)]).parts
    assert not part.adds_up
    assert part.lines[0].unassigned is None


def test_a_term_that_begins_mid_month_counts_in_the_month_it_begins_in() -> None:
    term = Period(date(2026, 3, 16), date(2027, 3, 16))
    table = decompose([contract("甲", sales(120), term=term)])
    assert [one.key for one in table.months][0::12] == ["2026-03", "2027-03"]
    (line,) = table.parts[0].lines
    assert line.months == (*split_target(Decimal(120), 12), None)


def test_contracts_of_two_years_stand_in_parts_of_their_own() -> None:
    later = contract("甲", sales(200), term=Period.parse("2027"))
    table = decompose([contract("甲", sales(100)), later])
    assert [(one.year, one.total) for one in table.parts] == [
        (2026, Decimal(100)),
        (2027, Decimal(200)),
    ]
    assert len(table.months) == 24


def test_drafts_are_known_as_such() -> None:
    signed = replace(contract("乙", sales(1)), state=ContractState.SIGNED)
    (part,) = decompose([contract("甲", sales(1)), signed]).parts
    assert [one.draft for one in part.lines] == [True, False]

"""Cycles of which a contract holds some months: judged by themselves where a scheme can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpidesk.core.part_cycles import why_not_in_part
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.period import Grain, Period
from kpidesk.exchange.builtin import builtin_scheme

REST = Period.months(2026, 5, 8)
SECOND_HALF = Period.months(2026, 7, 6)


@pytest.mark.parametrize(
    ("scheme", "term", "ends"),
    [
        ("marketing-director", REST, [date(2027, 1, 1)]),
        ("marketing-director", Period.months(2026, 5, 14), [date(2027, 1, 1), date(2027, 7, 1)]),
        ("director-annual", Period.months(2026, 5, 14), [date(2027, 5, 1), date(2027, 7, 1)]),
        ("account-manager-kpi", Period.months(2026, 5, 2), [date(2026, 6, 1), date(2026, 7, 1)]),
        ("client-department", REST, [date(2027, 1, 1)]),
    ],
)
def test_the_months_at_either_end_make_a_cycle(scheme: str, term: Period, ends: list[date]) -> None:
    cycles = terms_cycles(builtin_scheme(scheme), (), term, in_part=True)
    assert [one.end for one in cycles] == ends
    assert cycles[0].start == term.start
    assert len(terms_cycles(builtin_scheme(scheme), (), term)) <= len(cycles)


@pytest.mark.parametrize(
    ("scheme", "part", "why"),
    [
        ("marketing-director", REST, ""),
        ("director-annual", REST, ""),
        ("key-account-weighted", REST, ""),
        ("bank-account-manager", REST, "奖金按整个周期在大家之间分配"),
        ("key-account-metrics", REST, "要和以前整个周期的数比较"),
        ("service-director-growth", SECOND_HALF, ""),
        ("service-director-growth", Period.months(2026, 5, 2), "要和以前整个周期的数比较"),
        ("auto-service-director", SECOND_HALF, ""),
        ("auto-service-director", Period.months(2026, 9, 4), "没有一个完整的半年"),
        ("marketing-director", Period.months(2026, 8, 3), ""),
        ("client-department", REST, "团队业绩"),
    ],
)
def test_what_looks_beyond_the_months_cannot_be_judged_by_them(
    scheme: str, part: Period, why: str
) -> None:
    said = why_not_in_part(builtin_scheme(scheme), part)
    assert (why in said) if why else said == ""


def test_stages_are_needed_only_where_the_total_is_made_of_them() -> None:
    december = Period.months(2026, 12, 1)
    annual = builtin_scheme("director-annual")
    assert why_not_in_part(annual, december) == ""
    assert "没有一个完整的季度" in why_not_in_part(annual, december, {"rollup": "mean"})


def test_a_figure_that_is_asked_for_needs_a_whole_period_of_its_own() -> None:
    scheme = builtin_scheme("marketing-director")
    halves = [one for one in scheme.facts if one.grains[0] is Grain.HALF_YEAR]
    wanted = replace(scheme, facts=tuple(replace(one, optional=False) for one in halves))
    assert why_not_in_part(wanted, SECOND_HALF) == ""
    assert "没有一个完整的半年" in why_not_in_part(wanted, Period.months(2026, 8, 3))

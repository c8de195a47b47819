from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.approval import Approval, ApprovalLine, Before
from kpidesk.core.period import Period
from kpidesk.core.spread import by_range, mean, rate

CYCLE = Period.parse("2026-03")


def line(
    name: str, total: str | None, *, full: str = "100", grade: str = "", before: str = ""
) -> ApprovalLine:
    return ApprovalLine(
        name, name, "销售部", "经理", "方案", None if total is None else Decimal(total),
        Decimal(full), grade, True, 0,
        Before(Period.parse("2026-02"), Decimal(before), "") if before else None, (), (),
    )  # fmt: skip


def approval(*lines: ApprovalLine) -> Approval:
    return Approval("公司", "全公司", CYCLE, lines)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [(("80", "81"), "80.50"), (("1", "1", "2"), "1.33"), (("0.005",), "0.01"),
     (("-0.005",), "-0.01")],
)  # fmt: skip
def test_the_mean_is_exact_and_rounded_once_half_up(
    figures: tuple[str, ...], expected: str
) -> None:
    assert mean([Decimal(one) for one in figures]) == Decimal(expected)


@pytest.mark.parametrize(
    ("percent", "place"),
    [("-1", 0), ("59.9", 0), ("60", 1), ("69.9", 1), ("70", 2), ("79.9", 2), ("80", 3), ("89.9", 3),
     ("90", 4), ("130", 4)],
)  # fmt: skip
def test_a_rate_lies_in_exactly_one_range(percent: str, place: int) -> None:
    counts = by_range([Decimal(percent)])
    assert counts[place] == sum(counts) == 1


def test_a_rate_is_out_of_the_full_points() -> None:
    assert rate(Decimal(73), Decimal(85)) == Decimal("85.9")


def test_what_is_missing_is_in_no_range_and_no_mean() -> None:
    made = approval(line("甲", "90"), line("乙", None), line("丙", "70"))
    assert sum(made.ranges) == 2
    (one,) = made.spreads
    assert (one.spread.count, one.spread.mean) == (2, Decimal("80.00"))


def test_totals_out_of_different_points_are_not_mixed() -> None:
    made = approval(line("甲", "80"), line("乙", "80", full="85"))
    assert [one.full for one in made.spreads] == [100, 85]


def test_grades_are_counted_from_the_best_down() -> None:
    made = approval(
        line("甲", "65", grade="及格"),
        line("乙", "92", grade="优秀"),
        line("丙", "66", grade="及格"),
    )
    assert made.spreads[0].grades == (("优秀", 1), ("及格", 2))


def test_the_difference_needs_both_cycles() -> None:
    assert line("甲", "80", before="82.5").difference == Decimal("-2.5")
    assert line("甲", "80").difference is None
    assert line("甲", None, before="82.5").difference is None


def test_a_warning_is_said_once_with_those_whom_it_concerns_the_rarest_first() -> None:
    often, rare = "没有上一周期的成绩", "得分超出满分"
    made = approval(
        replace(line("甲", "80"), warnings=(often, often)),
        replace(line("乙", None), warnings=(often, rare)),
        line("丙", "70"),
    )
    assert made.warnings == ((rare, ("乙",)), (often, ("甲", "乙")))
    assert approval(line("丙", "70")).warnings == ()


def test_where_nobody_has_come_to_a_total_there_is_no_spread() -> None:
    made = approval(line("甲", None))
    assert made.spreads == ()
    assert sum(made.ranges) == 0

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.annual import (
    Annual,
    Mark,
    Member,
    Score,
    completeness,
    dimension_rates,
    dimension_scores,
    group_rate,
    is_small,
    mean_rate,
    moved,
    trend,
)
from kpidesk.core.period import Period
from kpidesk.core.standings import is_uneven
from kpidesk.exchange.builtin import builtin_scheme

YEAR = Period.parse("2026")


def score(points: str, full: str = "100") -> Score:
    return Score(Decimal(points), Decimal(full))


def mark(key: str, points: str, full: str = "100", **dimensions: str) -> Mark:
    found = tuple((name, score(one)) for name, one in dimensions.items())
    return Mark(Period.parse(key), score(points, full), "", found)


def member(name: str, *marks: Mark, due: int = 0, earlier: tuple[Mark, ...] = ()) -> Member:
    months = tuple(Period.months(2026, month, 1) for month in range(1, due + 1))
    return Member(name, name, "销售部", "经理", "方案", months, marks, earlier)


def annual(*members: Member) -> Annual:
    return Annual("公司", "", YEAR, members, members)


def test_rates_of_different_full_points_are_averaged_exactly() -> None:
    assert mean_rate([score("85", "85"), score("50")]) == Decimal("75.0")
    assert mean_rate([score("1", "3"), score("1", "3")]) == Decimal("33.3")
    assert mean_rate([]) is None


def test_each_person_counts_once_however_many_sheets() -> None:
    often = member("甲", *(mark(f"2026-{month:02}", "60") for month in range(1, 13)))
    once = member("乙", mark("2026", "90"))
    assert group_rate([often, once]) == Decimal("75.0")
    assert group_rate([member("丙")]) is None


def test_somebody_has_the_mean_rate_of_what_was_recorded_of_them() -> None:
    assert member("甲", mark("2026-01", "85", "85"), mark("2026-02", "50")).rate == Decimal("75.0")
    assert member("乙", due=3).rate is None


def test_the_trend_names_cycle_rate_and_count() -> None:
    found = trend(
        [
            member("甲", mark("2026-02", "60"), mark("2026-01", "80")),
            member("乙", mark("2026-01", "60")),
        ]
    )
    assert [(one.cycle.key, one.rate, one.count) for one in found] == [
        ("2026-01", Decimal("70.0"), 2),
        ("2026-02", Decimal("60.0"), 1),
    ]


def test_sheets_of_more_and_of_fewer_months_are_told_of() -> None:
    assert not is_uneven([member("甲", mark("2026Q1", "80"), mark("2026Q2", "90"))])
    assert is_uneven([member("甲", mark("2026Q1", "80"), mark("2026H2", "90"))])
    assert not is_uneven([member("甲", mark("2026Q1", "80")), member("乙", mark("2026H2", "90"))])


def test_a_dimension_is_averaged_over_those_who_have_it() -> None:
    members = [
        member("甲", mark("2026-01", "1", 业务="80", 能力="60")),
        member("乙", mark("2026-01", "1", 业务="90")),
    ]
    assert dimension_rates(members) == {"业务": Decimal("85.0"), "能力": Decimal("60.0")}
    assert dimension_rates(members, earlier=True) == {}


def test_gains_come_first_and_losses_last() -> None:
    def moving(name: str, before: str, after: str) -> Member:
        return member(name, mark("2026-03", "1", 业务=before), mark("2026-09", "1", 业务=after))

    half = Period.parse("2026H2")
    found = moved([moving("甲", "80", "75"), moving("乙", "60", "70.25")], "业务", middle=half)
    assert [(one.name, one.change) for one in found] == [
        ("乙", Decimal("10.3")),
        ("甲", Decimal("-5.0")),
    ]
    assert moved([member("丙", mark("2026-09", "1", 业务="1"))], "业务", middle=half) == []


def test_with_last_year_known_the_years_are_compared() -> None:
    made = member("甲", mark("2026", "1", 业务="80"), earlier=(mark("2025", "1", 业务="70"),))
    assert annual(made).compares_years
    assert moved([made], "业务", middle=None)[0].change == Decimal("10.0")
    assert dimension_rates([made], earlier=True) == {"业务": Decimal("70.0")}


def test_what_was_due_and_not_recorded_is_open() -> None:
    made = member("甲", mark("2026-01", "80"), due=3)
    assert [one.key for one in made.open] == ["2026-02", "2026-03"]
    record = annual(made)
    assert (record.due, record.recorded) == (3, 1)
    assert completeness(1, 3) == Decimal("33.3")
    assert completeness(0, 0) is None


@pytest.mark.parametrize(("count", "small"), [(0, True), (1, True), (2, True), (3, False)])
def test_the_mean_of_fewer_than_three_is_marked(count: int, small: bool) -> None:  # noqa: FBT001 - a case
    rated = [member(str(number), mark("2026", "80")) for number in range(count)]
    assert is_small([*rated, member("无")]) is small


def test_schemes_with_most_people_come_first() -> None:
    others = [member(str(number), mark("2026", "80")) for number in range(2)]
    alone = Member("丁", "丁", "销售部", "", "另一方案", (), (mark("2026", "80"),))
    assert annual(alone, *others).schemes == ("方案", "另一方案")


def test_a_dimension_without_a_score_of_its_own_is_the_sum_of_its_indicators() -> None:
    scheme = builtin_scheme("account-manager-kpi")
    values = {f"score.{leaf.name}": Decimal(1) for leaf in scheme.leaves()}
    found = dict(dimension_scores(scheme, values))
    assert list(found) == [root.name for root in scheme.indicators]
    for root in scheme.indicators:
        assert found[root.name] == Score(Decimal(len(list(root.leaves()))), root.points)
    first = next(scheme.leaves())
    del values[f"score.{first.name}"]
    assert len(dimension_scores(scheme, values)) == len(found) - 1


def test_a_dimension_with_a_score_of_its_own_keeps_it() -> None:
    scheme = builtin_scheme("director-annual")
    root = scheme.indicators[0]
    found = dict(dimension_scores(scheme, {f"score.{root.name}": Decimal("97.76")}))
    assert found == {root.name: Score(Decimal("97.76"), Decimal(100))}


def test_what_was_calibrated_is_told_from_what_was_recorded() -> None:
    def moved(total: int, grade: str, before: tuple[int, str] | None = None) -> Mark:
        was = (score(str(before[0])), before[1]) if before else None
        return Mark(Period.parse("2026-01"), score(str(total)), grade, (), was)

    def of(*marks: Mark) -> Member:
        return member("王芳", *marks, due=1)

    plain, up, only = (
        moved(80, "良好"),
        moved(90, "优秀", (80, "良好")),
        moved(80, "优秀", (80, "")),
    )
    assert (of().uncalibrated, of().grade_before) == (None, "")
    assert (of(plain).uncalibrated, of(plain).grade_before) == (None, "")
    assert (of(plain, up).uncalibrated, of(plain, up).grade_before) == (Decimal("80.0"), "良好")
    assert (of(only).uncalibrated, of(only).grade_before) == (None, "无")
    assert of(moved(90, "良好", (80, "良好"))).grade_before == ""
    assert trend([of(up)])[0].uncalibrated == Decimal("80.0")
    assert trend([replace(of(up), earlier=(plain,))], earlier=True)[0].rate == Decimal("80.0")
    year = Annual("公司", "", YEAR, (of(up),), (of(up), of(plain)))
    assert year.is_calibrated
    assert not year.is_whole
    assert replace(year, everybody=year.members).is_whole

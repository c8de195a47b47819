"""Places and departments in a year, and what a report leaves in view."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.annual import Annual, Mark, Member, Score
from kpidesk.core.chart import Chart
from kpidesk.core.period import Period
from kpidesk.core.standings import compared, departments, narrowed, ranking, under

YEAR = Period.parse("2026")


def member(name: str, points: int | None, *, was: int | None = None, place: str = "甲部") -> Member:
    def marks(figure: int | None) -> tuple[Mark, ...]:
        if figure is None:
            return ()
        return (Mark(YEAR, Score(Decimal(figure), Decimal(100)), "良", ()),)

    return Member(name, name, place, "岗位", "方案", (YEAR,), marks(points), marks(was))


ALL = (
    member("赵", 80, was=85),
    member("钱", 90),
    member("孙", 80, place="乙部"),
    member("李", None),
)
RECORD = Annual("公司", "", YEAR, ALL, ALL)


def test_equal_rates_share_a_place_and_the_next_one_is_left_out() -> None:
    places = ranking((*ALL, member("周", 70)))
    assert [(one.member.name, one.place) for one in places] == [
        ("钱", 1), ("孙", 2), ("赵", 2), ("周", 4),
    ]  # fmt: skip
    assert [one.change for one in places] == [None, None, Decimal("-5.0"), None]
    assert ranking(()) == ()


def test_departments_say_what_they_came_to_and_what_is_open() -> None:
    ours, theirs = departments(ALL)
    assert (ours.name, ours.count, ours.due, ours.recorded) == ("甲部", 3, 3, 2)
    assert (ours.rate, ours.highest, ours.lowest) == (
        Decimal("85.0"), Decimal("90.0"), Decimal("80.0"),
    )  # fmt: skip
    assert ours.small
    assert ours.complete == Decimal("66.7")
    [empty] = departments([member("吴", None)])
    assert (empty.rate, empty.highest, empty.small) == (None, None, False)
    assert theirs.name == "乙部"


def test_a_report_of_one_person_is_compared_with_everybody() -> None:
    one = narrowed(RECORD, number="赵")
    assert [x.name for x in one.members] == ["赵"]
    assert one.everybody == ALL
    assert [x.name for x in compared(one)] == ["赵", "钱", "孙"]
    place = narrowed(RECORD, department="甲部")
    assert (place.department, len(place.members)) == ("甲部", 3)
    assert [x.name for x in compared(place)] == ["赵", "钱"]
    assert under(ALL, "另一个") == ()
    assert [chart.is_of_scheme for chart in Chart].count(True) == 2

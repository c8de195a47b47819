"""What the tables beside the charts say: plain texts, numbers without their unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from kpidesk.core.annual import dimension_rates, trend
from kpidesk.core.chart import Chart
from kpidesk.core.spread import RANGES, by_range, rate
from kpidesk.core.standings import compared, departments, ranking, under
from kpidesk.ui.table import Column
from kpidesk.ui.words import cycle_text

if TYPE_CHECKING:
    from kpidesk.core.annual import Annual, Member

_RATE: Final = "得分率%"
_BEFORE: Final = "校准前%"


class _When(Enum):
    """When a column has something to say of its own."""

    ALWAYS = auto()
    PART = auto()
    """Of a department or a person: the company to compare with."""
    CALIBRATED = auto()
    COMPARED = auto()
    """There is a year before to compare with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its texts, and what to sort each of them by."""

    key: str
    texts: tuple[str, ...]
    sorts: tuple[object, ...]
    whose: str = ""
    """The number of the person, or the department."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A column: its title, its width (0: what is left), whether it holds numbers."""

    title: str
    width: int
    right: bool = True
    hidden: bool = False
    when: _When = _When.ALWAYS


_SHAPES: Final[dict[Chart, tuple[_Shape, ...]]] = {
    Chart.TREND: (
        _Shape("周期", 0, right=False),
        _Shape(_RATE, 80),
        _Shape(_BEFORE, 80, when=_When.CALIBRATED),
        _Shape("份数", 54),
        _Shape("上年同期%", 92, when=_When.COMPARED),
        _Shape("全体%", 80, when=_When.PART),
    ),
    Chart.SPREAD: (
        _Shape("得分率", 110, right=False),
        _Shape("数量", 64),
        _Shape("占比%", 84),
        _Shape("是谁", 0, right=False),
    ),
    Chart.DIMENSIONS: (
        _Shape("维度", 0, right=False),
        _Shape(_RATE, 100),
        _Shape("上年%", 90, when=_When.COMPARED),
        _Shape("全体%", 100, when=_When.PART),
    ),
    Chart.RANKING: (
        _Shape("名次", 52),
        _Shape("姓名", 72, right=False),
        _Shape("部门", 0, right=False),
        _Shape("方案", 160, right=False, hidden=True),
        _Shape(_RATE, 76),
        _Shape("校准前", 84, when=_When.CALIBRATED),
        _Shape("上年%", 64, when=_When.COMPARED),
        _Shape("变化", 56, when=_When.COMPARED),
        _Shape("等级", 60, right=False),
    ),
    Chart.DEPARTMENTS: (
        _Shape("部门", 0, right=False),
        _Shape("人数", 54),
        _Shape(_RATE, 76),
        _Shape("最高", 56),
        _Shape("最低", 56),
        _Shape("应评", 54),
        _Shape("已定分", 64),
    ),
}


def line_columns(chart: Chart) -> list[Column[Line]]:
    """The columns of a chart's table."""
    return [
        Column(
            f"c{number}",
            shape.title,
            lambda line, n=number: line.texts[n],  # type: ignore[misc]  # each its own number
            tip=None if shape.width else lambda line, n=number: line.texts[n],  # type: ignore[misc]  # as above
            sort=lambda line, n=number: line.sorts[n],  # type: ignore[misc]  # as above
            right=shape.right,
            width=shape.width or 110,
            stretch=not shape.width,
            hidden=shape.hidden,
        )
        for number, shape in enumerate(_SHAPES[chart])
    ]


def empty_columns(record: Annual, chart: Chart) -> dict[int, bool]:
    """Whether each column that may have nothing to say has nothing to say of a year."""
    nothing = {
        _When.PART: record.is_whole,
        _When.CALIBRATED: not record.is_calibrated,
        _When.COMPARED: not record.compares_years,
    }
    return {
        number: nothing[shape.when]
        for number, shape in enumerate(_SHAPES[chart])
        if shape.when in nothing
    }


def lines_of(record: Annual, chart: Chart, scheme: str) -> list[Line]:
    """The rows of a chart's table."""
    match chart:
        case Chart.TREND:
            return list(_trend(record, scheme))
        case Chart.SPREAD:
            return list(_spread(record))
        case Chart.DIMENSIONS:
            return list(_dimensions(record, scheme))
        case Chart.RANKING:
            return list(_ranking(record))
        case Chart.DEPARTMENTS:
            return list(_departments(record))
        case _:
            assert_never(chart)


def _trend(record: Annual, scheme: str) -> Iterator[Line]:
    whole = {one.cycle: one.rate for one in trend(under(record.everybody, scheme))}
    own = under(record.rated, scheme)
    earlier = {one.cycle: one.rate for one in trend(own, earlier=True)}
    for one in trend(own):
        yield _line(
            cycle_text(one.cycle),
            one.rate,
            one.uncalibrated,
            one.count,
            earlier.get(one.cycle.year_before()),
            whole[one.cycle],
            by=one.cycle,
        )


def _spread(record: Annual) -> Iterator[Line]:
    rated = record.rated
    one_person = len({one.number for one in rated}) == 1
    if one_person:
        marks = [mark for one in rated for mark in one.marks]
        found = [(rate(one.total.points, one.total.full), cycle_text(one.cycle)) for one in marks]
    else:
        found = [(one.rate, one.name) for one in rated if one.rate is not None]
    counts = by_range(share for share, _ in found)
    places = [_place(share) for share, _ in found]
    for number, (at, name) in reversed(list(enumerate(RANGES))):
        who = "、".join(
            text for (_, text), place in zip(found, places, strict=True) if place == number
        )
        part = rate(Decimal(counts[number]), Decimal(len(found))) if found else None
        yield _line(name, counts[number], part, who, by=at)


def _place(share: Decimal) -> int:
    return next(number for number, count in enumerate(by_range([share])) if count)


def _dimensions(record: Annual, scheme: str) -> Iterator[Line]:
    own = under(record.rated, scheme)
    earlier = dimension_rates(own, earlier=True)
    whole = dimension_rates(under(record.everybody, scheme))
    for number, (name, share) in enumerate(dimension_rates(own).items()):
        yield _line(name, share, earlier.get(name), whole.get(name), by=number)


def _ranking(record: Annual) -> Iterator[Line]:
    for one in ranking(compared(record)):
        who = one.member
        yield _line(
            one.place,
            who.name,
            who.department,
            who.scheme,
            one.rate,
            _before(who),
            one.before,
            one.change if one.change is None else f"{one.change:+f}",
            who.marks[-1].grade,
            key=f"{who.number} {who.scheme}",
            whose=who.number,
        )


def _before(who: Member) -> str | Decimal | None:
    """The rate before calibration; the grade, too, where that was another."""
    if not who.grade_before:
        return who.uncalibrated
    return f"{who.uncalibrated or ''} {who.grade_before}".strip()


def _departments(record: Annual) -> Iterator[Line]:
    for number, one in enumerate(departments(record.everybody)):
        yield _line(
            one.name,
            one.count,
            one.rate,
            one.highest,
            one.lowest,
            one.due,
            one.recorded,
            by=number,
            whose=one.name,
        )


def _line(*values: object, key: str = "", by: object = None, whose: str = "") -> Line:
    """`by` is what the first column is sorted by, where its text is not it."""
    texts = tuple("" if one is None else str(one) for one in values)
    sorts = tuple(_number(one) for one in values)
    return Line(key or texts[0], texts, sorts if by is None else (by, *sorts[1:]), whose)


def _number(value: object) -> object:
    """A signed text sorts as the number that it is."""
    if isinstance(value, str) and value[:1] in ("+", "-"):
        return Decimal(value)
    return value

"""Where the figure of a dot stands: beside it, where no line runs through it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import TypeAlias

Dot: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_GAP = 3.4
_NEAR = 1.2
_DOT, _FIGURE, _EDGE = 99.0, 999.0, 9999.0
"""What it counts for that a figure would hide a dot, another figure, or leave the chart."""


def places(
    dots: Sequence[Dot],
    widths: Sequence[float],
    tall: float,
    *,
    others: Sequence[Sequence[Dot]],
    inside: Box,
) -> list[Box]:
    """A box for the figure of each dot, `widths` wide and `tall`.

    Each stands at the first place around its dot at which neither a line (these dots, or one of
    `others`) nor another figure meets it; where there is none, at that which is met the least.
    """
    lines = [pair for line in (dots, *others) for pair in pairwise(line)]
    points = [dot for line in (dots, *others) for dot in line]
    chosen: list[Box] = []
    for dot, width in zip(dots, widths, strict=True):
        around = list(_around(dot, width, tall))
        chosen.append(min(around, key=lambda box: _trouble(box, lines, points, chosen, inside)))
    return chosen


def _around(dot: Dot, width: float, tall: float) -> Iterator[Box]:
    """The places around a dot, the best first: above, below, then the four corners and sides."""
    x, y = dot
    above, below = y + _GAP, y - _GAP - tall
    for left in (x - width / 2, x - width - _NEAR, x + _NEAR):
        for low in (above, below):
            yield left, low, left + width, low + tall
    for left in (x - width - _GAP, x + _GAP):
        yield left, y - tall / 2, left + width, y + tall / 2
    for low in (above + tall, below - tall):
        yield x - width / 2, low, x + width / 2, low + tall


def _trouble(
    box: Box,
    lines: Sequence[tuple[Dot, Dot]],
    dots: Sequence[Dot],
    taken: Sequence[Box],
    inside: Box,
) -> float:
    """How much meets a box: lengths of lines, and far more for figures, dots and the edges."""
    left, bottom, right, top = box
    met = sum(length_within(line, box) for line in lines)
    met += sum(_DOT for x, y in dots if left < x < right and bottom < y < top)
    met += sum(
        _FIGURE
        for one in taken
        if left < one[2] and one[0] < right and bottom < one[3] and one[1] < top
    )
    is_out = left < inside[0] or bottom < inside[1] or right > inside[2] or top > inside[3]
    return met + (_EDGE if is_out else 0.0)


def length_within(line: tuple[Dot, Dot], box: Box) -> float:
    """How much of a line lies in a box (clipped side by side, after Liang and Barsky)."""
    (x, y), (end_x, end_y) = line
    across, up = end_x - x, end_y - y
    first, last = 0.0, 1.0
    for step, room in (
        (-across, x - box[0]),
        (across, box[2] - x),
        (-up, y - box[1]),
        (up, box[3] - y),
    ):
        if step == 0:
            if room < 0:
                return 0.0
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return max(last - first, 0.0) * hypot(across, up)

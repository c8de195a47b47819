"""Fills the pages of a document: a little more or less space between lines, the same everywhere.

Where a table or the signatures do not fit, a page would end early; in a contract, a clause could
be added in the gap. Layouts of slightly different spacing are tried without drawing; the one with
the smallest gaps on the fewest pages is taken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from kpidesk.documents.stack import with_headings

_SPACINGS = (1.0, 0.97, 1.03, 0.94, 1.06, 0.91, 1.1, 0.88, 1.13)
_MANY = 40
_FINE: float = 14 * mm  # a gap that nobody would write a clause in
_PAGE: float = 75 * mm  # a page more is as bad as a gap of this size
_CHANGE: float = 60 * mm  # spacing twice as wide would be as bad as a gap of this size


def balanced(story: Sequence[Flowable], width: float, height: float) -> list[Flowable]:
    """The story with the best spacing for pages of a size, headings bound to their text.

    What begins on a page of its own, as an annex, has its own spacing.
    """
    made: list[Flowable] = []
    for forced, parts in groupby(story, key=lambda one: isinstance(one, PageBreak)):
        section = list(parts)
        made += section if forced else _section(section, width, height)
    return made


def _section(story: Sequence[Flowable], width: float, height: float) -> list[Flowable]:
    best: list[Flowable] = []
    least = 0.0
    for spacing in _SPACINGS:
        made = list(with_headings(_spaced(one, spacing) for one in story))
        gaps = foot_gaps(made, width, height)
        cost = _cost(gaps, spacing)
        if not best or cost < least:
            best, least = made, cost
        if spacing == 1.0 and not 1 < len(gaps) <= _MANY:
            break  # one page is full enough, and of many pages a gap is no matter
        if not _wasted(gaps) and not _could_be_fewer(gaps, height):
            break  # nothing better can come
    return best


def foot_gaps(story: Sequence[Flowable], width: float, height: float) -> list[float]:
    """How much room is left at the foot of each page, the last one too."""
    waiting = deque(story)
    gaps: list[float] = []
    left, after, is_top = height, 0.0, True
    while waiting:
        one = waiting.popleft()
        room = left - (0.0 if is_top else max(one.getSpaceBefore() - after, 0.0))
        tall = one.wrap(width, room)[1]
        if tall > room + 0.01:
            parts = one.split(width, room) if room > 0 else []
            if not parts and is_top:
                return [*gaps, 0.0]  # taller than a page: the writer will say so
            if parts:
                room -= parts[0].wrap(width, room)[1]
                left = room
            waiting.extendleft(reversed(parts[1:] or [one]))
            gaps.append(left)
            left, after, is_top = height, 0.0, True
            continue
        after = one.getSpaceAfter()
        left, is_top = room - tall - after, False
    return [*gaps, left]


def _wasted(gaps: Sequence[float]) -> float:
    return sum(max(gap - _FINE, 0.0) ** 2 for gap in gaps[:-1])


def _could_be_fewer(gaps: Sequence[float], height: float) -> bool:
    """Whether the tightest spacing could save a page."""
    used = len(gaps) * height - sum(gaps)
    return used * min(_SPACINGS) < (len(gaps) - 1) * height


def _cost(gaps: Sequence[float], spacing: float) -> float:
    return _wasted(gaps) + len(gaps) * _PAGE**2 + ((spacing - 1) * _CHANGE * 4) ** 2


def _spaced(flowable: Flowable, factor: float) -> Flowable:
    """The flowable with more or less space, where it can have it."""
    return flowable.spaced(factor) if hasattr(flowable, "spaced") else flowable

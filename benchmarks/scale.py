"""The window with 300 people and ten years: opening every page, and scrolling what is on it."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.child import finish, start
from benchmarks.decade import write_company
from benchmarks.measure import Plan, Row, seconds

TITLE = "A big company in the window (whole processes, offscreen; against what one does not notice)"
_OPENED, _FRAME = 0.3, 1 / 60
_WORDS = 5


def run(plan: Plan) -> list[Row]:
    """Each page: the first visit after the home page, the second, and a frame being scrolled."""
    people, years = plan.size(300, 5), plan.size(10, 1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scale.kpidesk"
        sheets = write_company(file, people, years)
        said = [
            finish(start("benchmarks.window_scale", file, Path(folder) / str(number)))
            for number in range(plan.rounds)
        ]
    pages = said[0][::_WORDS]
    first, again, frame, slow = (
        {
            page: statistics.median(float(one[place * _WORDS + column]) for one in said)
            for place, page in enumerate(pages)
        }
        for column in range(1, _WORDS)
    )
    what = f"{people} people, {sheets} sheets"
    return [
        _row(f"{what}: slowest page, first visit", first, _OPENED),
        _row("slowest page, later visits", again, _OPENED),
        _row("slowest table, a scrolled frame", frame, _FRAME),
        _row("the same, nineteen of twenty frames", slow, _FRAME),
    ]


def _row(what: str, times: dict[str, float], most: float) -> Row:
    """The slowest one counts; the others are told."""
    told = ", ".join(
        f"{page} {seconds([one])}"
        for page, one in sorted(times.items(), key=lambda item: -item[1])
        if one
    )
    return Row(what, max(times.values()) / most, told, most=1)

"""How a part is measured: contenders take turns, medians are compared, a goal stands beside."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Timed = Callable[[], float]
"""Does the work once; returns how long it took, in seconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `short` only shows that the benchmarks run."""

    rounds: int
    short: bool

    def size(self, full: int, short: int) -> int:
        """The number of things to work on."""
        return short if self.short else full


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `ratio` is ours ÷ yardstick, or how often ours goes into the yardstick.

    `most` (or `least`) is the goal for the ratio; `detail` holds the figures of this machine.
    """

    what: str
    ratio: float | None
    detail: str
    most: float | None = None
    least: float | None = None
    unit: str = "×"

    @property
    def goal(self) -> str:
        """The goal as the table shows it."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}"
        return f"≥ {self.least:g} {self.unit}" if self.least is not None else "—"

    @property
    def verdict(self) -> str:
        """Whether the goal is met."""
        if self.ratio is None:
            return "not measured"
        if self.most is not None:
            return "met" if self.ratio <= self.most else "MISSED"
        if self.least is not None:
            return "met" if self.ratio >= self.least else "MISSED"
        return ""


def take_turns(contenders: Mapping[str, Timed], rounds: int) -> dict[str, list[float]]:
    """Each contender once per round, so that a slow moment of the machine hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            times[name].append(run())
    return times


def timed(work: Callable[[], Any]) -> Timed:
    """The work with a stop-watch around it."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def ratio(ours: list[float], yardstick: list[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, yardstick, strict=True))


def seconds(times: list[float]) -> str:
    """The median, readable: 12 µs, 3.1 ms, 2.40 s."""
    middle = statistics.median(times)
    if middle < 1e-3:
        return f"{middle * 1e6:.0f} µs"
    return f"{middle * 1e3:.3g} ms" if middle < 1 else f"{middle:.2f} s"


def print_table(title: str, rows: list[Row]) -> None:
    """The part's table."""
    print(f"\n{title}")
    lines = [("", "ratio", "goal", "", "on this machine")]
    for row in rows:
        shown = "—" if row.ratio is None else f"{row.ratio:.2f} {row.unit}"
        lines.append((row.what, shown, row.goal, row.verdict, row.detail))
    widths = [max(len(line[i]) for line in lines) for i in range(4)]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [line[i].rjust(widths[i]) for i in (1, 2)]
        cells += [line[3].ljust(widths[3]), line[4]]
        print("  " + "  ".join(cells).rstrip(), flush=True)

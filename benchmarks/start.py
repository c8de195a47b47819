"""From starting the program to its first window, and to the first filled page."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.child import finish, start
from benchmarks.measure import Plan, Row, ratio, seconds, take_turns
from kpidesk.usecases.sample import create_sample

TITLE = "Start of the window (whole processes, offscreen; against a bare PySide6 window)"


def run(plan: Plan) -> list[Row]:
    """Both moments, and the memory at the second."""
    memory: list[float] = []

    def until_painted(module: str, *arguments: object) -> float:
        begun = time.monotonic()
        painted, peak = finish(start(module, *arguments))
        if arguments[:1] == ("filled",):
            memory.append(float(peak))
        return float(painted) - begun

    with tempfile.TemporaryDirectory() as folder:
        company = create_sample(Path(folder) / "sample.kpidesk")
        company.close()
        contenders = {
            "bare": lambda: until_painted("benchmarks.window_bare"),
            "first": lambda: until_painted("benchmarks.window_ours", "first"),
            "filled": lambda: until_painted("benchmarks.window_ours", "filled", company.path),
        }
        take_turns(contenders, 1)  # from then on the system holds all files in memory
        memory.clear()
        times = take_turns(contenders, plan.rounds)
    bare = f"bare {seconds(times['bare'])}"
    return [
        Row(
            "first window",
            ratio(times["first"], times["bare"]),
            f"ours {seconds(times['first'])}, {bare}",
            most=1.8,
        ),
        Row(
            "first page filled from the sample company",
            ratio(times["filled"], times["bare"]),
            f"ours {seconds(times['filled'])}, {bare}",
            most=4.0,
        ),
        Row("most memory until then", statistics.median(memory) or None, "", most=110, unit="MB"),
    ]

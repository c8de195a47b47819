"""Many trials, each within a bound of time, all within a bound of memory."""

from __future__ import annotations

import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

_LONGEST: Final = 5.0
"""Seconds of the processor: other work on the machine is not the trial's fault."""
_MOST: Final = 500 << 10
"""Kilobytes."""
_A_WHILE: Final = 250


def bounded(trial: Callable[[int], str], numbers: Iterable[int]) -> int:
    """Try each number, print what they came to; how many failed, hung or needed too much."""
    outcomes: Counter[str] = Counter()
    wrong, slowest, done = 0, 0.0, 0
    for done, number in enumerate(numbers, 1):
        started = time.process_time()
        try:
            outcomes[trial(number)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is one that must not be
            wrong += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{number}: {type(error).__name__}: {error} ({place.filename}:{place.lineno})")
        took = time.process_time() - started
        slowest = max(slowest, took)
        if took > _LONGEST:
            wrong += 1
            print(f"{number}: {took:.1f} s")
        if done % _A_WHILE == 0:
            print(f"{done} tried, {wrong} wrong", flush=True)
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    most = max(resource.getrusage(one).ru_maxrss for one in whose)
    if most > _MOST:
        wrong += 1
    told = ", ".join(f"{count} {what}" for what, count in outcomes.most_common())
    print(f"{done} tried: {told}; {wrong} wrong; slowest {slowest:.1f} s, {most >> 10} MB at most")
    return wrong

"""A process that works through the year is killed; what it told as done must be in its file."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kpidesk.store.file import CompanyFile
from kpidesk.usecases.verifying import verify_file
from tests.usecases.lived import LivedYear, State, journal_of, state_of

_LONGEST: Final = 30.0
"""Seconds after which a child that tells nothing is taken for hung."""


@dataclass(slots=True)
class Killed:
    """What a kill left: how many transactions were told as kept, and what the file holds."""

    told: int
    holds: State
    in_the_midst: bool


@dataclass(slots=True)
class Tally:
    """What became of all the kills; `wrong` names each that broke the promise."""

    kills: int = 0
    told: int = 0
    midst: int = 0
    further: int = 0
    verified: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.midst} within a transaction, {self.told} transactions "
            f"told as kept, {self.further} kept but not told, "
            f"{self.verified} files verified whole, {len(self.wrong)} wrong"
        )


def kill_through(
    folder: Path, kills: int, seed: int, *, every: int = 25, deeds: int | None = None
) -> Iterator[Tally]:
    """Live the year, and at even distances kill copies of it; the tally after each stretch.

    Of the year so many `deeds`, from its beginning; all if None. Every `every`-th file is verified
    from end to end besides; all are opened, and compared with what the same deeds made without a
    kill.
    """
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    year = LivedYear(folder / "year.kpidesk")
    tally = Tally()
    stretches = min(kills, 50)
    last = len(year) if deeds is None else deeds
    for number in range(stretches):
        stretch = range(last * number // stretches, last * (number + 1) // stretches)
        rounds = kills * (number + 1) // stretches - kills * number // stretches
        copy, longest, found = folder / "copy.kpidesk", 0.0, list[Killed]()
        for _ in range(rounds):
            year.copy(copy)
            started = time.monotonic()
            delay = chance.random() * longest if longest else None
            killed = _kill(year, copy, stretch, delay)
            # The first is let through to its end, to know how long it takes.
            longest = longest or time.monotonic() - started
            found.append(killed)
            tally.kills += 1
            if tally.kills % every == 0:
                tally.verified += 1
                tally.wrong += [f"deeds {stretch}: {one}" for one in verify_file(copy).broken]
        states = year.live(stretch)
        for one in found:
            _judge(one, states, stretch, tally)
        yield tally


def _judge(killed: Killed, states: list[State], deeds: range, tally: Tally) -> None:
    tally.told += killed.told
    tally.midst += killed.in_the_midst
    allowed = states[killed.told : killed.told + 2]
    if killed.holds not in allowed:
        at = states.index(killed.holds) if killed.holds in states else "none"
        tally.wrong.append(f"deeds {deeds}: told {killed.told}, holds state {at}")
    elif killed.holds != allowed[0]:
        tally.further += 1


def _kill(year: LivedYear, copy: Path, deeds: range, delay: float | None) -> Killed:
    """Let a child do the deeds on the copy, and kill it after so many seconds, or at the end."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        _work(year, copy, deeds, mouth)
    os.close(mouth)
    if delay is None:
        if not select.select([ear], [], [], _LONGEST)[0]:
            raise TimeoutError(deeds)
        told = _hear(ear)
    else:
        time.sleep(delay)
        told = b""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told += _hear(ear)
    os.close(ear)
    if b"!" in told:
        raise AssertionError(deeds)
    midst = journal_of(copy).exists() and journal_of(copy).stat().st_size > 0
    with CompanyFile.open(copy) as file:
        with file.transaction() as connection:
            (whole,) = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        assert whole == "ok", whole
        return Killed(Counter(told)[ord(".")], state_of(file), midst)


def _work(year: LivedYear, copy: Path, deeds: range, mouth: int) -> None:
    """The child: a dot for each transaction that was kept, an exclamation mark for an error."""
    try:
        with year.opened(copy) as file:
            file.after = lambda: os.write(mouth, b".")
            for number in deeds:
                year.do(number)
    except BaseException:
        os.write(mouth, b"!")
        raise
    finally:
        os._exit(0)


def _hear(ear: int) -> bytes:
    """All that is told until the other end is shut."""
    told = b""
    while part := os.read(ear, 4096):
        told += part
    return told

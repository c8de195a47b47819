"""The disk fails within a deed; nothing is half-done, and it is told in Chinese."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kpidesk.store.errors import StoreError, UnsureSavedError
from kpidesk.store.file import CompanyFile
from tests.usecases.faulty_disk import Fault, FaultyDisk
from tests.usecases.lived import LivedYear, State, state_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deed on a failing disk."""

    refused: int
    """Writes that the disk refused; none when the deed writes less than was waited for."""
    kept: int
    """Transactions that were told as kept."""
    said: str
    """What the officer reads; empty when all was well."""
    ours: bool
    """Whether it is one of our sentences about the file."""
    unsure: bool
    """Whether it says that the last transaction may have been kept all the same."""
    again: bool
    """Whether the deed could be done again at once, on the mended disk."""


@dataclass(slots=True)
class Tally:
    """What became of all the faults; `wrong` names each that broke a promise."""

    faults: int = 0
    told: int = 0
    ignored: int = 0
    again: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.faults} faults, {self.told} told, {self.ignored} did no harm, after "
            f"{self.again} the deed was done again at once, {len(self.wrong)} wrong"
        )


def fail_through(
    folder: Path, step: int, start: int = 0, *, deeds: int | None = None
) -> Iterator[Tally]:
    """Live the year; in copies fail at every `step`-th write of every deed, in each way in turn.

    Of the year so many `deeds`, from its beginning; all if None. Runs with other numbers to
    `start`, below `step`, fail at the writes between.
    """
    with FaultyDisk() as disk:
        yield from _fail_through(folder, step, start, deeds, disk)


def _fail_through(
    folder: Path, step: int, start: int, deeds: int | None, disk: FaultyDisk
) -> Iterator[Tally]:
    year = LivedYear(folder / "year.kpidesk")
    copy = folder / "copy.kpidesk"
    tally, faults = Tally(), list(Fault)
    turn = start
    for deed in range(len(year) if deeds is None else deeds):
        found: list[tuple[str, Outcome, State]] = []
        at = 1 + (deed + start) % step
        while True:
            fault = faults[turn % len(faults)]
            turn += 1
            year.copy(copy)
            outcome = _try(year, copy, deed, disk, fault=fault, at=at)
            if not outcome.refused:
                break
            with CompanyFile.open(copy) as file:
                found.append((f"deed {deed}, {fault.name} at {at}", outcome, state_of(file)))
            at += step
        states = year.live(range(deed, deed + 1))
        for where, outcome, holds in found:
            _judge(tally, where, outcome, holds, states)
        yield tally


def _judge(tally: Tally, where: str, outcome: Outcome, holds: State, states: list[State]) -> None:
    tally.faults += 1
    tally.again += outcome.again
    if outcome.said:
        tally.told += 1
        tally.sentences[outcome.said] += 1
        if not outcome.ours:
            tally.wrong.append(f"{where}: {outcome.said}")
    else:
        tally.ignored += 1
    done = outcome.again or not outcome.said
    allowed = states[-1:] if done else states[outcome.kept : outcome.kept + 1 + outcome.unsure]
    if holds not in allowed:
        at = states.index(holds) if holds in states else "none"
        tally.wrong.append(f"{where}: {outcome}, holds state {at} of {len(states)}")


def _try(
    year: LivedYear, copy: Path, deed: int, disk: FaultyDisk, *, fault: Fault, at: int
) -> Outcome:
    """Do the deed in a child, whose disk fails; a single transaction is done again afterwards."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(
                mouth, json.dumps(asdict(_do(year, copy, deed, disk, fault=fault, at=at))).encode()
            )
        finally:
            os._exit(0)
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        words = told.read()
    os.waitpid(child, 0)
    return Outcome(**json.loads(words))


def _do(
    year: LivedYear, copy: Path, deed: int, disk: FaultyDisk, *, fault: Fault, at: int
) -> Outcome:
    kept: list[None] = []
    said, ours, unsure, again = "", True, False, False
    with year.opened(copy) as file:
        file.after = lambda: kept.append(None)
        disk.arm(fault, at)
        try:
            with year.tried():
                year.do(deed)
        except Exception as error:  # noqa: BLE001 - what it is gets judged
            said, ours = f"{type(error).__name__}: {error}", isinstance(error, StoreError)
            unsure = isinstance(error, UnsureSavedError)
        disk.mend()
        refused, count = disk.refused, len(kept)
        if said and not kept and fault is not Fault.NEVER_SYNCED:
            year.do(deed)
            again = True
    return Outcome(refused, count, said, ours, unsure, again)

"""The ways of the paper copies: every step held to the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import COPIES, Papers
from kpidesk.store.proof.folded import Step
from kpidesk.store.proof.log import Logged

_COLUMNS = ("contract_id", "revision", "copy", "number", "state", "day", "actor", "reason")


def check_copies(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """How each copy came to where it stands.

    Where the log itself is broken, which is named then, steps cannot be held to it.
    """
    if not logged.is_whole:
        return
    there: dict[tuple[int, int, str], list[tuple[int, Step]]] = {}
    for contract, revision, copy, number, *step in (
        map(told, row) for row in raw(connection, "copy_steps", *_COLUMNS)
    ):
        place = (int(contract), int(revision), copy)
        there.setdefault(place, []).append((int(number), Step(*step)))
    said = logged.folded.courses
    for place in dict.fromkeys((*said, *there)):
        if problem := _problem(said.get(place, ()), sorted(there.get(place, ()), key=_number)):
            contract_id, version, side = place
            which = f"{COPIES.get(side, side)}（第 {version} 版）"
            yield papers.broken(contract_id, Part.COPY, f"{which}的{problem}与操作日志不符")


def _problem(said: Sequence[Step], steps: Sequence[tuple[int, Step]]) -> str:
    now = [one for _, one in steps]
    if not now or not said or now[-1].state != said[-1].state:
        return "状态"
    if [number for number, _ in steps] != list(range(1, len(said) + 1)):
        return "经过"
    held = zip(said, now, strict=True)
    return "" if all(_is_as_said(one, step) for one, step in held) else "经过"


def _is_as_said(said: Step, now: Step) -> bool:
    """What an upgrade wrote down of copies that were out already has no author."""
    by = said.by if now.by else ""
    as_now = (said.state, said.on or now.on, by, said.reason)
    return as_now == (now.state, now.on, now.by, now.reason)


def _number(step: tuple[int, Step]) -> int:
    return step[0]

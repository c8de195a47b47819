"""Interviews and what became of their plans: each held to the line of the log that tells of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.codec import canonical_json
from kpidesk.core.appraisal import Interview
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.log import Logged

_LOOK: Final = ("what", "outcome", "result", "looked_on", "until", "looked_by")
_SAID: Final = ("what", "outcome", "result", "on", "until", "by")


def check_interviews(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """What was said, and every look at the plan.

    Where the log itself is broken, which is named then, nothing can be held to it.
    """
    if not logged.is_whole:
        return
    contracts: dict[int, int] = {}
    empty = json.loads(canonical_json(Interview(), Interview))
    columns = ("id", "contract_id", "cycle_start", "interview")
    for id_, contract, start, text in raw(connection, "appraisals", *columns):
        sheet = int(told(id_))
        contracts[sheet] = int(told(contract))
        if _read(told(text)) != logged.interviews.get(sheet, empty):
            problem = f"{told(start)} 起的考核的面谈记录与操作日志不符"
            yield papers.broken(contracts[sheet], Part.INTERVIEW, problem)
    kept = {
        int(told(id_)): (int(told(sheet)), dict(zip(_SAID, map(told, row), strict=True)))
        for id_, sheet, *row in raw(connection, "plan_looks", "id", "appraisal_id", *_LOOK)
    }
    for number, (sheet, line) in enumerate(logged.looks, 1):
        said = sheet, {name: line[name] or "" for name in _SAID}
        now = kept.pop(number, None)
        if now != said:
            problem = "不见了" if now is None else "与操作日志不符"
            yield papers.broken(
                contracts.get(sheet, 0), Part.PLAN, f"“{line['what']}”的跟踪记录{problem}"
            )
    for sheet, row in kept.values():
        problem = f"“{row['what']}”的跟踪记录在操作日志里没有"
        yield papers.broken(contracts.get(sheet, 0), Part.PLAN, problem)


def _read(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except ValueError:
        return text

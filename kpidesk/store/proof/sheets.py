"""Scoring sheets: whose they are, where they stand, and what was put on them, held to the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.folded import Key, Said, Sheet, parts_of
from kpidesk.store.proof.log import Logged

_PARTS: Final = {
    "entry": (
        "appraisal_entries",
        ("name", "period"),
        ("value", "entered_by", "entered_on", "source"),
        "数据",
    ),
    "override": (
        "appraisal_overrides",
        ("indicator",),
        ("score", "reason", "entered_by", "entered_on"),
        "改写的得分",
    ),
    "exemption": (
        "appraisal_exemptions",
        ("indicator",),
        ("handling", "reason", "entered_by", "entered_on"),
        "免考核",
    ),
    "raters": ("appraisal_raters", ("rater",), ("names",), "考核人"),
    "second": (
        "second_entries",
        ("name", "period"),
        ("value", "entered_by", "entered_on", "note"),
        "第二次录入",
    ),
}
"""By kind: the table, what a row is found by, what it says, and what the officer calls it."""
_OPEN: Final = "SELECT id FROM appraisals WHERE state = 'open'"
_JSON: Final = frozenset({"value", "names"})
_ROW: Final = (
    "id", "contract_id", "person_id", "cycle_start", "cycle_end", "state",
    "interview", "interviewed_on",
)  # fmt: skip


@dataclass(slots=True)
class _There:
    """What lies in the file, by sheet."""

    parts: dict[int, dict[Key, Said]] = field(default_factory=dict)
    """Of open sheets only: ten years of recorded ones would be half a million rows."""
    people: dict[int, str] = field(default_factory=dict)
    """Whose each contract is."""


def check_sheets(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every sheet; of one that is recorded its recording holds what is on it.

    Where the log itself is broken, which is named then, nothing can be held to it.
    """
    if not logged.is_whole:
        return
    there = _read_file(connection)
    for row in raw(connection, "appraisals", *_ROW):
        listed = dict(zip(_ROW, map(told, row), strict=True))
        id_, contract = int(listed["id"]), int(listed["contract_id"])
        sheet = logged.folded.sheets.get(id_)
        cycle = f"{listed['cycle_start']} 起的考核"
        if sheet is None:
            yield papers.broken(contract, Part.SHEET, f"{cycle}在操作日志里没有")
            continue
        if problem := _problem(listed, sheet, there):
            yield papers.broken(sheet.contract, Part.SHEET, f"{cycle}的{problem}")
        if sheet.state == "open":
            for what in _odd(connection, id_, sheet, there.parts.get(id_, {})):
                yield papers.broken(sheet.contract, Part.SHEET, f"{cycle}的{what}与操作日志不符")


def _problem(listed: Mapping[str, str], sheet: Sheet, there: _There) -> str:
    """What of the sheet itself is not as it must be."""
    days = f"{listed['cycle_start']}/{listed['cycle_end']}"
    if listed["contract_id"] != str(sheet.contract):
        return "责任书与操作日志不符"
    if listed["person_id"] != there.people.get(sheet.contract):
        return "人员与责任书不符"
    if sheet.cycle not in ("", days):
        return "周期与操作日志不符"
    if listed["state"] != sheet.state:
        return "状态与操作日志不符"
    interview = _value(listed["interview"])
    if isinstance(interview, dict) and told(interview.get("held_on")) != listed["interviewed_on"]:
        return "面谈日期与面谈记录不符"
    return ""


def _odd(
    connection: Connection, id_: int, sheet: Sheet, parts: Mapping[Key, Said]
) -> Iterator[str]:
    """What of an open sheet is not as the log has it; after a recording, from there on."""
    said: dict[Key, Said | None] = dict(_recorded(connection, id_, sheet.recorded))
    said |= sheet.parts
    found: set[str] = set()
    for key in dict.fromkeys((*said, *parts)):
        expected, now = said.get(key), parts.get(key)
        kind = key[0]
        if kind == "raters" and not (expected or {}).get("names") and now is None:
            continue
        if expected is None or now is None:
            if expected is not now:
                found.add(_PARTS[kind][3])
        elif any(
            value != (expected[name] if name in _JSON else told(expected[name]))
            for name, value in now.items()
            if name in expected
        ):
            found.add(_PARTS[kind][3])
    yield from sorted(found)


def _recorded(connection: Connection, id_: int, number: int) -> dict[Key, Said]:
    """What stood on a sheet when it was recorded; nothing where it never was."""
    query = "SELECT CAST(body AS BLOB) FROM results WHERE appraisal_id = ? AND number = ?"
    body = connection.exec_driver_sql(query, (id_, number)).scalar()
    recorded = _value(told(body))
    return parts_of(recorded["appraisal"]) if isinstance(recorded, dict) else {}


def _read_file(connection: Connection) -> _There:
    there = _There()
    for kind, (table, keys, columns, _) in _PARTS.items():
        cast = ", ".join(f"CAST({one} AS BLOB)" for one in ("appraisal_id", *keys, *columns))
        query = f"SELECT {cast} FROM {table} WHERE appraisal_id IN ({_OPEN})"  # noqa: S608 - our own words
        for sheet, *row in connection.exec_driver_sql(query):
            texts = list(map(told, row))
            place = (kind, *texts[: len(keys)])
            said = {
                name: _value(text) if name in _JSON else text
                for name, text in zip(columns, texts[len(keys) :], strict=True)
            }
            there.parts.setdefault(int(told(sheet)), {})[place] = said
    there.people = {
        int(told(id_)): told(person)
        for id_, person in raw(connection, "contracts", "id", "person_id")
    }
    return there


def _value(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text

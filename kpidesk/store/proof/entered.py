"""What was entered for pay: each row is held to the line of the log that tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.codec import CodecError, from_json
from kpidesk.core.names import known_facts, known_team_facts
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Entered, Logged

_COMMON: Final = (
    "id", "scheme_id", "person_id", "source", "reason", "entered_by", "entered_on",
)  # fmt: skip
_FACT: Final = (*_COMMON, "name", "period", "starts_on", "value")
_LINE: Final = (*_COMMON, "replaces", "body")
Row = dict[str, Any]


def check_entered(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Figures and dated lines, in the order in which they were entered.

    Where the log itself is broken, which is named then, nothing can be held to it.
    """
    if not logged.is_whole:
        return
    names = {told(id_): told(name) for id_, name in raw(connection, "people", "id", "name")}
    for said, problem in _odd(_rows(connection, "pay_facts", _FACT), logged.facts, _fact_of):
        what = _label(connection, said, str(said.get("name", "")))
        key = str(said.get("period", ""))
        period = "全周期" if key == CYCLE else plain_periods(key)
        yield _broken(connection, names, said, f"{period}的{what}{problem}")
    rows = _rows(connection, "pay_lines", _LINE)
    bodies = {row["id"]: row["body"] for row in rows}
    for row in rows:
        row["replaced"] = bodies.get(row["replaces"])
    for said, problem in _odd(rows, logged.lines_paid, _line_of):
        body = said["body"] or said["replaced"]
        body = body if isinstance(body, dict) else {}
        what = _label(connection, said, str(body.get("kind", "")))
        yield _broken(connection, names, said, f"{body.get('on', '')} 的{what}{problem}")


def _odd(
    rows: Sequence[Row], lines: Sequence[Entered], read: Callable[[Entered], Row]
) -> Iterator[tuple[Row, str]]:
    """What is not as the log says, as the log has it, and the problem.

    Rows are numbered from 1 in the order of the lines.
    """
    kept: dict[int, Row] = {int(row["id"]): row for row in rows}
    for number, line in enumerate(lines, 1):
        row, said = kept.pop(number, None), read(line)
        if row is None:
            yield said, "不见了"
        elif any(row[name] != value for name, value in said.items()):
            yield said, "与操作日志不符"
    for row in kept.values():
        yield row, "在操作日志里没有"


def _rows(connection: Connection, table: str, columns: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = [
        dict(zip(columns, map(told, row), strict=True)) for row in raw(connection, table, *columns)
    ]
    for row in rows:
        for name in ("value", "body"):
            if name in row:
                row[name] = _value(row[name])
    return sorted(rows, key=lambda row: int(row["id"]))


def _value(text: str) -> object:
    try:
        return _plain(json.loads(text)) if text else None
    except ValueError:
        return text


def _plain(said: Any) -> Any:  # noqa: ANN401 - JSON
    """A dated line without where it comes from, which is kept beside it."""
    if isinstance(said, dict):
        return {name: value for name, value in said.items() if name != "origin"}
    return said


def _common(line: Entered) -> Row:
    return {
        "scheme_id": line.scheme,
        "person_id": line.person,
        "reason": line.reason,
        "entered_by": line.actor,
    }


def _fact_of(line: Entered) -> Row:
    """What the log says of a figure; an early log not in which year's cycle."""
    said = line.after or line.before or {}
    row = {**_common(line), "value": line.after["value"] if line.after else None}
    if said:
        row |= {"name": said["name"], "period": said.get("period", CYCLE)}
        if said.get("starts_on"):
            row["starts_on"] = said["starts_on"]
    if line.after:
        row |= {name: line.after.get(name) or "" for name in ("source", "entered_on")}
    return row


def _line_of(line: Entered) -> Row:
    """What the log says of a dated line; an early log not from what and on which day."""
    row = {**_common(line), "body": _plain(line.after), "replaced": _plain(line.before)}
    if line.before is None:
        row["replaces"] = ""
    if line.after is None:
        row["source"] = ""
    origin = (line.after or {}).get("origin") or {}
    if origin.get("entered_on"):
        row |= {name: origin.get(name, "") for name in ("source", "entered_on")}
    return row


def _broken(connection: Connection, names: dict[str, str], said: Row, problem: str) -> Broken:
    titles = {told(id_): told(title) for id_, title in raw(connection, "schemes", "id", "title")}
    scheme, person = said["scheme_id"], said["person_id"]
    return Broken(
        Part.PAY_DATA, titles.get(scheme, ""), problem, names.get(person, "") if person else "团队"
    )


def _label(connection: Connection, said: Row, name: str) -> str:
    """What the scheme calls a figure or a kind of line."""
    for id_, _, body in raw(connection, "schemes", "id", "version", "body"):
        if told(id_) != said["scheme_id"]:
            continue
        try:
            scheme = from_json(told(body), Scheme)
        except CodecError:  # it is named on its own
            continue
        known = (known_team_facts(scheme) | known_facts(scheme)).get(name) or scheme.event(name)
        if known is not None:
            return f"“{known.label}”"
    return "一项数据"

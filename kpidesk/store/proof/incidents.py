"""Incidents and their files: each row held to the log, each file to its hash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Logged, agrees


def check_incidents(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every time that an incident was written down, in order; then the files.

    Where the log itself is broken, which is named then, rows cannot be held to it.
    """
    names = {told(id_): told(name) for id_, name in raw(connection, "people", "id", "name")}
    if logged.is_whole:
        columns = ("id", "incident", "person_id", "body", "reason", "entered_by")
        kept = {
            int(told(row[0])): list(map(told, row[1:]))
            for row in raw(connection, "incidents", *columns)
        }
        for number, line in enumerate(logged.incidents, 1):
            row = kept.pop(number, None)
            said = [line.scheme, line.person, line.after, line.reason, line.actor]
            now = None if row is None else [*row[:2], _value(row[2]), *row[3:]]
            if now != said:
                problem = "不见了" if row is None else "与操作日志不符"
                yield _broken(names.get(line.person, ""), line.after or line.before, problem)
        for row in kept.values():
            yield _broken(names.get(row[1], ""), _value(row[2]), "在操作日志里没有")
    for id_, name, digest, by, content in raw(
        connection, "attachments", "id", "name", "sha256", "added_by", "content"
    ):
        known = logged.kept.get((Part.ATTACHMENT, told(id_)))
        if not isinstance(content, bytes) or sha256(content).hexdigest() != told(digest):
            yield Broken(Part.ATTACHMENT, told(name), "与校验值不符")
        elif not agrees(logged, Part.ATTACHMENT, id_, digest):
            yield Broken(Part.ATTACHMENT, told(name), "与操作日志不符")
        elif known is not None and (known.document, known.by) != (told(name), told(by)):
            yield Broken(Part.ATTACHMENT, known.document, "名称或经办人与操作日志不符")

    if logged.is_whole:
        yield from _line_files(connection, logged)


def _line_files(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Which file belongs to which dated line, held to the log; in order, from the first."""
    rows = raw(connection, "line_files", "id", "line_id", "attachment_id")
    kept = {int(told(id_)): (told(line), told(file)) for id_, line, file in rows}
    for number, (line, file, name) in enumerate(logged.line_files, 1):
        if (now := kept.pop(number, None)) != (line, file):
            problem = "不见了" if now is None else "与操作日志不符"
            yield Broken(Part.ATTACHMENT, f"{name}（逐笔事项的附件）", problem)
    for _ in kept:
        yield Broken(Part.ATTACHMENT, "逐笔事项的附件", "在操作日志里没有")


def _broken(person: str, body: object, problem: str) -> Broken:
    on = body.get("on", "") if isinstance(body, dict) else ""
    return Broken(Part.INCIDENT, str(on), problem, person)


def _value(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text

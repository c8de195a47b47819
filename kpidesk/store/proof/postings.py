"""任职记录: each row held to the log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Logged

_COLUMNS = ("id", "person_id", "since", "department", "post", "superior", "corrects")


def check_postings(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every posting that was written down.

    Where the log itself is broken, which is named then, rows cannot be held to it.
    """
    if not logged.is_whole:
        return
    names = {told(id_): told(name) for id_, name in raw(connection, "people", "id", "name")}
    rows = {
        told(row[0]): list(map(told, row[1:])) for row in raw(connection, "postings", *_COLUMNS)
    }
    for id_, said in logged.postings.items():
        person, one = str(said["person"]), said["posting"]
        whose = names.get(person, "")
        row = rows.pop(id_, None)
        kept = [one.get("since"), one["department"], one["post"], one.get("superior", "")]
        corrects = "1" if said.get("corrects") else "0"
        if row is None:
            yield Broken(Part.POSTING, told(one.get("since")), "不见了", whose)
        elif row != [person, *map(told, kept), corrects]:
            yield Broken(Part.POSTING, row[1], "与操作日志不符", whose)
    for row in rows.values():
        yield Broken(Part.POSTING, row[1], "在操作日志里没有", names.get(row[0], ""))

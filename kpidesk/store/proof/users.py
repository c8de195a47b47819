"""Users: what each may do, and whose password it is, held to the log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kpidesk.codec import content_hash
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Logged

_COLUMNS = ("id", "name", "role", "department_id", "person_id", "is_active", "password")
_SEAL_LETTERS = 16


def seal_of(password: str) -> str:
    """What the log keeps of a stored password: enough to see that it was changed, and no more."""
    return content_hash(password)[:_SEAL_LETTERS]


def check_users(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every user that was ever added.

    Where the log itself is broken, which is named then, rows cannot be held to it.
    """
    if not logged.is_whole:
        return
    rows = {told(row[0]): list(map(told, row[1:])) for row in raw(connection, "users", *_COLUMNS)}
    for id_, said in logged.users.items():
        row = rows.pop(id_, None)
        if row is None:
            yield Broken(Part.USER, said["name"], "不见了")
            continue
        *facts, password = row
        keys = ("name", "role", "department", "person")
        kept = [*(told(said.get(key)) for key in keys), "1" if said.get("is_active", True) else "0"]
        if facts != kept:
            yield Broken(Part.USER, said["name"], "角色或状态与操作日志不符")
        if seal_of(password) != said["seal"]:
            yield Broken(Part.USER, said["name"], "密码不是按规定的步骤改的")
    for row in rows.values():
        yield Broken(Part.USER, row[0], "在操作日志里没有")

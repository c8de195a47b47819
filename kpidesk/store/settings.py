"""Settings of the company file: a key and canonical JSON."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select

from kpidesk.codec import canonical_json, from_json
from kpidesk.store.rows import SETTINGS

T = TypeVar("T")


def load_setting(connection: Connection, key: str, as_type: type[T]) -> T | None:
    """The value of a key, or None when it was never set."""
    text = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.key == key)).scalar()
    return None if text is None else from_json(text, as_type)


def save_setting(connection: Connection, key: str, value: object) -> None:
    """Set a key to a value, in place of what it had."""
    connection.execute(delete(SETTINGS).where(SETTINGS.c.key == key))
    text = canonical_json(value, type(value))
    connection.execute(insert(SETTINGS), {"key": key, "value": text})

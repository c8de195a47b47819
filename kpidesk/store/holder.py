"""Who has the file open: a note for the message to the next one, never the lock itself."""

from __future__ import annotations

import json
import secrets
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from kpidesk.store.driver import errors, open_raw, uri_of
from kpidesk.store.rows import SETTINGS
from kpidesk.store.secret import Secret

_KEY: Final = "holder"
_OPENING: Final = "opening"


def note_holder(connection: Connection, holder: str) -> str:
    """Write down who opens the file now ("王芳，电脑 HR-01，2026-03-05 09:12").

    Returns the mark of this opening, by which `is_opening` knows whether another has followed.
    """
    opening = secrets.token_hex(8)
    for key, value in ((_KEY, holder), (_OPENING, opening)):
        connection.execute(delete(SETTINGS).where(SETTINGS.c.key == key))
        connection.execute(
            insert(SETTINGS), {"key": key, "value": json.dumps(value, ensure_ascii=False)}
        )
    return opening


def is_opening(connection: Connection, opening: str) -> bool:
    """Whether nobody has opened the file after this opening."""
    noted = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.key == _OPENING)).scalar()
    return noted == json.dumps(opening)


def read_holder(path: Path, secret: Secret | None = None) -> str:
    """Who noted themselves last, read past the lock; empty when that cannot be read just now."""
    uri = uri_of(path.resolve(), "mode=ro&immutable=1")
    try:
        with closing(open_raw(uri, secret)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", [_KEY]).fetchone()
        return str(json.loads(row[0])) if row else ""
    except ValueError:
        return ""
    except errors():  # the other window is writing, or the file is older
        return ""

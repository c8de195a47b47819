"""Who has the file open: a note for the message to the next one, never the lock itself."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, insert

from kpidesk.store.driver import errors, open_raw
from kpidesk.store.rows import SETTINGS
from kpidesk.store.secret import Secret

_KEY: Final = "holder"


def note_holder(connection: Connection, holder: str) -> None:
    """Write down who opens the file now ("王芳，电脑 HR-01，2026-03-05 09:12")."""
    connection.execute(delete(SETTINGS).where(SETTINGS.c.key == _KEY))
    connection.execute(
        insert(SETTINGS), {"key": _KEY, "value": json.dumps(holder, ensure_ascii=False)}
    )


def read_holder(path: Path, secret: Secret | None = None) -> str:
    """Who noted themselves last, read past the lock; empty when that cannot be read just now."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(open_raw(uri, secret)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", [_KEY]).fetchone()
        return str(json.loads(row[0])) if row else ""
    except ValueError:
        return ""
    except errors():  # the other window is writing, or the file is older
        return ""

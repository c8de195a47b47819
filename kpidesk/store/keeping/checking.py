"""Is a backup still what was written? Its bytes, then what is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import file_digest
from pathlib import Path

from kpidesk.store.backup import check_whole
from kpidesk.store.driver import open_raw, uri_of
from kpidesk.store.errors import DamagedFileError, PasswordNeededError, translated
from kpidesk.store.header import read_header
from kpidesk.store.keeping.catalog import Kept
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.secret import Secret


def open_copy(path: Path, secret: Secret | None = None) -> sqlite3.Connection:
    """A closed copy, for reading only: nothing in it can run, and nothing of it is changed."""
    connection = open_raw(uri_of(path.resolve(), "mode=ro&immutable=1"), secret)
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def hash_of(path: Path) -> str:
    """SHA-256 of a closed file; never of the live one, whose lock this would drop."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def key_of(path: Path, secret: Secret | None) -> Secret | None:
    """What opens a copy: a plain one, from before the file was encrypted, needs nothing.

    One that is encrypted by another secret asks for that: PasswordNeededError.
    """
    header = read_header(path, known=HEAD, to_write=False)
    if not header.is_encrypted:
        return None
    if secret is None or (header.slots is not None and header.slots.ident != secret.ident):
        raise PasswordNeededError(path)
    return secret


def check_copy(path: Path, known: Kept | None, secret: Secret | None = None) -> tuple[int, str]:
    """Where the copy's log ends; a StoreError says why it cannot be used.

    `known` is what the list says of it: then every byte must be the one that was written. A copy
    from before the file was encrypted is plain; one that another secret opens is looked at from
    outside, or asks for it (PasswordNeededError).
    """
    read_header(path, known=HEAD, to_write=False)
    if known is not None and hash_of(path) != known.sha256:
        raise DamagedFileError(path, "内容与备份时记下的校验值不符")
    try:
        key = key_of(path, secret)
    except PasswordNeededError:
        if known is None:
            raise
        return known.sequence, known.hash  # every byte is the one that was checked then
    with translated(path), closing(open_copy(path, key)) as connection:
        check_whole(connection, path)
        row = connection.execute(
            "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")

"""The whole file anew: encrypted, plain, or with other slots. The old one stays until that is so.

A new file is made beside the old one, compared with it row by row, and takes its name in one step.
Killed at any moment, either the old file or the new one is there whole.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kpidesk.store.backup import back_up, check_whole, sync_folder
from kpidesk.store.driver import PAGE, cipher_problem, module, open_raw, use_key
from kpidesk.store.engine import create_empty, open_engine
from kpidesk.store.errors import DamagedFileError, StorageFailedError, translated
from kpidesk.store.migrations.ladder import climb
from kpidesk.store.seal import break_seal
from kpidesk.store.secret import Secret
from kpidesk.store.slots import LENGTH, PLACE, Slots

_INTERIOR: Final = 5
"""The kind of a page of a tree that points to other pages only."""
_POINTERS: Final = 112
_TABLES: Final = "SELECT name FROM {}sqlite_master WHERE type = 'table' ORDER BY name"
_COPIED: Final = ("application_id", "user_version")


def _drafts(path: Path) -> tuple[Path, Path]:
    """Where the copy to work from and the new file are made."""
    return path.with_name(f"{path.name}.before"), path.with_name(f"{path.name}.after")


def restore_draft(path: Path) -> Path:
    """Where a backup is made ready that is to take the place of the file."""
    return path.with_name(f"{path.name}.restore")


def remove_drafts(path: Path) -> None:
    """Take away what a kill half-way has left; it is of no use to anybody."""
    restored = restore_draft(path)
    for draft in (*_drafts(path), restored, *_drafts(restored)):
        for left in (draft, draft.with_name(f"{draft.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def recode(
    engine: Engine, path: Path, old: Secret | None, new: Secret | None, slots: Slots | None
) -> Path:
    """A checked copy of the live file under another secret and with these slots, beside it.

    The caller lets it take the place of the file.
    """
    copy, draft = _drafts(path)
    remove_drafts(path)
    try:
        if old == new:
            back_up(engine, path, draft, old)
        else:
            back_up(engine, path, copy, old)
            _export(copy, draft, old, new)
        if new is not None and slots is not None:
            write_slots(draft, slots)
        _check(draft, path, new)
    except BaseException:
        remove_drafts(path)
        raise
    with suppress(OSError):
        copy.unlink(missing_ok=True)
    return draft


def climb_beside(engine: Engine, path: Path, secret: Secret, slots: Slots | None) -> Engine:
    """Upgrade an encrypted file in a copy that takes its place: new tables may move the slots."""
    draft = recode(engine, path, secret, secret, slots)
    try:
        newer = open_engine(draft, secret)
        try:
            climb(newer, draft, then=break_seal)
        finally:
            newer.dispose()
        if slots is not None:
            write_slots(draft, slots)
        _check(draft, path, secret)
    except BaseException:
        remove_drafts(path)
        raise
    return take_place(engine, path, draft, secret)


def take_place(engine: Engine, path: Path, draft: Path, secret: Secret | None) -> Engine:
    """Let the new file take the name of the live one; the engine on it.

    The old file stays locked until its name is gone, where the system allows that. Where it does
    not (Windows), whoever opens the old file in between makes this fail, and nothing is lost.
    """
    if os.name == "nt":
        engine.dispose()  # opens again by itself when it is asked for the next time
    try:
        _replace(draft, path)
    except OSError as error:
        remove_drafts(path)
        raise StorageFailedError(path, error.strerror or str(error)) from error
    engine.dispose()
    return open_engine(path, secret)


def recode_closed(
    path: Path, new: Secret | None, slots: Slots | None, *, old: Secret | None = None
) -> None:
    """A closed file (an earlier backup, say) under another secret (None: plain), in its place."""
    _, draft = _drafts(path)
    remove_drafts(path)
    try:
        with translated(path):
            _export(path, draft, old, new)
            if slots is not None:
                write_slots(draft, slots)
            _check(draft, path, new)
        _replace(draft, path)
    finally:
        remove_drafts(path)


def _replace(draft: Path, path: Path) -> None:
    """Take the name, and let in whom the file has let in so far."""
    draft.chmod(stat.S_IMODE(path.stat().st_mode))
    draft.replace(path)
    sync_folder(path.parent)


def write_slots(path: Path, slots: Slots) -> None:
    """Put slots into a closed encrypted file: into room of the first page that nothing uses.

    That page is the root of the schema, which is longer than a page: it only points to others.
    """
    with path.open("rb+") as file:
        page = file.read(PAGE)
        cells, content = (int.from_bytes(page[at : at + 2], "big") for at in (103, 105))
        start = _POINTERS + 2 * cells
        if page[100] != _INTERIOR or start > PLACE or content < PLACE + LENGTH:
            raise StorageFailedError(path, "文件里没有存放密码信息的位置")
        file.seek(start)
        file.write(bytes(PLACE - start) + slots.pack())
        file.flush()
        os.fsync(file.fileno())


def _export(source: Path, target: Path, old: Secret | None, new: Secret | None) -> None:
    """Copy everything from one encryption to another, by the cipher's own means."""
    create_empty(target)  # readable for its owner only, whatever is usual here
    # The cipher's module opens plain files too: with no key it leaves them as they are.
    with translated(source), closing(_cipher_connection(source, old)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("ATTACH ? AS new KEY ?", (str(target), new.key if new else ""))
        if new is not None:
            use_key(connection, new, "new")
        connection.execute("PRAGMA new.synchronous = FULL")
        connection.execute("SELECT sqlcipher_export('new')").fetchall()
        for name in _COPIED:
            (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
            connection.execute(f"PRAGMA new.{name} = {value}")
        if _contents(connection, "main") != _contents(connection, "new"):
            raise DamagedFileError(source, "转换后的内容与原来的不一致，已放弃转换")
        connection.execute("DETACH new")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _cipher_connection(path: Path, secret: Secret | None) -> sqlite3.Connection:
    if secret is not None:
        return open_raw(path, secret)
    connection: sqlite3.Connection = module(Secret(b"")).connect(path, isolation_level=None)
    return connection


def _contents(connection: sqlite3.Connection, schema: str) -> dict[str, str]:
    """A digest of every table, row by row, and of the schema."""
    tables = [row[0] for row in connection.execute(_TABLES.format(f"{schema}."))]
    made = f"SELECT type, name, sql FROM {schema}.sqlite_master ORDER BY name"  # noqa: S608 - our own names
    found = {"": _digest(connection, made)}
    for table in tables:
        found[table] = _digest(connection, f'SELECT * FROM {schema}."{table}"')  # noqa: S608 - names from the schema
    return found


def _digest(connection: sqlite3.Connection, query: str) -> str:
    digest = sha256()
    for row in connection.execute(query):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _check(draft: Path, path: Path, secret: Secret | None) -> None:
    """Open the new file as the next start would, and look at all of it."""
    with translated(path), closing(open_raw(draft, secret)) as connection:
        check_whole(connection, path)
        if secret is not None and (problem := cipher_problem(connection)):
            raise DamagedFileError(path, f"转换后的内容与校验值不符：{problem}")

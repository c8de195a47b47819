"""Climbing from the file's schema version to the newest: all of it in one transaction, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from kpidesk.store.errors import DamagedFileError, translated
from kpidesk.store.guards import GUARDS
from kpidesk.store.header import APPLICATION_ID

HEAD: Final = 17
"""The newest version. The file keeps its own in `user_version` too, so that opening a current
file needs neither Alembic nor its revision table."""

SCRIPTS: Final = Path(__file__).parent


def climb(
    engine: Engine,
    path: Path,
    *,
    then: Callable[[Connection], None] | None = None,
    scripts: Path = SCRIPTS,
    head: int = HEAD,
) -> None:
    """Bring the file to `head`, and do what `then` says in the same transaction.

    The caller has made a backup of a file that holds something; a kill half-way changes nothing.
    """
    with translated(path), engine.connect() as connection:
        # Rebuilding a table with foreign keys on would delete its children; the pragma is
        # ignored within a transaction, so it goes to the driver before one begins.
        driver = connection.connection.driver_connection
        if driver is None:
            msg = "the connection has been closed"
            raise RuntimeError(msg)
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run_steps(connection, path, scripts, head)
                if then is not None:
                    then(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _run_steps(connection: Connection, path: Path, scripts: Path, head: int) -> None:
    from alembic import command
    from alembic.config import Config

    for (guard,) in connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{guard}"')
    config = Config(attributes={"connection": connection})
    # The configuration file format gives % a meaning, which a folder's name may contain.
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    command.upgrade(config, f"{head:04d}")
    for sql in GUARDS.values():
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={head}")
    if orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DamagedFileError(path, f"表 {orphan[0]} 中有记录指向不存在的内容，升级已取消")

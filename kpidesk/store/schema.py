"""Is the file's schema the one that we made? Planted triggers and views could rewrite records."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from kpidesk.store.errors import DamagedFileError
from kpidesk.store.guards import GUARDS
from kpidesk.store.rows import METADATA

_REVISION_TABLE = "alembic_version"


def check_schema(connection: Connection, path: Path) -> None:
    """Refuse a file of the newest version whose tables, guards or views are not as made."""
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).all()
    tables = {name for kind, name, _ in found if kind == "table"}
    expected = {*METADATA.tables, _REVISION_TABLE}
    if tables != expected:
        odd = "、".join(sorted(tables ^ expected))
        raise DamagedFileError(path, f"数据表与本程序的不一致：{odd}")
    for table in METADATA.tables.values():
        columns = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table.name})")}
        if columns != set(table.columns.keys()):
            raise DamagedFileError(path, f"数据表 {table.name} 的列与本程序的不一致")
    rules = {name: sql for kind, name, sql in found if kind in ("trigger", "view")}
    if rules != GUARDS:
        odd = "、".join(
            sorted(one for one in rules.keys() | GUARDS.keys() if rules.get(one) != GUARDS.get(one))
        )
        raise DamagedFileError(path, f"保护记录的规则被改动过：{odd}")

"""Is the file's schema the one that we made? Planted triggers and views could rewrite records."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from kpidesk.store.errors import DamagedFileError
from kpidesk.store.guards import GUARDS
from kpidesk.store.rows import METADATA

_REVISION_TABLE = "alembic_version"


def check_sound(connection: Connection, path: Path) -> None:
    """Refuse a file whose pages are broken, or whose tables are not those of its version."""
    problem = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if problem != "ok":
        raise DamagedFileError(path, f"完整性检查未通过：{problem}")
    check_schema(connection, path)


def check_schema(connection: Connection, path: Path) -> None:
    """Refuse a file of the newest version of which a table, index, guard or view is not as made."""
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).all()
    tables = {name for kind, name, _ in found if kind == "table"}
    expected = {*METADATA.tables, _REVISION_TABLE}
    if tables != expected:
        odd = "、".join(sorted(tables ^ expected))
        raise DamagedFileError(path, f"数据表与本程序的不一致：{odd}")
    indexes = {name for kind, name, _ in found if kind == "index"}
    planned = {one.name for table in METADATA.tables.values() for one in table.indexes}
    if indexes != planned:
        odd = "、".join(sorted(map(str, indexes ^ planned)))
        raise DamagedFileError(path, f"索引与本程序的不一致：{odd}")
    for table in METADATA.tables.values():
        # The longer form of table_info, which shows computed columns too.
        told = connection.exec_driver_sql(f"PRAGMA table_xinfo({table.name})")
        columns = {row[1] for row in told}
        if columns != set(table.columns.keys()):
            raise DamagedFileError(path, f"数据表 {table.name} 的列与本程序的不一致")
    rules = {name: sql for kind, name, sql in found if kind in ("trigger", "view")}
    if rules != GUARDS:
        odd = "、".join(
            sorted(one for one in rules.keys() | GUARDS.keys() if rules.get(one) != GUARDS.get(one))
        )
        raise DamagedFileError(path, f"保护记录的规则被改动过：{odd}")

"""Numbers of new rows. Rows are never deleted where a number is printed, so none comes twice."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


def next_id(connection: Connection, table: Table) -> int:
    """The number for a new row; the transaction holds the file alone, so nobody else gets it."""
    return 1 + (connection.execute(select(func.max(table.c.id))).scalar() or 0)

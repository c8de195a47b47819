"""How much was settled, without reading any of it: for the first page."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from kpidesk.store.rows import PAY_REVERSALS, PAY_RUNS


def standing_run_count(connection: Connection) -> int:
    """How many settled periods stand."""
    query = (
        select(func.count())
        .select_from(PAY_RUNS)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(PAY_REVERSALS.c.run_id.is_(None))
    )
    return connection.execute(query).scalar_one()

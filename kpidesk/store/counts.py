"""How much was planned and settled, without reading any of it: for the first page."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from kpidesk.store.rows import PAY_REVERSALS, PAY_RUNS, TARGET_PLANS, TARGET_REVISIONS


def standing_run_count(connection: Connection) -> int:
    """How many settled periods stand."""
    query = (
        select(func.count())
        .select_from(PAY_RUNS)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(PAY_REVERSALS.c.run_id.is_(None))
    )
    return connection.execute(query).scalar_one()


def plan_counts(connection: Connection) -> tuple[int, int]:
    """How many target plans were published, and how many are being worked on."""
    published = select(func.count(func.distinct(TARGET_REVISIONS.c.plan_id)))
    drafts = select(func.count()).where(TARGET_PLANS.c.draft.is_not(None))
    return connection.execute(published).scalar_one(), connection.execute(drafts).scalar_one()

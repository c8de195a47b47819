"""The table of what became of improvement plans."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table

from kpidesk.store.metadata import METADATA

PLAN_LOOKS: Final = Table(
    "plan_looks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("appraisal_id", ForeignKey("appraisals.id"), nullable=False, index=True),
    Column("what", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("result", String, nullable=False),
    Column("looked_on", Date, nullable=False),
    Column("until", Date),
    Column("looked_by", String, nullable=False),
    CheckConstraint("outcome IN ('done', 'goes_on', 'not_done', 'dropped')", name="outcome"),
    CheckConstraint("result <> ''", name="result"),
)
"""Each look at an item of a plan, which is found by its words; the last look counts."""

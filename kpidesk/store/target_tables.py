"""The tables of target plans: what is being worked on, and what was published."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kpidesk.store.metadata import METADATA

TARGET_PLANS: Final = Table(
    "target_plans",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("scheme_id", String, nullable=False),
    Column("indicator_scheme_id", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("draft", Text),
    UniqueConstraint(
        "scheme_id",
        "indicator_scheme_id",
        "fact",
        "period_start",
        "period_end",
        name="uq_target_plans_key",
    ),
    CheckConstraint("period_start < period_end", name="period"),
)
"""`draft` is the plan as it is being worked on; empty while the last revision stands."""

TARGET_REVISIONS: Final = Table(
    "target_revisions",
    METADATA,
    Column("plan_id", ForeignKey("target_plans.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reason", String, nullable=False),
    Column("published_by", String, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    CheckConstraint("number = 1 OR reason <> ''", name="reason"),
)
"""A plan each time it was published: 1, then each change of it with its reason."""

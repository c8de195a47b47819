"""Target plans and their revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "target_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("indicator_scheme_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.CheckConstraint("period_start < period_end", name="ck_target_plans_period"),
        sa.PrimaryKeyConstraint("id", name="pk_target_plans"),
        sa.UniqueConstraint(
            "scheme_id",
            "indicator_scheme_id",
            "fact",
            "period_start",
            "period_end",
            name="uq_target_plans_key",
        ),
    )
    op.create_table(
        "target_revisions",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number = 1 OR reason <> ''", name="ck_target_revisions_reason"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["target_plans.id"], name="fk_target_revisions_plan_id"
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_target_revisions"),
    )

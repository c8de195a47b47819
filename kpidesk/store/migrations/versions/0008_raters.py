"""Exempt indicators, who rated, and what was typed a second time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "appraisal_entries",
        sa.Column("rated_by", sa.Text(), nullable=False, server_default="[]"),
    )
    op.create_table(
        "appraisal_exemptions",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "handling IN ('full', 'outside', 'spread')", name="ck_appraisal_exemptions_handling"
        ),
        sa.CheckConstraint("reason <> ''", name="ck_appraisal_exemptions_reason"),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_appraisal_exemptions_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "indicator", name="pk_appraisal_exemptions"),
    )
    op.create_table(
        "appraisal_raters",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_appraisal_raters_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "rater", name="pk_appraisal_raters"),
    )
    op.create_table(
        "second_entries",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_second_entries_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "name", "period", name="pk_second_entries"),
    )

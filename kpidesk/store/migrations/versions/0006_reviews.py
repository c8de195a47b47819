"""What happens to recorded results: batches for approval, and every step after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_start", sa.Date(), nullable=False),
        sa.Column("cycle_end", sa.Date(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("cycle_start < cycle_end", name="ck_batches_cycle"),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_table(
        "batch_lines",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_batch_lines_batch_id"),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_batch_lines_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("batch_id", "appraisal_id", name="pk_batch_lines"),
    )
    op.create_index("ix_batch_lines_appraisal_id", "batch_lines", ["appraisal_id"], unique=False)
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("cycle_start", sa.Date(), nullable=True),
        sa.Column("cycle_end", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("total", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "appraisal_id IS NOT NULL OR batch_id IS NOT NULL OR cycle_start IS NOT NULL",
            name="ck_review_steps_about",
        ),
        sa.CheckConstraint(
            "(cycle_start IS NULL) = (cycle_end IS NULL)", name="ck_review_steps_cycle"
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_review_steps_appraisal_id"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_review_steps_batch_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review_steps"),
    )
    op.create_index("ix_review_steps_appraisal_id", "review_steps", ["appraisal_id"], unique=False)
    op.create_index("ix_review_steps_batch_id", "review_steps", ["batch_id"], unique=False)

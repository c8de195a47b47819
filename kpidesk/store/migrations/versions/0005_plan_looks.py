"""What became of improvement plans."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "plan_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('done', 'goes_on', 'not_done', 'dropped')", name="ck_plan_looks_outcome"
        ),
        sa.CheckConstraint("result <> ''", name="ck_plan_looks_result"),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_plan_looks_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_looks"),
    )
    op.create_index("ix_plan_looks_appraisal_id", "plan_looks", ["appraisal_id"])
    op.add_column("appraisals", sa.Column("plan_due", sa.Date(), nullable=True))
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, interview FROM appraisals")).all()
    for id_, interview in rows:
        days = [one["due"] for one in json.loads(interview)["plan"] if one["due"]]
        if days:
            connection.execute(
                sa.text("UPDATE appraisals SET plan_due = :due WHERE id = :id"),
                {"due": min(days), "id": id_},
            )

"""Those who sign in, and in which role something was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.String(), nullable=True),
        sa.CheckConstraint(
            "role IN ('officer', 'manager', 'head', 'reader')", name="ck_users_role"
        ),
        sa.CheckConstraint(
            "(role = 'head') = (department_id IS NOT NULL)", name="ck_users_head_of"
        ),
        sa.CheckConstraint("failures >= 0", name="ck_users_failures"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_users_department_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_users_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.add_column("audit", sa.Column("role", sa.String(), nullable=False, server_default=""))

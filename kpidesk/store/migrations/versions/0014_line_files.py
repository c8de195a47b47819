"""The files that belong to dated lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "line_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["pay_lines.id"], name="fk_line_files_line_id"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_line_files_attachment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_line_files"),
    )
    op.create_index("ix_line_files_line_id", "line_files", ["line_id"])

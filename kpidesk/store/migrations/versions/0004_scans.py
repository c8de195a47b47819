"""Scans and their pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
        sa.UniqueConstraint("sha256", name="uq_scans_sha256"),
    )
    op.create_table(
        "scan_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("copy", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('filed', 'waiting', 'discarded', 'blank')", name="ck_scan_pages_state"
        ),
        sa.CheckConstraint("(kind IS NULL) = (number IS NULL)", name="ck_scan_pages_place"),
        sa.CheckConstraint(
            "state <> 'filed' OR number BETWEEN 1 AND total", name="ck_scan_pages_filed"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_scan_pages_scan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scan_pages"),
        sa.UniqueConstraint("scan_id", "sheet", "half", name="uq_scan_pages_scan_id_sheet_half"),
    )
    op.create_index(
        "uq_scan_pages_filed",
        "scan_pages",
        ["kind", "document_id", "revision", "copy", "stage", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'filed'"),
        postgresql_where=sa.text("state = 'filed'"),
    )

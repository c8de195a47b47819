"""Amendments that end a contract early."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("contracts", sa.Column("ended_on", sa.Date(), nullable=True))

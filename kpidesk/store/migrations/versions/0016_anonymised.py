"""Those of whom what the company knew was taken out after the period of keeping."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("people", sa.Column("anonymised_on", sa.Date(), nullable=True))

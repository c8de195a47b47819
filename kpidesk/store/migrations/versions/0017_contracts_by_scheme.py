"""Contracts under a scheme whose terms begin in a year, found without looking at all years."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("ix_contracts_scheme", "contracts", ["scheme_id", "term_start"])

"""Sheets by cycle, and what was done last, found without reading the sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.drop_index("ix_appraisals_cycle_start", "appraisals")
    op.create_index(
        "ix_appraisals_cycle",
        "appraisals",
        [
            "cycle_start",
            "cycle_end",
            "state",
            "total",
            "interviewed_on",
            "contract_id",
        ],
    )
    op.create_index(
        "ix_appraisals_interviewed_on",
        "appraisals",
        ["interviewed_on"],
        sqlite_where=sa.text("interviewed_on IS NOT NULL"),
    )
    op.create_index("ix_results_scored_on", "results", ["scored_on"])

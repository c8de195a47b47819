"""What stands on a scoring sheet beside its entries: exempt indicators, raters, second entries."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, String, Table, Text

from kpidesk.store.metadata import METADATA

EXEMPTIONS: Final = Table(
    "appraisal_exemptions",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("handling", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date),
    CheckConstraint("handling IN ('full', 'outside', 'spread')", name="handling"),
    CheckConstraint("reason <> ''", name="reason"),
)

RATERS: Final = Table(
    "appraisal_raters",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("rater", String, primary_key=True),
    Column("names", Text, nullable=False),
)
"""Who the raters of each kind are; an empty kind: who scores where there are no kinds."""

SECOND_ENTRIES: Final = Table(
    "second_entries",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date),
    Column("note", String, nullable=False),
)

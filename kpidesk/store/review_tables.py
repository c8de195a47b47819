"""The tables of what happens to recorded results: submitted in batches, and every step after."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text

from kpidesk.store.metadata import METADATA
from kpidesk.store.types import DecimalText

BATCHES: Final = Table(
    "batches",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("cycle_start", Date, nullable=False),
    Column("cycle_end", Date, nullable=False),
    Column("about", String, nullable=False),
    Column("submitted_by", String, nullable=False),
    Column("submitted_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    CheckConstraint("cycle_start < cycle_end", name="cycle"),
)
"""What was submitted for approval: the canonical JSON of the table that is printed and signed."""

BATCH_LINES: Final = Table(
    "batch_lines",
    METADATA,
    Column("batch_id", ForeignKey("batches.id"), primary_key=True),
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),
)
"""Whose results are in a batch; `number` says which recording of the sheet."""

REVIEW_STEPS: Final = Table(
    "review_steps",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("appraisal_id", ForeignKey("appraisals.id"), index=True),
    Column("batch_id", ForeignKey("batches.id"), index=True),
    Column("cycle_start", Date),
    Column("cycle_end", Date),
    Column("day", Date, nullable=False),
    Column("until", Date),
    Column("number", Integer),
    Column("total", DecimalText),
    Column("grade", String),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("done_by", String, nullable=False),
    Column("done_on", Date, nullable=False),
    CheckConstraint(
        "appraisal_id IS NOT NULL OR batch_id IS NOT NULL OR cycle_start IS NOT NULL",
        name="about",
    ),
    CheckConstraint("(cycle_start IS NULL) = (cycle_end IS NULL)", name="cycle"),
)
"""Calibrations, decisions, publications, confirmations, appeals, closings: of a person (within a
batch or before), of a batch, or of a cycle. What lists need of the `body` stands beside it."""

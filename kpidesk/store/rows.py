"""The tables of a company file. Their SQL names are English; what they mean stands in core."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from kpidesk.store.contract_tables import CONTRACTS, COPY_STEPS, FROZEN, PAPERS
from kpidesk.store.draft_tables import SCHEME_DRAFTS
from kpidesk.store.incident_tables import ATTACHMENTS, INCIDENTS, LINE_FILES
from kpidesk.store.metadata import METADATA
from kpidesk.store.plan_tables import PLAN_LOOKS
from kpidesk.store.posting_tables import POSTINGS
from kpidesk.store.review_tables import BATCH_LINES, BATCHES, REVIEW_STEPS
from kpidesk.store.scan_tables import FILED_PLACES, SCAN_PAGES, SCANS
from kpidesk.store.sheet_tables import EXEMPTIONS, RATERS, SECOND_ENTRIES
from kpidesk.store.target_tables import TARGET_PLANS, TARGET_REVISIONS
from kpidesk.store.types import DecimalText, UtcMoment
from kpidesk.store.user_tables import USERS

__all__ = [
    "ACCOUNT_ENTRIES",
    "APPRAISALS",
    "ATTACHMENTS",
    "AUDIT",
    "BATCHES",
    "BATCH_LINES",
    "CONTRACTS",
    "COPY_STEPS",
    "DEPARTMENTS",
    "ENTRIES",
    "EXEMPTIONS",
    "FILED_PLACES",
    "FROZEN",
    "INCIDENTS",
    "LINE_FILES",
    "METADATA",
    "OVERRIDES",
    "PAPERS",
    "PAY_FACTS",
    "PAY_LINES",
    "PAY_REVERSALS",
    "PAY_RUNS",
    "PEOPLE",
    "PLAN_LOOKS",
    "POSTINGS",
    "RATERS",
    "RESULTS",
    "REVIEW_STEPS",
    "SCANS",
    "SCAN_PAGES",
    "SCHEMES",
    "SCHEME_DRAFTS",
    "SECOND_ENTRIES",
    "SETTINGS",
    "TARGET_PLANS",
    "TARGET_REVISIONS",
    "USERS",
    "AnyRow",
    "Ids",
]

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row of a list query, read by column name where it becomes a value."""
Ids: TypeAlias = Collection[int] | Select[tuple[int]]
"""Which rows: few, by their ids, or a query that finds these."""

SETTINGS: Final = Table(
    "settings",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

DEPARTMENTS: Final = Table(
    "departments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("parent_id", ForeignKey("departments.id")),
)

PEOPLE: Final = Table(
    "people",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("pinyin", String, nullable=False),
    Column("department_id", ForeignKey("departments.id"), nullable=False, index=True),
    Column("post", String, nullable=False),
    Column("superior_id", ForeignKey("people.id"), index=True),
    Column("hired_on", Date),
    Column("left_on", Date),
    Column("anonymised_on", Date),  # see core.people.Person
    CheckConstraint("left_on >= hired_on", name="leaves_after_hired"),
)

SCHEMES: Final = Table(
    "schemes",
    METADATA,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)

APPRAISALS: Final = Table(
    "appraisals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("contract_id", ForeignKey("contracts.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("cycle_start", Date, nullable=False),
    Column("cycle_end", Date, nullable=False),
    Column("state", String, nullable=False),
    Column("interview", Text, nullable=False),
    Column("interviewed_on", Date),
    Column("missing", Integer, nullable=False),
    Column("total", DecimalText),
    Column("grade", String),
    Column("plan_due", Date),
    UniqueConstraint("contract_id", "cycle_start"),
    CheckConstraint("state IN ('open', 'scored')", name="state"),
    CheckConstraint("cycle_start < cycle_end", name="cycle"),
    CheckConstraint("missing >= 0", name="missing"),
    Index("ix_appraisals_state", "state"),
    Index(
        "ix_appraisals_cycle",
        *("cycle_start", "cycle_end", "state", "total", "interviewed_on", "contract_id"),
    ),
    Index(
        "ix_appraisals_interviewed_on",
        "interviewed_on",
        sqlite_where=text("interviewed_on IS NOT NULL"),
    ),
)
"""The index of cycles holds all that is counted of sheets: their rows, which are long, need not be
read for it.

`missing`, `total` and `grade` are what the sheet came to when it was last changed: lists show
them without evaluating every sheet. `plan_due` is the first day on which an item of the improvement
plan is to be looked at."""

ENTRIES: Final = Table(
    "appraisal_entries",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date),
    Column("source", String, nullable=False),
    Column("rated_by", Text, nullable=False, server_default="[]"),
)

OVERRIDES: Final = Table(
    "appraisal_overrides",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("score", DecimalText, nullable=False),
    Column("reason", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date),
    CheckConstraint("reason <> ''", name="reason"),
)

RESULTS: Final = Table(
    "results",
    METADATA,
    Column("appraisal_id", ForeignKey("appraisals.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("total", DecimalText),
    Column("grade", String),
    Column("scored_by", String, nullable=False),
    Column("scored_on", Date, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)
"""What a sheet came to each time it was recorded: 1, 2 after it was re-opened, …"""

PAY_FACTS: Final = Table(
    "pay_facts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("scheme_id", String, nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("name", String, nullable=False),
    Column("period", String, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("value", Text),
    Column("source", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date, nullable=False),
)
"""What was entered for pay, each change a row of its own: the last one of a name and period counts.
`person_id` is empty for the team; `starts_on` is the first day of the period, which tells the
"cycle" of one year from that of another; an empty value takes the figure back."""

PAY_LINES: Final = Table(
    "pay_lines",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("scheme_id", String, nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("replaces", ForeignKey("pay_lines.id"), unique=True),
    Column("body", Text),
    Column("source", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_on", Date, nullable=False),
)
"""Dated lines (money received). A line that is put right is replaced by another; an empty body
strikes the line out that it replaces."""

PAY_RUNS: Final = Table(
    "pay_runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("scheme_id", String, nullable=False),
    Column("scheme_version", Integer, nullable=False),
    Column("period", String, nullable=False),
    Column("cycle_start", Date, nullable=False),
    Column("cycle_end", Date, nullable=False),
    Column("settled_by", String, nullable=False),
    Column("settled_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    ForeignKeyConstraint(["scheme_id", "scheme_version"], ["schemes.id", "schemes.version"]),
    CheckConstraint("cycle_start < cycle_end", name="cycle"),
)
"""Settled periods: the canonical JSON of what went in and what came out."""

PAY_REVERSALS: Final = Table(
    "pay_reversals",
    METADATA,
    Column("run_id", ForeignKey("pay_runs.id"), primary_key=True),
    Column("reason", String, nullable=False),
    Column("reversed_by", String, nullable=False),
    Column("reversed_on", Date, nullable=False),
    CheckConstraint("reason <> ''", name="reason"),
)

ACCOUNT_ENTRIES: Final = Table(
    "account_entries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("pay_runs.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("account", String, nullable=False),
    Column("item", String, nullable=False),
    Column("period", String, nullable=False),
    Column("side", String, nullable=False),
    Column("amount", String, nullable=False),
    Column("clause", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("reverses", ForeignKey("account_entries.id"), unique=True),
    CheckConstraint("side IN ('add', 'take')", name="side"),
)
"""What settlements posted to the accounts, exact ("1/3" where no decimal is); `person_id` is empty
for the team. A reversal posts the opposite and names the entry that it takes back."""

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcMoment, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("object", String, nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
    Column("reason", String, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("role", String, nullable=False, server_default=""),
    CheckConstraint("sequence >= 1", name="sequence"),
)
"""`role` is empty where nobody signs in: whoever sits at the computer is the officer."""

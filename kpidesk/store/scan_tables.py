"""The tables of scans: the files as received, and which of their pages is which."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from kpidesk.store.metadata import METADATA

SCANS: Final = Table(
    "scans",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("sheets", Integer, nullable=False),
    Column("received_by", String, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
"""A file of the scanner, byte for byte. The large column stands last: lists do not read over it."""

SCAN_PAGES: Final = Table(
    "scan_pages",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("scan_id", ForeignKey("scans.id"), nullable=False),
    Column("sheet", Integer, nullable=False),
    Column("half", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("codes", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("kind", String),
    Column("document_id", Integer),
    Column("revision", Integer),
    Column("copy", String),
    Column("stage", String),
    Column("number", Integer),
    Column("total", Integer),
    UniqueConstraint("scan_id", "sheet", "half"),
    CheckConstraint("state IN ('filed', 'waiting', 'discarded', 'blank')", name="state"),
    CheckConstraint("(kind IS NULL) = (number IS NULL)", name="place"),
    CheckConstraint("state <> 'filed' OR number BETWEEN 1 AND total", name="filed"),
)
"""What was read on a sheet or its half, and where it was filed; of a waiting page, where it may
belong. `copy` and `stage` are empty where a paper has none, so that a filed place is unique."""

FILED_PLACES: Final = Index(
    "uq_scan_pages_filed",
    *(
        SCAN_PAGES.c[name]
        for name in ("kind", "document_id", "revision", "copy", "stage", "number")
    ),
    unique=True,
    sqlite_where=SCAN_PAGES.c.state == "filed",
)

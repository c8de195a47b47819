"""The tables of incidents and of the files that belong to them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, ForeignKey, Integer, LargeBinary, String, Table, Text

from kpidesk.store.metadata import METADATA

INCIDENTS: Final = Table(
    "incidents",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("body", Text),
    Column("reason", String, nullable=False),
    Column("entered_by", String, nullable=False),
)
"""Each time that an incident was written down: the last row of an `incident` counts; an empty body
strikes it out."""

ATTACHMENTS: Final = Table(
    "attachments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_by", String, nullable=False),
    Column("added_on", Date, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Files byte for byte. The large column stands last: lists do not read over it."""

LINE_FILES: Final = Table(
    "line_files",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("line_id", ForeignKey("pay_lines.id"), nullable=False, index=True),
    Column("attachment_id", ForeignKey("attachments.id"), nullable=False),
)
"""Which files belong to which dated line; a line that is put right names those that stay anew."""

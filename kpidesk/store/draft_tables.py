"""The table of schemes that are being written: drafts may change and go, versions may not."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Integer, String, Table, Text

from kpidesk.store.metadata import METADATA

SCHEME_DRAFTS: Final = Table(
    "scheme_drafts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("family", String, nullable=False),
    Column("base", String, nullable=False),
    Column("title", String, nullable=False),
    Column("saved_by", String, nullable=False),
    Column("saved_on", Date, nullable=False),
    Column("body", Text, nullable=False),
)
"""`family` is what the ids of its versions begin with; `base` the scheme that it was begun from,
empty for one that was begun with nothing."""

"""The table of 任职记录."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from kpidesk.store.metadata import METADATA

POSTINGS: Final = Table(
    "postings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("since", Date),
    Column("department", String, nullable=False),
    Column("post", String, nullable=False),
    Column("superior", String, nullable=False),
    Column("corrects", Boolean, nullable=False),
)
"""Departments and superiors by the names of that time: departments are renamed and removed."""

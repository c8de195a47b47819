"""The table of those who sign in."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table

from kpidesk.store.metadata import METADATA
from kpidesk.store.types import UtcMoment

USERS: Final = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("department_id", ForeignKey("departments.id")),
    Column("person_id", ForeignKey("people.id")),
    Column("is_active", Boolean, nullable=False),
    Column("password", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", UtcMoment),
    CheckConstraint("role IN ('officer', 'manager', 'head', 'reader')", name="role"),
    CheckConstraint("(role = 'head') = (department_id IS NOT NULL)", name="head_of"),
    CheckConstraint("failures >= 0", name="failures"),
)
"""`password` is what argon2id made of it. `failures` counts wrong passwords in a row; until
`blocked_until` no further one is looked at, whatever was restarted meanwhile."""

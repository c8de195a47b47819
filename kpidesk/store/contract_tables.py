"""The tables of contracts: what they say, what was printed of them, where their copies stand."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kpidesk.store.metadata import METADATA

CONTRACTS: Final = Table(
    "contracts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("person_number", String, nullable=False),
    Column("person_name", String, nullable=False),
    Column("department", String, nullable=False),
    Column("post", String, nullable=False),
    Column("scheme_id", String, nullable=False),
    Column("scheme_version", Integer, nullable=False),
    Column("indicator_scheme_id", String),
    Column("indicator_scheme_version", Integer),
    Column("role", String, nullable=False),
    Column("term_start", Date, nullable=False),
    Column("term_end", Date, nullable=False),
    Column("state", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("printed_on", Date),
    Column("signed_on", Date),
    Column("terms", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("amends_id", ForeignKey("contracts.id"), index=True),
    Column("effective_on", Date),
    Column("ended_on", Date),
    ForeignKeyConstraint(["scheme_id", "scheme_version"], ["schemes.id", "schemes.version"]),
    ForeignKeyConstraint(
        ["indicator_scheme_id", "indicator_scheme_version"], ["schemes.id", "schemes.version"]
    ),
    CheckConstraint("state IN ('draft', 'printed', 'signed', 'void')", name="state"),
    CheckConstraint("term_start < term_end", name="term"),
    CheckConstraint("revision >= 1", name="revision"),
    CheckConstraint("signed_on >= printed_on", name="signed_after_printed"),
    CheckConstraint("(state = 'signed') = (signed_on IS NOT NULL)", name="signed_on_a_day"),
)
"""`terms` is the canonical JSON of the contract as a draft: what its paper says, and no more, so
that `sha256` stays the same from print to signature. The state stands in the columns. An amendment
is a row too; `amends_id` names the contract that it changes, from `effective_on`, or that it ends
(`ended_on` is the first day on which that holds no more)."""

PAPERS: Final = Table(
    "papers",
    METADATA,
    Column("contract_id", ForeignKey("contracts.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("copy", String, primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
"""The very PDF that went to the printer, a row for each copy of each revision."""

FROZEN: Final = Table(
    "frozen",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("contract_id", ForeignKey("contracts.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("seal", String(64), nullable=False, unique=True),
    UniqueConstraint("contract_id", "revision"),
    CheckConstraint("sequence >= 1", name="sequence"),
)
"""What each issue of a contract said, and the seal over it and its papers, chained to the last."""

COPY_STEPS: Final = Table(
    "copy_steps",
    METADATA,
    Column("contract_id", ForeignKey("contracts.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("copy", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", String, nullable=False),
    Column("reason", String, nullable=False),
    CheckConstraint("number >= 1", name="number"),
)
"""Where each paper copy came to, and when; the last step is where it stands."""

CONTRACTS_BY_STATE: Final = Index("ix_contracts_state", CONTRACTS.c.state)
CONTRACTS_BY_SCHEME: Final = Index(
    "ix_contracts_scheme", CONTRACTS.c.scheme_id, CONTRACTS.c.term_start
)

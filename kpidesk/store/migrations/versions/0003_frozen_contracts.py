"""Frozen contracts with their seals, amendments, and the states of paper copies."""

from __future__ import annotations

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for column in (
        "amends_id INTEGER CONSTRAINT fk_contracts_amends_id REFERENCES contracts (id)",
        "effective_on DATE",
    ):
        op.execute(f"ALTER TABLE contracts ADD COLUMN {column}")
    op.create_index("ix_contracts_amends_id", "contracts", ["amends_id"], unique=False)
    op.create_table(
        "frozen",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("sequence >= 1", name="ck_frozen_sequence"),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name="fk_frozen_contract_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_frozen"),
        sa.UniqueConstraint("contract_id", "revision", name="uq_frozen_contract_id_revision"),
        sa.UniqueConstraint("seal", name="uq_frozen_seal"),
    )
    op.create_table(
        "copy_steps",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_copy_steps_number"),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name="fk_copy_steps_contract_id"
        ),
        sa.PrimaryKeyConstraint("contract_id", "revision", "copy", "number", name="pk_copy_steps"),
    )
    _freeze_what_was_printed(op.get_bind())


def _freeze_what_was_printed(connection: sa.Connection) -> None:
    """Seal the papers that are out, in the order of the contracts; say where they stand."""
    previous = "0" * 64
    rows = connection.execute(sa.text(_PRINTED)).all()
    for sequence, row in enumerate(rows, 1):
        body = json.dumps(
            {
                "contract": json.loads(row.terms),
                "indicator_scheme_sha256": row.indicators or "",
                "program": "0.1.0",
                "schema": 1,
                "scheme_sha256": row.scheme,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        digest = sha256(body.encode()).hexdigest()
        seal = sha256(f"{previous}{digest}{row.a}{row.b}".encode()).hexdigest()
        connection.execute(
            sa.text(
                "INSERT INTO frozen VALUES (:n, :id, :revision, :body, :sha, :previous, :seal)"
            ),
            {
                "n": sequence,
                "id": row.id,
                "revision": row.revision,
                "body": body,
                "sha": digest,
                "previous": previous,
                "seal": seal,
            },
        )
        previous = seal
        for copy in ("party_a", "party_b"):
            steps = [("printed", row.printed_on), ("signed", row.signed_on)]
            for number, (state, day) in enumerate(steps, 1):
                if day is not None:
                    connection.execute(
                        sa.text(
                            "INSERT INTO copy_steps"
                            " VALUES (:id, :revision, :copy, :n, :state, :day, '', '')"
                        ),
                        {
                            "id": row.id,
                            "revision": row.revision,
                            "copy": copy,
                            "n": number,
                            "state": state,
                            "day": day,
                        },
                    )


_PRINTED = """
SELECT c.id, c.revision, c.terms, c.printed_on, c.signed_on, a.sha256 AS a, b.sha256 AS b,
  s.sha256 AS scheme, i.sha256 AS indicators
FROM contracts c
JOIN papers a ON a.contract_id = c.id AND a.revision = c.revision AND a.copy = 'party_a'
JOIN papers b ON b.contract_id = c.id AND b.revision = c.revision AND b.copy = 'party_b'
JOIN schemes s ON s.id = c.scheme_id AND s.version = c.scheme_version
LEFT JOIN schemes i
  ON i.id = c.indicator_scheme_id AND i.version = c.indicator_scheme_version
ORDER BY c.id
"""

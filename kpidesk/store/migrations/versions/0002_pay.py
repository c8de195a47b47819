"""Pay: facts and dated lines, settled periods and their reversals, accounts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "pay_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        *_entered(),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_pay_facts_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pay_facts"),
    )
    op.create_index("ix_pay_facts_person_id", "pay_facts", ["person_id"], unique=False)
    op.create_table(
        "pay_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        *_entered(),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_pay_lines_person_id"),
        sa.ForeignKeyConstraint(["replaces"], ["pay_lines.id"], name="fk_pay_lines_replaces"),
        sa.PrimaryKeyConstraint("id", name="pk_pay_lines"),
        sa.UniqueConstraint("replaces", name="uq_pay_lines_replaces"),
    )
    op.create_index("ix_pay_lines_person_id", "pay_lines", ["person_id"], unique=False)
    op.create_table(
        "pay_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("cycle_start", sa.Date(), nullable=False),
        sa.Column("cycle_end", sa.Date(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("cycle_start < cycle_end", name="ck_pay_runs_cycle"),
        sa.ForeignKeyConstraint(
            ["scheme_id", "scheme_version"],
            ["schemes.id", "schemes.version"],
            name="fk_pay_runs_scheme_id_scheme_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pay_runs"),
    )
    op.create_table(
        "pay_reversals",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reversed_by", sa.String(), nullable=False),
        sa.Column("reversed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="ck_pay_reversals_reason"),
        sa.ForeignKeyConstraint(["run_id"], ["pay_runs.id"], name="fk_pay_reversals_run_id"),
        sa.PrimaryKeyConstraint("run_id", name="pk_pay_reversals"),
    )
    op.create_table(
        "account_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.CheckConstraint("side IN ('add', 'take')", name="ck_account_entries_side"),
        sa.ForeignKeyConstraint(["run_id"], ["pay_runs.id"], name="fk_account_entries_run_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_account_entries_person_id"),
        sa.ForeignKeyConstraint(
            ["reverses"], ["account_entries.id"], name="fk_account_entries_reverses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_entries"),
        sa.UniqueConstraint("reverses", name="uq_account_entries_reverses"),
    )
    op.create_index("ix_account_entries_run_id", "account_entries", ["run_id"], unique=False)
    op.create_index("ix_account_entries_person_id", "account_entries", ["person_id"], unique=False)


def _entered() -> tuple[sa.Column[Any], ...]:
    """Who entered a row, when, from what, and why it was changed after the settlement."""
    return (
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
    )

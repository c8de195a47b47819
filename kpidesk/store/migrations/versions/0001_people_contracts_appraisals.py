"""People, schemes, contracts, appraisals and their history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("sequence >= 1", name="ck_audit_sequence"),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
        sa.UniqueConstraint("hash", name="uq_audit_hash"),
    )
    op.create_index("ix_audit_object", "audit", ["object"], unique=False)
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["departments.id"], name="fk_departments_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
        sa.UniqueConstraint("name", name="uq_departments_name"),
    )
    op.create_table(
        "schemes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_schemes"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("left_on >= hired_on", name="ck_people_leaves_after_hired"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_people_department_id"
        ),
        sa.ForeignKeyConstraint(["superior_id"], ["people.id"], name="fk_people_superior_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("number", name="uq_people_number"),
    )
    op.create_index("ix_people_department_id", "people", ["department_id"], unique=False)
    op.create_index("ix_people_superior_id", "people", ["superior_id"], unique=False)
    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_number", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("indicator_scheme_id", sa.String(), nullable=True),
        sa.Column("indicator_scheme_version", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("term_start", sa.Date(), nullable=False),
        sa.Column("term_end", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_on IS NOT NULL)", name="ck_contracts_signed_on_a_day"
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'printed', 'signed', 'void')", name="ck_contracts_state"
        ),
        sa.CheckConstraint("revision >= 1", name="ck_contracts_revision"),
        sa.CheckConstraint("signed_on >= printed_on", name="ck_contracts_signed_after_printed"),
        sa.CheckConstraint("term_start < term_end", name="ck_contracts_term"),
        sa.ForeignKeyConstraint(
            ["indicator_scheme_id", "indicator_scheme_version"],
            ["schemes.id", "schemes.version"],
            name="fk_contracts_indicator_scheme_id_indicator_scheme_version",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_contracts_person_id"),
        sa.ForeignKeyConstraint(
            ["scheme_id", "scheme_version"],
            ["schemes.id", "schemes.version"],
            name="fk_contracts_scheme_id_scheme_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contracts"),
        sa.UniqueConstraint("number", name="uq_contracts_number"),
    )
    op.create_index("ix_contracts_person_id", "contracts", ["person_id"], unique=False)
    op.create_index("ix_contracts_state", "contracts", ["state"], unique=False)
    op.create_table(
        "appraisals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("cycle_start", sa.Date(), nullable=False),
        sa.Column("cycle_end", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("interview", sa.Text(), nullable=False),
        sa.Column("interviewed_on", sa.Date(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("total", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'scored')", name="ck_appraisals_state"),
        sa.CheckConstraint("cycle_start < cycle_end", name="ck_appraisals_cycle"),
        sa.CheckConstraint("missing >= 0", name="ck_appraisals_missing"),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name="fk_appraisals_contract_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_appraisals_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appraisals"),
        sa.UniqueConstraint(
            "contract_id", "cycle_start", name="uq_appraisals_contract_id_cycle_start"
        ),
    )
    op.create_index("ix_appraisals_cycle_start", "appraisals", ["cycle_start"], unique=False)
    op.create_index("ix_appraisals_person_id", "appraisals", ["person_id"], unique=False)
    op.create_index("ix_appraisals_state", "appraisals", ["state"], unique=False)
    op.create_table(
        "papers",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name="fk_papers_contract_id"),
        sa.PrimaryKeyConstraint("contract_id", "revision", "copy", name="pk_papers"),
    )
    op.create_table(
        "appraisal_entries",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_appraisal_entries_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "name", "period", name="pk_appraisal_entries"),
    )
    op.create_table(
        "appraisal_overrides",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("reason <> ''", name="ck_appraisal_overrides_reason"),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_appraisal_overrides_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "indicator", name="pk_appraisal_overrides"),
    )
    op.create_table(
        "results",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("scored_by", sa.String(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name="fk_results_appraisal_id"
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "number", name="pk_results"),
    )

"""The schema holds exact values, and the ladder of migrations leads to it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    Float,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from kpidesk.store.file import CompanyFile
from kpidesk.store.migrations.ladder import HEAD, SCRIPTS
from kpidesk.store.rows import METADATA
from kpidesk.store.types import DecimalText, UtcMoment


def test_no_column_is_a_float_or_a_database_decimal() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, Float | Numeric), column


def test_the_migrations_lead_to_the_tables_that_the_program_uses(company: CompanyFile) -> None:
    with company.transaction() as connection:
        context = MigrationContext.configure(connection)
        differences: list[Any] = compare_metadata(context, METADATA)
    assert differences == []


def test_the_newest_migration_is_the_version_that_the_program_names() -> None:
    heads = ScriptDirectory(str(SCRIPTS)).get_heads()
    assert heads == [f"{HEAD:04d}"]


def test_every_table_can_be_made_on_postgresql() -> None:
    for table in METADATA.sorted_tables:
        sql = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert re.search(r"CREATE TABLE \w+", sql)
        if any(isinstance(column.type, LargeBinary) for column in table.columns):
            assert "BYTEA" in sql


def test_the_store_opens_a_current_file_without_alembic(company: CompanyFile) -> None:
    company.close()
    code = (
        "import sys\nfrom pathlib import Path\nfrom kpidesk.store.file import CompanyFile\n"
        "CompanyFile.open(Path(sys.argv[1])).close()\nassert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(company.path)], check=True)


_PROBE = Table("probe", MetaData(), Column("points", DecimalText), Column("at", UtcMoment))


def test_decimals_and_moments_come_back_as_they_went_in(company: CompanyFile) -> None:
    moment = datetime(2026, 3, 5, 8, 0, 0, 7, tzinfo=UTC)
    with company.transaction() as connection:
        _PROBE.create(connection)
        for points in ("0.10", "12345678901234567.89", "-3", "1E+3", "0.285"):
            connection.execute(insert(_PROBE), {"points": Decimal(points), "at": moment})
            row = connection.execute(select(_PROBE)).one()
            assert row == (Decimal(points), moment)
            connection.execute(_PROBE.delete())
        _PROBE.drop(connection)


@pytest.mark.parametrize(
    "bad",
    [
        {"points": 0.1},
        {"points": Decimal("NaN")},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001 - the point of the test
    ],
)
def test_floats_and_times_without_a_zone_are_refused(
    company: CompanyFile, bad: dict[str, object]
) -> None:
    with company.transaction() as connection:
        _PROBE.create(connection)
    with pytest.raises((StatementError, TypeError)), company.transaction() as connection:
        connection.execute(insert(_PROBE), bad)


@pytest.mark.parametrize("text", ["1e999999999", "NaN", "-Infinity"])
def test_a_number_that_was_never_written_is_not_read(company: CompanyFile, text: str) -> None:
    with company.transaction() as connection:
        query = select(literal_column(f"'{text}'", DecimalText()))
        with pytest.raises(ValueError, match="not a number as this column writes them"):
            connection.execute(query).scalar()

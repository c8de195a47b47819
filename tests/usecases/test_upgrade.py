"""A file of every earlier version opens; all that was on paper before is frozen."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.period import Period
from kpidesk.store.engine import create_empty, open_engine
from kpidesk.store.header import APPLICATION_ID, read_header
from kpidesk.store.migrations.ladder import HEAD, SCRIPTS
from kpidesk.usecases import appraisals, contracts, lists
from kpidesk.usecases.company import open_company
from kpidesk.usecases.verifying import verify
from tests.usecases.office import Office, make_office


def as_written_at(revision: int, new_path: Path, path: Path) -> Path:
    """A file as an earlier version would have written it, who knew less of tables and columns."""
    create_empty(path)
    engine = open_engine(path)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(SCRIPTS))
        config.set_main_option("path_separator", "newline")
        command.upgrade(config, f"{revision:04d}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={revision}")
    engine.dispose()
    with closing(sqlite3.connect(new_path)) as new, closing(sqlite3.connect(path)) as to:
        for (table,) in to.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            columns = [row[1] for row in to.execute(f"PRAGMA table_info({table})")]
            if table != "alembic_version":
                rows = new.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608
                marks = ", ".join("?" * len(columns))
                to.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        if revision == 1:
            _without_amendments(to)
        to.commit()
    return path


def _without_amendments(to: sqlite3.Connection) -> None:
    """The first version knew none, and hashed its contracts without them."""
    for id_, terms in to.execute("SELECT id, terms FROM contracts").fetchall():
        plain = json.loads(terms)
        del plain["amends"]
        told = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        to.execute(
            "UPDATE contracts SET terms = ?, sha256 = ? WHERE id = ?",
            (told, sha256(told.encode()).hexdigest(), id_),
        )


@pytest.fixture
def old(office: Office, tmp_path: Path, who: dict[str, Any]) -> Path:
    """The office's file as the first version would have written it."""
    contracts.mark_printed(office.company, [office.draft()], **who)
    office.sign(office.draft(term=Period.months(2027, 1, 12)))
    office.company.close()
    return as_written_at(1, office.company.path, tmp_path / "旧版.kpidesk")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with a signed contract and a sheet whose scores are recorded.

    Nobody said who rated: early versions had no place for it.
    """
    office = make_office(tmp_path_factory.mktemp("旧"))
    sheet, *_ = office.sign(office.draft())
    office.complete(sheet)
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE appraisal_entries SET rated_by = '[]'")
    appraisals.finish_scoring(office.company, sheet, **office.who)
    office.company.close()
    return office.company.path


@pytest.mark.parametrize("revision", range(2, HEAD))  # the first: see below
def test_a_file_of_every_earlier_schema_opens_and_proves_itself(
    scored: Path, tmp_path: Path, revision: int
) -> None:
    path = as_written_at(revision, scored, tmp_path / "旧版.kpidesk")
    company = open_company(path)
    try:
        (row,) = (one for one in lists.list_results(company) if one.total is not None)
        assert row.person_name
        proof = verify(company)
        assert proof.broken == ()
        assert proof.checked
    finally:
        company.close()
    (before,) = tmp_path.glob(f"旧版_升级前_v{revision}_*.kpidesk")
    assert read_header(before, known=HEAD).version == revision
    assert read_header(path, known=HEAD).version == HEAD


def test_what_was_printed_before_is_frozen_and_goes_on(old: Path, who: dict[str, Any]) -> None:
    company = open_company(old)
    printed, signed = (one.id for one in contracts.list_contracts(company))
    with company.read() as connection:
        frozen = connection.execute(text("SELECT contract_id FROM frozen")).scalars().all()
    assert frozen == [printed, signed]
    steps = contracts.course_of(company, signed).copies[Copy.PARTY_B]
    assert [one.state for one in steps] == [CopyState.PRINTED, CopyState.SIGNED]
    assert contracts.contract_pdf(company, signed).startswith(b"%PDF")
    contracts.sign(company, printed, signed_on=who["today"], **who)
    later = contracts.load_contract(company, ContractId(printed)).contract
    assert later.state is ContractState.SIGNED
    company.close()

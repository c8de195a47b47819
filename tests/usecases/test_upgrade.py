"""A file of the first version opens with all that is on paper frozen."""

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
from kpidesk.store.header import APPLICATION_ID
from kpidesk.store.migrations.ladder import SCRIPTS
from kpidesk.usecases import contracts
from kpidesk.usecases.company import open_company
from tests.usecases.office import Office


@pytest.fixture
def old(office: Office, tmp_path: Path, who: dict[str, Any]) -> Path:
    """The office's file as the first version would have written it."""
    contracts.mark_printed(office.company, [office.draft()], **who)
    office.sign(office.draft(term=Period.months(2027, 1, 12)))
    office.company.close()
    path = tmp_path / "旧版.kpidesk"
    create_empty(path)
    engine = open_engine(path)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(SCRIPTS))
        config.set_main_option("path_separator", "newline")
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version=1")
    engine.dispose()
    with closing(sqlite3.connect(office.company.path)) as new, closing(sqlite3.connect(path)) as to:
        for (table,) in to.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            columns = [row[1] for row in to.execute(f"PRAGMA table_info({table})")]
            rows = new.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608
            if table != "alembic_version":
                marks = ", ".join("?" * len(columns))
                to.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        for id_, terms in to.execute("SELECT id, terms FROM contracts").fetchall():
            plain = json.loads(terms)
            del plain["amends"]
            told = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            to.execute(
                "UPDATE contracts SET terms = ?, sha256 = ? WHERE id = ?",
                (told, sha256(told.encode()).hexdigest(), id_),
            )
        to.commit()
    return path


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

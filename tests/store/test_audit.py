"""The audit log tells when it was tampered with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpidesk.store import audit
from kpidesk.store.audit import AuditHead, AuditLine
from kpidesk.store.errors import GuardedRecordError
from kpidesk.store.file import CompanyFile

START = datetime(2026, 3, 5, 8, tzinfo=UTC)


@pytest.fixture
def filled(company: CompanyFile) -> CompanyFile:
    with company.transaction() as connection:
        for number in range(1, 9):
            line = AuditLine(
                START + timedelta(minutes=number), "王芳", "add", f"person:{number}", None, "{}"
            )
            assert audit.append(connection, line).sequence == number
    return company


def test_a_log_as_written_is_whole_and_its_head_is_part_of_it(filled: CompanyFile) -> None:
    with filled.transaction() as connection:
        assert audit.first_broken(connection) is None
        assert audit.first_broken(connection, audit.head(connection)) is None
        lines = list(audit.read(connection, about="person:3"))
    assert [(number, line.actor) for number, line in lines] == [(3, "王芳")]


@pytest.mark.parametrize("sql", ["UPDATE audit SET actor = '李雷'", "DELETE FROM audit"])
def test_the_file_itself_refuses_to_change_the_log(filled: CompanyFile, sql: str) -> None:
    with pytest.raises(GuardedRecordError, match="只能追加"), filled.transaction() as connection:
        connection.exec_driver_sql(sql)


def test_replacing_a_line_does_not_go_round_the_guard(filled: CompanyFile) -> None:
    with pytest.raises(GuardedRecordError), filled.transaction() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO audit SELECT * FROM audit")


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE audit SET actor = '李雷' WHERE sequence = 4", 4),
        ("UPDATE audit SET at = '2026-03-05T08:00:00.000001Z' WHERE sequence = 1", 1),
        ("UPDATE audit SET reason = '补' WHERE sequence = 8", 8),
        ("DELETE FROM audit WHERE sequence = 5", 5),
        ("UPDATE audit SET sequence = 100 WHERE sequence = 8", 8),
        ("DELETE FROM audit WHERE sequence = 1", 1),
    ],
)
def test_edits_deletions_and_moves_behind_our_back_are_found(
    filled: CompanyFile, sql: str, broken_at: int
) -> None:
    _behind_our_back(filled, sql)
    with CompanyFile.open(filled.path) as file, file.transaction() as connection:
        assert audit.first_broken(connection) == broken_at


def test_a_cut_tail_is_found_against_a_head_noted_elsewhere(filled: CompanyFile) -> None:
    with filled.transaction() as connection:
        printed = audit.head(connection)
    assert str(printed) == f"8-{printed.hash[:8]}"
    _behind_our_back(filled, "DELETE FROM audit WHERE sequence > 6")
    with CompanyFile.open(filled.path) as file, file.transaction() as connection:
        assert audit.first_broken(connection) is None
        assert audit.first_broken(connection, printed) == 7
        assert audit.first_broken(connection, AuditHead(2, "0" * 64)) == 2


def _behind_our_back(file: CompanyFile, sql: str) -> None:
    """Change the file as somebody with a database tool would, guards put back afterwards."""
    path: Path = file.path
    file.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        guards = other.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchall()
        for name, _ in guards:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(sql)
        for _, guard in guards:
            other.execute(guard)

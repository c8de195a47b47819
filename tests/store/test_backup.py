"""Copies of the file: whole, checked, and never replacing a good one with a bad one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpidesk.store import audit
from kpidesk.store.errors import MissingFileError, StorageFailedError
from kpidesk.store.file import CompanyFile
from kpidesk.store.header import APPLICATION_ID


def test_a_backup_holds_everything_and_opens_as_a_company_file(
    company: CompanyFile, tmp_path: Path
) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO departments(id, name) VALUES (1, '销售部')")
        head = audit.append(
            connection, audit.AuditLine(datetime(2026, 1, 1, tzinfo=UTC), "甲", "add", "x")
        )
    copy = tmp_path / "备份.kpidesk"
    company.back_up(copy)
    with CompanyFile.open(copy) as file, file.transaction() as connection:
        assert audit.head(connection) == head
        assert connection.exec_driver_sql("SELECT name FROM departments").scalar() == "销售部"
    assert not copy.with_name("备份.kpidesk.part").exists()


def test_a_backup_that_cannot_be_written_keeps_the_one_before(
    company: CompanyFile, tmp_path: Path
) -> None:
    copy = tmp_path / "备份.kpidesk"
    company.back_up(copy)
    before = copy.read_bytes()
    blocked = tmp_path / "备份.kpidesk.part"
    blocked.mkdir()
    with pytest.raises(StorageFailedError):
        company.back_up(copy)
    assert copy.read_bytes() == before


def test_a_backup_into_a_missing_folder_says_so(company: CompanyFile, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        company.back_up(tmp_path / "没有" / "备份.kpidesk")


def test_an_older_file_is_upgraded_after_a_checked_copy_of_it_was_made(tmp_path: Path) -> None:
    old = tmp_path / "旧.kpidesk"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=0")
        connection.execute("VACUUM")
    CompanyFile.open(old, clock=lambda: datetime(2026, 3, 5, 8, tzinfo=UTC)).close()
    assert (tmp_path / "旧_升级前_v0_20260305-080000.kpidesk").exists()

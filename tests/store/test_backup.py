"""Copies of the file: whole, checked, and never replacing a good one with a bad one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpidesk.store import audit
from kpidesk.store.errors import (
    DamagedFileError,
    FileExistsAlreadyError,
    MissingFileError,
    NoPermissionError,
    StorageFailedError,
)
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


def test_a_backup_into_a_folder_that_takes_no_files_asks_for_permission(
    company: CompanyFile,
) -> None:
    with pytest.raises(NoPermissionError, match="没有读写权限"):
        company.back_up(Path("/proc/备份.kpidesk"))


def test_the_live_file_is_never_replaced_by_its_own_backup(company: CompanyFile) -> None:
    same = company.path.with_name("另一个名字.kpidesk")
    same.hardlink_to(company.path)
    for destination in (company.path, same):
        with pytest.raises(FileExistsAlreadyError, match="换一个文件名"):
            company.back_up(destination)
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO departments(id, name) VALUES (1, '销售部')")
    company.close()
    with CompanyFile.open(company.path) as file, file.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM departments").scalar() == 1


def test_a_file_with_records_that_point_to_nothing_is_not_taken_for_a_sound_backup(
    company: CompanyFile, tmp_path: Path
) -> None:
    company.close()
    with closing(sqlite3.connect(company.path, isolation_level=None)) as other:
        other.execute(
            "INSERT INTO people(id, number, name, pinyin, department_id, post)"
            " VALUES (1, '001', '张三', 'zs', 99, '经理')"
        )
    copy = tmp_path / "备份.kpidesk"
    said = "表 people 中有记录指向不存在的内容"
    with CompanyFile.open(company.path) as file, pytest.raises(DamagedFileError, match=said):
        file.back_up(copy)
    assert list(tmp_path.glob("备份*")) == []


def _older(path: Path) -> Path:
    """A file of ours from before the first table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=0")
        connection.execute("VACUUM")
    return path


def test_without_a_copy_there_is_no_upgrade(tmp_path: Path) -> None:
    old = _older(tmp_path / "旧.kpidesk")
    before = old.read_bytes()
    (tmp_path / "旧_升级前_v0_20260305-080000.kpidesk.part").mkdir()
    with pytest.raises(StorageFailedError):
        CompanyFile.open(old, clock=lambda: datetime(2026, 3, 5, 8, tzinfo=UTC))
    assert old.read_bytes() == before


def test_an_older_file_is_upgraded_after_a_checked_copy_of_it_was_made(tmp_path: Path) -> None:
    old = _older(tmp_path / "旧.kpidesk")
    CompanyFile.open(old, clock=lambda: datetime(2026, 3, 5, 8, tzinfo=UTC)).close()
    assert (tmp_path / "旧_升级前_v0_20260305-080000.kpidesk").exists()

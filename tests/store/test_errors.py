"""What SQLite says, in sentences that tell the officer what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from kpidesk.store.errors import (
    DamagedFileError,
    DiskFullError,
    FileInUseError,
    MissingFileError,
    NoPermissionError,
    StorageFailedError,
    StoreError,
    UnsureSavedError,
    translated,
)
from kpidesk.store.file import CompanyFile


@pytest.mark.parametrize(
    ("name", "expected", "advice"),
    [
        ("SQLITE_FULL", DiskFullError, "腾出空间"),
        ("SQLITE_BUSY", FileInUseError, "那个窗口里关闭"),
        ("SQLITE_BUSY_RECOVERY", FileInUseError, "那个窗口里关闭"),
        ("SQLITE_LOCKED", FileInUseError, "那个窗口里关闭"),
        ("SQLITE_READONLY_DBMOVED", MissingFileError, "接好再试"),
        ("SQLITE_CANTOPEN", MissingFileError, "从备份恢复"),
        ("SQLITE_PERM", MissingFileError, "从备份恢复"),
        ("SQLITE_IOERR_WRITE", StorageFailedError, "接好后再做一次"),
        ("SQLITE_IOERR_FSYNC", UnsureSavedError, "没有保存再做一次"),
        ("SQLITE_CORRUPT", DamagedFileError, "最近的备份"),
        ("SQLITE_NOTADB", DamagedFileError, "最近的备份"),
    ],
)
def test_each_failure_of_the_disk_has_its_sentence(
    name: str, expected: type[StoreError], advice: str, path: Path
) -> None:
    raised = sqlite3.OperationalError("disk I/O error")
    raised.sqlite_errorname = name
    with pytest.raises(expected, match=advice) as said, translated(path):
        raise raised
    assert path.name in str(said.value)
    assert said.value.__cause__ is raised


def test_a_file_that_is_there_but_cannot_be_opened_needs_permission(path: Path) -> None:
    path.touch()
    raised = sqlite3.OperationalError("unable to open database file")
    raised.sqlite_errorname = "SQLITE_CANTOPEN"
    with pytest.raises(NoPermissionError, match="管理员授予权限"), translated(path):
        raise raised


def test_text_that_is_not_text_is_damage(company: CompanyFile) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('bad', CAST(x'ff41' AS TEXT))")
    with pytest.raises(DamagedFileError, match="文字无法读出"), company.transaction() as connection:
        connection.exec_driver_sql("SELECT value FROM settings WHERE key = 'bad'").all()


def test_a_mistake_of_ours_is_not_dressed_up(company: CompanyFile) -> None:
    with pytest.raises(sqlite3.OperationalError), translated(company.path):
        sqlite3.connect(":memory:").execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize("denied", ["file", "folder"])
def test_without_rights_the_file_is_refused_before_it_is_touched(
    company: CompanyFile, denied: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An administrator may do everything: whoever runs this, the system is asked and says no.
    company.close()
    closed = company.path if denied == "file" else company.path.parent
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: at != closed and allowed(at, mode))
    before = company.path.read_bytes()
    with pytest.raises(NoPermissionError, match="没有读写权限"):
        CompanyFile.open(company.path)
    assert company.path.read_bytes() == before


def test_no_name_and_no_figure_stands_in_an_error_for_the_log(company: CompanyFile) -> None:
    with pytest.raises(IntegrityError) as caught, company.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO departments(id, name) VALUES (?, ?), (?, ?)", (1, "张三组", 1, "李四组")
        )
    assert "张三" not in str(caught.value)
    assert "李四" not in str(caught.value)

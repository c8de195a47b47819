"""What the officer meets on opening a file that is not a sound company file of this version."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kpidesk.store.errors import (
    DamagedFileError,
    FileExistsAlreadyError,
    FileInUseError,
    MissingFileError,
    NewerFileError,
    NotACompanyFileError,
    ReadOnlyFileError,
    StoreError,
)
from kpidesk.store.file import CompanyFile
from kpidesk.store.header import APPLICATION_ID
from kpidesk.store.migrations.ladder import HEAD

Start = Callable[[str, Path], "subprocess.Popen[str]"]

HOLD = """
import sys
from pathlib import Path
from kpidesk.store.file import CompanyFile
file = CompanyFile.open(Path(sys.argv[1]), holder="李雷，电脑 HR-02")
print("open", flush=True)
sys.stdin.read()
"""


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _patch(path: Path, at: int, new: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + len(new)] = new
    path.write_bytes(content)


@pytest.fixture
def closed(company: CompanyFile) -> Path:
    company.close()
    return company.path


def test_a_new_file_opens_again_and_carries_our_application_id(closed: Path) -> None:
    with CompanyFile.open(closed) as file, file.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == HEAD
    left = sorted(one.name for one in closed.parent.iterdir())
    assert left == [closed.name, *_journal(closed)]


def _journal(path: Path) -> list[str]:
    return [one.name for one in path.parent.iterdir() if one.name.endswith("-journal")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        ("甲方：龙华贸易有限公司\n".encode() * 300, "文本文件"),
        ("甲方：龙华贸易有限公司\r\n".encode("gb18030") * 301, "文本文件"),
        ("甲方".encode("utf-16"), "文本文件"),
        (b"PK\x03\x04" + bytes(200), "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(256)) * 8, "不是数据库"),
        (b"SQLite format 3\0" + bytes(400), "其他软件的数据库"),
    ],
)
def test_a_file_of_another_kind_is_named_and_left_alone(
    path: Path, content: bytes, said: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(NotACompanyFileError, match=said) as caught:
        CompanyFile.open(path)
    assert path.read_bytes() == content
    assert path.name in str(caught.value)
    assert ".kpidesk" in str(caught.value)


def test_a_folder_is_not_a_company_file(tmp_path: Path) -> None:
    with pytest.raises(NotACompanyFileError, match="文件夹"):
        CompanyFile.open(tmp_path)


def test_a_missing_file_is_not_created(path: Path) -> None:
    with pytest.raises(MissingFileError, match="备份"):
        CompanyFile.open(path)
    assert not path.exists()


def test_a_file_from_a_newer_version_is_refused_untouched(closed: Path) -> None:
    _patch(closed, 60, (HEAD + 1).to_bytes(4, "big"))
    before = _digest(closed)
    with pytest.raises(NewerFileError, match="请升级本程序"):
        CompanyFile.open(closed)
    assert _digest(closed) == before


def test_a_changed_format_number_in_the_header_is_damage(closed: Path) -> None:
    _patch(closed, 44, (9).to_bytes(4, "big"))
    with pytest.raises(DamagedFileError, match="文件头被改动过"):
        CompanyFile.open(closed)


def test_a_read_only_file_is_refused_with_how_to_mend_it(closed: Path) -> None:
    closed.chmod(0o444)
    with pytest.raises(ReadOnlyFileError, match="取消“只读”"):
        CompanyFile.open(closed)
    closed.chmod(0o644)
    CompanyFile.open(closed).close()


def test_a_file_held_by_another_window_names_who_has_it_in_time(closed: Path, start: Start) -> None:
    other = start(HOLD, closed)
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    began = time.monotonic()
    with pytest.raises(FileInUseError, match="李雷，电脑 HR-02"):
        CompanyFile.open(closed)
    assert time.monotonic() - began < 3
    other.kill()
    other.wait()
    CompanyFile.open(closed).close()


def test_looking_at_a_file_that_this_window_has_does_not_let_others_in(
    company: CompanyFile, start: Start
) -> None:
    with pytest.raises(FileInUseError, match="就是本程序"):
        CompanyFile.open(company.path)
    other = start(HOLD, company.path)
    _, errors = other.communicate(timeout=30)
    assert "FileInUseError" in errors
    assert "王芳，电脑 HR-01" in errors


def test_creating_never_overwrites(closed: Path) -> None:
    before = _digest(closed)
    with pytest.raises(FileExistsAlreadyError, match="换一个文件名"):
        CompanyFile.create(closed)
    assert _digest(closed) == before


def test_creating_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        CompanyFile.create(tmp_path / "没有" / "甲.kpidesk")


def test_a_file_cut_short_is_damaged(closed: Path) -> None:
    content = closed.read_bytes()
    for length in (50, 512, 4096, len(content) // 2, len(content) - 1):
        closed.write_bytes(content[:length])
        with pytest.raises(DamagedFileError, match="备份"):
            CompanyFile.open(closed)


def test_zeroed_pages_and_flipped_bytes_never_crash(closed: Path) -> None:
    content = closed.read_bytes()
    for at in range(100, len(content), 997):
        damaged = bytearray(content)
        damaged[at : at + 700] = bytes(700)
        closed.write_bytes(damaged)
        try:
            CompanyFile.open(closed).close()
        except StoreError as error:
            assert "。" in str(error)  # noqa: PT017 - it may also be harmless: an unused page
        closed.write_bytes(content)


def test_a_planted_trigger_or_view_or_a_missing_guard_is_noticed(closed: Path) -> None:
    for sql in (
        "CREATE TRIGGER planted AFTER INSERT ON people BEGIN DELETE FROM settings; END",
        "CREATE VIEW planted AS SELECT 1",
        "DROP TRIGGER contracts_closed",
        "CREATE TABLE planted (x)",
        "ALTER TABLE people ADD COLUMN planted",
        "ALTER TABLE people ADD COLUMN planted AS (name || '!')",
        "CREATE UNIQUE INDEX planted ON people (name)",
        "DROP INDEX ix_people_superior_id",
    ):
        content = closed.read_bytes()
        with closing(sqlite3.connect(closed)) as other:
            other.execute(sql)
        with pytest.raises(DamagedFileError, match=r"planted|contracts_closed|people"):
            CompanyFile.open(closed)
        closed.write_bytes(content)


def test_a_full_disk_is_said_and_loses_nothing(company: CompanyFile) -> None:
    with company.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql("INSERT INTO settings VALUES ('kept', '1')")
    with company.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with (
        pytest.raises(StoreError, match=r"磁盘已满.*没有保存"),
        company.transaction() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO settings VALUES ('big', ?)", ("x" * 100_000,))
    with company.transaction() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM settings ORDER BY key").scalars().all()
    assert keys == ["holder", "kept", "opening"]

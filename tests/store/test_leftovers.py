"""A journal beside a company file that is of another file is not played into it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kpidesk.store.errors import DamagedFileError
from kpidesk.store.file import CompanyFile

Start = Callable[[str, Path], "subprocess.Popen[str]"]

BREAK_OFF = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size=3")
file.execute("BEGIN IMMEDIATE")
file.execute("UPDATE settings SET value = upper(value)")
file.executemany("INSERT INTO settings VALUES (?, ?)", [(f"x{n}", "z" * 900) for n in range(400)])
os._exit(1)
"""
"""A program that dies half-way, with a journal that says what the file held before."""


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def fill(path: Path, size: int) -> None:
    with CompanyFile.open(path) as file, file.transaction() as connection:
        for number in range(size):
            connection.exec_driver_sql(
                "INSERT INTO settings VALUES (?, ?)", (f"{size}-{number}", f'"{size}"' * 200)
            )


def held(path: Path) -> list[tuple[str, str]]:
    """What a file holds, looked at without any journal."""
    with CompanyFile.open(path) as file, file.transaction() as connection:
        query = "SELECT key, value FROM settings WHERE key LIKE '%-%' OR key LIKE 'x%' ORDER BY key"
        return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def ours(company: CompanyFile) -> Path:
    company.close()
    fill(company.path, 40)
    return company.path


@pytest.fixture
def broken_off(ours: Path, tmp_path: Path, start: Start) -> Path:
    """Another file of ours that was longer, with its journal after a power cut."""
    path = tmp_path / "other.kpidesk"
    shutil.copy(ours, path)
    fill(path, 90)
    assert start(BREAK_OFF, path).wait(30) == 1
    assert journal_of(path).stat().st_size > 4096
    return path


def test_the_journal_of_another_file_is_moved_aside(ours: Path, broken_off: Path) -> None:
    before = held(ours)
    shutil.copy(journal_of(broken_off), journal_of(ours))
    journal = journal_of(ours).read_bytes()
    assert held(ours) == before
    aside = journal_of(ours).with_name(f"{journal_of(ours).name}.foreign")
    assert aside.read_bytes() == journal
    assert {one.name for one in ours.parent.iterdir()} == {
        ours.name, journal_of(ours).name, aside.name,
    }  # fmt: skip


def test_its_own_journal_still_brings_it_back(broken_off: Path) -> None:
    left = broken_off.with_name(f"{broken_off.name}.found")
    left.write_bytes(b"of a program that was killed")
    assert len(held(broken_off)) == 130
    assert not journal_of(broken_off).with_name(f"{journal_of(broken_off).name}.foreign").exists()
    assert not left.exists()


def test_a_file_that_is_damaged_either_way_is_put_back_as_it_was(
    ours: Path, broken_off: Path
) -> None:
    content = bytearray(ours.read_bytes())
    content[8192:12288] = b"\x5a" * 4096
    ours.write_bytes(content)
    journal = journal_of(broken_off).read_bytes()
    journal_of(ours).write_bytes(journal)
    with pytest.raises(DamagedFileError):
        CompanyFile.open(ours)
    assert ours.read_bytes() == content
    assert journal_of(ours).read_bytes() == journal


def test_the_other_kind_of_journal_is_not_ours(ours: Path, tmp_path: Path) -> None:
    before = held(ours)
    other = tmp_path / "wal.kpidesk"
    shutil.copy(ours, other)
    tool = sqlite3.connect(other)
    try:
        tool.execute("PRAGMA journal_mode=WAL")
        tool.execute("DELETE FROM settings WHERE key LIKE '%-%'")
        tool.commit()
        shutil.copy(f"{other}-wal", f"{ours}-wal")
    finally:
        tool.close()
    assert held(ours) == before
    assert not Path(f"{ours}-wal").exists()
    assert Path(f"{ours}-wal.foreign").exists()

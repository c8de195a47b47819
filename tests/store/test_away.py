"""A stick that is pulled out, a share that is away while the computer sleeps: and back again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kpidesk.store.errors import MissingFileError, OpenedElsewhereError, StorageFailedError
from kpidesk.store.file import CompanyFile

Start = Callable[[str, Path], "subprocess.Popen[str]"]

OPEN = """
import sys
from pathlib import Path
from kpidesk.store.errors import StoreError
from kpidesk.store.file import CompanyFile
try:
    CompanyFile.open(Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""


def _pull_out(company: CompanyFile) -> None:
    """Make every handle on the file fail for good, as those of a stick that is gone do."""
    nothing = os.open(company.path.parent, os.O_RDONLY)  # neither read nor written as a file
    for link in list(Path("/proc/self/fd").iterdir()):
        handle = int(link.name)
        if handle != nothing and _target(link).startswith(str(company.path)):
            os.dup2(nothing, handle)
    os.close(nothing)


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # the handle that listed the folder
        return ""


def _add(company: CompanyFile, number: int) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO departments(id, name) VALUES (?, ?)", (number, f"部门{number}")
        )


def _numbers(company: CompanyFile) -> list[int]:
    with company.transaction() as connection:
        return list(connection.exec_driver_sql("SELECT id FROM departments ORDER BY id").scalars())


@pytest.fixture
def stick(company: CompanyFile) -> CompanyFile:
    """A file with one record whose stick has just been pulled out."""
    _add(company, 1)
    _pull_out(company)
    with pytest.raises(StorageFailedError, match="接好后再做一次"):
        _add(company, 2)
    return company


def test_work_goes_on_when_the_stick_is_back_and_nothing_is_lost(stick: CompanyFile) -> None:
    _add(stick, 3)
    assert _numbers(stick) == [1, 3]


def test_while_the_stick_is_away_every_try_says_where_the_file_should_be(
    stick: CompanyFile, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.kpidesk"
    stick.path.rename(elsewhere)
    for _ in range(2):
        with pytest.raises(MissingFileError, match="U 盘"):
            _add(stick, 2)
    elsewhere.rename(stick.path)
    assert _numbers(stick) == [1]


def test_what_somebody_else_did_meanwhile_is_not_overwritten(stick: CompanyFile) -> None:
    path = stick.path.with_name("a copy.kpidesk")
    path.write_bytes(stick.path.read_bytes())
    with CompanyFile.open(path, holder="李雷，电脑 HR-02") as other:
        _add(other, 7)
    path.replace(stick.path)
    with pytest.raises(OpenedElsewhereError, match="重新打开"):
        _add(stick, 8)
    stick.close()
    with CompanyFile.open(stick.path) as again:
        assert _numbers(again) == [1, 7]


def test_a_file_that_is_back_is_held_alone_again(stick: CompanyFile, start: Start) -> None:
    _add(stick, 3)
    other = start(OPEN, stick.path)
    said, _ = other.communicate()
    assert "正被另一个绩效考核台窗口使用" in said
    assert _numbers(stick) == [1, 3]

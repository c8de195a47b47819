"""Files that were damaged, killed or made by hand, and disks that fail: told, nothing half-done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kpidesk.store.errors import DamagedFileError
from kpidesk.usecases.company import open_company
from kpidesk.usecases.damage import damage_behind
from kpidesk.usecases.people import list_people
from kpidesk.usecases.verifying import verify
from tests.usecases.failing_writes import fail_through
from tests.usecases.faulty_disk import Fault
from tests.usecases.hostile_files import hostile_file, look_at_everything
from tests.usecases.killing import kill_through
from tests.usecases.lived import LivedYear

_SPRING = 60
"""Deeds until contracts are signed and the first figures entered."""


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the year's beginning: small, with something in most tables."""
    path = tmp_path_factory.mktemp("spring") / "company.kpidesk"
    LivedYear(path).live(range(_SPRING))
    return path


def test_what_was_told_as_kept_is_there_after_a_kill(tmp_path: Path) -> None:
    *_, tally = kill_through(tmp_path, 8, 2026, every=4, deeds=40)
    assert tally.wrong == []
    assert (tally.kills, tally.verified) == (8, 2)
    assert tally.told > 20


def test_a_failing_disk_leaves_nothing_half_done_and_is_told(tmp_path: Path) -> None:
    *_, tally = fail_through(tmp_path, 19, deeds=8)
    assert tally.wrong == []
    assert tally.faults > len(Fault)
    assert tally.again > 0
    said = " ".join(tally.sentences)
    assert "磁盘已满，刚才的操作没有保存" in said
    assert "读写失败" in said


@pytest.mark.parametrize("seed", range(0, 24, 4))
def test_a_hostile_file_is_refused_or_told_to_be_damaged(
    spring: Path, tmp_path: Path, seed: int
) -> None:
    for one in range(seed, seed + 4):
        assert look_at_everything(hostile_file(spring, tmp_path, one))


def test_an_error_from_a_changed_row_is_told_as_damage(spring: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.kpidesk"
    path.write_bytes(spring.read_bytes())
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("UPDATE people SET superior_id = 4711 WHERE id = 2")
        tool.commit()
    company = open_company(path)
    try:
        with pytest.raises(KeyError) as caught:
            list_people(company)
        damage = damage_behind(caught.value, company)
        assert isinstance(damage, DamagedFileError)
        assert "何静姝　人员登记：直属上级与操作日志不符" in str(damage)
        assert "用最近的备份恢复" in str(damage)
    finally:
        company.close()


def test_an_error_on_a_whole_file_is_a_fault_of_ours(spring: Path) -> None:
    company = open_company(spring)
    try:
        assert damage_behind(ZeroDivisionError(), company) is None
        assert verify(company).broken == ()
    finally:
        company.close()

"""Backups: made when something changed, rotated, brought back; a damaged file is recovered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.errors import NotAllowedError
from kpidesk.store import audit
from kpidesk.store.errors import DamagedFileError, StorageFailedError
from kpidesk.store.keeping.catalog import Kept, Reason, read_catalog
from kpidesk.store.keeping.rotation import superfluous
from kpidesk.usecases import people
from kpidesk.usecases.company import create_company, open_company
from kpidesk.usecases.keeping.comparing import compare
from kpidesk.usecases.keeping.listing import (
    Soundness,
    backups_of,
    check_backups,
    list_backups,
    newest_sound,
    second_place,
)
from kpidesk.usecases.keeping.making import close_company, keep, keep_before, set_places
from kpidesk.usecases.keeping.restoring import note_recovery, recover, restore
from kpidesk.usecases.session import Company


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def company(tmp_path: Path, clock: Clock, who: dict[str, Any]) -> Iterator[Company]:
    made = create_company(tmp_path / "龙华.kpidesk", name="龙华", clock=clock, **who)
    set_places(made, tmp_path / "备份", tmp_path / "移动硬盘")
    yield made
    made.close()


def hire(company: Company, name: str, who: dict[str, Any]) -> None:
    rows = people.list_departments(company)
    known = rows[0].department.id if rows else None
    made = known or people.add_department(company, name="销售部", **who).id
    number = f"{len(people.list_people(company)) + 1:03d}"
    people.add_person(company, number=number, name=name, department=made, post="经理", **who)


def folder_of(company: Company) -> Path:
    assert company.keeper is not None
    return company.keeper.folder(company.keeper.first)


def test_a_backup_is_made_only_when_something_changed(
    company: Company, who: dict[str, Any]
) -> None:
    assert keep(company, Reason.TIMED) is not None
    assert keep(company, Reason.TIMED) is None
    hire(company, "张三", who)
    made = keep_before(company, Reason.SETTLE)
    assert made is not None
    assert made.name == "20260302-080000_结算前.kpidesk" or "结算前" in made.name
    kept = read_catalog(folder_of(company))
    assert [one.reason for one in kept] == [Reason.TIMED, Reason.SETTLE]
    with company.read() as connection:
        assert kept[-1].head == str(audit.head(connection))


def test_closing_makes_one_and_opening_again_without_a_change_none(
    company: Company, tmp_path: Path, who: dict[str, Any]
) -> None:
    hire(company, "张三", who)
    close_company(company)
    assert [one.reason for one in read_catalog(folder_of(company))] == [Reason.CLOSING]
    again = open_company(company.path)
    set_places(again, tmp_path / "备份")
    close_company(again)
    assert len(read_catalog(folder_of(company))) == 1


def test_a_second_place_is_filled_when_it_is_there_and_missed_when_it_is_not(
    company: Company, tmp_path: Path, clock: Clock, who: dict[str, Any]
) -> None:
    keep(company, Reason.BY_HAND)
    assert "连不上" in second_place(company).problem
    (tmp_path / "移动硬盘").mkdir()
    hire(company, "张三", who)
    clock.now += timedelta(hours=1)
    made = keep(company, Reason.TIMED)
    assert made is not None
    (copy,) = (tmp_path / "移动硬盘").rglob("*.kpidesk")
    assert copy.read_bytes() == made.read_bytes()
    if os.name == "posix":
        assert {one.stat().st_mode & 0o077 for one in (copy, made)} == {0}
    told = second_place(company)
    assert not told.problem
    assert not told.is_overdue(clock.now + timedelta(days=7))
    assert told.is_overdue(clock.now + timedelta(days=8))


def test_a_place_that_cannot_be_written_stops_nothing_but_is_told(
    company: Company, tmp_path: Path, who: dict[str, Any]
) -> None:
    (tmp_path / "备份").write_text("kein Ordner", encoding="utf-8")
    assert keep_before(company, Reason.SETTLE) is None
    assert company.keeper is not None
    assert company.keeper.problem


def test_a_changed_byte_in_a_backup_is_found_and_it_is_not_brought_back(
    company: Company, who: dict[str, Any]
) -> None:
    hire(company, "张三", who)
    keep(company, Reason.BY_HAND)
    (row,) = list_backups(company)
    assert row.soundness is Soundness.AS_WRITTEN
    data = bytearray(row.path.read_bytes())
    data[-1] ^= 1
    row.path.write_bytes(data)
    (checked,) = check_backups(company, (row,))
    assert checked.soundness is Soundness.BROKEN
    assert "校验值不符" in checked.problem
    before = company.path.stat().st_ino
    with pytest.raises(DamagedFileError):
        restore(company, row, reason="试试", **who)
    assert company.path.stat().st_ino == before
    hire(company, "李四", who)  # the company is still open


def test_restoring_shows_what_is_lost_and_keeps_what_was_there(
    company: Company, who: dict[str, Any]
) -> None:
    hire(company, "张三", who)
    keep(company, Reason.BY_HAND)
    hire(company, "李四", who)
    (row,) = list_backups(company)
    found = compare(company, row)
    lost = next(one for one in found.differences if one.name == "人员")
    assert (lost.lost, lost.back, lost.now, lost.then) == (("李四（002）",), (), 2, 1)
    assert [one.action for one in found.lost_lines] == ["person.add"]
    assert (found.lost_count, found.is_earlier) == (1, True)
    opened = restore(company, row, reason="录错了", **who)
    try:
        assert [one.person.name for one in people.list_people(opened)] == ["张三"]
        with opened.read() as connection:
            line = audit.last_about(connection, "company", "company.restore")
            assert audit.first_broken(connection) is None
        assert line is not None
        assert line.reason == "录错了"
        newest, *_ = list_backups(opened)
        assert newest.reason == Reason.RESTORE
        back = compare(opened, newest)
        assert not back.is_earlier
        assert next(one for one in back.differences if one.name == "人员").back == ("李四（002）",)
        again = restore(opened, newest, reason="还是要", **who)
        assert [one.person.name for one in people.list_people(again)] == ["张三", "李四"]
        again.close()
    finally:
        opened.close()


def test_another_companys_backup_is_refused(
    company: Company, tmp_path: Path, clock: Clock, who: dict[str, Any]
) -> None:
    other = create_company(tmp_path / "乙.kpidesk", name="乙", clock=clock, **who)
    set_places(other, tmp_path / "备份")
    keep(other, Reason.BY_HAND)
    (row,) = list_backups(other)
    other.close()
    with pytest.raises(NotAllowedError, match="另一家公司"):
        compare(company, row)


def test_a_damaged_file_is_kept_and_replaced_by_the_newest_sound_backup(
    company: Company, tmp_path: Path, clock: Clock, who: dict[str, Any]
) -> None:
    hire(company, "张三", who)
    keep(company, Reason.TIMED)
    clock.now += timedelta(hours=1)
    hire(company, "李四", who)
    newest = keep(company, Reason.TIMED)
    assert newest is not None
    newest.write_bytes(b"x" * newest.stat().st_size)
    company.close()
    data = company.path.read_bytes()
    company.path.write_bytes(data[:4096] + b"\0" * (len(data) - 4096))
    with pytest.raises(DamagedFileError):
        open_company(company.path)
    rows = backups_of(company.path, (tmp_path / "备份", None))
    assert len(rows) == 2
    sound = newest_sound(rows)
    assert sound is not None
    damaged = recover(company.path, sound, moment=clock.now)
    again = open_company(company.path)
    note_recovery(again, sound, damaged, **who)
    assert [one.person.name for one in people.list_people(again)] == ["张三"]
    again.close()
    assert damaged is not None
    assert damaged.read_bytes().endswith(b"\0" * 100)
    assert "损坏" in damaged.name


def test_a_renamed_file_finds_its_backups_again(
    company: Company, tmp_path: Path, who: dict[str, Any]
) -> None:
    keep(company, Reason.BY_HAND)
    company.close()
    moved = Path(shutil.move(company.path, tmp_path / "新名字.kpidesk"))
    again = open_company(moved)
    set_places(again, tmp_path / "备份")
    assert len(list_backups(again)) == 1
    again.close()


def test_rotation_keeps_two_days_then_days_weeks_and_months() -> None:
    now = datetime(2026, 11, 29, 20, tzinfo=UTC)
    made = [
        Kept(f"{n}", now - timedelta(hours=6 * n), Reason.TIMED, 1, "", 12, 1, "")
        for n in range(4 * 365 * 3)
    ]
    gone = {one.name for one in superfluous(made[::-1], now)}
    kept = [one for one in made if one.name not in gone]
    assert [one for one in made if now - one.at <= timedelta(days=2) and one not in kept] == []
    assert len({one.at.date() for one in kept if now - one.at < timedelta(days=14)}) == 14
    months = {(one.at.year, one.at.month) for one in kept}
    assert len(months) == 24
    assert 9 + 12 + 7 + 22 - 6 < len(kept) < 9 + 12 + 8 + 24
    special = Kept("x", now - timedelta(days=2000), Reason.UPGRADE, 1, "", 12, 1, "")
    assert special not in superfluous([special, *made[::-1]], now)


def test_a_clock_that_was_wrong_for_a_day_does_not_make_its_backup_the_newest_for_years(
    company: Company, clock: Clock, who: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "移动硬盘").mkdir(exist_ok=True)
    right = clock.now
    clock.now = right + timedelta(days=1500)
    hire(company, "张三", who)
    keep(company, Reason.TIMED)
    clock.now = right
    hire(company, "李四", who)
    made = keep(company, Reason.TIMED)
    assert list_backups(company)[0].path == made
    assert backups_of(company.path, (tmp_path / "备份", None))[0].path == made
    assert second_place(company).last == right
    assert second_place(company).is_overdue(right + timedelta(days=8))


def test_a_file_whose_disk_is_full_is_let_go_all_the_same(
    company: Company, who: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    hire(company, "张三", who)

    def full() -> None:
        raise StorageFailedError(company.path, "SQLITE_FULL")

    monkeypatch.setattr(company.file, "seal", full)
    close_company(company)
    monkeypatch.undo()
    open_company(company.path).close()

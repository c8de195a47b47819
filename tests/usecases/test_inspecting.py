"""检查数据库 finds what is wrong anywhere in the file, says it in words, and mends what it may."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from kpidesk.core.recovery_code import code_groups
from kpidesk.store import slots
from kpidesk.store.guards import GUARDS
from kpidesk.store.header import read_header
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.slots import Cost
from kpidesk.usecases import locking, people
from kpidesk.usecases.company import open_company
from kpidesk.usecases.inspecting import Inspection, Mend, State, inspect, mend
from kpidesk.usecases.keeping.listing import list_backups
from kpidesk.usecases.keeping.making import Reason, close_company, keep, set_places
from kpidesk.usecases.keeping.restoring import restore
from kpidesk.usecases.locking import Unlock
from tests.soak.flips import flips, make_file, open_and_close
from tests.usecases.office import Office, fill


def test_a_sound_file_is_sound_in_every_step(office: Office, tmp_path: Path) -> None:
    fill(office, tmp_path)
    found = inspect(office.company)
    assert [one.name for one in found.steps if one.state is not State.GOOD] == []
    assert len(found.steps) == 7
    assert found.is_sound
    assert found.mends == ()
    assert found.head.count("-") == 1


def test_thirty_flipped_bits_anywhere_are_noticed_or_change_nothing(tmp_path: Path) -> None:
    """The long form: python -m tests.soak.flips 500."""
    path = make_file(tmp_path)
    open_and_close(path)
    scratch = tmp_path / "flipped"
    scratch.mkdir()
    ended, missed = flips(path, 30, 2026, scratch)
    assert missed == []
    assert ended["found by the check"] + ended["does not open"] > 15


def changed(office: Office, *lines: str) -> Inspection:
    """What is found after somebody's database tool was at the closed file."""
    close_company(office.company)
    with closing(sqlite3.connect(office.company.path)) as tool:
        for line in lines:
            tool.execute(line)
        tool.commit()
    again = open_company(office.company.path)
    try:
        return inspect(again)
    finally:
        close_company(again)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE people SET pinyin = 'yan xia' WHERE number = '002'",
         "人员登记　其他内容：关闭以后在程序之外被改动过"),
        ("INSERT INTO settings VALUES ('import.people', '{}')",
         "设置　其他内容：关闭以后在程序之外被改动过"),
    ],
)  # fmt: skip
def test_what_no_record_proves_is_found_by_the_seal(office: Office, sql: str, said: str) -> None:
    found = changed(office, sql)
    assert not found.is_sound
    assert said in found.steps[-1].details


def test_figures_of_lists_are_computed_anew(
    office: Office, tmp_path: Path, who: dict[str, Any]
) -> None:
    sheet, *_ = office.sign(office.draft())
    set_places(office.company, tmp_path / "备份")
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE appraisals SET missing = 0 WHERE id = ?", (sheet,))
        connection.exec_driver_sql("UPDATE people SET pinyin = 'x x' WHERE number = '002'")
    found = inspect(office.company)
    assert found.is_sound
    assert found.mends == (Mend.FIGURES, Mend.SPELLINGS)
    mend(office.company, found.mends, **who)
    assert inspect(office.company).mends == ()
    assert [one.reason for one in list_backups(office.company)] == [Reason.MEND]
    _, row = people.list_people(office.company)
    assert row.pinyin != ("x", "x")


def test_free_room_is_given_back_to_the_disk(
    office: Office, tmp_path: Path, who: dict[str, Any]
) -> None:
    set_places(office.company, tmp_path / "备份")
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('x', zeroblob(20000000))")
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE key = 'x'")
    size = office.company.path.stat().st_size
    found = inspect(office.company)
    assert found.mends == (Mend.ROOM,)
    mend(office.company, found.mends, **who)
    assert office.company.path.stat().st_size < size - 20_000_000
    again = inspect(office.company)
    assert again.is_sound
    assert again.mends == ()


def test_an_index_that_lacks_a_row_is_made_anew(office: Office, who: dict[str, Any]) -> None:
    close_company(office.company)
    path = office.company.path
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("PRAGMA writable_schema = ON")
        kept = tool.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'ix_people_superior_id'"
        ).fetchone()
        tool.execute(
            "UPDATE sqlite_master SET sql = sql || ' WHERE superior_id > 99'"
            " WHERE name = 'ix_people_superior_id'"
        )
        tool.commit()
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("REINDEX ix_people_superior_id")
        tool.execute("PRAGMA writable_schema = ON")
        tool.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_people_superior_id'", kept)
        tool.commit()
    again = open_company(path)
    found = inspect(again)
    assert found.steps[0].state is State.NOTE
    assert Mend.INDEX in found.mends
    mend(again, found.mends, **who)
    assert inspect(again).steps[0].state is State.GOOD
    again.close()


def loosen(office: Office) -> None:
    """Many pages in the middle of the file that nothing uses any more."""
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE loose(content)")
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
            " INSERT INTO loose SELECT zeroblob(100000) FROM n"
        )
        connection.exec_driver_sql("DROP TABLE loose")


def test_room_is_given_back_to_the_disk(
    office: Office, tmp_path: Path, who: dict[str, Any]
) -> None:
    set_places(office.company, tmp_path / "备份")
    loosen(office)
    size = office.company.path.stat().st_size
    found = inspect(office.company)
    assert found.mends == (Mend.ROOM,)
    mend(office.company, found.mends, **who)
    assert office.company.path.stat().st_size < size - 15_000_000
    assert inspect(office.company).mends == ()
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        raw(office).execute("ATTACH ':memory:' AS another")


def test_what_opens_an_encrypted_file_outlives_all_that_is_mended(
    office: Office, tmp_path: Path, who: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing the whole file anew would leave out the slots, which are in none of its tables."""
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))
    password, code = "红豆生南国 2026", code_groups(bytes(range(20)))
    locking.encrypt(office.company, password=password, code=code, **who)
    set_places(office.company, tmp_path / "备份")
    path = office.company.path
    loosen(office)
    found = inspect(office.company)
    assert Mend.ROOM not in found.mends
    assert found.is_sound
    assert found.size == path.stat().st_size
    mend(office.company, tuple(Mend), **who)
    close_company(office.company)
    assert read_header(path, known=HEAD).slots is not None
    again = open_company(path, Unlock(password))
    raw(Office(again, office.department, office.director, office.manager, who)).execute("VACUUM")
    again.close()
    assert read_header(path, known=HEAD).slots is None  # that is what it would do


def raw(office: Office) -> sqlite3.Connection:
    with office.company.file.transaction() as connection:
        live = connection.connection.driver_connection
    return cast("sqlite3.Connection", live)


def test_a_log_that_was_cut_is_found_against_the_backups_but_a_restore_is_none(
    office: Office, tmp_path: Path, who: dict[str, Any]
) -> None:
    set_places(office.company, tmp_path / "备份")
    keep(office.company, Reason.BY_HAND)
    (first,) = list_backups(office.company)
    people.add_department(office.company, name="售后部", **who)
    keep(office.company, Reason.TIMED)
    opened = restore(office.company, first, reason="试", **who)
    assert inspect(opened).is_sound
    people.add_department(opened, name="财务部", **who)
    keep(opened, Reason.TIMED)
    opened.close()
    with closing(sqlite3.connect(opened.path)) as tool:
        for (name,) in tool.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchall():
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")
        tool.commit()
    with closing(sqlite3.connect(opened.path)) as tool:
        there = {row[0] for row in tool.execute("SELECT name FROM sqlite_master")}
        for name, sql in GUARDS.items():
            if name not in there:
                tool.execute(sql)
        tool.commit()
    again = open_company(opened.path)
    set_places(again, tmp_path / "备份")
    step = next(one for one in inspect(again).steps if one.name == "备份时记下的审计号")
    assert step.state is State.BAD
    again.close()

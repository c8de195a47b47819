"""A backup comes back under another lock than it was made with: plain, encrypted, another key."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import alembic.command
import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.recovery_code import code_groups
from kpidesk.core.users import Role
from kpidesk.store import slots
from kpidesk.store.errors import (
    DiskFullError,
    PasswordNeededError,
    WrongCodeError,
    WrongPasswordError,
)
from kpidesk.store.file import CompanyFile
from kpidesk.store.header import read_header
from kpidesk.store.keeping.catalog import Reason
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.slots import Cost
from kpidesk.usecases import locking, people, users
from kpidesk.usecases.company import open_company
from kpidesk.usecases.keeping.archiving import export_archive, import_archive
from kpidesk.usecases.keeping.comparing import compare
from kpidesk.usecases.keeping.listing import BackupRow, Soundness, check_backups, list_backups
from kpidesk.usecases.keeping.making import keep, set_places
from kpidesk.usecases.keeping.restoring import recover, restore
from kpidesk.usecases.locking import Unlock
from kpidesk.usecases.session import Company
from tests.usecases.office import Office

THEN, NOW = "红豆生南国 2026", "绿豆生北国 2027"
CODE_THEN, CODE_NOW = code_groups(bytes(range(20))), code_groups(bytes(range(1, 21)))
WORD = "只在备份里的部门"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))


@pytest.fixture
def company(office: Office, tmp_path: Path) -> Company:
    set_places(office.company, tmp_path / "备份")
    return office.company


def kept(company: Company, who: dict[str, Any]) -> BackupRow:
    """A backup by hand, of something that the file no longer has a moment later."""
    id_ = people.add_department(company, name=WORD, **who).id
    keep(company, Reason.BY_HAND)
    people.remove_department(company, id_, **who)
    return next(one for one in list_backups(company) if one.reason == Reason.BY_HAND)


def names(company: Company) -> list[str]:
    return [one.department.name for one in people.list_departments(company)]


def opens(path: Path, unlock: Unlock) -> bool:
    try:
        open_company(path, unlock).close()
    except (WrongPasswordError, WrongCodeError):
        return False
    return True


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()} - {f"{path.name}-journal", "备份"}


def test_a_plain_backup_comes_back_encrypted_as_the_file_is(
    company: Company, who: dict[str, Any]
) -> None:
    row = kept(company, who)
    assert not row.is_encrypted
    locking.encrypt(company, password=NOW, code=CODE_NOW, **who)
    found = compare(company, row)
    assert (found.is_plain, found.has_own_key) == (True, False)
    assert next(one for one in found.differences if one.name == "部门").back == (WORD,)
    again = restore(company, row, reason="录错了", **who)
    assert WORD in names(again)
    again.close()
    assert beside(again.path) == {again.path.name}
    assert WORD.encode() not in again.path.read_bytes()
    with pytest.raises(PasswordNeededError):
        open_company(again.path)
    assert opens(again.path, Unlock(NOW))
    assert opens(again.path, Unlock(code="".join(CODE_NOW)))


def test_an_encrypted_backup_comes_back_into_a_plain_file_by_its_own_password(
    company: Company, who: dict[str, Any]
) -> None:
    locking.encrypt(company, password=THEN, code=CODE_THEN, **who)
    row = kept(company, who)
    assert row.is_encrypted
    locking.decrypt(company, password=THEN, **who)
    content = names(company)
    for act in (
        lambda unlock: compare(company, row, unlock),
        lambda unlock: restore(company, row, reason="录错了", unlock=unlock, **who),
    ):
        for unlock, refused in (
            (None, PasswordNeededError),
            (Unlock(NOW), WrongPasswordError),
            (Unlock(code="".join(CODE_NOW)), WrongCodeError),
            (Unlock(code="不是恢复码"), InvalidValueError),
        ):
            with pytest.raises(refused):
                act(unlock)
        assert names(company) == content
    assert beside(company.path) == {company.path.name}
    for unlock in (Unlock(THEN), Unlock(code="".join(CODE_THEN))):
        found = compare(company, row, unlock)
        assert (found.is_plain, found.has_own_key) == (False, True)
    again = restore(company, row, reason="录错了", unlock=Unlock(THEN), **who)
    assert WORD in names(again)
    again.close()
    assert beside(again.path) == {again.path.name}
    open_company(again.path).close()


def test_a_backup_under_another_key_is_opened_by_its_password_and_then_by_todays(
    company: Company, who: dict[str, Any]
) -> None:
    locking.encrypt(company, password=THEN, code=CODE_THEN, **who)
    row = kept(company, who)
    locking.renew_code(company, password=THEN, code=CODE_NOW, **who)
    locking.change_password(company, old=THEN, new=NOW, **who)
    (checked,) = check_backups(company, (row,))
    assert checked.soundness is Soundness.CHECKED  # not “damaged”: every byte is as it was written
    with pytest.raises(PasswordNeededError):
        compare(company, row)
    assert compare(company, row, Unlock(THEN)).has_own_key
    again = restore(company, row, reason="录错了", unlock=Unlock(THEN), **who)
    assert WORD in names(again)
    again.close()
    assert opens(again.path, Unlock(NOW))
    assert opens(again.path, Unlock(code="".join(CODE_NOW)))
    assert not opens(again.path, Unlock(THEN))
    assert not opens(again.path, Unlock(code="".join(CODE_THEN)))


def test_a_backup_from_before_the_password_was_changed_asks_for_nothing(
    company: Company, who: dict[str, Any]
) -> None:
    locking.encrypt(company, password=THEN, code=CODE_THEN, **who)
    row = kept(company, who)
    locking.change_password(company, old=THEN, new=NOW, **who)
    assert not compare(company, row).has_own_key
    restore(company, row, reason="录错了", **who).close()
    assert opens(company.path, Unlock(NOW))
    assert not opens(company.path, Unlock(THEN))


def test_one_that_nobody_noted_and_another_key_opens_is_not_called_damaged(
    company: Company, who: dict[str, Any]
) -> None:
    locking.encrypt(company, password=THEN, code=CODE_THEN, **who)
    row = kept(company, who)
    shutil.copy(row.path, company.path.with_name(f"{company.path.stem}_升级前_v3_x.kpidesk"))
    locking.decrypt(company, password=THEN, **who)
    beside_it = next(one for one in list_backups(company) if one.kept is None)
    assert beside_it.is_encrypted
    (checked,) = check_backups(company, (beside_it,))
    assert checked.soundness is Soundness.UNKNOWN
    assert "另有密码" in checked.problem


def test_a_user_gets_in_after_their_password_went_back_with_the_backup(
    company: Company, who: dict[str, Any]
) -> None:
    locking.encrypt(company, password=NOW, code=CODE_NOW, **who)
    id_ = users.add_user(company, name="王芳", role=Role.OFFICER, password="officer 2026", **who).id  # noqa: S106 - of the test
    users.sign_in(company, id_, password="officer 2026")  # noqa: S106 - of the test
    row = kept(company, who)
    users.change_password(company, old="officer 2026", new="officer 2027", **who)
    found = compare(company, row)
    assert next(one for one in found.differences if one.name == "用户").changed == ("王芳",)
    restore(company, row, reason="录错了", **who).close()
    again = open_company(company.path, Unlock("officer 2027", "王芳"))
    assert users.sign_in_by_name(again, "王芳", password="officer 2027") is None  # noqa: S106 - of the test
    assert again.role is None
    users.sign_in(again, id_, password="officer 2026")  # noqa: S106 - of the test
    assert WORD in names(again)
    again.close()


def test_an_older_backup_is_upgraded_before_it_takes_the_place(
    company: Company, who: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with company.file.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={HEAD - 1}")
    row = kept(company, who)
    with company.file.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={HEAD}")
    before = names(company)

    def full(*_: object) -> None:
        raise DiskFullError(company.path)

    monkeypatch.setattr(alembic.command, "upgrade", full)
    with pytest.raises(DiskFullError):
        restore(company, row, reason="录错了", **who)
    assert names(company) == before  # still open, and as it was
    assert beside(company.path) == {company.path.name}
    monkeypatch.setattr(alembic.command, "upgrade", lambda *_: None)
    again = restore(company, row, reason="录错了", **who)
    assert WORD in names(again)
    again.close()
    assert read_header(again.path, known=HEAD).version == HEAD
    assert beside(again.path) == {again.path.name}


def test_what_a_kill_half_way_left_goes_with_the_next_opening(company: Company) -> None:
    company.close()
    for end in ("restore", "restore-journal", "restore.after", "restore.before"):
        company.path.with_name(f"{company.path.name}.{end}").write_bytes(b"plain")
    CompanyFile.open(company.path).close()
    assert beside(company.path) == {company.path.name}


def test_a_damaged_file_may_come_back_under_the_lock_of_its_backup(
    company: Company, who: dict[str, Any]
) -> None:
    row = kept(company, who)
    locking.encrypt(company, password=NOW, code=CODE_NOW, **who)
    company.close()
    content = bytearray(company.path.read_bytes())
    content[5000:9000] = bytes(4000)
    company.path.write_bytes(content)
    assert locking.seems_encrypted(company.path)
    damaged = recover(company.path, row)
    assert not locking.seems_encrypted(company.path)
    assert damaged is not None
    assert damaged.read_bytes() == content
    assert not locking.seems_encrypted(company.path.with_name("没有.kpidesk"))


def test_an_encrypted_archive_opens_on_another_computer_by_password_or_code(
    company: Company, who: dict[str, Any], tmp_path: Path
) -> None:
    people.add_department(company, name=WORD, **who)
    locking.encrypt(company, password=NOW, code=CODE_NOW, **who)
    archive, other = tmp_path / "归档.kpiarchive", tmp_path / "另一台电脑"
    export_archive(company, archive)
    assert WORD.encode() not in archive.read_bytes()
    other.mkdir()
    target = other / "公司.kpidesk"
    import_archive(archive, target)
    with pytest.raises(PasswordNeededError):
        open_company(target)
    for unlock in (Unlock(NOW), Unlock(code="".join(CODE_NOW))):
        again = open_company(target, unlock)
        assert WORD in names(again)
        again.close()
    assert not opens(target, Unlock(THEN))

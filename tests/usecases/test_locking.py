"""Encrypting a company file, and everything that is done with it afterwards."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import alembic.command
import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from kpidesk.cli import main
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.recovery_code import code_groups, parse_code
from kpidesk.core.users import Role
from kpidesk.store import audit, slots
from kpidesk.store.errors import (
    FileInUseError,
    PasswordNeededError,
    WrongCodeError,
    WrongPasswordError,
)
from kpidesk.store.file import CompanyFile
from kpidesk.store.header import read_header
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.slots import Cost
from kpidesk.usecases import locking, people, users
from kpidesk.usecases.access import NotYourRoleError
from kpidesk.usecases.company import backup_now, open_company
from kpidesk.usecases.locking import Unlock
from kpidesk.usecases.verifying import verify
from tests.usecases.office import TODAY, Office

PASSWORD = "红豆生南国 2026"  # noqa: S105 - of a file that the test makes
CODE = code_groups(bytes(range(20)))
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))


@pytest.fixture
def locked(office: Office, who: dict[str, Any]) -> Office:
    locking.encrypt(office.company, password=PASSWORD, code=CODE, **who)
    return office


def actions(office: Office) -> list[str]:
    with office.company.read() as connection:
        return [line.action for _, line in audit.read(connection, "company")]


def test_an_encrypted_company_goes_on_as_before_and_opens_by_password_or_code(
    locked: Office, who: dict[str, Any]
) -> None:
    company = locked.company
    assert locking.how_locked(company) == locking.Locked(is_encrypted=True, has_password=True)
    people.add_department(company, name="采购部", **who)
    before = people.list_departments(company)
    company.close()
    with pytest.raises(PasswordNeededError):
        open_company(company.path)
    assert locking.needs_password(company.path)
    for unlock in (Unlock(PASSWORD), Unlock(code="-".join(CODE))):
        again = open_company(company.path, unlock)
        assert people.list_departments(again) == before
        assert actions(Office(again, locked.department, locked.director, locked.manager, who))[
            -1
        ] == ("company.encrypt")
        again.close()


def test_the_password_stands_nowhere(
    office: Office, who: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    company = office.company
    with caplog.at_level(logging.DEBUG):
        locking.encrypt(company, password=PASSWORD, code=CODE, **who)
        locking.change_password(company, old=PASSWORD, new="绿豆生北国 2027", **who)
        with pytest.raises(WrongPasswordError) as caught:
            locking.check_secret(company, PASSWORD)
    said = [caplog.text, str(caught.value), repr(Unlock(PASSWORD)), repr(company.file.secret)]
    with company.read() as connection:
        said += [repr(line) for _, line in audit.read(connection)]
    company.close()
    said += [one.name for one in company.path.parent.iterdir()]
    for text in said:
        assert PASSWORD not in text
        assert "绿豆" not in text
        assert CODE[0] not in text
    for file in company.path.parent.iterdir():
        assert PASSWORD.encode() not in file.read_bytes()
        assert bytes(range(20)) not in file.read_bytes()


def test_the_password_is_changed_and_the_code_stays(locked: Office, who: dict[str, Any]) -> None:
    company = locked.company
    with pytest.raises(WrongPasswordError):
        locking.change_password(company, old="不是这个密码", new="绿豆生北国 2027", **who)
    locking.change_password(company, old=PASSWORD, new="绿豆生北国 2027", **who)
    assert actions(locked)[-1] == "company.password"
    company.close()
    with pytest.raises(WrongPasswordError):
        open_company(company.path, Unlock(PASSWORD))
    open_company(company.path, Unlock("绿豆生北国 2027")).close()
    again = open_company(company.path, Unlock(code="".join(CODE)))
    locking.replace_password(again, code="".join(CODE), new="黄豆生东国 2028", **who)
    again.close()
    open_company(company.path, Unlock("黄豆生东国 2028")).close()


def test_another_code_ends_the_old_one(locked: Office, who: dict[str, Any]) -> None:
    company = locked.company
    locking.give_slot(company, "李雷", "李雷自己的密码")
    other = locking.new_code()
    locking.renew_code(company, password=PASSWORD, code=other, **who)
    company.close()
    with pytest.raises(WrongCodeError):
        open_company(company.path, Unlock(code="".join(CODE)))
    for unlock in (Unlock(PASSWORD), Unlock(code="".join(other))):
        open_company(company.path, unlock).close()
    with pytest.raises(WrongPasswordError):
        open_company(company.path, Unlock("李雷自己的密码", "李雷"))


def test_decrypted_it_opens_without_a_password(locked: Office, who: dict[str, Any]) -> None:
    company = locked.company
    with pytest.raises(WrongPasswordError):
        locking.decrypt(company, password="不是这个密码", **who)  # noqa: S106 - a wrong one
    locking.decrypt(company, password=PASSWORD, **who)
    assert locking.how_locked(company) == locking.Locked(is_encrypted=False, has_password=False)
    assert actions(locked)[-2:] == ["company.encrypt", "company.decrypt"]
    company.close()
    open_company(company.path).close()


@pytest.mark.parametrize("password", ["", "1234567", "12345678", "aaaaaaaaaa", "龙华贸易有限公司"])
def test_a_password_that_is_guessed_at_once_is_refused(
    office: Office, who: dict[str, Any], password: str
) -> None:
    with pytest.raises(InvalidValueError):
        locking.encrypt(office.company, password=password, code=CODE, **who)
    assert not locking.how_locked(office.company).is_encrypted


def test_a_plain_file_has_no_password_and_an_encrypted_one_is_not_encrypted_twice(
    office: Office, who: dict[str, Any]
) -> None:
    company = office.company
    for act in (
        lambda: locking.change_password(company, old="x", new="绿豆生北国 2027", **who),
        lambda: locking.replace_password(company, code="".join(CODE), new=PASSWORD, **who),
        lambda: locking.decrypt(company, password="x", **who),  # noqa: S106 - there is none
        lambda: locking.encrypt_copies(company, []),
    ):
        with pytest.raises(NotAllowedError, match="没有加密"):
            act()
    locking.give_slot(company, "李雷", "李雷自己的密码")
    locking.take_slots(company, ["李雷"])
    assert not locking.how_locked(company).is_encrypted
    locking.encrypt(company, password=PASSWORD, code=CODE, **who)
    with pytest.raises(NotAllowedError, match="已经加密"):
        locking.encrypt(company, password=PASSWORD, code=CODE, **who)


def test_users_open_the_file_by_their_own_passwords(locked: Office) -> None:
    company = locked.company
    locking.give_slot(company, "李雷", "李雷自己的密码")
    copy = backup_now(company, company.path.parent)
    company.close()
    for path in (company.path, copy):
        open_company(path, Unlock("李雷自己的密码", "李雷")).close()
    again = open_company(company.path, Unlock(PASSWORD))
    locking.take_slots(again, ["李雷"])
    again.close()
    with pytest.raises(WrongPasswordError):
        open_company(company.path, Unlock("李雷自己的密码", "李雷"))


def test_an_encrypted_file_is_held_by_one_window(locked: Office) -> None:
    held = subprocess.run(
        [sys.executable, "-c", OPEN, str(locked.company.path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert held.stdout == "FileInUseError True\n", held.stderr
    locking.give_slot(locked.company, "李雷", "李雷自己的密码")
    with pytest.raises(FileInUseError):
        open_company(locked.company.path, Unlock(PASSWORD))


OPEN = f"""
import sys
from pathlib import Path
from kpidesk.usecases.company import open_company
from kpidesk.usecases.locking import Unlock
try:
    open_company(Path(sys.argv[1]), Unlock({PASSWORD!r}))
except Exception as error:
    print(type(error).__name__, "电脑" in str(error))
"""


def test_everything_of_the_sample_company_is_proved_in_the_encrypted_file(
    whole_sample: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(shutil.copy(whole_sample, tmp_path))
    company = open_company(path)
    names = [one.person.name for one in people.list_people(company)]
    assert names
    locking.encrypt(company, password=PASSWORD, code=CODE, actor="王芳", today=TODAY)
    proof = verify(company)
    assert proof.checked
    assert not proof.broken
    copy = backup_now(company, tmp_path)
    company.close()
    for file in (path, copy):
        content = file.read_bytes()
        assert not any(name.encode() in content for name in names)
    monkeypatch.setenv("KPIDESK_PASSWORD", PASSWORD)
    assert main(["verify", str(copy)]) == 0
    assert "全部完好" in capsys.readouterr().out
    monkeypatch.setenv("KPIDESK_PASSWORD", "不是这个密码")
    assert main(["verify", str(copy)]) == 2
    monkeypatch.delenv("KPIDESK_PASSWORD")
    assert main(["verify", str(copy)]) == 2
    assert "KPIDESK_PASSWORD" in capsys.readouterr().err


def test_earlier_backups_are_found_encrypted_or_deleted(
    office: Office, who: dict[str, Any], tmp_path: Path
) -> None:
    company = office.company
    folder = tmp_path / "备份"
    folder.mkdir()
    first = backup_now(company, folder)
    second = Path(shutil.copy(first, folder / "第二份.kpidesk"))
    CompanyFile.create(folder / "别的公司.kpidesk").close()
    (folder / "不是.kpidesk").write_bytes(b"not ours")
    locking.encrypt(company, password=PASSWORD, code=CODE, **who)
    locking_copy = backup_now(company, tmp_path)
    found = locking.plain_copies(company, [folder])
    assert [one.path for one in found] == sorted([first, second])
    assert locking.encrypt_copies(company, [first, folder / "没有.kpidesk"]).keys() == {
        folder / "没有.kpidesk"
    }
    assert locking.delete_copies([second]) == {}
    assert locking.plain_copies(company, [folder]) == ()
    open_company(first, Unlock(PASSWORD)).close()
    assert locking_copy.exists()


def test_the_recovery_sheet_says_the_code_to_people_and_to_scanners(
    locked: Office, who: dict[str, Any]
) -> None:
    company = locked.company
    with pytest.raises(WrongPasswordError):
        locking.recovery_sheet(company, password="不是这个密码", today=TODAY)  # noqa: S106 - a wrong one
    pdf = locking.recovery_sheet(company, password=PASSWORD, today=date(2026, 5, 6))
    document = PdfDocument(pdf)
    assert len(document) == 1
    page = document[0]
    text = page.get_textpage().get_text_range()
    for group in CODE:
        assert group in text
    assert company.path.name in text
    assert "2026-05-06" in text
    (code,) = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())
    assert parse_code(code.text) == bytes(range(20))


def test_an_older_encrypted_file_is_upgraded_and_keeps_its_passwords(
    locked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = locked.company
    with company.file.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={HEAD - 1}")
    company.close()
    # No table comes, but all guards are made anew, and that alone moves the schema about.
    monkeypatch.setattr(alembic.command, "upgrade", lambda *_: None)
    open_company(company.path, Unlock(PASSWORD)).close()
    assert read_header(company.path, known=HEAD).version == HEAD
    (before,) = company.path.parent.glob("*_升级前_*.kpidesk")
    assert read_header(before, known=HEAD).is_encrypted


def test_only_the_officer_says_what_opens_the_file(office: Office, who: dict[str, Any]) -> None:
    company = office.company
    locking.encrypt(company, password=PASSWORD, code=CODE, **who)
    users.add_user(company, name="王芳", role=Role.OFFICER, password="officer 2026", **who)  # noqa: S106 - of the test
    users.add_user(company, name="李总", role=Role.MANAGER, password="manager 2026", **who)  # noqa: S106 - of the test
    manager = next(one.id for one in users.who_may_sign_in(company) if one.name == "李总")
    users.sign_in(company, manager, password="manager 2026")  # noqa: S106 - of the test
    for act in (
        lambda: locking.encrypt(company, password=PASSWORD, code=CODE, **who),
        lambda: locking.change_password(company, old=PASSWORD, new="绿豆生北国 2027", **who),
        lambda: locking.replace_password(company, code="".join(CODE), new=PASSWORD, **who),
        lambda: locking.renew_code(company, password=PASSWORD, code=CODE, **who),
        lambda: locking.decrypt(company, password=PASSWORD, **who),
        lambda: locking.recovery_sheet(company, password=PASSWORD, today=TODAY),
        lambda: locking.sheet_of_code(company, CODE, today=TODAY),
        lambda: locking.plain_copies(company),
        lambda: locking.encrypt_copies(company, []),
    ):
        with pytest.raises(NotYourRoleError):
            act()
    assert locking.how_locked(company).is_encrypted
    assert locking.check_secret(company, PASSWORD) == company.file.secret


def test_users_open_the_file_and_are_signed_in_by_one_password(
    locked: Office, who: dict[str, Any]
) -> None:
    company = locked.company
    users.add_user(company, name="王芳", role=Role.OFFICER, password="officer 2026", **who)  # noqa: S106 - of the test
    id_ = users.add_user(company, name="李总", role=Role.MANAGER, password="manager 2026", **who).id  # noqa: S106 - of the test
    company.close()
    assert locking.asks_name(company.path)

    def opens(name: str, password: str) -> bool:
        try:
            again = open_company(company.path, Unlock(password, name))
        except WrongPasswordError:
            return False
        signed_in = users.sign_in_by_name(again, name, password=password)
        assert signed_in is not None
        assert again.user == signed_in
        assert users.sign_in_by_name(again, "没有这个人", password=password) is None
        again.close()
        return True

    assert opens("李总", "manager 2026")
    assert not opens("李总", "officer 2026")
    again = open_company(company.path, Unlock("officer 2026", "王芳"))
    users.sign_in_by_name(again, "王芳", password="officer 2026")  # noqa: S106 - of the test
    users.reset_password(again, id_, password="manager 2027", **who)  # noqa: S106 - of the test
    manager = next(one.user for one in users.list_users(again) if one.user.id == id_)
    users.edit_user(again, replace(manager, name="李总经理"), **who)
    again.close()
    assert opens("李总经理", "manager 2027")
    assert not opens("李总", "manager 2027")
    again = open_company(company.path, Unlock(PASSWORD))
    users.sign_in_by_name(again, "王芳", password="officer 2026")  # noqa: S106 - of the test
    manager = next(one.user for one in users.list_users(again) if one.user.id == id_)
    users.edit_user(again, replace(manager, is_active=False), **who)
    users.change_password(again, old="officer 2026", new="officer 2027", **who)
    again.close()
    assert not opens("李总经理", "manager 2027")
    assert opens("王芳", "officer 2027")
    again = open_company(company.path, Unlock("officer 2027", "王芳"))
    users.sign_in_by_name(again, "王芳", password="officer 2027")  # noqa: S106 - of the test
    users.give_up_users(again, **who)
    again.close()
    assert not locking.asks_name(company.path)


def test_after_another_key_each_opens_the_file_again_once_signed_in(
    locked: Office, who: dict[str, Any]
) -> None:
    company = locked.company
    id_ = users.add_user(company, name="王芳", role=Role.OFFICER, password="officer 2026", **who).id  # noqa: S106 - of the test
    locking.renew_code(company, password=PASSWORD, code=locking.new_code(), **who)
    company.close()
    assert not locking.asks_name(company.path)
    again = open_company(company.path, Unlock(PASSWORD))
    users.sign_in(again, id_, password="officer 2026")  # noqa: S106 - of the test
    again.close()
    open_company(company.path, Unlock("officer 2026", "王芳")).close()

"""Backups, restoring, recovering and looking only, in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.core.recovery_code import code_groups
from kpidesk.store import audit, slots
from kpidesk.store.slots import Cost
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.keeping.backup_clock import BackupClock
from kpidesk.ui.keeping.backups import BackupsDialog
from kpidesk.ui.keeping.recovery import RecoveryDialog
from kpidesk.ui.keeping.restore import RestoreDialog, UnlockBackupDialog, lock_after
from kpidesk.ui.keeping.trouble import look_at
from kpidesk.ui.locking.open_dialog import OpenDialog
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import locking, people
from kpidesk.usecases.company import Company, create_company
from kpidesk.usecases.keeping.listing import BackupRow

Settle = Callable[[Desk], None]
PASSWORD = "red beans 2026"  # noqa: S105 - of a file that the test makes
CODE = code_groups(bytes(range(20)))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))


@pytest.fixture
def window(company_desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A company is open, and its backups are looked after."""
    files = CompanyFiles(company_desk, tmp_path / "样例公司.kpidesk")
    made = MainWindow(company_desk, files, PAGES[-1:])
    qtbot.addWidget(made)
    made.show()
    BackupClock(company_desk, made)
    settle(company_desk)
    return made


def departments(desk: Desk) -> list[str]:
    assert desk.company is not None
    return [one.department.name for one in people.list_departments(desk.company)]


def add(desk: Desk, settle: Settle, name: str) -> None:
    def work(company: Company) -> object:
        return people.add_department(company, name=name, actor="李梅", today=desk.today)

    desk.act(work)
    settle(desk)


def test_a_backup_is_brought_back_after_its_differences_were_shown(
    window: MainWindow, settle: Settle
) -> None:
    desk = window.desk
    add(desk, settle, "销售部")
    dialog = BackupsDialog(desk, window)
    settle(desk)
    dialog.make()
    settle(desk)
    add(desk, settle, "市场部")
    dialog.table.selectRow(0)
    dialog.look_into()
    settle(desk)
    restoring = cast("RestoreDialog", dialog.findChild(RestoreDialog))
    (row,) = restoring.model.rows()
    assert (row.name, row.lost) == ("部门", ("市场部",))
    assert "1 项操作" in restoring.warning.text()
    assert not restoring.accept_button.isEnabled()
    restoring.reason.set_value("录错了")
    restoring.accept()
    settle(desk)
    assert departments(desk) == ["销售部"]
    assert [one.reason for one in listed(window, settle)] == ["恢复前", "手动"]


def test_a_backup_with_a_password_of_its_own_is_asked_for_it_and_the_lock_is_said_before(
    window: MainWindow, settle: Settle
) -> None:
    desk = window.desk
    company = desk.company
    assert company is not None
    who = {"actor": "李梅", "today": desk.today}
    add(desk, settle, "销售部")
    locking.encrypt(company, password=PASSWORD, code=CODE, **who)  # type: ignore[arg-type]  # a dict of both
    dialog = BackupsDialog(desk, window)
    settle(desk)
    dialog.make()
    settle(desk)
    locking.decrypt(company, password=PASSWORD, **who)  # type: ignore[arg-type]  # a dict of both
    add(desk, settle, "市场部")
    dialog.table.selectRow(0)
    assert dialog.model.rows()[0].is_encrypted
    dialog.look_into()
    settle(desk)
    asked = cast("UnlockBackupDialog", dialog.findChild(UnlockBackupDialog))
    asked._password.set_value("not this one")
    asked.accept_button.click()
    settle(desk)
    assert asked.isVisible()
    asked._password.set_value(PASSWORD)
    asked.accept_button.click()
    settle(desk)
    restoring = cast("RestoreDialog", dialog.findChild(RestoreDialog))
    assert "恢复后和现在一样，没有加密" in restoring.locked.text()
    restoring.reason.set_value("录错了")
    restoring.accept()
    settle(desk)
    assert departments(desk) == ["销售部"]
    assert desk.company is not None
    assert not locking.how_locked(desk.company).is_encrypted


def test_what_the_lock_will_be_is_said_for_every_pair(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    assert desk.company is not None
    said = partial(lock_after, desk)
    assert "和现在一样，没有加密" in said(is_plain=True, has_own_key=False)
    locking.encrypt(desk.company, password=PASSWORD, code=CODE, actor="李梅", today=desk.today)
    for is_plain, own, words in (
        (True, False, "备份本身仍没有加密"),
        (False, True, "备份那时的密码和恢复单打不开它"),
        (False, False, "用改过的"),
    ):
        text = said(is_plain=is_plain, has_own_key=own)
        assert "用现在的公司密码打开" in text
        assert words in text


def test_a_backup_that_comes_back_for_a_damaged_file_asks_for_its_own_password(
    window: MainWindow, settle: Settle
) -> None:
    desk = window.desk
    company = desk.company
    assert company is not None
    path, who = company.path, {"actor": "李梅", "today": desk.today}
    add(desk, settle, "销售部")
    locking.encrypt(company, password=PASSWORD, code=CODE, **who)  # type: ignore[arg-type]  # a dict of both
    dialog = BackupsDialog(desk, window)
    settle(desk)
    dialog.make()
    settle(desk)
    dialog.reject()
    locking.decrypt(company, password=PASSWORD, **who)  # type: ignore[arg-type]  # a dict of both
    window.files.close()
    settle(desk)
    (newest, *_) = sorted(path.parent.rglob("*关闭时.kpidesk"))
    newest.unlink()  # only the encrypted one is left
    path.write_bytes(path.read_bytes()[:4096] + bytes(4096))
    window.files.open(window, path)
    settle(desk)
    recovery = cast("RecoveryDialog", window.findChild(RecoveryDialog))
    assert "用做备份时的密码或恢复码打开" in recovery.locked.text()
    recovery.accept_button.click()
    settle(desk)
    asked = cast("OpenDialog", window.findChild(OpenDialog))
    asked._password.set_value(PASSWORD)
    asked.accept_button.click()
    settle(desk)
    assert departments(desk) == ["销售部"]
    assert desk.company is not None
    with desk.company.read() as connection:
        assert audit.last_about(connection, "company", "company.recover") is not None


def listed(window: MainWindow, settle: Settle) -> list[BackupRow]:
    dialog = BackupsDialog(window.desk, window)
    settle(window.desk)
    return list(dialog.model.rows())


def test_a_missed_backup_is_told_above_the_pages_and_waved_off(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    desk = window.desk
    (tmp_path / "绩效考核台备份").write_text("kein Ordner", encoding="utf-8")
    clock = cast("BackupClock", desk.findChild(BackupClock))
    clock.tick()
    settle(desk)
    (text,) = window.notices.texts
    assert text.startswith("自动备份没有成功")
    window.notices._wave("backup")
    assert window.notices.texts == ()


def test_a_damaged_file_is_replaced_by_its_backup_in_two_clicks(
    window: MainWindow, settle: Settle
) -> None:
    desk = window.desk
    assert desk.company is not None
    path = desk.company.path
    add(desk, settle, "销售部")
    window.files.close()
    settle(desk)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    window.files.open(window, path)
    settle(desk)
    dialog = cast("RecoveryDialog", window.findChild(RecoveryDialog))
    assert "最新的一份完好的备份" in dialog.said.text()
    assert "SQLITE" not in dialog.said.text()
    dialog.accept_button.click()
    settle(desk)
    assert departments(desk) == ["销售部"]
    (damaged,) = path.parent.glob("*_损坏_*.kpidesk")
    assert damaged.stat().st_size == len(data)


def test_a_file_that_is_only_looked_at_says_so_and_offers_nothing_that_changes_it(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    desk = window.desk
    other = tmp_path / "别的.kpidesk"
    create_company(other, name="别的公司", actor="王", today=desk.today).close()
    look_at(desk, window, other, window.files._opened)
    settle(desk)
    assert window.windowTitle() == "别的公司（只读） - 绩效考核台"
    assert any(one.startswith("只读") for one in window.notices.texts)
    changing = [one for one in window.menus._for_changes if one.isEnabled()]
    assert changing == []

"""Backups, restoring, recovering and looking only, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.keeping.backup_clock import BackupClock
from kpidesk.ui.keeping.backups import BackupsDialog
from kpidesk.ui.keeping.recovery import RecoveryDialog
from kpidesk.ui.keeping.restore import RestoreDialog
from kpidesk.ui.keeping.trouble import look_at
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import people
from kpidesk.usecases.company import Company, create_company
from kpidesk.usecases.keeping.listing import BackupRow

Settle = Callable[[Desk], None]


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

"""检查更新 takes installers from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpidesk import __version__
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import update
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.window import MainWindow


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("KpiDesk-Setup-1.2.3.exe", (1, 2, 3)),
        ("KpiDesk-10.0-linux-x86_64.tar.gz", (10, 0)),
        ("KpiDesk-Setup-1.2.3 (1).exe", None),
        ("setup.exe", None),
        ("KpiDesk-Setup-.exe", None),
    ],
)
def test_the_version_is_read_from_the_name(name: str, version: tuple[int, ...] | None) -> None:
    assert update.version_of(name) == version


def test_the_newest_counts_as_numbers_not_as_text(tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        (tmp_path / f"KpiDesk-{version}-linux-x86_64.tar.gz").touch()
    (tmp_path / "KpiDesk-Setup-9.9.9.exe").touch()  # for another system
    found = update.newest_in(tmp_path)
    assert found is not None
    assert "0.10.0" in found.name


def test_a_folder_is_remembered_and_what_is_newer_is_offered(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(desk, CompanyFiles(desk, tmp_path / "样例.kpidesk"), PAGES[-1:])
    qtbot.addWidget(window)
    dialog = update.UpdateDialog(window)
    assert not dialog.accept_button.isEnabled()
    dialog._remember(tmp_path)
    assert "没有绩效考核台的安装程序" in dialog._answer.text()
    (tmp_path / "KpiDesk-99.0.0-linux-x86_64.tar.gz").touch()
    dialog.close()
    again = update.UpdateDialog(window)
    assert "有新版本 99.0.0" in again._answer.text()
    assert again.accept_button.isEnabled()
    again._offer(tmp_path / f"KpiDesk-{__version__}-linux-x86_64.tar.gz")
    assert "已经是最新" in again._answer.text()
    assert not again.accept_button.isEnabled()
    again._look_in(tmp_path / "gone")
    assert "打不开" in again._answer.text()
    again.close()

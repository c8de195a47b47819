"""The whole window on the sample company, made once for all that look at every page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.look import Look
from kpidesk.ui.settings_store import SettingsStore
from kpidesk.ui.window import MainWindow
from tests.walk.tour import shows_progress

DAY = date(2026, 1, 20)
SIZE = (1366, 728)
"""What a small screen leaves below the window's title and above the system's bar."""
_PATIENCE = 60.0
_CALM = 0.05
_ROUNDS = 8


@pytest.fixture(scope="session")
def calm(qapp: QApplication) -> Callable[[Desk], None]:
    """Until the worker has answered, and the window has drawn it."""

    def wait(desk: Desk) -> None:
        end, calm = time.monotonic() + _PATIENCE, time.monotonic() + _CALM
        rounds = 0  # one slow answer may last longer than the calm: what it led to is drawn too
        while time.monotonic() < calm or rounds < _ROUNDS:
            qapp.processEvents()
            rounds += 1
            if desk.tasks.pending and not shows_progress():
                calm, rounds = time.monotonic() + _CALM, 0
            assert time.monotonic() < end, "the worker does not come to an end"
            time.sleep(0.002)

    return wait


@pytest.fixture(scope="session")
def window(
    look: Look,
    calm: Callable[[Desk], None],
    whole_sample: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("桌面")
    path = Path(shutil.copy(whole_sample, folder))
    desk = Desk(look, SettingsStore(folder / "settings.ini"), lambda: DAY, folder)
    made = MainWindow(desk, CompanyFiles(desk, folder / "样例.kpidesk"))
    made.resize(*SIZE)
    made.show()
    made.files.open(made, path)
    while desk.company is None:
        calm(desk)
    yield made
    made.close()
    made.deleteLater()

"""Real widgets, a real worker, settings in a temporary file; Qt's warnings fail the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.look import Look
from kpidesk.ui.settings_store import SettingsStore

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    made = Look(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def desk(look: Look, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(look, SettingsStore(tmp_path / "settings.ini"), lambda: TODAY, tmp_path)
    yield made
    made.tasks.close()


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until the worker has answered everything."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: desk.tasks.pending == 0, timeout=20_000)

    return wait

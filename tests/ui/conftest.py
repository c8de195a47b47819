"""Real widgets, a real worker, settings in a temporary file; Qt's warnings fail the test."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.look import Look
from kpidesk.ui.settings_store import SettingsStore
from kpidesk.usecases.company import Company, create_company

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _collect_here(qapp: QApplication) -> Iterator[None]:
    """Garbage is collected between tests, on this thread, as in the program (`Collector`).

    The clipboard without a screen outlives Python: what it holds must not be Python's then.
    """
    gc.disable()
    yield
    qapp.clipboard().clear()
    gc.collect()
    gc.enable()


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
    made.close()


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until the worker has answered everything."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: desk.tasks.pending == 0, timeout=20_000)

    return wait


@pytest.fixture
def company_desk(desk: Desk, settle: Callable[[Desk], None], tmp_path: Path) -> Desk:
    """A desk with a new, empty company file open."""

    def work() -> Company:
        return create_company(
            tmp_path / "星河科技.kpidesk", name="星河科技有限公司", actor="李梅", today=TODAY
        )

    desk.tasks.run(work, lambda company: desk.set_company(company, "李梅"))
    settle(desk)
    return desk


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Type Chinese as an input method does: key events know only Latin letters."""

    def typing(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return typing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says what it cannot do: true, and no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))

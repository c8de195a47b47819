"""A company with open sheets, and the scoring page on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.scoring import ScoringPage
from kpidesk.usecases.company import create_company, open_company
from tests.ui.conftest import TODAY
from tests.ui.scoring.scorer import Scorer, Settle
from tests.ui.scoring.sheets import MANAGERS, fill


@pytest.fixture(scope="session")
def sheets_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company of `sheets`, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("sheets") / "星河科技.kpidesk"
    company = create_company(path, name="星河科技有限公司", actor="李梅", today=TODAY)
    fill(company, today=TODAY)
    company.close()
    return path


@pytest.fixture
def scoring_desk(desk: Desk, settle: Settle, sheets_file: Path, tmp_path: Path) -> Desk:
    """A desk with a copy of the small company open."""
    path = Path(shutil.copy(sheets_file, tmp_path))
    desk.tasks.run(lambda: open_company(path), lambda company: desk.set_company(company, "李梅"))
    settle(desk)
    return desk


@pytest.fixture
def scorer(scoring_desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[Scorer]:
    """The page as it is on the first visit; the first manager's January is open for entry."""
    page = ScoringPage(scoring_desk)
    qtbot.addWidget(page)
    page.resize(1230, 690)
    with qtbot.waitExposed(page):
        page.show()
    made = Scorer(page, settle)
    made.settle()
    made.show(MANAGERS[0])
    yield made
    made.settle()

"""A company with open sheets, and the scoring page on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.scoring import ScoringPage
from tests.ui.scoring.scorer import Scorer, Settle
from tests.ui.scoring.sheets import MANAGERS, fill


@pytest.fixture
def scoring_desk(company_desk: Desk, settle: Settle) -> Desk:
    """A desk with the small company of `sheets` open."""
    company = company_desk.company
    assert company is not None
    company_desk.tasks.run(lambda: fill(company, today=company_desk.today))
    settle(company_desk)
    return company_desk


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

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpidesk.ui.pages.schemes.trial import TrialDialog
from kpidesk.usecases.trials import try_file

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_every_result_of_a_trial_is_listed_and_the_first_is_explained(
    desk: Desk, parent: QWidget
) -> None:
    outcome = try_file(min((CASES / "account-manager-kpi").glob("*.toml")))
    dialog = TrialDialog(desk, parent, outcome)
    dialog.open()
    assert len(dialog.table.model().rows()) == len(outcome.evaluation.results)  # type: ignore[attr-defined]
    first = next(iter(outcome.evaluation.results.values()))
    assert first.title in dialog.why.text()


def test_what_could_not_be_computed_is_said_above(desk: Desk, parent: QWidget) -> None:
    paths = sorted((CASES / "account-manager-kpi").glob("*.toml"))
    outcome = next(
        one for one in map(try_file, paths) if one.evaluation.blocked and one.evaluation.findings
    )
    dialog = TrialDialog(desk, parent, outcome)
    dialog.open()
    assert outcome.evaluation.findings[0].message in dialog.banner.text()

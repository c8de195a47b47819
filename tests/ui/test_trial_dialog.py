from __future__ import annotations

import re
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


def test_what_is_equally_true_of_several_people_is_said_once(desk: Desk, parent: QWidget) -> None:
    outcome = try_file(CASES / "bank-account-manager" / "031-hired-mid-year.toml")
    dialog = TrialDialog(desk, parent, outcome)
    dialog.open()
    said = dialog.banner.text().splitlines()
    assert said[0].startswith("B：“涉农及小微企业贷款业务”")
    assert said[1].startswith("缺少“贷款日均”（2024）")
    assert said[1].endswith("涉及：A、B。")


def test_amounts_are_read_with_their_thousands_set_apart(desk: Desk, parent: QWidget) -> None:
    outcome = try_file(CASES / "client-department" / "001-one-fen-above.toml")
    dialog = TrialDialog(desk, parent, outcome)
    dialog.open()
    dialog.table.select([("A", "base_pay", "2010-03")])
    text = dialog.why.text()
    assert re.search(r"\d,\d{3}(\.\d\d)?元", text)
    assert not re.search(r"\d{4,}(\.\d+)?元", text)

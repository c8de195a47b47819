from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from kpidesk.core.period import Period
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.ui.look import Look
from kpidesk.ui.look.icons import UnknownIconError
from kpidesk.ui.undo import EditCommand
from kpidesk.ui.words import (
    lined_text,
    long_day_text,
    meaning_text,
    number_text,
    percent_text,
    places_of,
    points_text,
    span_text,
)


def test_figures_in_line_have_as_many_decimals_and_are_never_rounded() -> None:
    figures = [Decimal("59.9"), Decimal("41.860"), Decimal(7)]
    places = places_of(figures)
    assert [lined_text(one, places) for one in figures] == ["59.90", "41.86", "7.00"]
    assert lined_text(Decimal("0.125"), 2) == "0.125"
    assert places_of([]) == 0


def test_numbers_read_as_they_are_printed() -> None:
    assert number_text(Decimal("1234.50")) == "1,234.5"
    assert number_text(Decimal(100)) == "100"
    assert number_text(Decimal("1E+3")) == "1,000"
    assert points_text(Decimal("38.125")) == "38.13", "half up, as the rules round"
    assert points_text(None) == "—", "missing is not zero"
    assert percent_text(Decimal("0.953")) == "95.3%"


def test_days_count_the_last_one_in() -> None:
    assert long_day_text(date(2026, 3, 1)) == "2026年3月1日"
    assert span_text(Period(date(2026, 3, 1), date(2027, 3, 1))) == "2026-03-01 至 2027-02-28"


def test_an_icon_that_is_not_there_names_those_that_are(look: Look) -> None:
    assert not look.icon("home").isNull()
    with pytest.raises(UnknownIconError, match=r"no icon 'house'.*home"):
        look.icon("house")


def test_every_page_of_the_navigation_has_its_icon(look: Look) -> None:
    folder = Path(__file__).resolve().parents[2] / "resources" / "icons"
    for name in ("home", "people", "scheme", "contract", "scoring", "results", "settings"):
        text = (folder / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in text, "else it keeps its colour in the dark theme"


@dataclass(frozen=True)
class Draft:
    targets: tuple[str, ...]


@dataclass(frozen=True)
class SetTarget:
    month: int
    text: str
    label: str = "改目标"

    def apply(self, draft: Draft) -> tuple[Draft, SetTarget]:
        before = draft.targets[self.month]
        targets = (*draft.targets[: self.month], self.text, *draft.targets[self.month + 1 :])
        return replace(draft, targets=targets), SetTarget(self.month, before)


def test_an_edit_of_a_draft_is_taken_back_and_made_again(qapp: QApplication) -> None:
    shown = [Draft(("10", "20"))]
    stack = QUndoStack()
    stack.push(EditCommand(SetTarget(1, "25"), lambda: shown[-1], shown.append))
    assert shown[-1].targets == ("10", "25")
    assert stack.undoText() == "改目标"
    stack.undo()
    assert shown[-1].targets == ("10", "20")
    stack.redo()
    assert shown[-1].targets == ("10", "25")


def test_the_meaning_of_a_share_says_its_percent_once() -> None:
    parameters = [one for key in builtin_ids() for one in builtin_scheme(key).parameters]
    said = {one.name: meaning_text(one) for one in parameters}
    assert said["commission_rate"] == "按实收回款计（0.05 即 5%）"
    assert said["service_rate"].endswith("；0.06 即 6%")
    assert all(one.count(" 即 ") <= 1 for one in said.values())

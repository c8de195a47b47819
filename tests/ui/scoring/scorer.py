"""The scoring page as the officer drives it: fields by name, keys, what the file then holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kpidesk.core.facts import FactValue
from kpidesk.core.period import CYCLE
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.pages.scoring import ScoringPage
from kpidesk.ui.pages.scoring.choices import ChoiceListField
from kpidesk.ui.pages.scoring.field import EntryField
from kpidesk.ui.pages.scoring.line import LineField
from kpidesk.ui.pages.scoring.sheet_row import RowView
from kpidesk.usecases import appraisals
from kpidesk.usecases.appraisals import SheetView
from kpidesk.usecases.company import Company

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
Settle = Callable[[Desk], None]


def cursor() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_in(text: str) -> None:
    """Type over what is in the field that has the cursor, and confirm."""
    QTest.keyClicks(cursor(), text)
    QTest.keyClick(cursor(), Qt.Key.Key_Return)


def children(parent: QWidget, kind: type[W]) -> list[W]:
    """All widgets of a kind inside another."""
    return [one for one in cast("list[W]", parent.findChildren(kind)) if isinstance(one, kind)]


@dataclass(frozen=True)
class Scorer:
    """Hands and eyes on one page."""

    page: ScoringPage
    settle_desk: Settle

    def settle(self) -> None:
        """Wait until the worker has answered everything, and what follows from it was shown."""
        self.settle_desk(self.page.desk)
        QTest.qWait(1)
        self.settle_desk(self.page.desk)

    def ask(self, work: Callable[[Company], T]) -> T:
        """Look into the company file."""
        answers: list[T] = []
        self.page.desk.ask(work, answers.append)
        self.settle()
        return answers[0]

    def show(self, name: str) -> None:
        """Open a person's first sheet for entry."""
        rows = self.ask(appraisals.list_appraisals)
        self.page.show_item(next(one.id for one in rows if one.person_name == name))
        self.settle()

    @property
    def view(self) -> SheetView:
        """The sheet in view."""
        assert self.page.pane.view is not None
        return self.page.pane.view

    @property
    def rows(self) -> list[RowView]:
        """Its rows."""
        assert self.page.pane.grid is not None
        return self.page.pane.grid.rows

    @property
    def fields(self) -> list[EntryField]:
        """All fields that ask for something."""
        assert self.page.pane.grid is not None
        return self.page.pane.grid.fields

    def field(self, fact: str, period: str = CYCLE) -> EntryField:
        """A field that asks for something."""
        return next(one for one in self.fields if one.key == (fact, period))

    def line(self, fact: str, period: str = CYCLE) -> LineField:
        """A field to type in."""
        found = self.field(fact, period)
        assert isinstance(found, LineField)
        return found

    def choices(self, fact: str) -> ChoiceListField:
        """A field to choose in."""
        found = self.field(fact)
        assert isinstance(found, ChoiceListField)
        return found

    def stored(self, fact: str, period: str = CYCLE) -> FactValue | None:
        """What the company file holds, read anew."""
        self.settle()
        sheet = self.view.appraisal.id
        entries = self.ask(lambda company: appraisals.load_sheet(company, sheet)).appraisal.entries
        found = [one.value for one in entries if (one.name, one.period) == (fact, period)]
        return found[0] if found else None

    def score(self, indicator: str) -> str:
        """A score as the sheet in view has it; empty when there is none."""
        self.settle()
        result = self.view.sheet.result(f"score.{indicator}")
        return result.text if result else ""

    def fill_in(self) -> None:
        """Everything that the manager's sheet asks for, by keyboard."""
        self.page.pane.focus_first_empty()
        for text in ("76", "200", "235", "5", "6", "8", "9", "12", "2", "1", "24", "0"):
            type_in(text)
        self.settle()

    @property
    def dialog(self) -> Dialog:
        """The dialog that is open."""
        return next(one for one in children(self.page, Dialog) if one.isVisible())

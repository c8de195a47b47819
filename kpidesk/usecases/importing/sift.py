"""Where rows are told apart: those that can be taken, those that are skipped, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from kpidesk.core.errors import InvalidValueError
from kpidesk.exchange.workbook.found import Place, RawValue
from kpidesk.exchange.workbook.values import is_empty
from kpidesk.usecases.importing.plan import Action, Decision, Problem, Way
from kpidesk.usecases.importing.table import Table

T = TypeVar("T")


class Sift:
    """Collects problems and what becomes of each row; knows what the officer has decided."""

    def __init__(self, decisions: Mapping[Place, Decision]) -> None:
        """`decisions` by the cell that had a problem."""
        self.decisions = decisions
        self.problems: list[Problem] = []
        self.general: list[str] = []
        self.notes: list[str] = []
        self.actions: dict[int, Action] = {}
        self._skipped = {place[0] for place, one in decisions.items() if one.way is Way.SKIP}

    def skips(self, row: int) -> bool:
        """Whether the officer leaves a row out."""
        if row in self._skipped:
            self.actions[row] = Action.SKIPPED
            return True
        return False

    def refuse(self, place: Place, message: str, *ways: Way) -> None:
        """Say what is wrong with a cell, and what else than skipping can be done."""
        self.problems.append(Problem(place, message, (*ways, Way.SKIP)))
        self.actions[place[0]] = Action.WRONG

    def decided(self, place: Place, *ways: Way) -> Way | None:
        """Which of some ways was decided for a cell."""
        one = self.decisions.get(place)
        return one.way if one is not None and one.way in ways else None

    def note_action(self, row: int, action: Action) -> None:
        """A row is taken; one of which something is new is new, one with a problem stays wrong."""
        rank = (Action.SAME, Action.CHANGE, Action.NEW, Action.WRONG)
        known = self.actions.get(row, Action.SAME)
        if known in rank and rank.index(action) >= rank.index(known):
            self.actions[row] = action

    def take(
        self, table: Table, row: int, key: str, read: Callable[[RawValue], T], title: str = ""
    ) -> T | None:
        """The value in a cell; None for an empty one or, after saying so, for a wrong one.

        With a `title`, an empty cell is wrong.
        """
        value, place = table.cell(row, key)
        if place in table.sheet.valueless:
            self.refuse(place, "公式没有保存结果，请用 Excel 或 WPS 打开文件，保存一次后再导入")
            return None
        if is_empty(value):
            if title:
                self.refuse(place, f"缺少{title}，请填写")
            return None
        try:
            return read(value)
        except InvalidValueError as problem:
            self.refuse(place, str(problem))
            return None

"""The list of sheets at the left: whose, in what state, filtered by cycle, department and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.scoring.filters import CYCLE_LETTERS, FilterBox
from kpidesk.ui.pages.scoring.spelling import spellings
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, row, search_box
from kpidesk.ui.words import count_text, cycle_text, points_text
from kpidesk.usecases.appraisals import SheetState
from kpidesk.usecases.years import sheets_beside, sheets_of_cycle, sheets_to_score

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.scoring.spelling import Spellings
    from kpidesk.usecases.appraisals import AppraisalRow
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.years import CycleSheets

TONES = {
    SheetState.NOT_STARTED: Tone.NEUTRAL,
    SheetState.SCORING: Tone.WARN,
    SheetState.CHECKING: Tone.WARN,
    SheetState.READY: Tone.ACCENT,
    SheetState.SCORED: Tone.GOOD,
}


class SheetList(QWidget):
    """`chosen` when the cursor moves to another sheet, `opened` when it is to be filled in.

    It holds the sheets of the cycle that is chosen; `cycle_chosen` asks for those of another.
    """

    chosen = Signal(object)
    opened = Signal(object)
    cycle_chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_rows`."""
        super().__init__()
        self._desk = desk
        self._spelt: Spellings = {}
        self._model: RowsModel[AppraisalRow] = RowsModel(_columns(), key=lambda one: one.id)
        self.table: TableView[AppraisalRow] = TableView(desk, self._model, "scoring")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty(
            "还没有评分表",
            "责任书登记签署以后，这里就有每个人的评分表。",
            "去看责任书",
            lambda: desk.go("contracts"),
        )
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda one: self.opened.emit(one.id))
        self._count = label("", "muted")
        self.search = search_box(desk.look, "姓名、拼音首字母", self._search)
        self.cycle: FilterBox[Period] = FilterBox(
            "全部周期", self._choose_cycle, letters=CYCLE_LETTERS
        )
        self.department: FilterBox[str] = FilterBox("全部部门", self._filter)
        self.state: FilterBox[SheetState | frozenset[AppraisalId]] = FilterBox(
            "全部状态", self._filter
        )
        self._only: frozenset[AppraisalId] = frozenset()
        self._loaded: Period | None = None
        self._has_cycle = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addLayout(row(self.cycle, self.department, self.state, spacing=6))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)

    def loading(
        self, beside: AppraisalId | None
    ) -> Callable[[Company], tuple[CycleSheets, Spellings]]:
        """What reads the sheets of the chosen cycle, or of the cycle of `beside`, or all."""
        cycle, has_cycle, today = self.cycle.value, self._has_cycle, self._desk.today

        def work(company: Company) -> tuple[CycleSheets, Spellings]:
            if beside is not None and not (has_cycle and cycle is None):
                return sheets_beside(company, beside), spellings(company)
            if has_cycle:
                return sheets_of_cycle(company, cycle), spellings(company)
            return sheets_to_score(company, today), spellings(company)

        return work

    def show_sheets(self, found: CycleSheets, spelt: Spellings) -> None:
        """Show these sheets; the chosen one and the other filters stay."""
        self._spelt = spelt
        rows, self._loaded = found.rows, found.cycle
        self._has_cycle = self._has_cycle or bool(found.cycles)
        self.cycle.offer([(one, cycle_text(one)) for one in reversed(found.cycles)])
        self.cycle.choose(found.cycle)
        self.department.offer([(name, name) for name in sorted({one.department for one in rows})])
        self._offer_states()
        self._model.show(rows)
        self._filter()

    def show_only(self, ids: Collection[AppraisalId]) -> None:
        """Show these sheets of all cycles and nothing else, until another filter is chosen."""
        self._only = frozenset(ids)
        self._offer_states()
        self._has_cycle = True
        for box in (self.cycle, self.department):
            box.choose(None)
        self.search.clear()
        self.state.choose(self._only or None)
        self._filter()

    def show_state(self, state: SheetState) -> None:
        """Show the sheets of all cycles that are in a state."""
        self._offer_states()
        self._has_cycle = True
        for box in (self.cycle, self.department):
            box.choose(None)
        self.search.clear()
        self.state.choose(state)
        self._filter()

    def _offer_states(self) -> None:
        states: list[tuple[SheetState | frozenset[AppraisalId], str]] = [
            (state, str(state)) for state in SheetState
        ]
        if self._only:
            states.insert(0, (self._only, f"到期待评（{len(self._only)}）"))
        self.state.offer(states)

    def choose(self, appraisal: AppraisalId) -> None:
        """Bring a sheet into view, whatever the filters hide, and choose it."""
        if self._model.find(appraisal) < 0:
            for box in (self.department, self.state):
                box.choose(None)
            self.search.clear()
            self._filter()
        self.table.select([appraisal])

    def step(self, by: int) -> None:
        """Choose the next (1) or the previous (-1) sheet in view."""
        shown = self._model.shown()
        here = self.table.current_row()
        place = (self._model.find(here.id) if here is not None else -1) + by
        if 0 <= place < len(shown):
            self.table.select([shown[place].id])

    def shown_ids(self) -> tuple[AppraisalId, ...]:
        """The sheets in view, from top to bottom."""
        return tuple(one.id for one in self._model.shown())

    def has(self, appraisal: AppraisalId) -> bool:
        """Whether the sheet is among all rows."""
        return any(one.id == appraisal for one in self._model.rows())

    def _choose(self) -> None:
        if rows := self.table.selected_rows():
            self.chosen.emit(rows[0].id)

    def _search(self, text: str) -> None:
        self._model.filter_text(text, self._words)
        self._tell_count()

    def _words(self, one: AppraisalRow) -> str:
        spelt = self._spelt.get(one.person, ())
        return "\n".join((one.person_name, one.person_number, *spelt))

    def _choose_cycle(self) -> None:
        self._has_cycle = True
        if self._loaded is None or self._loaded == self.cycle.value:
            self._filter()
        else:
            self.cycle_chosen.emit()

    def _filter(self) -> None:
        cycle, department, state = self.cycle.value, self.department.value, self.state.value
        self._model.filter_rows(
            lambda one: (
                cycle in (None, one.cycle)
                and department in (None, one.department)
                and (
                    state is None
                    or (one.id in state if isinstance(state, frozenset) else one.state is state)
                )
            )
        )
        self._tell_count()

    def _tell_count(self) -> None:
        shown, every = len(self._model.shown()), len(self._model.rows())
        text = count_text(shown, "张评分表")
        self._count.setText(text if shown == every else f"{text}（共 {every} 张）")


def _columns() -> tuple[Column[AppraisalRow], ...]:
    return (
        Column("name", "姓名", lambda one: one.person_name, width=76, stretch=True),
        Column("cycle", "周期", lambda one: cycle_text(one.cycle), width=90, hidden=True),
        Column("department", "部门", lambda one: one.department, width=100, hidden=True),
        Column(
            "state",
            "状态",
            lambda one: str(one.state),
            tone=lambda one: TONES[one.state],
            width=76,
        ),
        Column(
            "missing",
            "缺",
            lambda one: str(one.missing) if one.missing else "",
            right=True,
            sort=lambda one: one.missing,
            tip=lambda one: f"还缺 {one.missing} 项" if one.missing else "",
            width=42,
        ),
        Column(
            "total",
            "总分",
            lambda one: "" if one.total is None else points_text(one.total),
            right=True,
            sort=lambda one: one.total,
            width=62,
        ),
        Column("grade", "等级", lambda one: one.grade, width=50),
    )

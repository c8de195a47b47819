"""The list of results with its filters and the spread of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.review.ranking import Rank, ranked
from kpidesk.ui.pages.results.columns import result_columns
from kpidesk.ui.pages.results.distribution import GradeBar
from kpidesk.ui.pages.scoring.filters import CYCLE_LETTERS, FilterBox
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import label, row, search_box
from kpidesk.ui.words import count_text, cycle_text
from kpidesk.usecases.whereabouts import Where, is_there

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.period import Period
    from kpidesk.core.review.guideline import Guide
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.scoring.spelling import Spellings
    from kpidesk.usecases.results import ResultRow
    from kpidesk.usecases.years import YearResults


class ResultList(QWidget):
    """`chosen` when the cursor is on another person.

    It holds the results of the year that is chosen; `year_chosen` asks for those of another.
    """

    chosen = Signal(object)
    told = Signal()
    """Other results are in view, or chosen."""
    year_chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_rows`."""
        super().__init__()
        self._order: Sequence[str] = ()
        self._spelt: Spellings = {}
        self._guides: tuple[Guide, ...] = ()
        self._ranks: dict[AppraisalId, Rank] = {}
        columns = result_columns(lambda: desk.today, lambda one: self._ranks.get(one.id))
        self.model: RowsModel[ResultRow] = RowsModel(columns, key=lambda one: one.id)
        self.table: TableView[ResultRow] = TableView(desk, self.model, "results")
        self.table.set_empty(
            "还没有结果",
            "评分表填齐以后，总分和等级会出现在这里。",
            "去评分",
            lambda: desk.go("scoring"),
        )
        self.table.chosen.connect(self._choose)
        self.bar = GradeBar(desk.look)
        self._count = label("", "muted")
        self.search = search_box(desk.look, "姓名、拼音、部门、方案", self._search)
        self.year: FilterBox[Period] = FilterBox("全部年度", self.year_chosen.emit)
        self.has_year = False
        """Whether a year was chosen, or all: by the officer, or as what one begins with."""
        self.cycle: FilterBox[Period] = FilterBox("全部周期", self._filter, letters=CYCLE_LETTERS)
        self.department: FilterBox[str] = FilterBox("全部部门", self._filter)
        self.where: FilterBox[Where] = FilterBox("全部进度", self._filter)
        self.where.offer([(one, one.value) for one in Where])
        self.where.setToolTip("已关闭的周期，只在“全部进度”和“已关闭”里列出")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.search, self.where, spacing=6))
        layout.addLayout(row(self.year, self.cycle, self.department, spacing=6))
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)

    def show_rows(
        self,
        found: YearResults,
        order: Sequence[str],
        spelt: Spellings,
        guides: tuple[Guide, ...] = (),
    ) -> None:
        """Show these results; `order` names the grades from the best down."""
        self._order, self._spelt, self._guides = order, spelt, guides
        rows = found.rows
        self.has_year = self.has_year or bool(found.years)
        self.year.offer([(one, cycle_text(one)) for one in found.years])
        self.year.choose(found.year)
        cycles = sorted({one.cycle for one in rows}, key=lambda one: (one.start, one.end))
        self.cycle.offer([(one, cycle_text(one)) for one in reversed(cycles)])
        self.department.offer([(name, name) for name in sorted({one.department for one in rows})])
        self.model.show(rows)
        self._filter()

    @property
    def order(self) -> Sequence[str]:
        """The names of all grades from the best down."""
        return self._order

    def selected(self) -> list[ResultRow]:
        """The chosen results, from top to bottom."""
        return self.table.selected_rows()

    def shown(self) -> tuple[ResultRow, ...]:
        """The results in view."""
        return self.model.shown()

    def choose(self, appraisal: AppraisalId) -> None:
        """Bring a result into view, whatever the filters hide, and choose it."""
        if self.model.find(appraisal) < 0:
            self.cycle.choose(None)
            self.department.choose(None)
            self.where.choose(None)
            self.search.clear()
            self._filter()
        self.table.select([appraisal])

    def _choose(self) -> None:
        if rows := self.table.selected_rows():
            self.chosen.emit(rows[0].id)
        self.told.emit()

    def _search(self, text: str) -> None:
        self.model.filter_text(text, self._words)
        self._tell()

    def _words(self, one: ResultRow) -> str:
        spelt = self._spelt.get(one.person, ())
        shown = (one.person_name, one.person_number, one.department, one.scheme_title, one.grade)
        return "\n".join((*shown, *spelt))

    def show_where(self, where: Where) -> None:
        """Show the results of all years that stand at a place, and nothing else."""
        self.has_year = True
        self.year.choose(None)
        self.cycle.choose(None)
        self.department.choose(None)
        self.search.clear()
        self.where.choose(where)
        self._filter()

    def _filter(self) -> None:
        cycle, department, where = self.cycle.value, self.department.value, self.where.value

        def keeps(one: ResultRow) -> bool:
            return (
                cycle in (None, one.cycle)
                and department in (None, one.department)
                and (where is None or is_there(one, where))
            )

        self._rank([one for one in self.model.rows() if keeps(one)])
        self.model.filter_rows(keeps)
        self._tell()

    def _rank(self, rows: Sequence[ResultRow]) -> None:
        """Rank those of one cycle and scheme: other totals are out of other points."""
        groups: dict[tuple[Period, str], dict[AppraisalId, Decimal]] = {}
        for one in rows:
            if (total := one.final_total) is not None:
                groups.setdefault((one.cycle, one.scheme_title), {})[one.id] = total
        self._ranks = {key: rank for one in groups.values() for key, rank in ranked(one).items()}

    def _tell(self) -> None:
        shown, every = self.model.shown(), len(self.model.rows())
        text = count_text(len(shown), "份结果")
        self._count.setText(text if len(shown) == every else f"{text}（共 {every} 份）")
        self.bar.show_grades([one.final_grade for one in shown], self._order, self._guides)
        apart = [one.text for one in self.bar.departures]
        hints = ("无等级的，是所用方案没有划分等级；经过校准的按校准后的等级", *apart)
        self.bar.setToolTip(plain_tip("\n".join(hints)) if hints else "")
        self.bar.setVisible(bool(self.bar.parts))
        self.told.emit()

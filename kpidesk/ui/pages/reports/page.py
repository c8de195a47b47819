"""报表: the charts at the left, the same figures as a table at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from kpidesk.core.chart import Chart
from kpidesk.core.standings import compared, narrowed, ranking
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.papers import PAPERS, PapersMenu
from kpidesk.ui.pages.papers.wanted import Chosen
from kpidesk.ui.pages.reports.chart_view import ChartView
from kpidesk.ui.pages.reports.rows import Line, empty_columns, line_columns, lines_of
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.widgets import column, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.yearbook import charts
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.yearbook.scope import Scope

if TYPE_CHECKING:
    from kpidesk.core.annual import Annual
    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk

_CHARTS = tuple(Chart)
_LEFT, _RIGHT = 550, 520
_COMPANY = ("", "")
_COMPARED = (Chart.RANKING, Chart.DEPARTMENTS)
"""Tables in which those who are chosen are marked among the others."""
_WHY_NOT = "这一年还没有已定分的结果。\n到“评分”录入并定分以后，这里就有图和表。"
_TOO_LITTLE = "这个范围里没有可以画的数据。请换一个方案、范围或年度。"


class ReportsPage(Page):
    """Year, whom, and which chart: three choices, then everything follows.

    `show_item` takes ("person", number) or ("department", name).
    """

    title = "报表"
    subtitle = "公司、部门和个人的一年：走势、分布、各维度、排名，图可以复制、保存、打印"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """Loads the latest year with results."""
        super().__init__(desk)
        self._record: Annual | None = None
        self._asked = 0
        self._wanted: tuple[str, str] | None = None
        self.year: ChoiceField[Period] = ChoiceField("年度", [], required=True)
        self.whom: ChoiceField[tuple[str, str]] = ChoiceField(
            "范围（可输入部门或姓名查找）", [], required=True, searchable=True
        )
        self.scheme: ChoiceField[str] = ChoiceField("方案", [])
        self.year.setFixedWidth(150)
        self.whom.setMinimumWidth(240)
        self.scheme.setMinimumWidth(260)
        self.sections = ChoiceBar(*map(str, _CHARTS))
        self.chart = ChartView(desk)
        self._models: list[RowsModel[Line]] = []
        self.tables = QStackedWidget()
        for one in _CHARTS:
            model: RowsModel[Line] = RowsModel(line_columns(one), key=lambda line: line.key)
            table: TableView[Line] = TableView(desk, model, f"report-{one.name.lower()}")
            table.set_empty("没有数据", "换一个年度、范围或方案。")
            self._models.append(model)
            self.tables.addWidget(table)
        self.papers = PapersMenu(desk, self, (Paper.ANNUAL, Paper.APPROVAL), self._chosen)
        self.tools.addWidget(self.papers.button)
        desk.only_if(PAPERS, self.papers.button)
        self._build()
        self.year.changed.connect(self._load)
        self.whom.changed.connect(self._show)
        self.scheme.changed.connect(self._draw)
        self.sections.chosen.connect(self._switch)

    def _build(self) -> None:
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.chart)
        right = QWidget()
        right.setLayout(column(self.tables))
        halves.addWidget(right)
        halves.setStretchFactor(0, 1)
        halves.setSizes([_LEFT, _RIGHT])
        self.desk.settings.follow_splitter("reports", halves)
        self.body.addLayout(row(self.year, self.whom, self.scheme, None, spacing=12))
        self.body.addLayout(row(self.sections, None))
        self.body.addWidget(halves, 1)

    # --- what a page does

    def refresh(self) -> None:
        """Load the years, then the year that is chosen."""
        self.desk.ask(charts.report_years, self._offer, owner=self)

    def concerns(self, changes: object) -> bool:
        """Recorded scores, and the contracts that name people and schemes."""
        concerned = Changes.APPRAISALS | Changes.CONTRACTS
        return isinstance(changes, Changes) and bool(changes & concerned)

    def show_item(self, what: object) -> None:
        """A person by number, or a department by name."""
        match what:
            case ("person" | "department" as kind, str(name)):
                self._wanted = (kind, name)
                self._choose_wanted()
            case _:
                pass

    def _chosen(self) -> Chosen:
        """The year that a document of the menu is proposed for."""
        return Chosen(period=self._record.year if self._record else None)

    # --- loading

    def _offer(self, found: charts.Years) -> None:
        known = bool(self.year.raw())
        self.year.blockSignals(True)
        self.year.set_options([(one, cycle_text(one)) for one in found.periods])
        if not known:
            self.year.set_value(found.usual)
        self.year.blockSignals(False)
        if found.periods:
            self._load()
        else:
            self._record = None
            self.chart.show_chart(b"", "", _WHY_NOT)

    @Slot()
    def _load(self) -> None:
        """The whole company's year once; departments and people are parts of it."""
        year = self.year.value()
        if year is None:
            return
        self._asked += 1
        asked, scope = self._asked, Scope(year, today=self.desk.today)

        def loaded(record: Annual | None) -> None:
            if asked == self._asked and record is not None:
                self._record = record
                self.banner.say("")
                self._offer_whom(record)

        def failed(problem: Exception) -> None:
            if asked == self._asked:
                self._record = None
                self.chart.show_chart(b"", "", message_of(problem))
                for model in self._models:
                    model.show([])

        self.desk.ask(
            lambda company: charts.report_year(company, scope), loaded, failed, owner=self
        )

    def _offer_whom(self, record: Annual) -> None:
        names = dict.fromkeys(one.department for one in record.everybody)
        people = {one.number: one for one in record.everybody}
        options = [(_COMPANY, self._whole)]
        options += [(("department", name), f"部门　{name}") for name in names]
        options += [
            (("person", number), f"{one.name}　{number}　{one.department}")
            for number, one in people.items()
        ]
        self.whom.blockSignals(True)
        self.whom.set_options(options)
        if not self.whom.raw():
            self.whom.set_value(_COMPANY)
        self.whom.blockSignals(False)
        self._choose_wanted()
        self._show()

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self._record is not None:
            self.whom.set_value(self._wanted)
            self._wanted = None
            self._show()

    # --- showing

    @property
    def record(self) -> Annual | None:
        """The year of those who are chosen."""
        if self._record is None:
            return None
        try:
            kind, name = self.whom.value() or _COMPANY
        except ValueError:  # a name is being typed
            return None
        return narrowed(
            self._record,
            department=name if kind == "department" else "",
            number=name if kind == "person" else "",
        )

    @property
    def about(self) -> str:
        """Whom the charts are about, in words."""
        record = self.record
        if record is None or record.department or not record.members:
            return record.department if record else ""
        kind, _ = self.whom.value() or _COMPANY
        return record.members[0].name if kind == "person" else self._whole

    @property
    def _whole(self) -> str:
        """Everybody whom one sees, in a word."""
        return self._record.whole if self._record is not None else ""

    @Slot()
    def _show(self) -> None:
        record = self.record
        if record is None:
            return
        self.scheme.blockSignals(True)
        self.scheme.set_options([(one, one) for one in record.schemes])
        self.scheme.blockSignals(False)
        self._switch(self.sections.current)

    @Slot(int)
    def _switch(self, section: int) -> None:
        self.tables.setCurrentIndex(section)
        self.scheme.setVisible(_CHARTS[section].is_of_scheme)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        record, chart = self.record, _CHARTS[self.sections.current]
        if record is None:
            return
        scheme, about = self.scheme.value() or "", _about(record, chart, self.about, self._whole)
        lines = lines_of(record, chart, scheme)
        self._models[self.sections.current].show(lines)
        table = cast("TableView[Line]", self.tables.currentWidget())
        for number, is_empty in empty_columns(record, chart).items():
            table.setColumnHidden(number, is_empty)
        mine = {one.number for one in record.members} | {record.department}
        if chart in _COMPARED and record.members != record.everybody:
            table.select([one.key for one in lines if one.whose in mine])
        self._asked += 1
        asked = self._asked
        title = f"{chart} {scheme if chart.is_of_scheme else ''} {about} {cycle_text(record.year)}"
        why_not = _TOO_LITTLE if record.rated else _WHY_NOT

        def show(pdf: bytes) -> None:
            if asked == self._asked:
                self.chart.show_chart(pdf, " ".join(title.split()), why_not)

        self.desk.tasks.run(
            lambda: charts.chart_pdf(record, chart, about=about, scheme=scheme), show, owner=self
        )


def _about(record: Annual, chart: Chart, whom: str, whole: str) -> str:
    """Whom a chart is about: what is compared with everybody says so."""
    match chart:
        case Chart.DEPARTMENTS:
            return whole
        case Chart.RANKING if len(numbers := {one.number for one in record.members}) == 1:
            mine = [one.place for one in ranking(compared(record)) if one.member.number in numbers]
            return f"{whole}（{whom}第 {mine[0]} 名）" if mine else whole
        case _:
            return whom

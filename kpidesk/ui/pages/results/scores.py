"""Scores by indicator, and below them why the chosen one is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kpidesk.core.calibrated import calibrated_total
from kpidesk.core.explain import show
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.why import WhyPanel
from kpidesk.ui.table import Column, RowsModel, TableView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpidesk.core.results import Result
    from kpidesk.core.review.steps import Calibrated
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetView

_TABLE_HEIGHT, _WHY_HEIGHT = 270, 300


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A line of the table; `is_sum` for the total and the grade."""

    name: str
    title: str
    about: str
    worth: str
    result: Result | None
    is_sum: bool = False
    reason: str = ""
    exempt: str = ""


def score_lines(view: SheetView) -> Iterator[ScoreLine]:
    """Total and grade first, then every indicator in printed order."""
    sheet = view.sheet
    if (moved := view.calibrated) is not None:
        yield from _calibrated(moved, sheet.total)
    yield ScoreLine("total", "总分", "", "", sheet.total, is_sum=True)
    if sheet.grade is not None:
        yield ScoreLine("grade", "等级", "", "", sheet.grade, is_sum=True)
    for row in sheet.rows:
        stages = () if row.fields else row.stages
        for stage in stages:
            title = f"{row.indicator.name}（{stage.period}）"
            yield ScoreLine(f"{stage.name} {stage.period}", title, " / ".join(row.path), "", stage)
        if stages:
            continue
        made = row.override
        yield ScoreLine(
            f"score.{row.indicator.name}",
            row.indicator.name,
            " / ".join(row.path),
            row.worth,
            row.score,
            reason=f"改写理由：{made.reason}" if made else "",
            exempt=row.exemption.text if row.exemption else "",
        )


def _calibrated(moved: Calibrated, total: Result | None) -> Iterator[ScoreLine]:
    """What the result was calibrated to, above what was recorded."""
    why = f"校准：{moved.reason}"
    basis = total.derivation if total else None
    if moved.total != moved.new_total and total is not None and basis is not None:
        figure = calibrated_total(basis, moved.new_total, moved.origin).rounded(2)
        result = total._replace(value=figure)
        yield ScoreLine("calibrated", "校准后总分", why, "", result, is_sum=True, reason=why)
    if moved.grade != moved.new_grade and total is not None:
        said = total._replace(name="grade", value=moved.new_grade, basis=None)
        yield ScoreLine("calibrated_grade", "校准后等级", why, "", said, is_sum=True, reason=why)


class ScoresView(QWidget):
    """The number under the cursor is explained at once."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._scheme: Scheme | None = None
        self._model: RowsModel[ScoreLine] = RowsModel(_columns(), key=lambda one: one.name)
        self.table: TableView[ScoreLine] = TableView(desk, self._model, "result-scores")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.chosen.connect(self._explain)
        self.why = WhyPanel(desk, closable=False)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(self.table)
        halves.addWidget(self.why)
        halves.setSizes([_TABLE_HEIGHT, _WHY_HEIGHT])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves)

    def show_view(self, view: SheetView) -> None:
        """Show a sheet's scores; the total is explained first."""
        self._scheme = view.scheme
        self._model.show(tuple(score_lines(view)))
        if not self.table.selected_rows():
            self.table.select(["calibrated" if view.calibrated else "total"])
        self._explain()

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        result = rows[0].result if rows else None
        if result is None or self._scheme is None:
            self.why.clear()
        else:
            title = rows[0].title if rows[0].is_sum else f"{rows[0].title}得分"
            self.why.show_result(result, self._scheme, title)


def _mark(one: ScoreLine) -> str:
    if one.is_sum and one.reason:
        return "校"
    return "免" if one.exempt else "改" if one.reason else ""


def _tone(one: ScoreLine) -> Tone | None:
    return Tone.ACCENT if one.exempt else Tone.WARN if one.reason else None


def _columns() -> tuple[Column[ScoreLine], ...]:
    return (
        Column(
            "title",
            "指标",
            lambda one: one.title,
            bold=lambda one: one.is_sum,
            tip=lambda one: one.about,
            stretch=True,
        ),
        Column("about", "维度", lambda one: one.about, width=96),
        Column("worth", "分值", lambda one: one.worth, right=True, width=64),
        Column(
            "score",
            "得分",
            lambda one: one.result.text if one.result else "",
            right=True,
            bold=lambda _: True,
            width=76,
        ),
        Column(
            "mended",
            "",
            _mark,
            tone=_tone,
            tip=lambda one: one.reason or one.exempt,
            width=52,
        ),
    )


def full_text(view: SheetView) -> str:
    """满分 85 分: what the points could have added to; empty for weighted scores."""
    full = view.sheet.result("full_points")
    figure = full.derivation if full else None
    return f"满分 {show(figure.value)} 分" if figure is not None else ""

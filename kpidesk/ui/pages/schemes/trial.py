"""试算: what a scheme gives for the figures of a file, each result with its why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from kpidesk.core.findings import Effect, shared
from kpidesk.core.period import CYCLE
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.files import choose_file, file_name, save_pdf, write_whole
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.why import WhyPanel
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label, push_button, row
from kpidesk.usecases import trials

if TYPE_CHECKING:
    from kpidesk.core.findings import Finding
    from kpidesk.core.results import Result
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.trials import TrialOutcome

_SUBJECTS = {"team": "全团队", CYCLE: "考核周期"}
_TABLE_WIDTH, _WHY_WIDTH, _HEIGHT = 470, 430, 400
_MOST_SAID = 3


def try_a_file(desk: Desk, parent: QWidget) -> None:
    """Ask for a trial file, compute it on the worker, show the results."""

    def chosen(path: Path) -> None:
        desk.tasks.run(
            lambda: trials.try_file(path),
            lambda outcome: TrialDialog(desk, parent, outcome).open(),
            owner=parent,
        )

    choose_file(
        parent, "选择试算文件", desk.documents / "x", "试算文件 (*.toml)", chosen, to_save=False
    )


def save_blank(desk: Desk, parent: QWidget, scheme: Scheme) -> None:
    """Ask where, and write a trial file to fill in for a scheme."""

    def chosen(path: Path) -> None:
        text = trials.blank_trial(scheme, desk.today)
        desk.tasks.run(
            lambda: write_whole(path, text),
            lambda _: desk.tell(f"已保存到 {path}；用记事本打开填写，再点“打开试算文件…”"),
            owner=parent,
        )

    start = desk.documents / f"{file_name(f'试算 {scheme.title}')}.toml"
    choose_file(parent, "保存空白试算文件", start, "试算文件 (*.toml)", chosen, to_save=True)


class TrialDialog(Dialog):
    """Results at the left, why at the right; what is missing or doubtful above."""

    chapter = "试算：拿几个数先算算看"

    def __init__(self, desk: Desk, parent: QWidget, outcome: TrialOutcome) -> None:
        """The first result is explained at once."""
        super().__init__(parent, f"试算 — {outcome.trial.title}", width=_TABLE_WIDTH + _WHY_WIDTH)
        self._desk, self._outcome = desk, outcome
        self._model: RowsModel[Result] = RowsModel(
            _columns(), key=lambda one: (one.subject, one.name, one.period)
        )
        self.table: TableView[Result] = TableView(desk, self._model, "trial-results")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.chosen.connect(self._explain)
        self.why = WhyPanel(desk, closable=False)
        self.banner = Banner(desk.look)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(self.table)
        halves.addWidget(self.why)
        halves.setSizes([_TABLE_WIDTH, _WHY_WIDTH])
        halves.setMinimumHeight(_HEIGHT)
        save = push_button(desk.look, "另存为 PDF…", self._save, icon="pdf")
        about = label(f"方案：{outcome.scheme.title}", "muted", wrap=True)
        self.body.addLayout(row(about, None, save))
        self.body.addWidget(self.banner)
        self.body.addWidget(halves, 1)
        self.add_buttons("关闭", reject="")
        self._show()
        self.resize(self.minimumWidth(), self.heightForWidth(self.minimumWidth()))

    def _show(self) -> None:
        evaluation = self._outcome.evaluation
        findings = shared(evaluation.findings)
        serious = [one for one in findings if one.effect is not Effect.WARNS]
        said = serious or [one for one in findings if one.effect is Effect.WARNS]
        messages = list(dict.fromkeys(map(_told, said)))
        if len(messages) > _MOST_SAID:
            rest = f"另有 {len(messages) - _MOST_SAID} 条，见 PDF。"
            messages = [*messages[:_MOST_SAID], rest]
        self.banner.say("\n".join(messages), Tone.WARN if serious else Tone.NEUTRAL)
        self._model.show(tuple(evaluation.results.values()))
        if self._model.rows():
            first = self._model.rows()[0]
            self.table.select([(first.subject, first.name, first.period)])

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            self.why.show_result(rows[0], self._outcome.scheme, rows[0].title)
        else:
            self.why.clear()

    def _save(self) -> None:
        outcome = self._outcome
        name = f"试算结果 {outcome.trial.title}"
        save_pdf(self._desk, self, name, lambda _: trials.trial_pdf(outcome))


def _told(finding: Finding) -> str:
    """A finding with whom it is about."""
    who = f"{_SUBJECTS.get(finding.subject, finding.subject)}：" if finding.subject else ""
    return f"{who}{finding.message}"


def _columns() -> tuple[Column[Result], ...]:
    return (
        Column("subject", "对象", lambda one: _SUBJECTS.get(one.subject, one.subject), width=76),
        Column("title", "结果", lambda one: one.title, tip=lambda one: one.name, stretch=True),
        Column(
            "period", "期间", lambda one: "全周期" if one.period == CYCLE else one.period, width=84
        ),
        Column("value", "数值", lambda one: one.shown, right=True, bold=lambda _: True, width=120),
    )

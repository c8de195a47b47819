"""The first step: what is imported, where to, and from which file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from kpidesk.core.period import add_months
from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.importing.words import KINDS, MISSING
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Banner, column, label, push_button, row
from kpidesk.usecases import importing
from kpidesk.usecases.importing import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.importing import Destination
    from kpidesk.usecases.targets import PlanKey

_TABLES = "表格文件 (*.xlsx *.xlsm *.xls *.csv *.txt)"
_HINT = (
    "可以导入 Excel 和 WPS 的表格（.xlsx、.xls），以及 .csv 文本。"
    "列的顺序和标题随意，下一步再对应；先下载模板，照着填也可以。\n"
    "文件只读不改。导入前会自动备份；要么全部导入，要么一行也不导入。"
)
_LINE = 34


class SourceStep(QWidget):
    """`changed` when something else is chosen, `chosen` when a file was."""

    changed = Signal()
    chosen = Signal(Path)

    def __init__(self, desk: Desk, kind: Kind, plan: PlanKey | None = None) -> None:
        """`kind` is chosen already, and of targets the plan."""
        super().__init__()
        self._plan = plan
        self._desk = desk
        self._destinations: Sequence[Destination] = ()
        self.kind = _box("导入什么", list(KINDS.values()))
        self.kind.setCurrentIndex(list(KINDS).index(kind))
        self.into = _box("导入到", [])
        self.path = label("还没有选择文件", "muted", wrap=True)
        self.banner = Banner(desk.look)
        self.choose = push_button(desk.look, "选择文件…", self._ask_file, icon="folder-open")
        self.template = push_button(desk.look, "下载模板…", self._ask_template, icon="export")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        lines: tuple[tuple[str, QWidget], ...] = (("导入什么", self.kind), ("导入到", self.into))
        for number, (text, widget) in enumerate(lines):
            name = label(text)
            name.setBuddy(widget)
            grid.addWidget(name, number, 0)
            grid.addWidget(widget, number, 1)
        grid.addWidget(label("文件"), 2, 0)
        grid.addLayout(row(self.choose, self.template, None, spacing=8), 2, 1)
        grid.addWidget(self.path, 3, 1)
        grid.setColumnStretch(1, 1)
        self.setLayout(
            column(label(_HINT, "muted", wrap=True), grid, self.banner, None, spacing=16)
        )
        self.kind.currentIndexChanged.connect(self._load)
        self.into.currentIndexChanged.connect(self.changed)
        self._load()

    @property
    def destination(self) -> Destination | None:
        """Where to; None where there is nothing yet."""
        place = self.into.currentIndex()
        return self._destinations[place] if 0 <= place < len(self._destinations) else None

    def show_file(self, path: Path | None, problem: str = "") -> None:
        """Name the file that was read, or say why it could not be."""
        self.path.setText(str(path) if path else "还没有选择文件")
        self.banner.say(problem, Tone.BAD)

    def say(self, problem: str) -> None:
        """Say what is missing."""
        self.banner.say(problem, Tone.WARN)

    def _load(self) -> None:
        kind = list(KINDS)[self.kind.currentIndex()]

        def show(found: tuple[Destination, ...]) -> None:
            self._destinations = found
            self.into.clear()
            self.into.addItems([one.title for one in found])
            self.into.setCurrentIndex(self._likely(found))
            self.into.setEnabled(len(found) > 1)
            self.template.setEnabled(bool(found))
            self.banner.say("" if found else MISSING.get(kind, ""), Tone.WARN)
            self.changed.emit()

        today = self._desk.today
        self._desk.ask(
            lambda company: importing.list_destinations(company, kind, today=today),
            show,
            owner=self,
        )

    def _likely(self, found: Sequence[Destination]) -> int:
        """Where the plan is that one comes from; else the latest of which a month is over."""
        if (plan := self._plan) is None:
            return _usual(found, self._desk.today)
        of_plan = (
            number
            for number, one in enumerate(found)
            if one.plan is not None and replace(one.plan, fact=plan.fact) == plan
        )
        return next(of_plan, 0)

    def _ask_file(self) -> None:
        start = self._desk.documents / "x"
        choose_file(self, "选择要导入的文件", start, _TABLES, self.chosen.emit, to_save=False)

    def _ask_template(self) -> None:
        into = self.destination
        if into is None:
            return

        def write(path: Path) -> None:
            def work(company: Company) -> None:
                write_whole(path, importing.template(company, into))

            self._desk.ask(work, lambda _: self._desk.tell(f"模板已保存到 {path}"), owner=self)

        name = file_name(f"导入模板 {KINDS[into.kind].split('（')[0]}")
        start = self._desk.documents / f"{name}.xlsx"
        choose_file(self, "保存模板", start, "Excel 工作簿 (*.xlsx)", write, to_save=True)


def _usual(found: Sequence[Destination], today: date) -> int:
    """The latest cycle of which a month is over: what comes after it has nothing to be entered."""
    months_over = (
        number
        for number, one in enumerate(found)
        if one.kind is not Kind.TARGETS and one.cycle and add_months(one.cycle.start, 1) <= today
    )
    return next(months_over, 0)


def _box(name: str, texts: list[str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems(texts)
    made.setMinimumHeight(_LINE)
    made.setMinimumContentsLength(30)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made

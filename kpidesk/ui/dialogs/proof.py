"""检查数据库: from the pages of the file to every record; what can be mended is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QSplitter

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label, push_button, row
from kpidesk.usecases import inspecting
from kpidesk.usecases.inspecting import State, Step
from kpidesk.usecases.inspection_report import WORDS, report_pdf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.inspecting import Inspection

_ADVICE = (
    "请不要删除或继续使用这个文件。把报告打印或另存下来，连同文件一起留存备查，"
    "再到“备份与恢复”里用改动之前的备份核对；打印件可以与手里的纸质件比较。"
)
_SIZE = QSize(860, 560)
_TONES = {State.GOOD: Tone.GOOD, State.NOTE: Tone.WARN, State.BAD: Tone.BAD}


class ProofDialog(Dialog):
    """What was looked at step by step, and everything in it that is not as it should be."""

    chapter = "检查数据库"

    def __init__(self, desk: Desk, parent: QWidget, found: Inspection) -> None:
        """Read only, but for what may be mended."""
        super().__init__(parent, "检查数据库", width=_SIZE.width())
        self._desk, self._behind, self._found = desk, parent, found
        self.said = Banner(desk.look)
        self.said.say(*_verdict(found))
        self.model: RowsModel[Step] = RowsModel(_columns(), key=lambda one: one.name)
        self.table: TableView[Step] = TableView(desk, self.model, "inspection")
        self.table.setAccessibleName("检查的内容")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("没有检查", "")
        self.table.chosen.connect(self._tell)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName("详细情况")
        look = desk.look
        self.print_button = push_button(look, "打印或另存报告…", self._print, icon="print")
        self.mend_button = push_button(look, "修复…", self._mend)
        for button in (self.print_button, self.mend_button):
            button.setAutoDefault(False)
        self.mend_button.setVisible(bool(found.mends) and found.is_sound)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.told)
        halves.setSizes([500, 320])
        self.body.addWidget(self.said)
        self.body.addWidget(halves, 1)
        self.body.addWidget(label(f"审计号 {found.head}，检查时间 {found.at}", "muted"))
        self.body.addLayout(row(self.print_button, self.mend_button, None))
        self.add_buttons("知道了", reject="")
        self.resize(_SIZE)
        self.model.show(found.steps)
        worst = next((one for one in found.steps if one.state is not State.GOOD), None)
        if worst is not None:
            self.table.select([worst.name])
        self._tell()

    def _tell(self) -> None:
        chosen = self.table.current_row()
        self.told.setPlainText("" if chosen is None else "\n".join((chosen.said, *chosen.details)))

    def _print(self) -> None:
        from kpidesk.ui.pages.scoring.document import DocumentDialog

        found = self._found
        title = f"数据库检查报告 {found.at.replace(':', '')}"
        DocumentDialog(self._desk, self, title, lambda company: report_pdf(company, found)).open()

    def _look_again(self, _: object) -> None:
        self.accept()
        verify(self._desk, self._behind)

    def _mend(self) -> None:
        from kpidesk.ui.dialogs.messages import confirm

        desk, mends = self._desk, self._found.mends
        listed = "\n".join(f"· {one.value}" for one in mends)
        actor, today = desk.officer, desk.today

        def act() -> None:
            desk.act_long(
                "修复数据库",
                lambda company, _: inspecting.mend(company, mends, actor=actor, today=today),
                self._look_again,
            )

        confirm(
            desk,
            self,
            title="修复数据库？",
            text=f"将进行：\n{listed}\n\n您录入的内容一个字都不改；修复前先自动备份，修复记入操作日志。",
            action="修复",
            then=act,
        )


def _verdict(found: Inspection) -> tuple[str, Tone]:
    if not found.is_sound:
        bad = sum(one.state is State.BAD for one in found.steps)
        return f"发现问题：{bad} 项检查没有通过。{_ADVICE}", Tone.BAD
    if found.mends:
        return "您录入的内容全部完好；有些由程序生成的东西可以修复。", Tone.WARN
    return "全部完好：与录入、打印、签署、定分和结算时存档的一字不差。", Tone.GOOD


def _columns() -> tuple[Column[Step], ...]:
    return (
        Column("name", "检查的内容", lambda one: one.name, width=160),
        Column(
            "state",
            "结果",
            lambda one: WORDS[one.state],
            tone=lambda one: _TONES[one.state],
            width=90,
        ),
        Column("said", "说明", lambda one: one.said, stretch=True, tip=lambda one: one.said),
    )


def verify(desk: Desk, parent: QWidget) -> None:
    """Look at everything on the worker, then say what was found."""

    def show(found: Inspection) -> None:
        if found.cancelled:
            desk.tell("检查已取消")
            return
        ProofDialog(desk, parent, found).open()

    desk.act_long(
        "检查数据库",
        lambda company, progress: inspecting.inspect(company, progress=progress),
        show,
    )

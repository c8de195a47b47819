"""离职人员信息: who left, until when what is known of them is kept, and taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.retention.forms import ask_period, ask_reason
from kpidesk.ui.retention.words import held_lines, period_text, state_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label, push_button, row
from kpidesk.ui.words import day_text
from kpidesk.usecases.keeping.listing import list_backups
from kpidesk.usecases.retention import Left, LeftRow, list_left

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company

_SIZE = QSize(960, 620)
_ABOUT = (
    "离职满保存期限后，可以把一个人的姓名、工号、关键事件和没有签过的内容从公司文件里永久去掉；"
    "打印或签署过的责任书、定过分的评分表、审批和薪酬结算照原样保留。"
)


class RetentionDialog(Dialog):
    """Everybody who left, those first who left first."""

    chapter = "离职人员信息"

    def __init__(self, desk: Desk, parent: QWidget, chosen: Collection[PersonId] = ()) -> None:
        """`chosen` are selected at first; without any, all whose period is over."""
        super().__init__(parent, "离职人员信息", width=_SIZE.width())
        self._desk = desk
        self._left = Left(None, ())
        self._chosen = set(chosen)
        self._backups = 0
        self.period = label("", wrap=True)
        look = desk.look
        self.period_button = push_button(look, "保存期限…", self._ask_period, icon="edit")
        self.banner = Banner(look)
        self.model: RowsModel[LeftRow] = RowsModel(self._columns(), key=lambda one: one.person.id)
        self.table: TableView[LeftRow] = TableView(desk, self.model, "retention")
        self.table.setAccessibleName("离职人员")
        self.table.set_empty("没有离职的人员", "在“人员”里办理离职以后，会列在这里。")
        self.table.chosen.connect(self._look_again)
        self.told = label("", wrap=True)
        self.told.setAccessibleName("会去掉和保留的内容")
        self.body.addWidget(label(_ABOUT, "muted", wrap=True))
        line = row(self.period, self.period_button, spacing=12)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.add_buttons("匿名处理…", reject="关闭")
        self.resize(_SIZE)
        self._look_again()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Load who left, and how many backups still hold everything."""

        def work(company: Company) -> tuple[Left, int]:
            return list_left(company), len(list_backups(company))

        self._desk.ask(work, self._show, owner=self)

    def accept(self) -> None:
        """Ask why, and once more; this dialog stays open."""
        chosen = self.table.selected_rows()
        ask_reason(self._desk, self, chosen, self._backups, done=self._done)

    def _done(self, _: object) -> None:
        self._chosen = set()
        self.refresh()
        self._desk.tell("已匿名处理，所选人员的信息已从公司文件中去掉")

    def _ask_period(self) -> None:
        ask_period(self._desk, self, self._left.retention, done=lambda _: self.refresh())

    def _show(self, found: tuple[Left, int]) -> None:
        self._left, self._backups = found
        self.period.setText(period_text(self._left.retention))
        if self._left.retention is None:
            self.banner.say("先填写保存期限：离职几年以后可以去掉，依据是什么。", Tone.WARN)
        else:
            self.banner.hide()
        self.model.show(self._left.rows)
        today = self._desk.today
        due = [one.person.id for one in self._left.rows if one.is_due(today) and not one.obstacles]
        self.table.select([one for one in self._chosen or due if self.model.find(one) >= 0])
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """The button for those who may be taken out; what there is about whom is chosen."""
        chosen = self.table.selected_rows()
        today = self._desk.today
        ready = [one for one in chosen if one.is_due(today) and not one.obstacles]
        self.accept_button.setEnabled(bool(chosen) and len(ready) == len(chosen))
        self.accept_button.setText(f"匿名处理 {len(chosen)} 人…" if chosen else "匿名处理…")
        self.told.setText("\n".join(held_lines(chosen, today)))

    def _columns(self) -> tuple[Column[LeftRow], ...]:
        today = self._desk.today
        return (
            Column("number", "工号", lambda one: one.person.number, width=100),
            Column("name", "姓名", lambda one: one.person.name, bold=lambda _: True, width=120),
            Column("department", "部门", lambda one: one.department, width=150),
            Column(
                "left_on",
                "最后在岗日",
                lambda one: day_text(one.person.left_on),
                sort=lambda one: one.person.left_on,
                width=120,
            ),
            Column(
                "over_on",
                "保存到期",
                lambda one: day_text(one.over_on),
                sort=lambda one: str(one.over_on or ""),
                width=120,
            ),
            Column(
                "state",
                "状态",
                lambda one: state_text(one, today),
                tone=lambda one: _tone(one, self._desk),
                tip=lambda one: "\n".join(one.obstacles),
                stretch=True,
            ),
        )


def _tone(one: LeftRow, desk: Desk) -> Tone:
    if not one.is_due(desk.today):
        return Tone.NEUTRAL
    return Tone.WARN if one.obstacles else Tone.ACCENT

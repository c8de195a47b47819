"""逐笔事项: everybody's dated lines, found by kind and words; added, put right, struck out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kpidesk.core.facts import TEAM
from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.files import FilesButton
from kpidesk.ui.pages.actuals.sheets import choice, offer
from kpidesk.ui.pages.pay.ledger import line_text, money_field, money_of
from kpidesk.ui.pages.pay.line_form import LineForm
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.text import menu_text
from kpidesk.ui.widgets import label, push_button, row, search_box
from kpidesk.ui.words import day_text, number_text
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from kpidesk.core.event_kinds import EventKind
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import LineBook, LineGroup, LineRow

_EVERY = "全部事项"
_KIND_WIDTH = 140
_CORRECTS = "这一笔在已经结算的期间里。更正以后，差额在下一期结算时补发或扣回，已结算的结果不改动。"


class LinesTab(QWidget):
    """Each line stays on record: one that is put right is replaced, never edited."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_lines`."""
        super().__init__()
        self._desk = desk
        self._lines: LineBook | None = None
        self._kinds: tuple[EventKind, ...] = ()
        self._menu = QMenu(self)
        self.kinds = choice("事项", _KIND_WIDTH)
        self.kinds.currentIndexChanged.connect(lambda _: self._filter())
        self.search = search_box(desk.look, "姓名、客户、项目、单号", lambda _: self._filter())
        self._add = push_button(desk.look, "添一笔", lambda: None, icon="add", kind="menu")
        self._add.setMenu(self._menu)
        self._edit = push_button(desk.look, "修改…", self.mend, icon="edit")
        self._strike = push_button(desk.look, "删去", self.strike, icon="remove")
        self.files = FilesButton(desk, self)
        self._sum = label("", "muted")
        desk.only_if("pay.entering.enter_line", self._add, self._edit, self._strike)
        self.model: RowsModel[LineRow] = RowsModel(_columns(), key=lambda one: one.line.id)
        self.table: TableView[LineRow] = TableView(desk, self.model, "actuals-lines")
        self.table.setAccessibleName("逐笔事项")
        self.table.opened.connect(lambda _: self._edit.click())
        self.table.chosen.connect(self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        tools = (self.files.button, self._add, self._edit, self._strike)
        layout.addLayout(row(label("事项"), self.kinds, self.search, None, *tools, spacing=8))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self._sum, None))

    def show_lines(self, lines: LineBook) -> None:
        """Show the lines of a book."""
        self._lines = lines
        kinds = {one.name: one for each in lines.groups for one in each.group.scheme.events}
        self._kinds = tuple(kinds.values())
        here = self.kinds.currentText()
        texts = [_EVERY, *(one.label for one in self._kinds)]
        offer(self.kinds, texts, texts.index(here) if here in texts else 0)
        self._menu.clear()
        for kind in self._kinds:
            self._menu.addAction(menu_text(f"{kind.label}…")).triggered.connect(
                lambda _=False, one=kind: self.add(one)
            )
        self._add.setEnabled(bool(kinds))
        if kinds:
            hint = "点“添一笔”登记；大批的从 Excel 导入，选“逐笔事项”。"
            self.table.set_empty("还没有逐笔事项", hint)
        else:
            hint = "它要的数据按月（季）填合计数，在“按数据项”里填。"
            self.table.set_empty("这个方案没有逐笔事项", hint)
        self.model.show(lines.rows)
        self._filter()

    def _filter(self) -> None:
        place = self.kinds.currentIndex()
        kind = self._kinds[place - 1].name if 0 < place <= len(self._kinds) else None
        self.model.filter_rows(None if kind is None else lambda one: one.kind.name == kind)
        self.model.filter_text(self.search.text())
        self._look()

    def _look(self) -> None:
        chosen = self.table.selected_rows()
        self._edit.setEnabled(len(chosen) == 1)
        self._strike.setEnabled(len(chosen) == 1)
        self.files.offer(chosen[0].line.files if len(chosen) == 1 else ())
        counted = chosen if len(chosen) > 1 else self.model.shown()
        amounts = [one for row_ in counted if (one := _amount(row_)) is not None]
        said = "选中" if len(chosen) > 1 else "共"
        total = f"，金额合计 {number_text(sum(amounts, Decimal(0)), 2)} 元" if amounts else ""
        self._sum.setText(f"{said} {len(counted)} 笔{total}" if counted else "")

    # --- what the buttons do

    def add(self, kind: EventKind) -> None:
        """Ask for a line of a kind."""
        groups = self._lines.groups if self._lines is not None else ()
        group = next((one for one in groups if one.group.scheme.event(kind.name)), None)
        if group is not None:
            self._ask(f"添一笔：{kind.label}", _form(self._desk, group, kind))

    def mend(self) -> None:
        """Ask for what is to stand in place of the chosen line."""
        for one in self.table.selected_rows()[:1]:
            group = one.of.group
            person = one.line.person
            subject = TEAM if person is None else group.subject_of(person)
            form = LineForm(
                self._desk,
                group,
                one.kind,
                subject=subject,
                old=one.line,
                reason=one.is_settled,
            )
            self._ask(f"修改：{one.kind.label}（{one.name}）", form)

    def _ask(self, title: str, form: LineForm) -> None:
        desk = self._desk
        FormDialog(desk, self, title, form.form, act=lambda: form.work(desk), width=600).open()

    def strike(self) -> None:
        """Strike the chosen line out, once confirmed; of a settled period with the reason."""
        chosen = self.table.selected_rows()
        if not chosen:
            return
        one = chosen[0]
        title = f"删去 {one.name} {_day(one)} 的这一笔？"
        if one.is_settled:
            ask_reason(
                self,
                title=title,
                text=_CORRECTS,
                action="删去",
                then=lambda reason: self._do_strike(one, reason),
            )
            return
        confirm(
            self._desk,
            self,
            title=title,
            text="删去以后不再计入；操作日志中仍有记录。",
            action="删去",
            then=lambda: self._do_strike(one, ""),
        )

    def _do_strike(self, one: LineRow, reason: str) -> None:
        desk = self._desk
        actor, today = desk.officer, desk.today
        ref, line = pay.ref_of(one.of.group), one.line.id
        desk.act(
            lambda company: pay.strike_line(
                company, ref, line, reason=reason, actor=actor, today=today
            ),
            lambda _: desk.tell("已删去这一笔"),
            owner=self,
        )


def _form(desk: Desk, group: LineGroup, kind: EventKind) -> LineForm:
    reason = False if group.closed else None
    return LineForm(desk, group.group, kind, subject=None, day=desk.today, reason=reason)


def _amount(one: LineRow) -> Decimal | None:
    return money_of(one.line, one.kind)


def _columns() -> tuple[Column[LineRow], ...]:
    return (
        Column("on", "日期", _day, width=104),
        Column("name", "姓名", lambda one: one.name, width=90),
        Column("kind", "事项", lambda one: one.kind.label, width=110),
        Column(
            "amount",
            "金额（元）",
            lambda one: "" if (amount := _amount(one)) is None else number_text(amount, 2),
            right=True,
            sort=_amount,
            width=116,
        ),
        Column("about", "内容", _about, tip=_about, stretch=True),
        Column(
            "files",
            "附件",
            lambda one: "、".join(file.name for file in one.line.files),
            tip=lambda one: "\n".join(file.name for file in one.line.files),
            width=120,
        ),
        Column(
            "state",
            "",
            lambda one: "已结算" if one.is_settled else "",
            tone=lambda one: Tone.GOOD if one.is_settled else None,
            width=84,
        ),
        Column("by", "谁登记", lambda one: f"{one.line.stated.by} {one.line.stated.on}", width=150),
        Column("source", "资料来源", lambda one: one.line.stated.source, width=130),
    )


def _day(one: LineRow) -> str:
    return day_text(one.line.body.on if one.line.body else None)


def _about(one: LineRow) -> str:
    return line_text(one.line, one.kind, but=money_field(one.line, one.kind))

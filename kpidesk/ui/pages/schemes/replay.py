"""重算: what a draft would have made of the newest year: scores, grades, pay, then and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.exact import ZERO
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.dialogs.messages import show_message
from kpidesk.ui.errors import message_of
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.table.exporting import export_table
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.ui.words import cycle_text, number_text, points_text
from kpidesk.usecases import replaying

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.replaying import Replayed, ReplayRow

_WIDTH, _HEIGHT = 980, 420
_HINT = (
    "用最近一年录入的实际数据，按草稿重算一遍。责任书里另定的参数和权重照旧，草稿改过的按草稿；"
    "考核人打的分按满分的比例折算。只供比较，不改任何记录。"
)


def replay(desk: Desk, parent: QWidget, draft: int) -> None:
    """Compute on the worker, with progress; then show."""

    def failed(problem: Exception) -> None:
        show_message(desk, parent, "没有可以比较的", message_of(problem), Tone.NEUTRAL)

    desk.act_long(
        "用去年的数据重算",
        lambda company, progress: replaying.replay(company, draft, progress=progress),
        lambda found: ReplayDialog(desk, parent, found).open(),
        failed,
        owner=parent,
    )


class ReplayDialog(Dialog):
    """A line for each person and cycle; the cost below."""

    def __init__(self, desk: Desk, parent: QWidget, found: Replayed) -> None:
        """Pay has its columns only where something is paid."""
        super().__init__(parent, "用去年的数据重算", width=_WIDTH)
        self.model: RowsModel[ReplayRow] = RowsModel(
            _columns(found), key=lambda one: (one.number, one.cycle)
        )
        self.table: TableView[ReplayRow] = TableView(desk, self.model, "scheme-replay")
        self.table.setMinimumHeight(_HEIGHT)
        self.model.show(found.rows)
        self.cost = label(cost_text(found), "heading", wrap=True)
        export = push_button(
            desk.look, "导出 Excel…", lambda: export_table(desk, self.table, "方案重算"),
            icon="export",
        )  # fmt: skip
        self.body.addWidget(label(_HINT, "muted", wrap=True))
        self.body.addWidget(self.table, 1)
        line = row(self.cost, export, spacing=12)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.add_buttons("关闭", reject="")


def cost_text(found: Replayed) -> str:
    """What it costs in all, or how scores moved where nothing is paid."""
    both = found.cost
    if both is not None:
        then, now = both
        return (
            f"薪酬合计：原方案 {number_text(then, 2)} 元，草稿 {number_text(now, 2)} 元，"
            f"{_moved(now - then)} 元"
        )
    moves = [
        one.now.total - one.then.total
        for one in found.rows
        if one.now.total is not None and one.then.total is not None
    ]
    if not moves:
        return "没有算出可以比较的得分。"
    mean = sum(moves, ZERO) / len(moves)
    higher, lower = sum(one > 0 for one in moves), sum(one < 0 for one in moves)
    return f"得分平均{_moved(mean)} 分：{higher} 人次升高，{lower} 人次降低"


def _moved(by: Decimal) -> str:
    word = "增加" if by >= ZERO else "减少"
    return f"{word} {number_text(abs(by), 2)}"


def _columns(found: Replayed) -> tuple[Column[ReplayRow], ...]:
    scores: tuple[Column[ReplayRow], ...] = (
        _number("then", "原得分", lambda one: one.then.total),
        _number("now", "新得分", lambda one: one.now.total),
        _number("moved", "相差", lambda one: _difference(one.then.total, one.now.total)),
    )
    grades: tuple[Column[ReplayRow], ...] = (
        Column("grade_then", "原等级", lambda one: one.then.grade or "—", width=76),
        Column(
            "grade_now", "新等级", lambda one: one.now.grade or "—", width=76,
            tone=lambda one: Tone.WARN if one.now.grade != one.then.grade else None,
        ),
    )  # fmt: skip
    pay = (
        _number("pay_then", "原薪酬（元）", lambda one: one.then.pay, 120),
        _number("pay_now", "新薪酬（元）", lambda one: one.now.pay, 120),
        _number("pay_moved", "差额（元）", lambda one: _difference(one.then.pay, one.now.pay), 110),
    )
    scored = any(one.then.total is not None for one in found.rows)
    graded = any(one.then.grade or one.now.grade for one in found.rows)
    return (
        Column("person", "姓名", lambda one: one.person, width=90),
        Column("department", "部门", lambda one: one.department, width=100),
        Column("cycle", "周期", lambda one: cycle_text(one.cycle), width=110,
               sort=lambda one: one.cycle),
        *(scores if scored else ()),
        *(grades if graded else ()),
        *(pay if found.cost is not None or not scored else ()),
        Column("note", "说明", lambda one: one.note, tip=lambda one: one.note, stretch=True),
    )  # fmt: skip


def _number(
    key: str, title: str, value: Callable[[ReplayRow], Decimal | None], width: int = 86
) -> Column[ReplayRow]:
    return Column(
        key, title, lambda one: points_text(value(one)), right=True, sort=value, width=width
    )


def _difference(then: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if then is None or now is None else now - then

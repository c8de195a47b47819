"""本期核对: a run as a whole before it is settled: sums both ways, the run before it, lights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kpidesk.core.exact import ZERO, size
from kpidesk.core.wording import Light
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.lights import LIGHT_TONES, NO_ADVICE, note_line
from kpidesk.ui.pages.pay.holding_words import yuan
from kpidesk.ui.widgets import Badge, Card, column, label, row, scrolled
from kpidesk.ui.words import count_text
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from kpidesk.core.exact import Number
    from kpidesk.core.payroll.comparing import Change, Compared
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.pay import PayView, RunOverview

_WIDTH, _HEIGHT = 760, 600
_MOST_CHANGES, _MOST_NOTES = 8, 60


class OverviewDialog(Dialog):
    """Everything to be looked at before a run is settled."""

    def __init__(self, desk: Desk, parent: QWidget, view: PayView, seen: RunOverview) -> None:
        """Shows what was computed with the view."""
        name = pay.period_text(view.group, view.period.key)
        super().__init__(parent, "本期核对", width=_WIDTH)
        self._desk = desk
        cards = QWidget()
        cards.setLayout(
            column(
                self._sums(seen),
                self._changes(seen.compared, view),
                self._lights(seen),
                None,
                spacing=12,
            )
        )
        self.body.addWidget(label(f"{view.group.scheme.title}　{name}", "heading", wrap=True))
        self.body.addWidget(scrolled(cards), 1)
        self.add_buttons("关闭", reject="")
        self.resize(_WIDTH, _HEIGHT)

    def _sums(self, seen: RunOverview) -> Card:
        rows = [(title, yuan(amount)) for title, amount in seen.lines]
        rows.append(("各人应发合计", yuan(seen.total)))
        if seen.apart:
            rows.append(("另行报销（不计入合计）", yuan(seen.apart)))
        if seen.lacking:
            told, tone = f"还有 {seen.lacking} 人没有算出合计", Tone.WARN
        elif seen.agrees:
            told, tone = "各项之和与各人之和一致", Tone.GOOD
        else:
            told, tone = "各项之和与各人之和不一致，请反馈", Tone.BAD
        badge = row(Badge(self._desk.look, told, tone), None)
        return Card("合计（元）", _grid(rows), badge)

    def _changes(self, compared: Compared | None, view: PayView) -> Card:
        if compared is None:
            return Card("与上期相比", label("没有可以相比的上一期。", "muted"))
        before = pay.period_text(view.group, compared.period.key)
        told = (
            f"{before} {yuan(compared.before)} 元 → 本期 {yuan(compared.now)} 元，"
            f"{_moved(compared.moved)}"
        )
        lines = [label(told, wrap=True)]
        lines += [label(_change(one), wrap=True) for one in compared.changes[:_MOST_CHANGES]]
        if (rest := len(compared.changes) - _MOST_CHANGES) > 0:
            lines.append(label(f"另有 {rest} 人有变动，见列表", "muted"))
        return Card("与上期相比，变动最大的", *lines)

    def _lights(self, seen: RunOverview) -> Card:
        look = self._desk.look
        counts = [
            Badge(look, f"{light} {count_text(number, '人')}", LIGHT_TONES[light])
            for light in (Light.RED, Light.YELLOW)
            if (number := seen.count(light))
        ]
        lines = [note_line(self._desk, *one) for one in seen.told[:_MOST_NOTES]]
        lines += [
            note_line(self._desk, one.light, f"{whose} {one.clause} “{one.phrase}”：{one.message}")
            for whose, one in seen.wordings
        ]
        if not lines:
            lines.append(label("没有发现需要留意的地方。", "muted"))
        return Card("合规提示", row(*counts, None), *lines, label(NO_ADVICE, "muted", wrap=True))


def _grid(rows: list[tuple[str, str]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    for number, (title, amount) in enumerate(rows):
        shown = label(amount)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(title), number, 0)
        grid.addWidget(shown, number, 1)
    grid.setColumnStretch(2, 1)
    return made


def _change(one: Change) -> str:
    if one.before is None:
        return f"{one.subject}：上期没有，本期 {yuan(one.now or one.moved)} 元"
    if one.now is None:
        return f"{one.subject}：上期 {yuan(one.before)} 元，本期没有"
    by = f"主要是{one.line} {_signed(one.by)}" if one.by else ""
    return f"{one.subject}：{yuan(one.before)} → {yuan(one.now)} 元，{_moved(one.moved)}（{by}）"


def _moved(value: Number) -> str:
    if not value:
        return "没有变化"
    return f"{'增加' if value > ZERO else '减少'} {yuan(size(value))} 元"


def _signed(value: Number) -> str:
    return f"{'+' if value > ZERO else '−'}{yuan(size(value))}"

"""Who is paid in the period, where each stands, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.exact import round_half_up, size
from kpidesk.core.facts import TEAM
from kpidesk.core.payroll.lawful import worst
from kpidesk.core.wording import Light
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.lights import LIGHT_TONES
from kpidesk.ui.pages.pay.holding_words import yuan as money
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import column, label, push_button, row, search_box
from kpidesk.ui.words import count_text
from kpidesk.usecases.pay import PayState, headcount

if TYPE_CHECKING:
    from kpidesk.core.facts import Subject
    from kpidesk.core.figure import Figure
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.pay import PayView, PersonPay, RunOverview

_PARTS = "①②③④⑤⑥"
TONES = {
    PayState.EMPTY: Tone.NEUTRAL,
    PayState.LACKING: Tone.WARN,
    PayState.READY: Tone.ACCENT,
    PayState.ESTIMATED: Tone.WARN,
    PayState.SETTLED: Tone.GOOD,
    PayState.DIFFERS: Tone.BAD,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the list; the team has no `pay`."""

    subject: Subject
    pay: PersonPay | None


def yuan(figure: Figure | None) -> str:
    """12,345.00; a dash while nothing was computed."""
    return "—" if figure is None else f"{round_half_up(figure.value, 2):,.2f}"


class PeopleList(QWidget):
    """`chosen` carries the subject under the cursor."""

    chosen = Signal(str)
    overview_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self.model: RowsModel[Line] = RowsModel(_columns(), key=lambda one: one.subject)
        self.table: TableView[Line] = TableView(desk, self.model, "pay-people")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("这一期没有人", "在职期间与这一期重合的人才列在这里。")
        self.table.chosen.connect(self._choose)
        self.search = search_box(desk.look, "姓名、工号、岗位", self._search)
        self._count, self._total = label("", "muted", wrap=True), label("", wrap=True)
        self.overview_button = push_button(
            desk.look, "本期核对…", self.overview_wanted.emit, icon="success", kind="link"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        foot = row(spacing=8)
        foot.addLayout(column(self._total, self._count, spacing=2), 1)
        foot.addWidget(self.overview_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)

    def show_view(self, view: PayView | None, seen: RunOverview | None = None) -> None:
        """Show the people of a period; the team too, where figures of it are asked for."""
        lines = [Line(one.member.subject, one) for one in view.people] if view else []
        if view is not None and view.team_fields:
            lines.append(Line(TEAM, None))
        self.model.show(lines)
        self._count.setText(_told(view) if view is not None else count_text(0, "人"))
        self._total.setText(f"合计 {money(seen.total)} 元{_beside(seen)}" if seen else "")
        self.overview_button.setVisible(seen is not None)

    def choose(self, subject: Subject) -> None:
        """Put the cursor on somebody, whatever the search hides."""
        if self.model.find(subject) < 0:
            self.search.clear()
        self.table.select([subject])

    def current(self) -> Subject:
        """Who is chosen; empty for nobody."""
        rows = self.table.selected_rows()
        return rows[0].subject if rows else ""

    def _choose(self) -> None:
        if subject := self.current():
            self.chosen.emit(subject)

    def _search(self, text: str) -> None:
        self.model.filter_text(text, _words)


def _told(view: PayView) -> str:
    """4 人，已结算 4 人，其中 1 人有差额."""
    everybody = count_text(headcount(view.people), "人")
    if not view.settled:
        return everybody
    differs = sum(1 for one in view.people if one.state is PayState.DIFFERS)
    told = f"{everybody}，已结算 {everybody}"
    return f"{told}，其中 {differs} 人有差额" if differs else told


def _beside(seen: RunOverview) -> str:
    """，比上期 +3,200.00."""
    if seen.compared is None or seen.lacking:
        return ""
    moved = seen.compared.moved
    sign = "+" if moved > 0 else "−" if moved else "±"
    return f"，比上期 {sign}{money(size(moved))}"


def _words(line: Line) -> str:
    if line.pay is None:
        return "全团队"
    member = line.pay.member
    return f"{member.name}\n{member.person.number}\n{member.post}"


def _name(line: Line) -> str:
    """The name; of somebody who is paid in parts, with which of them it is."""
    if line.pay is None:
        return "全团队"
    member = line.pay.member
    mark = _PARTS[min(member.part, len(_PARTS) - 1)] if member.parts > 1 else ""
    return f"{member.person.name}{mark}"


def _whole_name(line: Line) -> str:
    """张三（客户总监）, where there are several parts."""
    return line.pay.member.name if line.pay and line.pay.member.parts > 1 else ""


def _state(line: Line) -> str:
    return str(line.pay.state) if line.pay else ""


def _estimate(pay: PersonPay | None) -> str:
    """Why a sum is an estimate."""
    return pay.approval.message if pay is not None and pay.approval is not None else ""


def _light(line: Line) -> str:
    light = _worst(line)
    return "" if light is None else str(light)


def _worst(line: Line) -> Light | None:
    """The light of somebody's pay; none while nothing was computed."""
    return worst(line.pay.notes) if line.pay and line.pay.lines else None


def _tone(line: Line) -> Tone | None:
    light = _worst(line)
    return None if light is None else LIGHT_TONES[light]


def _rank(line: Line) -> int | None:
    light = _worst(line)
    return None if light is None else list(Light).index(light)


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column("name", "姓名", _name, tip=_whole_name, width=84, stretch=True),
        Column(
            "post",
            "岗位",
            lambda one: one.pay.member.post if one.pay else "",
            width=90,
            hidden=True,
        ),
        Column(
            "state",
            "状态",
            _state,
            tone=lambda one: TONES[one.pay.state] if one.pay else None,
            width=80,
        ),
        Column(
            "light",
            "合规",
            _light,
            tone=_tone,
            tip=lambda one: "\n".join(x.message for x in one.pay.notes) if one.pay else "",
            sort=_rank,
            width=80,
        ),
        Column(
            "sum",
            "应发合计（元）",
            lambda one: yuan(one.pay.sum_) if one.pay else "",
            right=True,
            bold=lambda one: one.pay is not None,
            sort=lambda one: one.pay.sum_.value if one.pay and one.pay.sum_ else None,
            tip=lambda one: _estimate(one.pay),
            width=116,
        ),
        Column(
            "number",
            "工号",
            lambda one: one.pay.member.person.number if one.pay else "",
            width=80,
            hidden=True,
        ),
    )

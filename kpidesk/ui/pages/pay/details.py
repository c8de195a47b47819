"""One person's pay of a period: entry, lines with their reasons, differences and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kpidesk.core.facts import TEAM
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.lights import LightsDialog
from kpidesk.ui.pages.pay.accounts import AccountsView
from kpidesk.ui.pages.pay.fields import FieldTable
from kpidesk.ui.pages.pay.ledger import LedgerTable
from kpidesk.ui.pages.pay.lines import LinesView
from kpidesk.ui.pages.pay.people import TONES, yuan
from kpidesk.ui.pages.pay.reconciling import ReconcileView
from kpidesk.ui.pages.scoring.warnings import WarningsDialog
from kpidesk.ui.widgets import Badge, Banner, EmptyState, column, label, push_button, row
from kpidesk.usecases.pay import PayState, with_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.explain import Line
    from kpidesk.core.facts import Subject
    from kpidesk.core.findings import Finding
    from kpidesk.core.payroll.lawful import LegalNote
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.why import Lead
    from kpidesk.usecases.pay import PayLine, PayView, PersonPay

ENTRY, LINES, ACCOUNTS, RECONCILED = range(4)
_NAMED = 3


class PayDetails(QWidget):
    """Head, three tabs and what they show."""

    def __init__(self, desk: Desk, lead: Callable[[Line], Lead | None]) -> None:
        """Empty until `show_pay`; `lead` gives the way to where a figure was entered."""
        super().__init__()
        self.subject: Subject = ""
        self._name, self._state = label("", "heading"), Badge(desk.look)
        self._about = label("", "muted", wrap=True)
        self._sum, self._unit = label("", "figure"), label("应发合计（元）", "muted")
        self._unit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._banner = Banner(desk.look)
        self.fields, self.ledger = FieldTable(desk), LedgerTable(desk)
        self.lines, self.accounts = LinesView(desk, lead), AccountsView(desk, lead)
        self.reconciled = ReconcileView(desk)
        self._entry = column(self.fields, self.ledger, spacing=10)
        entry = QWidget()
        entry.setLayout(self._entry)
        self.warnings_button = push_button(
            desk.look, "", self._tell_warnings, icon="warning", kind="link"
        )
        self._warnings: tuple[Finding, ...] = ()
        self.lights_button = push_button(desk.look, "", self._tell_lights, icon="info", kind="link")
        self._notes: tuple[LegalNote, ...] = ()
        self._desk = desk
        self.tabs = ChoiceBar("录入", "薪酬明细与依据", "差额与台账", "对账")
        self._stack = QStackedWidget()
        for part in (entry, self.lines, self.accounts, self.reconciled):
            self._stack.addWidget(part)
        self.tabs.chosen.connect(self._stack.setCurrentIndex)
        self._whole = QWidget()
        self._whole.setLayout(self._lay_out())
        self._empty = EmptyState(desk.look, icon="pay")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        layout.addWidget(self._empty)
        self.say("请从左边选择一个人", "这里录入数据，显示薪酬的由来、差额和台账。")

    def _lay_out(self) -> QVBoxLayout:
        who = column(row(self._name, self._state, None, spacing=10), self._about, spacing=4)
        head = row(spacing=12)
        head.addLayout(who, 1)
        head.addLayout(column(row(None, self._sum, spacing=0), self._unit, spacing=0))
        bar = row(self.tabs, self.lights_button, self.warnings_button, spacing=8)
        whole = column(head, self._banner, bar, self._stack, spacing=10)
        whole.setStretch(3, 1)
        return whole

    def say(self, title: str, hint: str) -> None:
        """Nobody is chosen: say what to do."""
        self.subject = ""
        self._whole.hide()
        self._empty.say(title, hint)
        self._empty.show()

    def show_pay(self, view: PayView, subject: Subject) -> None:
        """Show somebody's pay, or the figures of the team."""
        self.subject = subject
        pay = next((one for one in view.people if one.member.subject == subject), None)
        self._show_head(pay)
        team = [one for one in view.gathered.lines if one.person is None]
        enough = pay is not None and not pay.findings and pay.sum_ is not None
        self.fields.show_fields(pay.fields if pay else view.team_fields, enough=enough)
        scheme = view.group.scheme
        self.ledger.setVisible(bool(scheme.events))
        lines = pay.ledger if pay else [one for one in team if _is_in(one, view)]
        self.ledger.show_lines(lines, scheme)
        self._entry.setStretch(0, 3)
        self._entry.setStretch(1, 2 if lines else 0)
        self.lines.show_pay(pay, scheme)
        self.accounts.show_pay(view, pay)
        self.reconciled.show_pay(view, pay)
        self._empty.hide()
        self._whole.show()

    def _tell_warnings(self) -> None:
        WarningsDialog(self, self._warnings, "这些金额有需要留意的地方").open()

    def _tell_lights(self) -> None:
        title = f"{self._name.text()}的这一期薪酬"
        notes = [(one.light, one.message) for one in self._notes]
        LightsDialog(self._desk, self, title, notes).open()

    def _show_head(self, pay: PersonPay | None) -> None:
        for part in (self._sum, self._unit, self._state):
            part.setVisible(pay is not None)
        self.warnings_button.setVisible(pay is not None and bool(pay.warnings))
        self._notes = pay.notes if pay is not None else ()
        self.lights_button.setVisible(bool(self._notes))
        self.lights_button.setText(f"合规提示 {len(self._notes)} 处")
        if pay is None:
            self._name.setText("全团队" if self.subject == TEAM else self.subject)
            self._about.setText("整个团队的数据；没有单独下达的可以不填")
            self._banner.say("")
            return
        party = pay.member.contract.party_b
        self._name.setText(party.name if pay.member.parts == 1 else pay.member.name)
        about = (party.department, party.post, f"责任书 {pay.member.contract.number}")
        self._about.setText(" · ".join(part for part in about if part))
        self._state.say(str(pay.state), TONES[pay.state])
        self._sum.setText(yuan(pay.sum_))
        self._warnings = pay.warnings
        self.warnings_button.setText(f"请留意 {len(pay.warnings)} 处")
        said = [with_name(one).removeprefix(f"{self.subject}：") for one in pay.findings]
        said = list(dict.fromkeys(said))
        more = f"\n……共 {len(said)} 处" if len(said) > _NAMED else ""
        self._banner.say("\n".join(said[:_NAMED]) + more, Tone.WARN)
        if pay.approval is not None and pay.state is PayState.ESTIMATED:
            self._banner.say(f"{pay.approval.message}。", Tone.WARN)
        if pay.sum_ is None and not said and pay.lines:
            self._banner.say("本人的数据已填；合计要等其他人的数据填齐才能算出。", Tone.NEUTRAL)
        if pay.pending:
            self._banner.say("数据在结算后更正过，差额将在下一期结算时补发或扣回。", Tone.WARN)


def _is_in(line: PayLine, view: PayView) -> bool:
    return line.body is not None and line.body.on in view.period.days

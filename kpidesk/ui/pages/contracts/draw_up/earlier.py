"""What the last contracts set, offered above the parameters: one click takes it over."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.core.names import known_parameters
from kpidesk.ui.widgets import Card, label, push_button, row
from kpidesk.ui.words import count_text, is_share, number_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.people import PersonId
    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import Parameter, SettingValue
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.contracts.draw_up.basis import Basis
    from kpidesk.ui.pages.contracts.parameters import ParametersPanel
    from kpidesk.usecases.contracts import EarlierSetting

_HUNDRED = Decimal(100)


class EarlierPanel(QWidget):
    """Hidden while there is nothing to offer; nothing is taken over unasked."""

    def __init__(self, desk: Desk, scheme: Scheme, panel: ParametersPanel) -> None:
        """`panel` has the fields of the scheme's parameters."""
        super().__init__()
        self._desk, self._known, self._panel = desk, known_parameters(scheme), panel
        self._found: tuple[EarlierSetting, ...] = ()
        self._asked: object = None
        self._told = label("", wrap=True)
        self.take_button = push_button(desk.look, "填入上一份的数字", self._take, icon="recent")
        line = row(self._told, self.take_button, spacing=12)
        line.setStretch(0, 1)
        outer = row(Card("", line))
        self.setLayout(outer)
        self.hide()

    def look(self, people: Sequence[PersonId], basis: Basis) -> None:
        """Look for what the last contracts of these people set."""
        asked = (tuple(people), basis.scheme.id, basis.role, basis.term.start)
        if asked == self._asked:
            return
        self._asked = asked

        def found(settings: tuple[EarlierSetting, ...]) -> None:
            if asked == self._asked:
                self._offer(settings)

        self._desk.ask(
            lambda company: contract_cases.earlier_settings(
                company,
                people=people,
                scheme=basis.scheme,
                role=basis.role,
                before=basis.term.start,
            ),
            found,
            owner=self,
        )

    def _offer(self, settings: tuple[EarlierSetting, ...]) -> None:
        self._found = settings
        self.setVisible(bool(settings))
        whose = list(dict.fromkeys(f"{one.person} {one.number}" for one in settings))
        self._told.setText(
            f"上一份责任书（{'、'.join(whose)}）填过 {count_text(len(settings))}，"
            "列在各栏下面；可以一次填入，再逐项改。"
        )
        self._panel.mark({one.name: f"上一份为 {self._text(one)}" for one in settings})

    def _take(self) -> None:
        taken = self._panel.fill({one.name: one.value for one in self._found})
        notes = {
            one.name: f"沿用上一份（{one.number}）" for one in self._found if one.name in taken
        }
        self._panel.mark(notes)
        self._told.setText(f"已填入上一份的 {count_text(len(taken))}，请逐项核对后再往下。")
        self.take_button.setEnabled(False)

    def _text(self, one: EarlierSetting) -> str:
        return value_text(self._known[one.name], one.value)


def value_text(parameter: Parameter, value: SettingValue) -> str:
    """A value of a parameter as its field shows it."""
    if isinstance(value, Decimal) and is_share(parameter):
        return f"{number_text(value * _HUNDRED)}%"
    return parameter.text(value).strip()

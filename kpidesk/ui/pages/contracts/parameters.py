"""The parameters of a scheme as a form: blanks of the source first, then what has a default."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kpidesk.core.exact import HUNDRED
from kpidesk.core.scheme import OwnWeights
from kpidesk.core.settings import NONE, ParameterKind
from kpidesk.core.weight_figures import EQUAL
from kpidesk.ui.forms import CheckField, ChoiceField, Form, NumberField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.checks import rater_sum, required_parameters, setting_problems
from kpidesk.ui.pages.contracts.weights import WeightsPanel
from kpidesk.ui.widgets import Badge, Banner, label, row
from kpidesk.ui.words import filling_text, is_share, number_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import Parameter, SettingValue
    from kpidesk.ui.forms import Field
    from kpidesk.ui.look import Look


class ParametersPanel(QWidget):
    """Fields for every parameter of a scheme, checked together as the scheme itself does."""

    changed = Signal()

    def __init__(self, look: Look, scheme: Scheme) -> None:
        """Filled with the defaults."""
        super().__init__()
        self._scheme = scheme
        self.fields: dict[str, Field[Any]] = {}
        self.form = Form(look)
        self.weights = (
            WeightsPanel(look, scheme) if scheme.own_weights is not OwnWeights.NONE else None
        )
        self._raters = Badge(look)
        self._banner = Banner(look)
        self._build()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._banner)
        layout.addWidget(self.form)
        if self.weights is not None:
            layout.addWidget(self.weights)
            self.weights.changed.connect(self.changed)
            self.form.changed.connect(self._show_weights)
            self._show_weights()
        layout.addStretch(1)
        self.form.changed.connect(self._show_rater_sum)
        self.form.changed.connect(self.changed)
        self._show_rater_sum()

    @property
    def is_empty(self) -> bool:
        """Whether the scheme leaves nothing to choose."""
        return not self.fields and self.weights is None

    def show_settings(self, settings: Mapping[str, SettingValue]) -> None:
        """Show what is set; the default where nothing is."""
        for one in self._scheme.parameters:
            if one.name in self.fields:
                _show(self.fields[one.name], one, settings.get(one.name, one.default))
        if self.weights is not None:
            self.weights.show_settings(settings)
        self._show_rater_sum()

    def mark(self, notes: Mapping[str, str]) -> None:
        """Say something more below some of the fields."""
        for one in self._scheme.parameters:
            if one.name in self.fields and one.name in notes:
                base = filling_text(one)
                self.fields[one.name].set_hint(
                    f"{base}；{notes[one.name]}" if base else notes[one.name]
                )

    def fill(self, settings: Mapping[str, SettingValue]) -> frozenset[str]:
        """Take these where nothing was typed; which of them are shown now."""
        taken = set[str]()
        for one in self._scheme.parameters:
            field = self.fields.get(one.name)
            if field is not None and one.name in settings and not field.is_dirty:
                _show(field, one, settings[one.name])
                taken.add(one.name)
        weights = {name: value for name, value in settings.items() if name not in self.fields}
        if self.weights is not None and weights:
            self.weights.show_settings(weights)
            taken |= weights.keys()
        self._show_rater_sum()
        return frozenset(taken)

    def settings(self) -> dict[str, SettingValue]:
        """What differs from the defaults; ValueError when a field makes no sense."""
        found: dict[str, SettingValue] = {}
        for one in self._scheme.parameters:
            if one.name not in self.fields:
                continue
            value = _read(self.fields[one.name], one)
            if value is not None and value != one.default:
                found[one.name] = value
        if self.weights is not None:
            found.update(self.weights.settings() if self._weighs() else {})
        return found

    def check(self, starts_on: date) -> bool:
        """Check everything; what is wrong stands at its field, sums above all."""
        self._banner.say("")
        sound = self.form.check()
        if self.weights is not None and self._weighs() and not self.weights.sound():
            sound = False
        if not sound:
            self._bring_into_view()
            return False
        problems = setting_problems(self._scheme, self.settings(), starts_on)
        above: list[str] = []
        for name, message in problems.items():
            if name in self.fields:
                self.fields[name].refuse(message)
            else:
                above.append(message)
        self._banner.say("\n".join(above))
        if problems:
            self._bring_into_view()
        return not problems

    def problem(self) -> str:
        """What a field or the banner complains about; empty when all is well."""
        banner = "" if self._banner.isHidden() else self._banner.text()
        return banner or next((one.message for one in self._all_fields() if one.message), "")

    def _all_fields(self) -> list[Field[Any]]:
        weights = () if self.weights is None else self.weights.fields.values()
        return [*self.fields.values(), *weights]

    def _bring_into_view(self) -> None:
        """Scroll to the first complaint."""
        wrong = (one for one in self._all_fields() if one.message)
        first = next(wrong, None) if self._banner.isHidden() else self._banner
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and first is not None:
            above.ensureWidgetVisible(first)

    # --- building

    def _build(self) -> None:
        shown = self._scheme.parameters
        blanks = required_parameters(self._scheme, {})
        shares = {one.share.parameter for one in self._scheme.raters}
        groups = (
            ("原文空白，须由公司填写", [one for one in shown if one.name in blanks]),
            ("评分人权重", [one for one in shown if one.name in shares]),
            (
                "其他约定（可保留默认）",
                [one for one in shown if one.name not in blanks and one.name not in shares],
            ),
        )
        for heading, parameters in groups:
            if not parameters:
                continue
            if parameters[0].name in shares:
                self._add_rater_heading(heading)
            else:
                self.form.add_heading(heading)
            for one in parameters:
                field = _field(one, required=one.name in blanks)
                self.fields[one.name] = self.form.add(field, half=True)

    def _weighs(self) -> bool:
        """Whether weights are to be typed; not where the company chose equal ones."""
        if self._scheme.weighting is None:
            return True
        field = self.fields.get(self._scheme.weighting.parameter)
        return field is None or field.value() != EQUAL

    def _show_weights(self) -> None:
        if self.weights is not None:
            self.weights.setVisible(self._weighs())

    def _add_rater_heading(self, heading: str) -> None:
        head = QWidget()
        head.setLayout(row(label(heading, "heading"), self._raters, None))
        self.form.add_widget(head)
        hint = "按评分人分别评分时填写，合计 100%；都留空则由考核人直接给分。"
        self.form.add_widget(label(hint, "muted", wrap=True))

    def _show_rater_sum(self) -> None:
        if not self._scheme.raters:
            return
        try:
            settings = {
                one.share.parameter: self.fields[one.share.parameter].value()
                for one in self._scheme.raters
            }
        except ValueError:
            self._raters.say("合计 —", Tone.NEUTRAL)
            return
        if all(value is None for value in settings.values()):
            self._raters.say("未使用", Tone.NEUTRAL)
            return
        total = rater_sum(self._scheme, settings)
        tone = Tone.GOOD if total == HUNDRED else Tone.BAD
        self._raters.say(f"合计 {number_text(total)}%", tone)


def _field(one: Parameter, *, required: bool) -> Field[Any]:
    hint = filling_text(one)
    match one.kind:
        case ParameterKind.FLAG:
            made: Field[Any] = CheckField(one.label, hint=hint)
        case ParameterKind.CHOICE:
            options = [(choice.value, choice.text) for choice in one.choices]
            made = ChoiceField(one.label, options, required=True, hint=hint)
        case ParameterKind.NUMBER | ParameterKind.NUMBER_OR_NONE:
            least = None if one.above_least else one.least
            needs = required or (
                isinstance(one.default, Decimal) and (one.kind is ParameterKind.NUMBER)
            )
            made = NumberField(
                one.label,
                unit=one.unit,
                required=needs,
                least=least,
                most=one.most,
                share=is_share(one),
                hint=hint,
            )
        case _:
            assert_never(one.kind)
    _show(made, one, one.default)
    return made


def _show(field: Field[Any], one: Parameter, value: SettingValue | None) -> None:
    field.set_value(None if one.kind is ParameterKind.NUMBER_OR_NONE and value == NONE else value)


def _read(field: Field[Any], one: Parameter) -> SettingValue | None:
    value: SettingValue | None = field.value()
    return NONE if value is None and one.kind is ParameterKind.NUMBER_OR_NONE else value

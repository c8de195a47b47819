"""Three fields of a form: the scheme, whose indicators where it has none, the role in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.ui.forms import ChoiceField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.forms import Form


class SchemeChoice(QObject):
    """Offers the roles of the scheme that is chosen; a field with nothing to choose is hidden."""

    changed = Signal()

    def __init__(self, form: Form, *, beside: bool = False) -> None:
        """Put the fields into a form; without schemes until `show_schemes`.

        With `beside`, the role stands at the right of the scheme.
        """
        super().__init__(form)
        self._form = form
        self._schemes: dict[str, Scheme] = {}
        self.scheme: ChoiceField[str] = ChoiceField("考核方案", [], required=True)
        self.indicators: ChoiceField[str] = ChoiceField(
            "指标取自方案",
            [],
            required=True,
            hint="所选方案的原文缺少指标，请另选一个方案提供指标和评分标准。",
        )
        self.role: ChoiceField[str] = ChoiceField("被考核岗位", [], required=True)
        order = (self.scheme, self.indicators, self.role)
        for one in (self.scheme, self.role, self.indicators) if beside else order:
            form.add(one, half=beside and one is not self.indicators)
        self.scheme.changed.connect(self._follow)
        self.indicators.changed.connect(self.changed)

    def show_schemes(self, schemes: Sequence[Scheme], chosen: str) -> None:
        """Offer these schemes; `chosen` is taken already."""
        self._schemes = {one.id: one for one in schemes}
        self.scheme.set_options([(one.id, one.title) for one in schemes])
        usable = [one for one in schemes if one.is_scored and not needs_indicators(one)]
        self.indicators.set_options([(one.id, one.title) for one in usable])
        first = chosen if chosen in self._schemes else next(iter(self._schemes), None)
        self.scheme.set_value(first)
        self.indicators.set_value(usable[0].id if usable else None)
        self._follow()
        self._form.settle()

    def suggest(self, posts: Sequence[str]) -> bool:
        """Choose the scheme that appraises the first of these posts, and its role; if there is."""
        found = [
            (len(role.title), scheme, role)
            for scheme in self._schemes.values()
            for role in scheme.roles
            if posts and role.title in posts[0]
        ]
        if found:
            _, scheme, role = max(found, key=lambda one: one[0])
            self.choose(scheme.id, role.name)
        return bool(found)

    def choose(self, scheme: str, role: str, indicators: str = "") -> None:
        """Take a scheme and a role in it."""
        self.scheme.set_value(scheme)
        if indicators:
            self.indicators.set_value(indicators)
        self._follow()
        self.role.set_value(role)

    @property
    def ids(self) -> tuple[str, str, str]:
        """Scheme, scheme of the indicators or nothing, role; ValueError while one is missing."""
        lends = needs_indicators(self._schemes[self.scheme.chosen()])
        return (
            self.scheme.chosen(),
            self.indicators.chosen() if lends else "",
            self.role.chosen(),
        )

    def combined(self) -> Scheme:
        """The scheme with its indicators, its own or the other scheme's."""
        scheme, lender, _ = self.ids
        terms = self._schemes[scheme]
        return with_indicators(terms, self._schemes[lender]) if lender else terms

    def set_used(self, *, used: bool) -> None:
        """Whether a scheme is to be chosen at all."""
        for one in (self.scheme, self.indicators, self.role):
            one.setEnabled(used)
        for one in (self.scheme, self.indicators, self.role):
            one.setVisible(used)
        if used:
            self._follow()

    def _follow(self) -> None:
        try:
            scheme = self._schemes[self.scheme.chosen()]
        except ValueError:
            return  # nothing is chosen while the list is being filled
        needs = needs_indicators(scheme)
        self.indicators.setVisible(needs)
        self.indicators.setEnabled(needs)
        self.role.set_options([(one.name, one.title) for one in scheme.roles])
        if not self.role.raw():
            self.role.set_value(scheme.roles[0].name)
        self.role.setVisible(len(scheme.roles) > 1)
        self.changed.emit()

"""One indicator of the draft: its rule as a form, the clause that it prints, its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.core.clauses import Prose
from kpidesk.core.editing.curve import curve_of
from kpidesk.core.editing.form import Rows, form_of
from kpidesk.core.editing.kinds import beginnings, rule_words, with_rule
from kpidesk.core.editing.tree import indicator_of, path_of
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.scoring.rules import Formula
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.pages.schemes.editor.form_view import FormView
from kpidesk.ui.widgets import column, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.editing.curve import Curve
    from kpidesk.core.editing.form import Part
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look


class IndicatorPanel(QWidget):
    """`edited` carries a label and a scheme."""

    edited = Signal(str, object)
    refused = Signal(str)

    def __init__(self, look: Look, scheme: Callable[[], Scheme]) -> None:
        """Empty until `show_indicator`."""
        super().__init__()
        self._scheme = scheme
        self._name = ""
        self._showing = False
        self._title = label("", "heading", wrap=True)
        self.kind: ChoiceField[str] = ChoiceField("怎样计分", [], hint="")
        self.kind.changed.connect(self._take_kind)
        self._meaning = label("", "muted", wrap=True)
        self.form = FormView(look, scheme)
        self.form.edited.connect(self.edited)
        self.form.refused.connect(self.refused)
        self.setLayout(column(self._title, self.kind, self._meaning, self.form, None, spacing=12))

    def printed(self) -> tuple[str, ...]:
        """The clause of the indicator in view."""
        scheme = self._scheme()
        if all(one.name != self._name for one in scheme.walk()):
            return ()
        one = indicator_of(scheme, self._name)
        meaning = (f"{one.definition}。",) if one.definition else ()
        source = (f"数据来源：{one.source}",) if one.source else ()
        return (*meaning, *Prose(scheme, {}).rule(one), *source)

    def curve(self) -> Curve | None:
        """The picture of its rule."""
        scheme = self._scheme()
        found = next((one for one in scheme.leaves() if one.name == self._name), None)
        return curve_of(scheme, found) if found is not None else None

    def take(self) -> bool:
        """Make what was typed a change."""
        return self.form.take()

    def show_indicator(self, name: str) -> None:
        """Show an indicator, or a dimension; its form as the draft is now."""
        scheme = self._scheme()
        if all(one.name != name for one in scheme.walk()):
            return
        self._showing = True
        self._name = self.form.owner = name
        one, path = indicator_of(scheme, name), path_of(scheme, name)
        self._title.setText(name)
        parts: list[Part] = list(form_of(scheme, path))
        self.kind.setVisible(one.rule is not None)
        self._meaning.setVisible(one.rule is not None)
        if one.rule is not None:
            words = rule_words(one.rule)
            titles = [rule_words(each.rule).title for each in beginnings(scheme, name)]
            self.kind.set_options([(each, each) for each in titles])
            self.kind.set_value(words.title)
            self._meaning.setText(words.meaning)
            asked = facts_of(one, scheme)
            figures = [n for n, fact in enumerate(scheme.facts) if fact.name in asked]
            rows = tuple(
                form_of(scheme, ("facts", place), ("label", "unit", "plan")) for place in figures
            )
            parts = [*form_of(scheme, (*path, "rule")), *parts]
            if rows or isinstance(one.rule, Formula):  # the figures of a formula come and go
                parts.insert(len(parts) - 2, Rows(("facts",), "要填的数字", rows, fixed=True))
        self.form.show_parts(tuple(parts))
        self._showing = False

    def _take_kind(self) -> None:
        title = self.kind.value()
        if self._showing or title is None:
            return
        self.form.take()
        scheme = self._scheme()
        if indicator_of(scheme, self._name).rule is None:
            return
        for one in beginnings(scheme, self._name):
            if rule_words(one.rule).title == title:
                after = with_rule(scheme, self._name, one)
                self.edited.emit(f"“{self._name}”改为{title}", after)
                return

"""Sections of the draft that are one form: the basics, the grades, the raters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.core.clauses import Prose
from kpidesk.core.editing.form import form_of
from kpidesk.core.editing.rows import with_grades, without_grades
from kpidesk.core.editing.total_kinds import NEW_TOTAL, total_words, with_total
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.pages.schemes.editor.form_view import FormView
from kpidesk.ui.widgets import column, label, push_button, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.editing.form import Part
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look

_BASICS = ("title", "contract_title", "cycle", "stages", "calendar_cycle", "own_weights", "roles")


class FormSection(QWidget):
    """A form, and the words that the contract prints of it; `edited` as of a form."""

    edited = Signal(str, object)
    refused = Signal(str)

    def __init__(
        self,
        look: Look,
        scheme: Callable[[], Scheme],
        parts: Callable[[Scheme], tuple[Part, ...]],
        printed: Callable[[Scheme], tuple[str, ...]],
        hint: str = "",
    ) -> None:
        """`parts` makes the form, `printed` the sentences of the contract."""
        super().__init__()
        self._scheme, self._parts, self._printed = scheme, parts, printed
        self.form = FormView(look, scheme)
        self.form.edited.connect(self.edited)
        self.form.refused.connect(self.refused)
        self.above = row(spacing=8)
        holder = QWidget()
        said = label(hint, "muted", wrap=True)
        said.setVisible(bool(hint))
        self.below = column(spacing=12)
        holder.setLayout(column(said, self.above, self.form, self.below, None, spacing=14))
        self.setLayout(column(scrolled(holder)))

    def take(self) -> bool:
        """Make what was typed a change."""
        return self.form.take()

    def printed(self) -> tuple[str, ...]:
        """The sentences of the contract."""
        return self._printed(self._scheme())

    def curve(self) -> None:
        """No picture."""

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        scheme = self._scheme()
        self.form.show_parts(self._parts(scheme))


class BasicsSection(FormSection):
    """名称, 周期, 岗位, and how the total comes about."""

    def __init__(self, look: Look, scheme: Callable[[], Scheme]) -> None:
        """The way of adding up is chosen below the rest, with the form of the chosen one."""

        def parts(one: Scheme) -> tuple[Part, ...]:
            return form_of(one, (), _BASICS)

        super().__init__(look, scheme, parts, lambda one: Prose(one, {}).aggregation())
        self._look_for = scheme
        self._showing = False
        self.kind: ChoiceField[type] = ChoiceField(
            "总分怎样合成", [(kind, total_words(kind)[0]) for kind in NEW_TOTAL], required=True
        )
        self.kind.changed.connect(self._take_kind)
        self._meaning = label("", "muted", wrap=True)
        self.total = FormView(look, scheme)
        self.total.edited.connect(self.edited)
        self.total.refused.connect(self.refused)
        self.below.addWidget(self.kind)
        self.below.addWidget(self._meaning)
        self.below.addWidget(self.total)

    def take(self) -> bool:
        """Make what was typed a change."""
        taken = [super().take(), self.total.take()]  # both, whatever the first says
        return all(taken)

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        super().show_draft()
        scheme = self._look_for()
        kind = type(scheme.aggregation)
        self._showing = True
        self.kind.set_value(kind)
        self._meaning.setText(f"{total_words(kind)[1]}。")
        self.total.show_parts(form_of(scheme, ("aggregation",)))
        self._showing = False

    def _take_kind(self) -> None:
        kind = self.kind.value()
        if self._showing or kind is None:
            return
        self.take()
        after = with_total(self._look_for(), kind)
        if after is not self._look_for():
            self.edited.emit(f"总分改为{total_words(kind)[0]}", after)


def raters(look: Look, scheme: Callable[[], Scheme]) -> FormSection:
    """Who rates, and how much each kind counts."""
    return FormSection(
        look,
        scheme,
        lambda one: form_of(one, (), ("raters", "rated_dimensions")),
        lambda one: Prose(one, {}).raters(),
        "没有评分人时，每项由经办人填一个分；有几类评分人时，各类的权重合计 100%。",
    )


class GradesSection(FormSection):
    """The grade scale; a scheme may do without."""

    def __init__(self, look: Look, scheme: Callable[[], Scheme]) -> None:
        """One button adds a usual scale or takes the scale away."""

        def parts(one: Scheme) -> tuple[Part, ...]:
            return () if one.grades is None else form_of(one, ("grades",))

        def printed(one: Scheme) -> tuple[str, ...]:
            return tuple(f"{each.grade}：{each.reading}" for each in Prose(one, {}).grades())

        super().__init__(
            look, scheme, parts, printed, "每一级只填下限：上一级从哪里开始，这一级就到哪里为止。"
        )
        self.add = push_button(look, "设等级", self._add, icon="add")
        self.remove = push_button(look, "不设等级", self._remove, icon="delete")
        self.above.addWidget(self.add)
        self.above.addWidget(self.remove)
        self.above.addStretch(1)

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        super().show_draft()
        has = self._scheme().grades is not None
        self.add.setVisible(not has)
        self.remove.setVisible(has)

    def _add(self) -> None:
        self.edited.emit("设等级", with_grades(self._scheme()))

    def _remove(self) -> None:
        self.edited.emit("不设等级", without_grades(self._scheme()))

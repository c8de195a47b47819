"""One indicator of the sheet on the screen: its words, its fields, its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kpidesk.core.exemption import Exemption
from kpidesk.core.figure import Origin
from kpidesk.core.findings import Code, Effect
from kpidesk.core.scoring.rules import AllConform
from kpidesk.core.sheet_fields import FieldKind
from kpidesk.ui.pages.scoring.choices import ChoiceListField
from kpidesk.ui.pages.scoring.field import EntryField
from kpidesk.ui.pages.scoring.line import AgreedField, LineField
from kpidesk.ui.pages.scoring.score_cell import ScoreCell
from kpidesk.ui.pages.scoring.stage_scores import StageScores
from kpidesk.ui.pages.why import origin_text
from kpidesk.ui.widgets import column, label, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtWidgets import QLabel

    from kpidesk.core.findings import Finding
    from kpidesk.core.names import KnownFact
    from kpidesk.core.sheet import SheetRow
    from kpidesk.core.sheet_fields import SheetField
    from kpidesk.ui.look import Look

_ONE_PERSON = (".self", ".superior")
"""Of the other kinds of raters there are several, whose scores stand side by side."""
_PRINTED = (FieldKind.LEVEL, FieldKind.STATEMENTS)


class RowView(QObject):
    """The widgets of a row; the grid puts them into its columns."""

    why_asked = Signal(object)
    override_asked = Signal(object)
    restore_asked = Signal(object)
    exempt_asked = Signal(object)
    appraise_asked = Signal(object)

    def __init__(self, look: Look, shown: SheetRow, known: Mapping[str, KnownFact]) -> None:
        """Makes the widgets; `known` are the scheme's facts by name."""
        super().__init__()
        self.row = shown
        source = f"数据来源：{shown.indicator.source}" if shown.indicator.source else ""
        about = (_muted(shown.indicator.definition), _muted(source))
        self.explained = [one for one in about if one is not None]
        """What the indicator means and where its figures come from."""
        self.name = _stack(
            (label(part, "muted", wrap=True) for part in shown.path[1:]),
            label(shown.indicator.name, "", wrap=True),
            *self.explained,
        )
        self.worth = label(shown.worth)
        self.is_wide = any(field.kind in _PRINTED for field in shown.fields)
        """The printed levels are the standard: they take the room of both columns."""
        self.standard = None if self.is_wide else _stack(_muted(text) for text in shown.standard)
        self.fields = [_make(look, field, known[field.fact], shown) for field in shown.fields]
        self._reason, self._notes = label("", "muted", wrap=True), label("", "wrong", wrap=True)
        self.stages = StageScores(look)
        """Where the cycle itself asks for nothing: what its stages came to."""
        self.entry = _stack(self._placed(), self.stages, self._reason, self._notes)
        self.score = ScoreCell(look)
        self.score.why_asked.connect(lambda: self.why_asked.emit(self.row))
        self.score.override_asked.connect(lambda: self.override_asked.emit(self.row))
        self.score.restore_asked.connect(lambda: self.restore_asked.emit(self.row))
        self.score.exempt_asked.connect(lambda: self.exempt_asked.emit(self.row))
        self.score.appraise_asked.connect(lambda: self.appraise_asked.emit(self.row))
        for key, button in self.score.keys:
            shortcut = QShortcut(QKeySequence(key), self.entry)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def show_row(self, shown: SheetRow, *, is_open: bool, is_stage: bool) -> None:
        """Show what is stored now in the same widgets."""
        self.row = shown
        for widget, field in zip(self.fields, shown.fields, strict=True):
            widget.show_field(field)
            widget.set_open(is_open=is_open)
        self.score.show_row(shown, is_open=is_open, is_stage=is_stage)
        self.stages.show_results(() if shown.fields else shown.stages)
        self._reason.setText(_reason(shown))
        self._reason.setVisible(bool(self._reason.text()))
        notes = "\n".join(one.message for one in shown.findings if _is_told(one))
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))

    def _placed(self) -> list[QWidget]:
        """Raters' fields stand side by side with their messages below, others one by one."""
        if not all(one.field.rater for one in self.fields):
            return list(self.fields)
        side = QWidget()
        beside = row(*self.fields, spacing=6)
        for place, one in enumerate(self.fields):
            beside.setStretch(place, 1 if one.field.fact.endswith(_ONE_PERSON) else 2)
        side.setLayout(beside)
        return [side, *(one.message for one in self.fields)]


def shape(rows: Iterable[SheetRow]) -> tuple[object, ...]:
    """What must be equal for rows to be shown in the same widgets."""
    return tuple(
        (
            one.indicator.name,
            one.standard,
            one.worth,
            tuple((f.fact, f.period, f.kind, f.agreed, f.label) for f in one.fields),
        )
        for one in rows
    )


def _make(look: Look, field: SheetField, known: KnownFact, shown: SheetRow) -> EntryField:
    if field.agreed:
        return AgreedField(field, known)
    if field.kind is FieldKind.FLAG:
        conforms = "是否符合要求" if isinstance(shown.indicator.rule, AllConform) else ""
        return ChoiceListField(look, field, known, [f"{field.label}{conforms}"])
    if field.kind in _PRINTED:
        return ChoiceListField(look, field, known, shown.standard)
    return LineField(field, known, is_narrow=bool(field.rater))


def _reason(shown: SheetRow) -> str:
    made = shown.override or shown.exemption
    if made is None:
        return ""
    who = origin_text(Origin("", made.entered_by, made.entered_on))
    said = made.text if isinstance(made, Exemption) else f"改写理由：{made.reason}"
    return said + (f"（{who}）" if who else "")


def _is_told(finding: Finding) -> bool:
    """What is missing is plain from the empty field; the rest is said."""
    return finding.code is not Code.MISSING_FACT and finding.effect is not Effect.WARNS


def _muted(text: str) -> QLabel | None:
    return label(text, "muted", wrap=True) if text else None


def _stack(parts: Iterable[QWidget | None], *more: QWidget | None) -> QWidget:
    holder = QWidget()
    layout = column(spacing=5)
    for part in (*parts, *more):
        if part is not None:
            layout.addWidget(part)
    layout.addStretch(1)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    holder.setLayout(layout)
    return holder

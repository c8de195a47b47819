"""为什么: the derivation of a number, down to the clause and to who entered which fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kpidesk.core.explain import Line, explain
from kpidesk.core.payroll.words import plain_periods
from kpidesk.ui.look import Tone
from kpidesk.ui.widgets import Card, column, label, push_button, row, scrolled, tool_button
from kpidesk.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QKeyEvent

    from kpidesk.core.figure import Origin
    from kpidesk.core.results import Result
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.look import Look

_INDENT = 14
_REASONS = ("改写理由", "免考核")
"""How the origin of a score begins that somebody decided in place of the rule."""
_NOTHING = "点任何一个得分、总分或等级，这里就说明它是怎么来的。"


def origin_text(origin: Origin) -> str:
    """Who entered a figure, when, and from what; empty when it was not entered."""
    day = day_text(origin.entered_on)
    if origin.entered_by:
        entered = f"{origin.entered_by} {day} 填写".replace("  ", " ")
        if origin.source.startswith(_REASONS):
            return f"{entered}，{origin.source}"
        return f"{entered}，依据：{origin.source}" if origin.source else entered
    return f"{origin.source}（{day}）" if origin.source and day else origin.source


def clause_texts(lines: Iterable[Line], scheme: Scheme) -> Iterator[str]:
    """The clause of each line: its original words where it first comes up, then its number."""
    told: set[str] = set()
    for line in lines:
        rule = scheme.rule(line.clause)
        if rule is None:
            yield ""
        elif rule.id in told:
            yield f"条款 {rule.id}"
        else:
            told.add(rule.id)
            yield f"条款 {rule.id} 原文：“{rule.phrase}”"


def _plain(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The same with periods in words: 2026年第1季度, not 2026Q1."""
    return tuple(
        replace(one, label=plain_periods(one.label), formula=plain_periods(one.formula))
        for one in lines
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """A way to where a figure was entered: what the link says, and what it does."""

    text: str
    icon: str
    go: Callable[[], object]


class WhyPanel(Card):
    """Explains one result at a time; `closed` when the officer has seen enough."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        closable: bool = True,
        lead: Callable[[Line], Lead | None] | None = None,
    ) -> None:
        """`closable` puts a cross into its corner; Esc then closes it too.

        `lead` gives, for a figure that was entered, the way to the place where it was.
        """
        super().__init__()
        self._look = desk.look
        self._closable = closable
        self._lead = lead
        self._lines: tuple[Line, ...] = ()
        self._clauses: tuple[str, ...] = ()
        self._title = label("", "heading", wrap=True)
        self._copy = tool_button(desk.look, "copy", "复制推导过程", self.copy)
        self._close = tool_button(desk.look, "close", "关闭（Esc）", self.closed.emit)
        self._close.setVisible(closable)
        head = row(spacing=4)
        head.addLayout(column(label("为什么", "muted"), self._title, spacing=2), 1)
        head.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._hint = label(_NOTHING, "muted", wrap=True)
        self._holder = QWidget()
        self._rows = column(spacing=2)
        self._holder.setLayout(self._rows)
        self._area = scrolled(self._holder)
        self._holder.setAutoFillBackground(False)
        self.body.addLayout(head)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._area, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clear()

    def show_result(self, result: Result, scheme: Scheme, title: str) -> None:
        """Explain a result of `scheme`; `title` is what it is called."""
        self._show(result, scheme, f"{title} {result.shown}")

    def clear(self) -> None:
        """Say how to ask."""
        self._show(None, None, "")

    def _show(self, result: Result | None, scheme: Scheme | None, title: str) -> None:
        figure = result.derivation if result else None
        self._lines = _plain(explain(figure)) if figure is not None else ()
        self._clauses = tuple(clause_texts(self._lines, scheme)) if scheme else ()
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._copy.setEnabled(bool(self._lines))
        self._hint.setVisible(not self._lines)
        self._hint.setText("这个结果是直接记录的，没有推导过程。" if result else _NOTHING)
        self._area.setVisible(bool(self._lines))
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, clause in zip(self._lines, self._clauses, strict=True):
            there = self._lead(line) if self._lead is not None else None
            self._rows.addWidget(_WhyLine(self._look, line, clause, there))
        self._rows.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """The derivation as plain text: indented lines with clauses and origins."""
        lines: list[str] = []
        for line, clause in zip(self._lines, self._clauses, strict=True):
            notes = "；".join(part for part in (clause, origin_text(line.origin)) if part)
            lines.append(f"{'　' * line.depth}{line.text}{f'（{notes}）' if notes else ''}")
        return "\n".join(lines)

    def copy(self) -> None:
        """Put the derivation on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape and self._closable:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _WhyLine(QWidget):
    """One step: name and value, how it came about, its clause, who entered it."""

    def __init__(self, look: Look, line: Line, clause: str, there: Lead | None) -> None:
        super().__init__()
        self._look, self._depth = look, line.depth
        self._given = not line.formula
        name, value = label(line.label, wrap=True), label(line.value)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for shown in (name, value):
            font = shown.font()
            font.setBold(line.depth == 0 or shown is value)
            shown.setFont(font)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(name, 1)
        head.addWidget(value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10 + _INDENT * line.depth, 6, 4, 6)
        layout.setSpacing(3)
        layout.addLayout(head)
        formula = f"= {line.formula}" if line.formula else ""
        for text in (formula, origin_text(line.origin), clause):
            if text:
                layout.addWidget(self._note(text))
        if there is not None:
            link = push_button(look, there.text, there.go, icon=there.icon, kind="link")
            link.setAccessibleName(f"{there.text}：{line.label}")
            layout.addLayout(row(link, None))
        look.changed.connect(self.update)

    def _note(self, text: str) -> QLabel:
        note = label(text, "muted", wrap=True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return note

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar at the left: entered figures stand out from computed ones."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = self._look.tokens
        tint = tokens.tint(Tone.ACCENT).ink if self._depth == 0 else tokens.border
        painter.setBrush(QColor(tokens.tint(Tone.GOOD).ink if self._given else tint))
        left = _INDENT * self._depth
        painter.drawRoundedRect(QRectF(left, 5, 3, self.height() - 10), 1.5, 1.5)

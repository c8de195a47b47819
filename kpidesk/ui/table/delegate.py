"""How cells are painted and typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table.model import ICON, INK, SHADE, TONE, WRONG, Index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractItemModel

    from kpidesk.ui.look import Look

_GAP = 10
_INDENT = 7  # with the style's own margin of 3, text stands below its heading
_PILL = 8
_AFTER_BOX = "\u2002"
"""A space between a box to be ticked and its words."""
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}


class CellLine(QLineEdit):
    """A line in a cell; knows whether the officer is in the middle of something."""

    def __init__(self, parent: QWidget) -> None:
        """Nothing is typed yet."""
        super().__init__(parent)
        self._is_composing = False

    @property
    def is_in_use(self) -> bool:
        """Something was typed, or a word is being composed: a new text would wipe it out."""
        return self._is_composing or self.isModified()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word has been begun that is not chosen yet."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Hair lines between rows, badges, refused cells in red; Enter and arrows step on."""

    stepped = Signal(int, int)
    """The officer typed a cell and wants the next: rows down, cells to the right."""

    def __init__(
        self,
        look: Look,
        choices: Callable[[Index], Sequence[str] | None],
        parent: QObject,
    ) -> None:
        """`choices` gives the texts to choose from in a cell, or None where one types."""
        super().__init__(parent)
        self._look = look
        self._choices = choices
        self.marks_cell = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background, then badge or text, then the line below."""
        at: Any = option  # its public fields are missing in the type information
        tokens = self._look.tokens
        tone = index.data(TONE)
        if index.data(WRONG):
            painter.fillRect(at.rect, QColor(tokens.bad.soft))
        elif at.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(at.rect, QColor(tokens.selected))
        elif (shade := index.data(SHADE)) is not None:
            painter.fillRect(at.rect, QColor(tokens.tint(shade).soft))
        if tone is None:
            super().paint(painter, option, index)
        else:
            aligned = index.data(Qt.ItemDataRole.TextAlignmentRole)
            is_right = bool(aligned) and bool(aligned & Qt.AlignmentFlag.AlignRight)
            self._paint_badge(painter, option, str(index.data() or ""), tone, is_right=is_right)
        rect = at.rect
        painter.save()
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self.marks_cell and at.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent.ink), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Room at both sides; no dotted focus frame; icons in the theme's colours."""
        super().initStyleOption(option, index)
        at: Any = option
        state = QStyle.StateFlag
        at.state &= ~(state.State_HasFocus | state.State_Selected | state.State_MouseOver)
        at.rect = at.rect.adjusted(_INDENT, 0, -_INDENT, 0)
        tone = Tone.BAD if index.data(WRONG) else index.data(INK)
        if tone is not None:
            ink = QColor(self._look.tokens.tint(tone).ink)
            at.palette.setColor(QPalette.ColorRole.Text, ink)
            at.palette.setColor(QPalette.ColorRole.HighlightedText, ink)
        if at.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator and at.text:
            at.text = _AFTER_BOX + at.text
        if name := index.data(ICON):
            at.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            at.icon = self._look.icon(name)
            at.decorationSize = QSize(16, 16)

    def _paint_badge(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        tone: Tone,
        *,
        is_right: bool,
    ) -> None:
        if not text:
            return
        at: Any = option
        tint = self._look.tokens.tint(tone)
        metrics = QFontMetrics(at.font)
        room = at.rect.width() - _GAP - 2 * _PILL
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width, height = metrics.horizontalAdvance(shown) + 2 * _PILL, metrics.height() + 4
        pill = QRect(at.rect.left() + _GAP - 2, 0, width, height)
        if is_right:
            pill.moveRight(at.rect.right() - _GAP + 2)
        pill.moveTop(at.rect.center().y() - height // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.soft))
        painter.drawRoundedRect(QRectF(pill), height / 2, height / 2)
        painter.setPen(QColor(tint.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    # --- typing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to type in, or a list to choose from."""
        choices = self._choices(index)
        editor: CellLine | QComboBox
        if choices is None:
            editor = CellLine(parent)
            editor.setAlignment(
                Qt.AlignmentFlag(
                    index.data(Qt.ItemDataRole.TextAlignmentRole)
                    or Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                )
            )
        else:
            editor = QComboBox(parent)
            editor.addItems(list(choices))
            editor.activated.connect(lambda: self._commit(editor))
        editor.setProperty("kind", "cell")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's text, unless the officer is already typing over it."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, CellLine) and not editor.is_in_use:
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        text: Any = None
        if isinstance(editor, QComboBox):
            text = editor.currentText()
        elif isinstance(editor, QLineEdit):
            text = editor.text().strip()
        model.setData(index, text)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Tab and the arrows finish a cell and go on to the next."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        step = _STEPS.get(Qt.Key(event.key()))
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if step is None or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        if isinstance(editor, QComboBox) and event.key() in arrows:
            return False
        self._commit(editor)
        self.stepped.emit(*step)
        return True

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

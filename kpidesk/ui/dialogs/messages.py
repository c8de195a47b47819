"""Message, confirmation, and asking for a reason: plain text, buttons that say what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kpidesk.core.typed import LONGEST_REASON, clean_text
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import TextArea, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.GOOD: "success",
    Tone.WARN: "warning",
    Tone.BAD: "error",
}
_PICTURE = 28
_REASON_LINES = 3


class Message(Dialog):
    """A picture that says how bad it is, a heading, a text."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, text: str, tone: Tone) -> None:
        """Without buttons: call `add_buttons`."""
        super().__init__(parent, title)
        picture = QLabel()
        ratio = parent.devicePixelRatioF()
        picture.setPixmap(desk.look.picture(_ICONS[tone], tone, _PICTURE, ratio))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(label(title, "heading", wrap=True))
        if text:
            message = label(text, wrap=True)
            message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(message)
        words.addStretch(1)
        line = row(picture, spacing=14)
        line.addLayout(words, 1)
        self.body.addLayout(line)


def show_message(
    desk: Desk, parent: QWidget, title: str, text: str, tone: Tone = Tone.NEUTRAL
) -> Dialog:
    """Tell something that must not be overlooked."""
    dialog = Message(desk, parent, title, text, tone)
    dialog.add_buttons("知道了", reject="")
    dialog.open()
    return dialog


def confirm(
    desk: Desk,
    parent: QWidget,
    *,
    title: str,
    text: str,
    action: str,
    then: Callable[[], object],
    back: str = "取消",
    danger: bool = False,
    safe: bool = False,
) -> Dialog:
    """Ask before something that is hard to take back; `action` names what will be done.

    Enter does it, unless it is a `danger` or the way back is `safe`: then Enter goes back.
    """
    dialog = Message(desk, parent, title, text, Tone.WARN if danger or safe else Tone.ACCENT)
    dialog.add_buttons(action, reject=back, danger=danger, safe=danger or safe)
    if not (danger or safe):
        dialog.accept_button.setFocus()  # what Enter does is what is marked
    dialog.accepted.connect(then)
    dialog.open()
    return dialog


class ReasonDialog(Dialog):
    """Asks why: an action that goes into the audit log needs its reason."""

    def __init__(self, parent: QWidget, title: str, text: str, action: str) -> None:
        """`action` is the button; it waits until there is a reason."""
        super().__init__(parent, title, width=460)
        self._edit = TextArea()
        self._said = label("", "wrong", wrap=True)
        self._edit.refused.connect(self._said.setText)
        self._edit.setAccessibleName("理由")
        self._edit.setPlaceholderText("请写明原因，会记入操作日志")
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * _REASON_LINES + 24)
        self._edit.textChanged.connect(self._look_again)
        self.body.addWidget(label(title, "heading", wrap=True))
        if text:
            self.body.addWidget(label(text, wrap=True))
        self.body.addWidget(self._edit)
        self.body.addWidget(self._said)
        self.add_buttons(action)
        self._look_again()

    @property
    def reason(self) -> str:
        """What was typed."""
        return clean_text(self._edit.toPlainText())

    def _look_again(self) -> None:
        count = len(self.reason)
        much = count > LONGEST_REASON
        self._said.setText(f"最多 {LONGEST_REASON} 个字，现在有 {count} 个" if much else "")
        self.accept_button.setEnabled(bool(count) and not much)


def ask_reason(
    parent: QWidget, *, title: str, text: str, action: str, then: Callable[[str], object]
) -> ReasonDialog:
    """Ask why; `then(reason)` when it was given."""
    dialog = ReasonDialog(parent, title, text, action)
    dialog.accepted.connect(lambda: then(dialog.reason))
    dialog.open()
    return dialog

"""The base of all fields: label above, editor, message below."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.widgets import label, row

T = TypeVar("T")


class Field(QWidget, Generic[T]):
    """A labelled editor of a T. Subclasses say how to read and show the value."""

    changed = Signal()

    def __init__(self, title: str, *, required: bool = False, hint: str = "") -> None:
        """`hint` stands below the field until there is a message."""
        super().__init__()
        self.title = title
        self.required = required
        self._hint = hint
        self._editor: QWidget | None = None
        self._initial: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._name = label(f"{title} *" if required else title)
        self._layout.addWidget(self._name)
        self._message = label(hint, "muted", wrap=True)
        self._message.setVisible(bool(hint))
        self.changed.connect(self._forgive)

    def place(self, editor: QWidget, shown: QWidget | None = None) -> None:
        """Put the editor in (inside `shown`, when it has things beside it)."""
        self._editor = editor
        editor.setAccessibleName(self.title)
        self._name.setBuddy(editor)
        self.setFocusProxy(editor)
        self._layout.addWidget(shown or editor)
        self._layout.addWidget(self._message)

    def add_beside(self, widget: QWidget) -> None:
        """Put a small button at the right of the title, no higher than that."""
        widget.setFixedHeight(self._name.sizeHint().height())
        self._layout.removeWidget(self._name)
        self._layout.insertLayout(0, row(self._name, None, widget, spacing=4))

    def hide_title(self) -> None:
        """Leave the title away, where it stands above a column of such fields."""
        self._name.hide()

    def value(self) -> T:
        """What the field holds; ValueError with a Chinese message when it makes no sense."""
        raise NotImplementedError

    def set_value(self, value: T) -> None:
        """Show a value."""
        raise NotImplementedError

    def raw(self) -> object:
        """What is in the editor, sensible or not: to tell whether the officer changed it."""
        raise NotImplementedError

    def set_hint(self, hint: str) -> None:
        """Say something else below the field while it has no message."""
        self._hint = hint
        if not self.message:
            self._say(hint, "muted")

    def settle(self) -> None:
        """Take what is there as unchanged."""
        self._initial = self.raw()

    @property
    def is_dirty(self) -> bool:
        """True when it holds something else than when the form was filled."""
        return self.raw() != self._initial

    @property
    def message(self) -> str:
        """What the field complains about; empty when all is well."""
        return self._message.text() if self._message.property("kind") == "wrong" else ""

    def check(self) -> bool:
        """Complain below the field if its value makes no sense."""
        try:
            self.value()
        except ValueError as problem:
            self.refuse(str(problem))
            return False
        self._forgive()
        return True

    def refuse(self, message: str) -> None:
        """Say below the field what is wrong with it."""
        self._say(message, "wrong")

    def _forgive(self) -> None:
        if self.message:
            self._say(self._hint, "muted")

    def _say(self, text: str, kind: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._message.setProperty("kind", kind)
        _restyle(self._message)
        if self._editor is not None:
            self._editor.setProperty("wrong", kind == "wrong")
            _restyle(self._editor)


def _restyle(widget: QWidget) -> None:
    """Make the style sheet look at the properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)

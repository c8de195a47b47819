"""The base of all dialogs: margins, named buttons, deleted when closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget


class Dialog(QDialog):
    """Put things into `body`, then call `add_buttons`. Show it by `open()`.

    F1 opens the manual at its `chapter`; one that has none belongs to the page behind it.
    """

    chapter = ""
    """The title of a chapter or section of the manual."""

    def __init__(self, parent: QWidget, title: str, *, width: int = 440) -> None:
        """`width` in pixels; the height follows from the content."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(22, 20, 22, 18)
        self._outer.setSpacing(18)
        self._outer.addLayout(self.body, 1)
        self.accept_button = QPushButton()
        self.reject_button: QPushButton | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the words need at its width; Qt reckons with a narrower one."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()

    def fit(self) -> None:
        """As high as the words need, also those that came later."""
        height = self._outer.totalHeightForWidth(self.width())
        if height > 0:
            self.resize(self.width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1: the menu of the window behind cannot be reached while a dialog is open."""
        if event.matches(QKeySequence.StandardKey.HelpContents):
            self.help_asked()
        else:
            super().keyPressEvent(event)

    def help_asked(self) -> None:
        """Ask the window behind for the manual."""
        behind = self.parentWidget()
        while behind is not None and not hasattr(behind, "show_manual"):
            behind = behind.parentWidget()
        if behind is not None:
            behind.show_manual()

    def add_buttons(
        self, accept: str, *, reject: str = "取消", danger: bool = False, safe: bool = False
    ) -> None:
        """Named buttons at the lower right; `safe` makes Enter choose the way back."""
        line = QHBoxLayout()
        line.setSpacing(8)
        if self.chapter:
            about = QPushButton("帮助")
            about.setProperty("kind", "link")
            about.setToolTip("手册中的说明（F1）")
            about.setAutoDefault(False)
            about.clicked.connect(self.help_asked)
            line.addWidget(about)
        line.addStretch(1)
        if reject:
            self.reject_button = QPushButton(reject)
            self.reject_button.clicked.connect(self.reject)
            self.reject_button.setAutoDefault(safe)
            self.reject_button.setDefault(safe)
            line.addWidget(self.reject_button)
        self.accept_button.setText(accept)
        self.accept_button.setProperty("kind", "danger" if danger else "primary")
        self.accept_button.clicked.connect(self.accept)
        self.accept_button.setAutoDefault(not safe)
        self.accept_button.setDefault(not safe)
        line.addWidget(self.accept_button)
        self._outer.addLayout(line)

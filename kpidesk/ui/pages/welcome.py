"""The first thing one sees: new, open, sample company, and what was open lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from kpidesk.ui.basic import Card, column, label, push_button, row, tool_button
from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from kpidesk.ui.company_files import CompanyFiles
    from kpidesk.ui.desk import Desk

_WIDTH = 880
_PICTURE = 30


class WelcomePage(QWidget):
    """Shown while no company file is open."""

    def __init__(self, desk: Desk, files: CompanyFiles) -> None:
        """Three ways to begin, then the recent files."""
        super().__init__()
        self._desk, self._files = desk, files
        look = desk.look
        self._pictures: list[tuple[QLabel, str]] = []
        new = push_button(look, "新建公司文件", lambda: files.create(self), kind="primary")
        choose = push_button(look, "打开文件…", lambda: files.choose(self))
        sample = push_button(look, "打开样例公司", lambda: files.open_sample(self))
        choices = row(
            self._choice(
                "company", "开始使用", "为您的公司建一个文件，录入人员，拟定责任书。", new
            ),
            self._choice("folder-open", "继续工作", "打开已有的公司文件（*.kpidesk）。", choose),
            self._choice("sample", "先看看样例", "一家三十人的公司，责任书和评分齐全。", sample),
            spacing=16,
        )
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_card = Card("最近打开", self._recent)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = column(
            label("绩效考核台", "figure"),
            label("定目标、签责任书、面谈评分、出结果：每一分都说得清来历。", "muted"),
            spacing=6,
        )
        layout.addSpacing(18)
        layout.addLayout(choices)
        layout.addSpacing(10)
        layout.addWidget(self._recent_card)
        middle.setLayout(layout)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(40, 32, 40, 32)
        outer.addStretch(2)
        line = row(None, spacing=0)
        line.addWidget(middle, 12)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(3)
        files.recent_changed.connect(self.refresh)
        look.changed.connect(self._paint)
        self.refresh()

    def _choice(self, icon: str, title: str, text: str, button: QWidget) -> Card:
        picture = QLabel()
        self._pictures.append((picture, icon))
        picture.setPixmap(self._picture(icon))
        words = label(text, "muted", wrap=True)
        card = Card("", picture, label(title, "heading"), words, None, button)
        card.setMinimumHeight(190)
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return card

    def _picture(self, icon: str) -> QPixmap:
        return self._desk.look.picture(icon, Tone.ACCENT, _PICTURE, self.devicePixelRatioF())

    def _paint(self) -> None:
        for picture, icon in self._pictures:
            picture.setPixmap(self._picture(icon))

    def refresh(self) -> None:
        """Show the files that were open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        recent = self._desk.settings.recent
        for path in recent:
            self._recent.addWidget(self._recent_line(path))
        self._recent_card.setVisible(bool(recent))

    def _recent_line(self, path: Path) -> QWidget:
        look = self._desk.look
        opening = push_button(
            look, path.stem, lambda: self._files.open(self, path), icon="recent", kind="link"
        )
        forgetting = tool_button(
            look, "close", "从列表中去掉（不删除文件）", lambda: self._files.forget(path)
        )
        line = QWidget()
        line.setLayout(row(opening, label(str(path.parent), "muted"), None, forgetting))
        return line

"""A field for files: those that are kept already, and those that are added now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.incident import file_problem
from kpidesk.ui.files import choose_files
from kpidesk.ui.forms.field import Field
from kpidesk.ui.widgets import label, push_button, row, tool_button

if TYPE_CHECKING:
    from kpidesk.core.incident import Attached
    from kpidesk.ui.desk import Desk


class FilesField(Field["tuple[Path, ...]"]):
    """Names with a cross each; a file that is too large is refused at once."""

    def __init__(self, desk: Desk, title: str, *, hint: str = "") -> None:
        """Without files."""
        super().__init__(title, hint=hint)
        self._desk = desk
        self.kept: tuple[Attached, ...] = ()
        """Those that are kept already and stay."""
        self._added: tuple[Path, ...] = ()
        self._names = QVBoxLayout()
        self._names.setSpacing(2)
        add = push_button(desk.look, "添加文件…", self._choose, icon="add")
        add.setAutoDefault(False)
        shown = QWidget()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._names)
        layout.addLayout(row(add, None))
        self.place(add, shown)
        self.settle()

    def value(self) -> tuple[Path, ...]:
        """The files that are added; one that cannot be kept is refused."""
        for path in self._added:
            try:
                problem = file_problem(path.name, path.stat().st_size)
            except OSError:
                problem = f"找不到“{path}”，请重新添加"
            if problem:
                raise ValueError(problem)
        return self._added

    def set_value(self, value: tuple[Path, ...]) -> None:
        """Show files to add."""
        self._added = value
        self._show()

    def set_kept(self, kept: tuple[Attached, ...]) -> None:
        """Show what is kept already."""
        self.kept = kept
        self._show()
        self.settle()

    def raw(self) -> object:
        """What stays and what is added."""
        return self.kept, self._added

    def add(self, paths: list[Path]) -> None:
        """Add files."""
        self._added = tuple(dict.fromkeys((*self._added, *paths)))
        self._show()
        self.changed.emit()
        self.check()

    def _choose(self) -> None:
        choose_files(self, "添加附件", self._desk.documents, "所有文件 (*)", self.add)

    def _show(self) -> None:
        while (item := self._names.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(self.kept):
            self._names.addWidget(self._line(one.name, number, is_kept=True))
        for number, path in enumerate(self._added):
            self._names.addWidget(self._line(path.name, number, is_kept=False))

    def _line(self, name: str, number: int, *, is_kept: bool) -> QWidget:
        def drop() -> None:
            if is_kept:
                self.kept = (*self.kept[:number], *self.kept[number + 1 :])
            else:
                self._added = (*self._added[:number], *self._added[number + 1 :])
            self._show()
            self.changed.emit()

        text = label(name)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made = QWidget()
        made.setLayout(row(text, tool_button(self._desk.look, "close", f"去掉 {name}", drop), None))
        return made

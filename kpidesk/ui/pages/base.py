"""What a page is: a header, a body, and when it loads itself anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from kpidesk.ui.pages.registry import IMPORTING
from kpidesk.ui.widgets import Banner, column, label, push_button, tool_button

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from kpidesk.ui.desk import Desk


class Page(QWidget):
    """Base of all pages. A page overrides `refresh`, `concerns` and perhaps `show_item`.

    It is made when a company file is open, at the latest on its first visit. It loads when it is
    first shown, and again when something it shows has changed: at once if in view, else on its next
    visit. `undo` is the stack that 撤销 works on while the page is in view.
    """

    title = ""
    subtitle = ""
    imports = ""
    """The key of the page when what it shows can be imported from Excel."""
    exports = False
    """Whether it has tables that can be exported."""

    def __init__(self, desk: Desk) -> None:
        """Header above, `body` (a vertical layout) below."""
        super().__init__()
        self.desk = desk
        self.undo = QUndoStack(self)
        desk.undo.addStack(self.undo)
        self._is_stale = True
        self._title = label(self.title, "title")
        self._subtitle = label(self.subtitle, "muted", wrap=True)
        self._excel: list[QWidget] = []
        self.tools = QHBoxLayout()
        """Buttons at the right of the header, the primary one last."""
        self.tools.setSpacing(8)
        self.banner = Banner(desk.look)
        """A message below the header: what is wrong with what is shown."""
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        header = QHBoxLayout()
        header.addLayout(column(self._title, self._subtitle, spacing=2), 1)
        header.addLayout(self._excel_tools())
        header.addLayout(self.tools)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(26, 20, 26, 18)
        outer.setSpacing(14)
        outer.addLayout(header)
        outer.addWidget(self.banner)
        outer.addLayout(self.body, 1)
        desk.changed.connect(self.on_changes)

    def _excel_tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(8)
        look = self.desk.look
        if self.imports and self.desk.may(IMPORTING):
            button = push_button(look, "导入…", self.import_table, icon="import")
            button.setToolTip("从 Excel 导入（Ctrl+I）")
            line.addWidget(button)
            self._excel.append(button)
        if self.exports:
            tip = "把列表导出为 Excel（Ctrl+E）"
            export = tool_button(look, "export", tip, self.export_table)
            line.addWidget(export)
            self._excel.append(export)
        return line

    @property
    def chapter(self) -> str:
        """The chapter or section of the manual that tells of what is in view."""
        return self.title

    def import_table(self, path: Path | None = None) -> None:
        """从 Excel 导入, with what the page is about chosen already; a `path` is read at once."""
        from kpidesk.ui.importing import import_for

        import_for(self.desk, self.window(), self.imports, path)

    def export_table(self) -> None:
        """Export the table with the cursor, else the first one in view."""
        from kpidesk.ui.table.exporting import export_any

        export_any(self.desk, self, self.title)

    def set_header(self, title: str, subtitle: str = "") -> None:
        """Other words in the header."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def take_keyboard(self) -> None:
        """Let the table in view have the keyboard, where Qt gave it to 导入 or 导出 above."""
        if any(one.hasFocus() for one in self._excel):
            tables = cast("list[QTableView]", self.findChildren(QTableView))
            if (view := next((one for one in tables if one.isVisible()), None)) is not None:
                view.setFocus()

    def refresh(self) -> None:
        """Load what the page shows, by `desk.ask`, and show it. Keep selection and typing."""
        raise NotImplementedError

    def concerns(self, changes: object) -> bool:
        """True when the page shows something of these Changes; by default, always."""
        return bool(changes)

    def show_item(self, what: object) -> None:
        """Show something that another page asked for by `desk.go(page, what)`."""

    def may_leave(self) -> bool:
        """False to keep the officer on the page (after telling why)."""
        return True

    def on_changes(self, changes: object) -> None:
        """Reload now, or when the page is next looked at."""
        if not self.concerns(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Load on the first visit and after changes; give 撤销 this page's stack."""
        super().showEvent(event)
        self.desk.undo.setActiveStack(self.undo)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

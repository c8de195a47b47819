"""Putting a block of the clipboard down: all of it, or none with every problem at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kpidesk.core.errors import InvalidValueError
from kpidesk.ui.dialogs import show_message
from kpidesk.ui.look import Tone
from kpidesk.usecases import actuals

if TYPE_CHECKING:
    from kpidesk.ui.pages.actuals.page import ActualsPage
    from kpidesk.ui.pages.actuals.sheets import Section
    from kpidesk.usecases.actuals import Pasted

_NAMED = 8
_SOURCE = "从 Excel 粘贴"


class Paster(QObject):
    """Reads the block by the rules of an import and hands it on to be saved."""

    def __init__(self, page: ActualsPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page

    def paste(self, section: Section, text: str, row: int, column: int) -> None:
        """Enter a block with its corner at a cell of a section's grid."""
        page, board = self._page, section.board()
        if page.book is None or board is None:
            return
        said = page.source.text().strip()
        source = f"{said}（粘贴）" if said else _SOURCE
        try:
            read = actuals.read_block(page.book, board, text, at=(row, column), source=source)
        except InvalidValueError as problem:
            show_message(page.desk, page, "一个数也没有填入", str(problem), Tone.WARN)
            return
        if read.wrong:
            self._refuse(read)
        elif read.actuals:
            page.saver.save(f"粘贴 {len(read.actuals)} 个数", read.actuals)
        elif read.same:
            page.desk.tell(f"粘贴的 {read.same} 个数与表里的一样，没有改动")

    def _refuse(self, read: Pasted) -> None:
        lines = [f"{one.where}：{one.message}" for one in read.wrong[:_NAMED]]
        if len(read.wrong) > _NAMED:
            lines.append(f"……共 {len(read.wrong)} 处")
        show_message(
            self._page.desk,
            self._page,
            f"有 {len(read.wrong)} 处不对，一个数也没有填入",
            "\n".join(lines) + "\n\n请在 Excel 里改正后再复制、粘贴。",
            Tone.WARN,
        )

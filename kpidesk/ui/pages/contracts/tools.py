"""The buttons above the contracts: what is not allowed is grey, and its tip says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from kpidesk.ui.pages.contracts import amending, copying, marking, output, saving
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from kpidesk.core.contract import ContractId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms import FormDialog
    from kpidesk.usecases.contracts import ContractRow


class ContractTools(QObject):
    """打印, 另存为 PDF, 登记签署; under 更多 登记纸质件, 补充协议, 提前终止, 退回草稿, 作废."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        chosen: Callable[[], Sequence[ContractRow]],
        ready: Callable[[], bool],
        opened: Callable[[ContractId], object],
    ) -> None:
        """`chosen` gives the contracts; `ready` saves what is being typed, False if it cannot.

        `opened` shows a document that was just drawn up.
        """
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._chosen, self._ready = chosen, ready
        look = desk.look
        self.print = push_button(look, "打印…", self._doing(output.print_contracts), icon="print")
        self.save = push_button(look, "另存为 PDF", lambda: None, icon="pdf", kind="menu")
        self.sign = push_button(look, "登记签署…", self._doing(marking.sign), icon="sign")
        self.more = push_button(look, "更多", lambda: None, kind="menu")
        self.save_one = QAction("PDF：甲乙双方各一份，合成一个文件…", self)
        self.save_one.triggered.connect(self._doing(saving.save_one_file))
        self.save_duplex = QAction("PDF：合成一个文件，供双面打印…", self)
        self.save_duplex.triggered.connect(self._doing(saving.save_for_duplex))
        self.save_many = QAction("PDF：每份一个文件，存到文件夹…", self)
        self.save_many.triggered.connect(self._doing(saving.save_in_folder))
        self.hand_out = QAction("发放、回收登记表…", self)
        self.hand_out.triggered.connect(self._doing(saving.hand_out))
        self.back = QAction("退回草稿…", self)
        look.dress(self.back, "undo")
        self.back.triggered.connect(self._doing(marking.return_to_draft))
        self.void = QAction("作废…", self)
        look.dress(self.void, "delete")
        self.void.triggered.connect(self._doing(marking.void))
        self.copies = QAction("登记纸质件…", self)
        look.dress(self.copies, "copy")
        self.copies.setShortcut(QKeySequence("Ctrl+M"))
        self.copies.triggered.connect(self._doing(copying.follow_copies))
        parent.addAction(self.copies)
        self.amend = QAction("补充协议…", self)
        look.dress(self.amend, "new-file")
        self.amend.triggered.connect(self._doing(self._draw_up_amendment))
        self.end = QAction("提前终止…", self)
        look.dress(self.end, "stop")
        self.end.triggered.connect(self._doing(self._end_early))
        self._opened = opened
        self._files = (self.save_one, self.save_duplex, self.save_many, self.hand_out)
        self.save.setMenu(_menu(self.save, *self._files))
        self._gate()
        self.more.setMenu(_menu(self.more, self.copies, self.amend, self.end, self.back, self.void))

    def _gate(self) -> None:
        """Show what is for the role in which one works."""
        for case, things in (
            ("contracts.states.mark_printed", (self.print,)),
            ("contracts.states.sign", (self.sign,)),
            ("contracts.states.return_to_draft", (self.back, self.void)),
            ("contracts.copies.move_copies", (self.copies,)),
            ("contracts.amending.draw_up_amendment", (self.amend, self.end)),
            ("contracts.batches.handout_pdf", (self.hand_out,)),
            ("yearbook.papers.paper_pdf", (self.more,)),
        ):
            self._desk.only_if(case, *things)

    def put_into(self, bar: QHBoxLayout) -> None:
        """Put the buttons at the end of a bar."""
        for button in (self.print, self.save, self.sign, self.more):
            bar.addWidget(button)

    def add_to_more(self, *actions: QAction) -> None:
        """Offer what is about many contracts at once at the end of 更多."""
        menu = self.more.menu()
        menu.addSeparator()
        menu.addActions(list(actions))

    def fill(self, menu: QMenu) -> None:
        """Offer the same in a context menu."""
        for text, button, case in (
            ("打印…", self.print, "contracts.states.mark_printed"),
            ("登记签署…", self.sign, "contracts.states.sign"),
        ):
            if not self._desk.may(case):
                continue
            action = menu.addAction(button.icon(), text)
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(button.click)
        menu.addSeparator()
        menu.addActions(self._files)
        menu.addSeparator()
        menu.addActions([self.copies, self.amend, self.end])
        menu.addSeparator()
        menu.addActions([self.back, self.void])
        menu.setToolTipsVisible(True)

    def look_again(self) -> None:
        """Enable what is allowed with the chosen contracts."""
        rows = self._chosen()
        targets: list[tuple[QPushButton | QAction, Action]] = [
            (self.print, Action.PRINT),
            (self.save, Action.SAVE),
            (self.sign, Action.SIGN),
            (self.back, Action.RETURN),
            (self.void, Action.VOID),
            (self.copies, Action.COPIES),
            (self.amend, Action.AMEND),
            (self.end, Action.AMEND),
            *((one, Action.SAVE) for one in self._files),
        ]
        for target, action in targets:
            reason = why_not(action, rows)
            target.setEnabled(not reason)
            target.setToolTip(plain_tip(reason) if reason else "")

    def _draw_up_amendment(
        self, desk: Desk, parent: QWidget, rows: Sequence[ContractRow]
    ) -> FormDialog | None:
        return amending.draw_up_amendment(desk, parent, rows, lambda made: self._opened(made.id))

    def _end_early(
        self, desk: Desk, parent: QWidget, rows: Sequence[ContractRow]
    ) -> FormDialog | None:
        return amending.end_early(desk, parent, rows, lambda made: self._opened(made.id))

    def _doing(
        self, act: Callable[[Desk, QWidget, Sequence[ContractRow]], object]
    ) -> Callable[..., None]:
        def do(*_: object) -> None:
            if self._ready():
                act(self._desk, self._parent, tuple(self._chosen()))

        return do


def _menu(button: QPushButton, *actions: QAction) -> QMenu:
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    menu.addActions(list(actions))
    return menu

"""Saving what was typed, pasted or taken back: undoable, with a reason where it corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from kpidesk.ui.dialogs import ask_reason
from kpidesk.usecases import actuals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.ui.pages.actuals.page import ActualsPage
    from kpidesk.usecases.actuals import BookRef, NewActual, Put

_CORRECTS = (
    "其中 {count} 个数在已经结算的期间里。更正以后，差额在下一期结算时补发或扣回，"
    "已结算的结果不改动。"
)


class ActualsSaver(QObject):
    """Puts what was entered on the page's undo stack once it is saved."""

    def __init__(self, page: ActualsPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page

    def save(self, text: str, new: Sequence[NewActual]) -> None:
        """Enter figures; `text` says for 撤销 what was done."""
        page = self._page
        if page.book is None or not new or not page.desk.may("actuals.entering.enter_actuals"):
            return
        ref = page.book.ref
        count = actuals.settled_among(page.book, [one.key for one in new])
        if not count:
            self._enter(ref, new, "", lambda put: self._remember(text, ref, put, new))
            return
        dialog = ask_reason(
            page,
            title=f"{text}：更正已结算的期间？",
            text=_CORRECTS.format(count=count),
            action="更正",
            then=lambda reason: self._enter(ref, new, reason, self._corrected),
        )
        dialog.rejected.connect(page.show_again)

    def again(self, ref: BookRef, new: Sequence[NewActual]) -> None:
        """Enter figures for 撤销 and 重做."""
        self._enter(ref, new, "", lambda _: None)

    def _remember(self, text: str, ref: BookRef, put: Put, new: Sequence[NewActual]) -> None:
        if put.before:
            self._page.undo.push(_Entered(text, ref, put.before, new, self))
            self._page.desk.tell(f"{text}，已保存；Ctrl+Z 可撤销")

    def _corrected(self, put: Put) -> None:
        self._page.desk.tell(f"已更正 {len(put.before)} 个数，差额在下一期结算时补发或扣回")

    def _enter(
        self,
        ref: BookRef,
        new: Sequence[NewActual],
        reason: str,
        done: Callable[[Put], object],
    ) -> None:
        desk = self._page.desk
        actor, today = desk.officer, desk.today
        desk.act(
            lambda company: actuals.enter_actuals(
                company, ref, actuals=new, reason=reason, actor=actor, today=today
            ),
            done,
            self._page.refuse,
            owner=self._page,
        )


class _Entered(QUndoCommand):
    """Figures in place of others; they stand already when this is pushed."""

    def __init__(
        self,
        text: str,
        ref: BookRef,
        before: Sequence[NewActual],
        after: Sequence[NewActual],
        saver: ActualsSaver,
    ) -> None:
        super().__init__(text)
        self._ref, self._before, self._after, self._saver = ref, before, after, saver
        self._is_done = True

    def redo(self) -> None:
        """Enter the new figures again; the first time they are there."""
        if not self._is_done:
            self._saver.again(self._ref, self._after)
        self._is_done = True

    def undo(self) -> None:
        """Enter the former figures again."""
        self._is_done = False
        self._saver.again(self._ref, self._before)

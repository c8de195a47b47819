"""Saving what was typed, pasted or taken back: undoable, with a reason where it corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.ui.pages.actuals.words import period_title, value_text
from kpidesk.usecases import actuals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.period import Period
    from kpidesk.ui.pages.actuals.page import ActualsPage
    from kpidesk.usecases.actuals import Book, BookRef, NewActual, Put

_NAMED = 6
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
        self._granted: set[Period] = set()
        """Periods that have not begun, of which the officer said that this is meant."""

    def save(self, text: str, new: Sequence[NewActual]) -> None:
        """Enter figures; `text` says for 撤销 what was done.

        Asks first where a period has not begun: it is nearly always a slip of the row.
        """
        page = self._page
        if page.book is None or not new or not page.desk.may("actuals.entering.enter_actuals"):
            return
        early = [
            one
            for one in new
            if one.value is not None
            and one.days.start > page.desk.today
            and one.days not in self._granted
        ]
        if not early:
            self._save(text, page.book.ref, new)
            return
        dialog = confirm(
            page.desk,
            page,
            title=f"{_periods(early, page.book)}还没有开始",
            text=f"今天是 {page.desk.today}。要填的是：\n{_listed(early, page.book)}\n\n"
            "多半是填错了行或列。没有填错的，照样保存；这一期以后不再问。",
            action="照样保存",
            back="不保存，改过来",
            safe=True,  # whoever types on ends each figure by Enter
            then=lambda: self._grant(text, new, early),
        )
        dialog.rejected.connect(page.show_again)

    def _grant(self, text: str, new: Sequence[NewActual], early: Sequence[NewActual]) -> None:
        self._granted |= {one.days for one in early}
        if (book := self._page.book) is not None:
            self._save(text, book.ref, new)

    def _save(self, text: str, ref: BookRef, new: Sequence[NewActual]) -> None:
        page = self._page
        if page.book is None:
            return
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


def _periods(early: Sequence[NewActual], book: Book) -> str:
    """12月, or 11月至12月."""
    days = sorted({one.days for one in early}, key=lambda one: one.start)
    first, last = (period_title(one, book.ref.year) for one in (days[0], days[-1]))
    return first if first == last else f"{first}至{last}"


def _listed(early: Sequence[NewActual], book: Book) -> str:
    """The first figures: whose, of what, of when."""
    names = {one.id: one.name for one in book.people}
    lines = []
    for one in early[:_NAMED]:
        item = book.item(one.item)
        what = f"{period_title(one.days, book.ref.year)}{item.label if item else one.item}"
        lines.append(f"· {names.get(one.person, '')}　{what}　{value_text(one.value)}")
    more = f"\n……共 {len(early)} 个数" if len(early) > _NAMED else ""
    return "\n".join(lines) + more


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

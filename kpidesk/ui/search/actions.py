"""What can be done: every command of the menus, and what is done with a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from kpidesk.usecases.pinyin import spellings

if TYPE_CHECKING:
    from kpidesk.usecases.searching import Entry, Named


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a menu: where it stands there, and its keys."""

    name: str
    where: str
    keys: str
    do: Callable[[], object]

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all of the words are in its name, its menu or its spelling."""
        hay = _hay(self.name, self.where)
        return all(word in hay for word in words)


def commands(bar: QMenuBar) -> tuple[Command, ...]:
    """Every command that can be given now."""
    return tuple(_commands(cast("list[QMenu]", bar.findChildren(QMenu))))


def _commands(menus: Sequence[QMenu]) -> Iterator[Command]:
    # Not by QAction.menu(): what it gives takes the menu along when Python is done with it.
    for menu in menus:
        menu.aboutToShow.emit()  # what fills itself when it is opened
        above = menu.parent()
        titles = [plain(one.title()) for one in (above, menu) if isinstance(one, QMenu)]
        where = " → ".join(titles)
        opening = [one.menuAction() for one in menus]
        for action in menu.actions():
            name = plain(action.text())
            if name and action.isEnabled() and action.isVisible() and action not in opening:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield Command(name, where, keys, action.trigger)


@lru_cache(maxsize=512)
def _hay(name: str, where: str) -> str:
    """Made off the window's thread: the spellings are loaded for the first of them."""
    return "\n".join((name, where, *spellings(name))).casefold()


def plain(text: str) -> str:
    """The words of an action: without the letter that Alt marks, and without the dots."""
    marked = text.partition("(&")[0]
    return marked.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done with a person: which page, and what it is asked for."""

    name: str
    page: str
    what: Callable[[Named], object]
    """None where the person has no such paper."""

    @property
    def needs(self) -> str:
        """The use case that it leads to."""
        return _NEEDS[self.name]

    @property
    def spelt(self) -> tuple[str, ...]:
        """By what it is begun."""
        return (self.name, *spellings(self.name))


def _id(entry: Entry | None) -> object:
    return None if entry is None else entry.what


def _with(word: str, entry: Entry | None) -> object:
    return None if entry is None else (word, entry.what)


_NEEDS = {
    "打印责任书": "contracts.states.mark_printed",
    "打开责任书": "contracts.listing.load_contract",
    "拟定责任书": "contracts.drafting.draw_up",
    "评分": "appraisals.listing.load_sheet",
    "考核结果": "appraisals.listing.load_sheet",
    "考核报告": "results.report_pdf",
    "面谈记录": "appraisals.interviewing.plan_of",
    "审批与申诉": "reviewing.history.history",
    "薪酬结算单": "pay.viewing.find_statement",
    "扫描件": "filing.listing.filing_view",
    "编辑资料": "people.edit_person",
}
DEEDS = (
    Deed(
        "打印责任书",
        "contracts",
        lambda who: _with("print", who.contract),
    ),
    Deed("打开责任书", "contracts", lambda who: _id(who.contract)),
    Deed(
        "拟定责任书",
        "contracts",
        lambda who: ("draw_up", (who.person.what,)),
    ),
    Deed("评分", "scoring", lambda who: _id(who.sheet)),
    Deed("考核结果", "results", lambda who: _id(who.sheet)),
    Deed("考核报告", "results", lambda who: _with("report", who.sheet)),
    Deed(
        "面谈记录",
        "results",
        lambda who: _with("interview", who.sheet),
    ),
    Deed("审批与申诉", "results", lambda who: _with("review", who.sheet)),
    Deed("薪酬结算单", "pay", lambda who: _id(who.statement)),
    Deed(
        "扫描件",
        "filing",
        lambda who: who.person.title if who.contract else None,
    ),
    Deed("编辑资料", "people", lambda who: ("edit", who.person.what)),
)


def meant(text: str) -> Iterator[tuple[Deed, list[str]]]:
    """Which deeds a text begins with, by name or spelling, and the words for whom it leaves.

    “打印责任书 张三”, “打印责任书张三” and “dyzrs zs” mean the same.
    """
    first, *others = text.casefold().split() or [""]
    for deed in DEEDS:
        if others and any(one.startswith(first) or first in one for one in deed.spelt):
            yield deed, others
        elif first.startswith(deed.name) and first != deed.name:
            yield deed, [first.removeprefix(deed.name), *others]

"""The search: a line to type in, and below it what is found; Enter goes to the very record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.search.actions import Command, commands, meant
from kpidesk.ui.search.giving import page_commands
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label
from kpidesk.usecases.searching import Index, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.search.finder import Finder
    from kpidesk.ui.window import MainWindow
    from kpidesk.usecases.searching import Entry

_SIZE = QSize(720, 520)
_BELOW_TOP = 70
_HOME = {
    Sort.PERSON: ("people", Tone.ACCENT),
    Sort.CONTRACT: ("contracts", Tone.GOOD),
    Sort.SHEET: ("scoring", Tone.GOOD),
    Sort.STATEMENT: ("pay", Tone.GOOD),
    Sort.SCAN: ("filing", Tone.GOOD),
}
_COMMANDS = 12
_DEEDS = 4
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_HINT = "姓名、工号、拼音首字母，责任书编号，扫描文件名，或要做的事（打印责任书 张三）"


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of what is found."""

    key: str
    sort: str
    tone: Tone
    title: str
    detail: str
    do: Callable[[], object]
    entry: Entry | None = None


class Palette(Dialog):
    """Closed by Esc, or when something has been chosen."""

    chapter = "全局搜索"

    def __init__(self, desk: Desk, window: MainWindow, finder: Finder) -> None:
        """Shows what was opened last, until one types."""
        super().__init__(window, "全局搜索", width=_SIZE.width())
        self._desk, self._finder, self._window = desk, finder, window
        self._commands = (*commands(window.menuBar()), *page_commands(window))
        self._answered = ""
        self._waits = False  # Enter was pressed before what was typed had been looked for
        self.line = QLineEdit()
        self.line.setPlaceholderText(_HINT)
        self.line.setAccessibleName("全局搜索")
        self.line.setClearButtonEnabled(True)
        self.line.addAction(desk.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(self._type_on)
        self.line.installEventFilter(self)
        self.model: RowsModel[Hit] = RowsModel(_columns(), key=lambda one: one.key)
        self.table: TableView[Hit] = TableView(desk, self.model, "search")
        self.table.setAccessibleName("找到的内容")
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self._choose)
        self.table.clicked.connect(lambda _: self._choose_current())
        self._hint = label("↑↓ 选择　Enter 打开　Esc 关闭", "muted")
        self.body.addWidget(self.line)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._hint)
        self.resize(_SIZE.boundedTo(window.size() - QSize(_BELOW_TOP, _BELOW_TOP)))
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _BELOW_TOP))
        self.move(corner)
        self.look_again()

    def _type_on(self) -> None:
        self._waits = False
        self.look_again()

    def look_again(self) -> None:
        """Show what the words find now; nothing typed: what was opened last."""
        text = self.line.text().strip()
        if not text:
            self._answer(text, list(self._lately()))
            return
        index = self._finder.index or Index()
        self._finder.search(partial(self._find, index, text), partial(self._answer, text), self)

    def _answer(self, text: str, found: object) -> None:
        self._answered = text
        self._show(found)
        if self._waits:
            self._choose_current()

    def _find(self, index: Index, text: str) -> list[Hit]:
        """Off the window's thread: nothing of it is touched here."""
        words = text.casefold().split()
        people = [_hit(self._desk, one) for one in index.find(text)]
        named = [one for one in people if one.entry and one.entry.sort is Sort.PERSON]
        papers = [one for one in people if one not in named]
        found = (one for one in self._commands if one.holds(words))
        acts = [_command(one) for one in islice(found, _COMMANDS)]
        asked = [one for one in acts if one.title.casefold() == text.casefold()]
        others = [one for one in acts if one not in asked]
        return [*asked, *self._deeds(index, text), *named, *others, *papers]

    def _deeds(self, index: Index, text: str) -> Iterator[Hit]:
        """打印责任书 张三."""
        done = 0
        for deed, words in meant(text):
            if not self._desk.may(deed.needs):
                continue
            for who in index.people(words, _DEEDS):
                if (what := deed.what(who)) is not None and done < _DEEDS:
                    done += 1
                    yield Hit(
                        f"deed-{deed.name}-{who.person.key}",
                        "操作",
                        Tone.WARN,
                        f"{deed.name}：{who.person.title}",
                        who.person.detail,
                        partial(self._desk.go, deed.page, what),
                    )

    def _lately(self) -> Iterator[Hit]:
        for entry in self._finder.recent():
            yield _hit(self._desk, entry)
        for one in commands(self._window.menuBar()):
            yield _command(one)

    def _show(self, found: object) -> None:
        hits: Sequence[Hit] = found  # type: ignore[assignment]  # what `_find` gave
        if self.line.text().strip():
            self.table.set_empty(
                "没有找到",
                "换一个词试试：姓名、编号、页名或拼音首字母都可以；怎样做，按 F1 查手册。",
            )
        self.model.show(hits)
        if hits:
            self.table.select([hits[0].key])

    # --- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while one types; Enter opens what is chosen."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                QApplication.sendEvent(self.table, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Open what the words find, not what stood there before they were looked for."""
        if self._answered == self.line.text().strip():
            self._choose_current()
        else:
            self._waits = True

    def _choose_current(self) -> None:
        if (row := self.table.current_row()) is not None:
            self._choose(row)

    def _choose(self, hit: Hit) -> None:
        """Close first, so that what opens stands over the window and not over the search."""
        if hit.entry is not None:
            self._finder.remember(hit.entry)
        self.accept()
        QTimer.singleShot(0, self._desk, hit.do)


def _columns() -> list[Column[Hit]]:
    """类别 名称 说明."""
    return [
        Column("sort", "类别", lambda one: one.sort, tone=lambda one: one.tone, width=86),
        Column("title", "名称", lambda one: one.title, bold=lambda _: True, width=300),
        Column("detail", "说明", lambda one: one.detail, stretch=True),
    ]


def _hit(desk: Desk, entry: Entry) -> Hit:
    page, tone = _HOME[entry.sort]
    key = f"{entry.sort}-{entry.key}"
    go = partial(desk.go, page, entry.what)
    return Hit(key, entry.sort.value, tone, entry.title, entry.detail, go, entry)


def _command(one: Command) -> Hit:
    detail = "　".join(part for part in (one.where, one.keys) if part)
    key = f"command-{one.where}-{one.name}"
    return Hit(key, "操作", Tone.NEUTRAL, one.name, detail, one.do)

"""Keeps what can be found, reads anew what has changed, and looks through it off the window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zlib import crc32

import shiboken6
from PySide6.QtCore import QObject, Slot

from kpidesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.search.palette import Palette
    from kpidesk.ui.window import MainWindow
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.searching import Entry, Index, Sort

_RECENT = 8


class Finder(QObject):
    """One for the window. The database's worker reads the entries; a worker of its own searches."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        """Nothing is read, and no worker started, before somebody searches."""
        super().__init__(window)
        self._desk, self._window = desk, window
        self._index: Index | None = None
        self._stale: set[Sort] = set()
        self._tasks: Tasks | None = None
        self._latest = 0
        desk.changed.connect(self._note)
        desk.company_changed.connect(self._forget)
        desk.closing.connect(self._stop)

    def open(self) -> Palette:
        """Show the search."""
        from kpidesk.ui.search.palette import Palette

        palette = Palette(self._desk, self._window, self)
        palette.open()
        self.load(palette)
        return palette

    @property
    def index(self) -> Index | None:
        """What can be found; None until it is read for the first time."""
        return self._index

    def load(self, palette: Palette) -> None:
        """Read what has changed since, then tell the palette."""
        company = self._desk.company
        if company is None or (self._index is not None and not self._stale):
            return
        before, stale = self._index, set(self._stale)
        self._stale.clear()

        def work(company: Company) -> Index:
            from kpidesk.usecases import searching

            known = before.parts if before is not None else {}
            return searching.Index(
                {
                    sort: known[sort]
                    if sort in known and sort not in stale
                    else searching.entries_of(company, sort)
                    for sort in searching.Sort
                }
            )

        def done(index: Index) -> None:
            if company is self._desk.company:
                self._index = index
                if shiboken6.isValid(palette):
                    palette.look_again()

        def failed(problem: Exception) -> None:
            self._forget()
            self._desk.tasks.unhandled.emit(problem)

        self._desk.ask(work, done, failed, owner=self)

    def search(
        self, work: Callable[[], object], done: Callable[[object], object], owner: QObject
    ) -> None:
        """Do `work` off the window's thread; only the answer to the latest is delivered."""
        if self._tasks is None:
            self._tasks = Tasks(self)
            self._tasks.unhandled.connect(self._desk.tasks.unhandled)
        self._latest += 1
        number = self._latest

        def maybe() -> object:
            return work() if number == self._latest else None

        def deliver(found: object) -> None:
            if number == self._latest and found is not None:
                done(found)

        self._tasks.run(maybe, deliver, owner=owner)

    # --- what was looked for lately

    def recent(self) -> list[Entry]:
        """What was opened from here last, newest first; what is gone is left out."""
        if self._index is None:
            return []
        from kpidesk.usecases.searching import Sort

        found = (self._index.entry(Sort(sort), key) for sort, key in self._kept())
        return [one for one in found if one is not None]

    def remember(self, entry: Entry) -> None:
        """Put something at the head of what was opened."""
        mine = (entry.sort.value, entry.key)
        others = [one for one in self._kept() if one != mine]
        self._desk.settings.put_text(self._key(), json.dumps([mine, *others][:_RECENT]))

    def _kept(self) -> list[tuple[str, str]]:
        from kpidesk.usecases.searching import Sort

        try:
            kept = json.loads(self._desk.settings.text(self._key()) or "[]")
            return [(sort, key) for sort, key in kept if sort in set(Sort)]
        except (TypeError, ValueError):
            return []

    def _key(self) -> str:
        company = self._desk.company
        path = str(company.path) if company is not None else ""
        return f"search/{crc32(path.encode()):08x}"

    # --- keeping up

    @Slot(object)
    def _note(self, changes: object) -> None:
        if self._index is None:
            return
        from kpidesk.usecases.changes import Changes
        from kpidesk.usecases.searching import PARTS

        if isinstance(changes, Changes):
            self._stale |= {sort for sort, (by, _) in PARTS.items() if by & changes}

    @Slot()
    def _forget(self) -> None:
        self._index = None
        self._stale.clear()

    @Slot()
    def _stop(self) -> None:
        if self._tasks is not None:
            self._tasks.close()

"""The scanner's folder: what appears there is read and filed; nothing is ever deleted."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from kpidesk.ui.errors import message_of
from kpidesk.ui.tasks import Task, Tasks
from kpidesk.usecases import filing

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.filing import Received, ScanRead

KEY: Final = "scans/folder"
"""Where the chosen folder is remembered; empty: none is watched."""
LOOK_EVERY_MS: Final = 5000
_Stamp = tuple[str, int, int]
_log = logging.getLogger(__name__)


class ScanFolder(QObject):
    """Looks every five seconds, and when the system tells of a change.

    A file is read once its size and time stay the same from one look to the next: the scanner has
    finished it then. It is read by a worker of its own, so that the pages need not wait, and one
    after the other. What was received before is known by its bytes, whatever its name.
    """

    def __init__(self, desk: Desk) -> None:
        """Begins to look when a company file is open and a folder is chosen."""
        super().__init__(desk)
        self._desk = desk
        self._before: set[_Stamp] = set()
        self._done: set[_Stamp] = set()
        self._is_busy = False
        self._company: Company | None = None
        self._task: Task[ScanRead | None] | None = None
        self._reader = Tasks(self)
        self._reader.unhandled.connect(desk.tasks.unhandled)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.closing.connect(self._close)
        desk.company_changed.connect(self._forget)

    @Slot()
    def look(self) -> None:
        """Look at the folder; read the first file that is new and finished."""
        folder = self._desk.settings.text(KEY)
        self._follow(folder)
        if not folder or self._is_busy or not self._desk.may("filing.intake.file_scan"):
            return
        stamps = map(_stamp, _scans(Path(folder)))
        seen = {one for one in stamps if one is not None}
        ready = sorted((seen & self._before) - self._done, key=lambda one: one[2])
        self._before = seen
        if ready:
            self._begin(ready[0])

    def _follow(self, folder: str) -> None:
        watched = self._watcher.directories()
        if watched and watched != [folder]:
            self._watcher.removePaths(watched)
        if folder and watched != [folder] and Path(folder).is_dir():
            self._watcher.addPath(folder)

    def _begin(self, stamp: _Stamp) -> None:
        self._is_busy = True
        self._company = self._desk.company
        path = Path(stamp[0])

        def content_of(company: Company) -> bytes:
            content = filing.read_bytes(path)
            filing.check_new(company, content)
            return content

        self._desk.ask(
            content_of,
            partial(self._read, stamp, path),
            partial(self._fail, stamp, path),
            owner=self,
        )

    def _read(self, stamp: _Stamp, path: Path, content: bytes) -> None:
        self._desk.tell(f"扫描文件夹：正在读取“{path.name}”…")
        # The work is handed its progress by the worker, and stops when the window closes.
        self._task = self._reader.run_long(
            path.name,
            lambda progress: filing.read_scan(path, content, progress),
            partial(self._file, stamp, path),
            partial(self._fail, stamp, path),
            owner=self,
        )

    def _file(self, stamp: _Stamp, path: Path, read: ScanRead | None) -> None:
        self._task = None
        if read is None or self._desk.company is not self._company:
            self._is_busy = False  # it is read anew for the company that is open now
            return
        actor, today = self._desk.officer, self._desk.today

        def done(received: Received) -> None:
            self._finish(stamp)
            self._say(received.text)

        self._desk.act(
            lambda company: filing.file_scan(company, read, actor=actor, today=today),
            done,
            partial(self._fail, stamp, path),
            owner=self,
        )

    def _fail(self, stamp: _Stamp, path: Path, problem: Exception) -> None:
        self._task = None
        self._finish(stamp)
        if isinstance(problem, filing.KnownScanError):
            return
        if not isinstance(problem, filing.ScanError):
            _log.error("a file of the scanner's folder", exc_info=problem)
        self._say(f"“{path.name}”没有读入：{message_of(problem)}")

    def _finish(self, stamp: _Stamp) -> None:
        self._done.add(stamp)
        self._is_busy = False
        QTimer.singleShot(0, self.look)

    def _say(self, text: str) -> None:
        self._desk.tell(f"扫描文件夹：{text}")

    @Slot()
    def _forget(self) -> None:
        """Another company file has its own memory of what it received."""
        self._done.clear()
        self._before.clear()

    @Slot()
    def _close(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._task.progress.cancel()
        self._reader.close()


def _scans(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if one.suffix.lower() in filing.SUFFIXES]
    except OSError:  # a network folder that is away for a while
        return []


def _stamp(path: Path) -> _Stamp | None:
    """A file with its size and time; None for an empty one, and for one that has just gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return (str(path), told.st_size, told.st_mtime_ns) if told.st_size else None

"""One window per user: a second start hands its file to the first window and ends.

The first program holds a lock, and watches a folder for requests: small files that name a company
file. Where the first does not answer (it hangs, or the folder cannot be written), the second opens
a window of its own; the company file has its own lock and is never written by two.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from kpidesk.ui.window import MainWindow

_PATIENCE = 3.0  # seconds for the first window to take a request
_PAUSE = 0.05
_SUFFIX = ".open"


class SingleInstance(QObject):
    """Made before the window; `is_first` says whether this program shall show one."""

    asked = Signal(str)
    """Another start named this company file (empty: only show yourself)."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the user's own; lock and requests lie in it."""
        super().__init__()
        self._requests = folder / "requests"
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its program has ended, only then
        try:
            self._requests.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.is_first = True  # nothing can be written: then nobody can be asked either
            return
        self.is_first = self._lock.tryLock(0)

    def hand_over(self, path: Path | None) -> bool:
        """Ask the first window to open a file; False when it does not answer."""
        self._let_it_come_forward()
        part = self._requests / f"{time.monotonic_ns()}.part"
        request = part.with_suffix(_SUFFIX)
        try:
            part.write_text("" if path is None else str(path), encoding="utf-8")
            part.rename(request)
            end = time.monotonic() + _PATIENCE
            while request.exists():
                if time.monotonic() > end:
                    request.unlink(missing_ok=True)
                    return False
                time.sleep(_PAUSE)
        except OSError:
            return False
        return True

    def listen(self) -> None:
        """Take the requests of later starts, from now on."""
        if not self._requests.is_dir():
            return
        for left in self._requests.iterdir():
            left.unlink(missing_ok=True)  # from a program that was killed
        self._watcher = QFileSystemWatcher([str(self._requests)], self)
        self._watcher.directoryChanged.connect(self._take)

    def _take(self) -> None:
        for request in sorted(self._requests.glob(f"*{_SUFFIX}")):
            try:
                text = request.read_text(encoding="utf-8")
                request.unlink()
            except (OSError, UnicodeDecodeError):
                continue
            self.asked.emit(text)

    def _let_it_come_forward(self) -> None:
        """Windows lets a program come to the front only when the one in front allows it."""
        if sys.platform == "win32":
            import ctypes

            process = self._lock.getLockInfo()[0]
            ctypes.windll.user32.AllowSetForegroundWindow(int(process))


def answer(window: MainWindow, text: str) -> None:
    """Show the window, with the file that another start has named."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    if text and not window.property("locked"):
        window.files.open(window, Path(text))

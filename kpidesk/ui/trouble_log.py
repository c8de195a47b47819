"""The log of the program, without anybody's data, and what it says of the last time.

What an exception says may hold a name or a salary, so only its kind and where it happened are
written. While the program runs, a mark lies beside the log: one that is found at the start tells
that the program ended without closing.
"""

from __future__ import annotations

import faulthandler
import logging
import traceback
from contextlib import suppress
from copy import copy
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import TextIO

_LARGEST, _KEPT = 1_000_000, 5
_SAFE = (
    "点过“确定”的操作都已保存在公司文件里，没有丢失；当时正在填写、还没有保存的内容需要重新填写。"
)


class DiscreetFormatter(logging.Formatter):
    """Of an error, its kind and the way to it; never its words, nor values."""

    def __init__(self) -> None:
        """One line each: when, how bad, where, what."""
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another formatter has made of the error already is not used."""
        fresh = copy(record)
        fresh.exc_text = None
        return super().format(fresh)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The frames of the error and of those that led to it."""
        return "" if ei[1] is None else discreet(ei[1])


def discreet(problem: BaseException) -> str:
    """Where an error happened and of what kind it is, without its words."""
    lines = []
    seen: BaseException | None = problem
    while seen is not None:
        lines += [
            f'  File "{_tail(frame.filename)}", line {frame.lineno}, in {frame.name}'
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def _tail(name: str) -> str:
    """The last parts of a path: the first ones may hold the name of the user."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(parts[-4:])


class TroubleLog:
    """A log at a place, from the start of the program to its end."""

    def __init__(self, path: Path) -> None:
        """Nothing is written yet."""
        self._path = path
        self._handler: logging.Handler | None = None
        self._crashes: TextIO | None = None

    def begin(self, now: datetime) -> str:
        """Begin; what to tell of the last time, empty when it ended as it should."""
        path = self._path
        path.parent.mkdir(parents=True, exist_ok=True)
        said = _last_time(path)
        self._handler = RotatingFileHandler(
            path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
        )
        self._handler.setFormatter(DiscreetFormatter())
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)
        # Stays open for as long as the program runs: faulthandler writes to its descriptor.
        self._crashes = _crashes(path).open("a", encoding="utf-8")
        faulthandler.enable(self._crashes)
        mark = f"{now:%Y-%m-%d %H:%M}\n{_size(_crashes(path))}"
        with suppress(OSError):
            _mark(path).write_text(mark, encoding="utf-8")
        return said

    def end(self) -> None:
        """The program ends as it should: what is still logged goes there, too."""
        with suppress(OSError):
            _mark(self._path).unlink(missing_ok=True)

    def let_go(self) -> None:
        """Close the files."""
        faulthandler.disable()
        if self._crashes is not None:
            self._crashes.close()
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()


def _last_time(path: Path) -> str:
    try:
        began, _, size = _mark(path).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    crashed = size.isdigit() and _size(_crashes(path)) > int(size)
    what = "程序自己出错退出了" if crashed else "没有正常关闭（断电、死机或被强行结束）"
    return f"上次（{began} 打开）{what}。{_SAFE}"


def _mark(path: Path) -> Path:
    return path.with_suffix(".running")


def _crashes(path: Path) -> Path:
    return path.with_suffix(".crash")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

"""Reads scans in a process of its own, which may die or hang without harm."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Final, Self

from kpidesk.exchange.scan.found import MOST_BYTES, Part, ScanError, SheetFound

_OPENING_SECONDS: Final = 60.0  # a slow machine starts the process and loads the libraries
_SHEET_SECONDS: Final = 30.0
_DEATHS: Final = 3
_BROKE: Final = "读取这一页时出错，可能已损坏"


class ScanReader:
    """Use it in a `with`; the process starts with the first scan."""

    def __init__(self, prefix: str) -> None:
        """`prefix` is what the codes to be found begin with."""
        self._prefix = prefix
        self._line: Connection | None = None
        self._process: Any = None

    def read(self, content: bytes) -> Iterator[SheetFound | int]:
        """First how many sheets there are, then each of them; ScanError when it cannot be read.

        A sheet that breaks the process is given back with its problem; after three of them the
        scan is refused.
        """
        if len(content) > MOST_BYTES:
            msg = (
                f"超过 {MOST_BYTES // 1_000_000} MB，太大了。请分成几个文件，或用 300 dpi 灰度扫描"
            )
            raise ScanError(msg)
        count = self._open(content)
        yield count
        deaths = 0
        for number in range(count):
            answer = self._ask((number, self._prefix), _SHEET_SECONDS)
            if isinstance(answer, SheetFound):
                yield answer
                continue
            deaths += 1
            if deaths == _DEATHS or self._open(content) != count:
                msg = "有多页读取失败，文件可能已损坏。请重新扫描，或用 PDF 软件另存一份再试"
                raise ScanError(msg)
            yield SheetFound(number, (Part(),), _BROKE)

    def _open(self, content: bytes) -> int:
        answer = self._ask(content, _OPENING_SECONDS)
        match answer:
            case int() as count:
                return count
            case str() as why:
                raise ScanError(why)
            case _:
                msg = "无法读取，文件可能已损坏。请重新扫描，或用 PDF 软件另存一份再试"
                raise ScanError(msg)

    def _ask(self, what: object, seconds: float) -> object:
        """The answer; None when the process died over it or took too long (it is ended then)."""
        line = self._started()
        try:
            line.send(what)
            if line.poll(seconds):
                answer: object = line.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.close()
        return None

    def _started(self) -> Connection:
        if self._line is None:
            from kpidesk.exchange.scan.child import serve

            context = get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._line

    def close(self) -> None:
        """End the process."""
        if self._line is not None:
            self._line.close()
            self._line = None
            self._process.kill()
            self._process.join()
            self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

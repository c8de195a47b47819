"""Reads scans in a process of its own, which may die or hang without harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpidesk.exchange.scan.found import MOST_BYTES, Part, ScanError, SheetFound
from kpidesk.exchange.separate import Separate, Serve

_OPENING_SECONDS: Final = 60.0  # a slow machine starts the process and loads the libraries
_SHEET_SECONDS: Final = 30.0
_DEATHS: Final = 3
_BROKE: Final = f"这一页读取出错，或者 {_SHEET_SECONDS:.0f} 秒还没有读完，可能已损坏"


class ScanReader(Separate):
    """Use it in a `with`; the process starts with the first scan."""

    def __init__(self, prefix: str) -> None:
        """`prefix` is what the codes to be found begin with."""
        super().__init__(_child)
        self._prefix = prefix

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
            answer = self.ask((number, self._prefix), _SHEET_SECONDS)
            if isinstance(answer, SheetFound):
                yield answer
                continue
            deaths += 1
            if deaths == _DEATHS or self._open(content) != count:
                msg = "有多页读取失败，文件可能已损坏。请重新扫描，或用 PDF 软件另存一份再试"
                raise ScanError(msg)
            yield SheetFound(number, (Part(),), _BROKE)

    def _open(self, content: bytes) -> int:
        answer = self.ask(content, _OPENING_SECONDS)
        match answer:
            case int() as count:
                return count
            case str() as why:
                raise ScanError(why)
            case _:
                msg = "无法读取，文件可能已损坏。请重新扫描，或用 PDF 软件另存一份再试"
                raise ScanError(msg)


def _child() -> Serve:
    from kpidesk.exchange.scan.child import serve

    return serve

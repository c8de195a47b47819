"""The process that reads scans: a broken file may kill it, and nothing else.

It is told what to do by `kpidesk.exchange.scan.reader`, in bytes and pickled values.
"""

from __future__ import annotations

import signal
import sys
from multiprocessing.connection import Connection
from typing import Final

from kpidesk.exchange.scan.codes import parts_of
from kpidesk.exchange.scan.found import Part, ScanError, SheetFound
from kpidesk.exchange.scan.opening import Scan, open_scan

if sys.platform != "win32":
    import resource

_MOST_MEMORY: Final = 3_000_000_000


def serve(line: Connection) -> None:
    """Open what is sent, answer for each sheet that is asked for; end when the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    scan: Scan | None = None
    try:
        while True:
            match line.recv():
                case bytes() as content:
                    scan = None
                    scan = _answer_opening(line, content)
                case (int() as number, str() as prefix) if scan is not None:
                    line.send(_read(scan, number, prefix))
                case other:
                    msg = f"not understood: {other!r}"
                    raise RuntimeError(msg)
    except (EOFError, ConnectionError):  # closed, or the program was ended from outside
        return


def _answer_opening(line: Connection, content: bytes) -> Scan | None:
    """Send the number of sheets, or the sentence why there are none."""
    try:
        scan = open_scan(content)
    except ScanError as error:
        line.send(str(error))
        return None
    except MemoryError:
        line.send(_TOO_LARGE)
        return None
    line.send(scan.sheet_count)
    return scan


_TOO_LARGE: Final = "图片太大，内存不够。请用 300 dpi 重新扫描"


def _read(scan: Scan, number: int, prefix: str) -> SheetFound:
    try:
        parts = parts_of(lambda longest: scan.picture(number, longest), prefix)
    except ScanError as error:
        return SheetFound(number, (Part(),), str(error))
    except MemoryError:
        return SheetFound(number, (Part(),), _TOO_LARGE)
    return SheetFound(number, parts)


def _bound_memory() -> None:
    """Where the system can hold a process to it, no more memory than a large sheet takes."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))

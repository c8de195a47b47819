"""Wrong passwords, counted beside the company file, so that a new start does not forget them.

The note lies there only while there are wrong tries since the last right one. Whoever takes it
away can guess on, as whoever has a copy of the file can: what holds them off is what a try costs.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final

_FREE: Final = 3
"""So many slips cost nothing."""
_LONGEST: Final = 300
_MOST: Final = 1000


def wait_left(path: Path, now: datetime) -> int:
    """Seconds until the next password is looked at; 0 when it may be now."""
    count, last = _read(path, now)
    if count < _FREE:
        return 0
    # A clock that was set back must not lock anybody out for longer than the delay itself.
    passed = max(now - last, timedelta())
    return max(0, ceil(_delay(count) - passed.total_seconds()))


def note_wrong(path: Path, now: datetime) -> int:
    """Count a wrong password; how many seconds to wait before the next."""
    count = min(_read(path, now)[0] + 1, _MOST)
    note = _place(path)
    draft = note.with_name(f"{note.name}.part")
    with suppress(OSError):  # where nothing can be written no company file is opened either
        draft.write_text(json.dumps({"count": count, "last": now.isoformat()}), encoding="utf-8")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(note)
    return _delay(count)


def forget(path: Path) -> None:
    """The password was right."""
    with suppress(OSError):
        _place(path).unlink(missing_ok=True)


def _delay(count: int) -> int:
    """1, 2, 4 … 300 seconds after the third slip."""
    if count < _FREE:
        return 0
    return min(1 << min(count - _FREE, _LONGEST.bit_length()), _LONGEST)


def _place(path: Path) -> Path:
    return path.with_name(f"{path.name}-tries")


def _read(path: Path, now: datetime) -> tuple[int, datetime]:
    try:
        said = json.loads(_place(path).read_text(encoding="utf-8"))
        count, last = int(said["count"]), datetime.fromisoformat(said["last"])
    except FileNotFoundError:
        return 0, now
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return _FREE, now  # somebody was at it
    if last.tzinfo is None:
        return _FREE, now
    return max(0, min(count, _MOST)), min(last, now)

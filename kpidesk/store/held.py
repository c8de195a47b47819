"""Files that this process holds.

Module-level because the fact is: on POSIX a lock belongs to the process, and merely looking at a
held file a second time would drop it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FileId = tuple[int, int]
HELD: Final[set[FileId]] = set()


def identity(path: Path) -> FileId:
    """What a file is known by, whatever it is called."""
    found = path.stat()
    return found.st_dev, found.st_ino


def is_held(path: Path) -> bool:
    """Whether this process has the file open."""
    return identity(path) in HELD

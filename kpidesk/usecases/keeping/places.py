"""Where this computer keeps backups: a folder for each company, in one place or two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kpidesk.core.file_name import safe_name

_KEY_LETTERS: Final = 8


class Place(StrEnum):
    """Where a backup lies."""

    FIRST = "本机"
    SECOND = "第二位置"
    BESIDE = "公司文件旁"


@dataclass(eq=False, slots=True)
class Keeper:
    """The places, and how far the backups of one open company are."""

    first: Path
    second: Path | None = None
    key: str = ""
    """What the company is known by, whatever its file is called."""
    stem: str = ""
    writes: int = -1
    """What had been written when the last backup was made; below 0: nobody knows."""
    problem: str = ""
    """Why the last backup could not be made; empty when it was."""
    second_problem: str = ""
    """Why the last one did not reach the second place."""

    def folder(self, place: Path) -> Path:
        """The folder of this company in a place, found again after its file was renamed."""
        key = self.key[:_KEY_LETTERS]
        if key and place.is_dir():
            known = sorted(one for one in place.glob(f"*_{key}") if one.is_dir())
            if known:
                return known[0]
        return place / f"{safe_name(self.stem)}_{key}"

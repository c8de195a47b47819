"""What is found in a scan: its sheets, their halves, the codes on them; and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpidesk.core.errors import KpiDeskError

MOST_BYTES: Final = 200_000_000
MOST_SHEETS: Final = 400
MOST_PIXELS: Final = 150_000_000
"""A page of A4 at 1200 dpi has 139 million."""


class ScanError(KpiDeskError):
    """A scan that cannot be read; the file stays where it is."""


class Half(StrEnum):
    """Which part of a sheet a printed page takes up."""

    WHOLE = "whole"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet, or the half of one that holds two pages.

    `codes` are the texts of the codes of ours on it, each once. `turn` is by how many degrees
    clockwise the picture has to be turned to stand upright: 0, 90, 180 or 270.
    """

    half: Half = Half.WHOLE
    codes: tuple[str, ...] = ()
    turn: int = 0
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class SheetFound:
    """One sheet of a scan, the first is 0; `problem` says why it could not be read at all."""

    number: int
    parts: tuple[Part, ...]
    problem: str = ""

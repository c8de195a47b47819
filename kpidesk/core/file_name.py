"""Texts as names of files that every system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|]')
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])", re.IGNORECASE
)
_LONGEST: Final = 80
_MOST_BYTES: Final = 200
"""A name takes 255 of them on Linux, and each Chinese character three or four."""


def safe_name(text: str) -> str:
    """A text as a file name: forbidden characters become “_”, dots and blanks at the end go.

    What cannot be seen goes, too: it could turn the name around (an .exe that ends on fdp).
    """
    seen = "".join(map(_seen, text))
    name = _FORBIDDEN.sub("_", seen).strip(" .")[:_LONGEST]
    name = name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name.split(".")[0].rstrip()) else name


def _seen(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cf":
            return ""
        case "Cc" | "Cs" | "Zl" | "Zp":
            return "_"
        case _:
            return letter

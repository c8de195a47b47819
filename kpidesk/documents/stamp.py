"""What identifies a printed page: the text of its QR code, and the code itself."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isqrt
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Any, cast

import zxingcpp

from kpidesk.core.page_code import PageCode, Stamp, code_text, read_code
from kpidesk.documents.look import INK

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["PageCode", "Stamp", "code_text", "draw_code", "read_code"]

_LEVELS = ("M", "Q", "H")
_ALIKE = str.maketrans(digits + ascii_uppercase + ascii_lowercase, "0" * 10 + "A" * 26 + "a" * 26)
_DARK = re.compile(rb"\0+")


def draw_code(canvas: Any, text: str, left: float, bottom: float, side: float) -> None:  # noqa: ANN401 - the PDF library has no types
    """Draw the QR code of a text, `side` points wide without its white border."""
    count, drawing = _drawing(text)
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.translate(left, bottom)
    canvas.scale(side / count, side / count)
    canvas.addLiteral(drawing)
    canvas.restoreState()


@lru_cache(maxsize=256)
def _drawing(text: str) -> tuple[int, str]:
    """How many modules wide the code is, and it as PDF operations, one module one unit.

    Written as whole numbers at once: the writer's own path would take longer than the page.
    """
    side, modules = _strongest(text)
    rectangles = [
        f"{start} {side - 1 - number} {length} 1 re"
        for number in range(side)
        for start, length in _runs(modules[number * side : (number + 1) * side])
    ]
    return side, " ".join([*rectangles, "f"])


def _strongest(text: str) -> tuple[int, bytes]:
    """The smallest code that mends 15 % of itself; as much more as finds room in it.

    Its side in modules, and its modules row by row: 0 is dark.
    """
    return _modules(text, _level(text.translate(_ALIKE)))


@lru_cache(maxsize=256)
def _level(text: str) -> str:
    """How strong the code of a text can be; that depends on the kinds of its characters only."""
    sides = [_modules(text, level)[0] for level in _LEVELS]
    return next(
        level
        for level, side in zip(reversed(_LEVELS), reversed(sides), strict=True)
        if side == sides[0]
    )


def _modules(text: str, level: str) -> tuple[int, bytes]:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture = memoryview(cast("Buffer", code.to_image(scale=1, add_quiet_zones=False)))
    return isqrt(picture.nbytes), picture.tobytes()


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many stand side by side."""
    return [(found.start(), len(found[0])) for found in _DARK.finditer(row)]

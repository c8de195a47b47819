"""What identifies a printed page: the text of its QR code, and the code itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from kpidesk.core.page_code import PageCode, Stamp, code_text, read_code
from kpidesk.documents.look import INK

__all__ = ["PageCode", "Stamp", "code_text", "draw_code", "read_code"]

_LEVELS = (QRErrorCorrectLevel.M, QRErrorCorrectLevel.Q, QRErrorCorrectLevel.H)
_MASK = 3  # any mask can be read; choosing the prettiest takes eight times as long


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
    code = _strongest(text)
    code.makeImpl(False, _MASK)
    rows = code.modules
    rectangles = [
        f"{start} {len(rows) - 1 - number} {length} 1 re"
        for number, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return len(rows), " ".join([*rectangles, "f"])


def _strongest(text: str) -> QRCode:
    """The smallest code that mends 15 % of itself; as much more as finds room in it."""
    codes = []
    for level in _LEVELS:
        code = QRCode(None, level)
        code.addData(text)
        code.version = code.calculate_version()
        codes.append(code)
    return next(code for code in reversed(codes) if code.version == codes[0].version)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((position, 1))
    return runs

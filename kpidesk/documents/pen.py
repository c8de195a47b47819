"""Writes lines of text onto a page: in one run of operations, without the writer's text object.

The text object measures every string again and sets every colour and font anew; half of the time
of a document went there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics

from kpidesk.documents.fonts import Face, runs


class Placed(NamedTuple):
    """A line at its left end on the baseline; `gap` points more between its characters."""

    x: float
    y: float
    text: str
    gap: float = 0.0


def write(canvas: Any, face: Face, size: float, color: Color, lines: Iterable[Placed]) -> None:  # noqa: ANN401 - the PDF library has no types
    """Write lines in one face, size and colour."""
    document = canvas._doc  # noqa: SLF001 - fonts are cut for each document
    operations = ["BT", _fill(color)]
    set_font = ""
    for x, y, text, gap in lines:
        operations.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {gap:.3f} Tc")
        for name, part in runs(text, face):
            font = pdfmetrics.getFont(name)
            for subset, codes in font.splitString(part, document):
                needed = font.getSubsetInternalName(subset, document)
                if needed != set_font:
                    operations.append(f"{needed} {size:g} Tf")
                    set_font = needed
                operations.append(f"({canvas._escape(codes)}) Tj")  # noqa: SLF001 - its own rule
    operations.append("0 Tc ET")
    canvas.addLiteral("\n".join(operations))


@cache
def _fill(color: Color) -> str:
    return f"{color.red:.4f} {color.green:.4f} {color.blue:.4f} rg"

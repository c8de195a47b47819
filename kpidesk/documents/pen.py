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

from kpidesk.documents.common import Shown, common_of
from kpidesk.documents.fonts import Face, runs

_REMEMBERED = 4096  # texts


class Placed(NamedTuple):
    """A line at its left end on the baseline; `gap` points more between its characters."""

    x: float
    y: float
    text: str
    gap: float = 0.0


def write(canvas: Any, face: Face, size: float, color: Color, lines: Iterable[Placed]) -> None:  # noqa: ANN401 - the PDF library has no types
    """Write lines in one face, size and colour."""
    document = canvas._doc  # noqa: SLF001 - fonts are cut for each document
    known = common_of(canvas).shown
    operations = ["BT", _fill(color)]
    set_font = ""
    for x, y, text, gap in lines:
        operations.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {gap:.3f} Tc")
        for name, part, shown in known.get((face, text)) or _show(canvas, face, text):
            needed = pdfmetrics.getFont(name).getSubsetInternalName(part, document)
            if needed != set_font:
                operations.append(f"{needed} {size:g} Tf")
                set_font = needed
            operations.append(shown)
    operations.append("0 Tc ET")
    canvas.addLiteral("\n".join(operations))


def _show(canvas: Any, face: Face, text: str) -> tuple[Shown, ...]:  # noqa: ANN401 - as above
    """The text cut into pieces of one part of a font each."""
    shown = tuple(
        Shown(name, part, f"({canvas._escape(codes)}) Tj")  # noqa: SLF001 - its own rule
        for name, run in runs(text, face)
        for part, codes in pdfmetrics.getFont(name).splitString(run, canvas._doc)  # noqa: SLF001 - as above
    )
    common = common_of(canvas)
    if len(common.shown) < _REMEMBERED and common.holds(shown):
        common.shown[face, text] = shown
    return shown


@cache
def _fill(color: Color) -> str:
    return f"{color.red:.4f} {color.green:.4f} {color.blue:.4f} rg"

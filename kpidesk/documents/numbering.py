"""The number of each page within a bound file, at its lower right edge, under all else."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pypdfium2
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kpidesk.documents.fonts import Face
from kpidesk.documents.look import INK, Align, Style
from kpidesk.documents.page import RIGHT
from kpidesk.documents.text import draw_line, text_width

_NUMBER: Final = Style(Face.HEI, 7.5, 10, Align.RIGHT, color=INK)
_WIDTH, _HEIGHT = 60 * mm, 4 * mm
_BOTTOM: Final = 9 * mm  # lower than the foot of our own pages, inside what printers reach
_BASE: Final = 0.8 * mm
_EDGE: Final = 0.8 * mm  # of the white ground beyond the number


def number_pages(whole: pypdfium2.PdfDocument, name: str) -> None:
    """Draw “name 3 / 85” on each page as it is seen, turned or not; nothing on it is moved.

    The number has a white ground: scans have black borders.
    The caller holds the lock of PDFium.
    """
    labels = pypdfium2.PdfDocument(_labels(name, len(whole)))
    for number in range(len(whole)):
        page = whole[number]
        captured = labels.page_as_xobject(number, whole)
        label = captured.as_pageobject()
        label.set_matrix(_place(page))
        page.insert_obj(label)
        page.gen_content()
        captured.close()
        page.close()
    labels.close()


def _labels(name: str, count: int) -> bytes:
    """A page for each number, of the size of its label."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(_WIDTH, _HEIGHT),
        initialFontName=Face.HEI.main,
        invariant=1,
        pageCompression=1,
    )
    for number in range(1, count + 1):
        text = f"{name} {number} / {count}"
        width = text_width(text, _NUMBER) + 2 * _EDGE
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(_WIDTH - width, 0, width, _HEIGHT - _EDGE, stroke=0, fill=1)
        draw_line(canvas, _WIDTH - _EDGE, _BASE, text, _NUMBER)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _place(page: pypdfium2.PdfPage) -> pypdfium2.PdfMatrix:
    """From the label to the lower right of the page, as its turn shows it."""
    left, bottom, right, top = page.get_cropbox()
    seen_width = page.get_width()
    label = pypdfium2.PdfMatrix().translate(seen_width - RIGHT - _WIDTH + _EDGE, _BOTTOM)
    turned = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[page.get_rotation()]
    return label.multiply(pypdfium2.PdfMatrix(*turned))

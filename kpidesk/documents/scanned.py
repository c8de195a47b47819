"""The scanned pages of one paper as a PDF: pages of a stored PDF unchanged, others as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from reportlab.lib.pagesizes import A4

from kpidesk.documents.binding import settled
from kpidesk.documents.pictures import PDFIUM_LOCK


@dataclass(frozen=True, slots=True)
class Taken:
    """A page (the first is 0) of a stored PDF as it is, shown turned by so many degrees."""

    pdf: bytes
    page: int
    turn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture, upright; its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def scanned_pdf(pages: Sequence[Taken | Drawn]) -> bytes:
    """The pages in order."""
    with PDFIUM_LOCK:
        whole = pypdfium2.PdfDocument.new()
        for number, page in enumerate(pages):
            match page:
                case Taken():
                    source = pypdfium2.PdfDocument(page.pdf)
                    whole.import_pages(source, [page.page])
                    source.close()
                    taken = whole[number]
                    taken.set_rotation((taken.get_rotation() + page.turn) % 360)
                case Drawn():
                    _draw(whole, page)
        file = BytesIO()
        whole.save(file)
        whole.close()
    return settled(file.getvalue())


def _draw(whole: pypdfium2.PdfDocument, page: Drawn) -> None:
    """A page of A4, upright or on its side, filled by the picture."""
    short, long = A4
    width, height = (short, long) if page.height >= page.width else (long, short)
    scale = min(width / page.width, height / page.height)
    made = whole.new_page(width, height)
    image = pypdfium2.PdfImage.new(whole)
    image.load_jpeg(BytesIO(page.jpeg), inline=True)
    image.set_matrix(
        pypdfium2.PdfMatrix()
        .scale(page.width * scale, page.height * scale)
        .translate((width - page.width * scale) / 2, (height - page.height * scale) / 2)
    )
    made.insert_obj(image)
    made.gen_content()
    made.close()

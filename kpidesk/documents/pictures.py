"""Pages of a PDF as pictures, one at a time when asked for: for the window and the printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from types import TracebackType
from typing import Any, Self

import pypdfium2

from kpidesk.core.errors import KpiDeskError


class NotAPdfError(KpiDeskError):
    """The bytes cannot be read as a PDF."""

    def __init__(self) -> None:
        super().__init__("无法读取这份 PDF：文件可能已损坏或设有密码，请重新生成或另选文件")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: rows of `stride` bytes, four a pixel (blue, green, red, unused).

    What Qt calls Format_RGB32 on every machine of ours.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


PDFIUM_LOCK = RLock()
"""PDFium serves one thread at a time."""


class Pages:
    """The pages of a PDF. Close it, or use it in a `with`."""

    def __init__(self, pdf: bytes) -> None:
        with PDFIUM_LOCK:
            try:
                self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(pdf)
                self._count = len(self._document)
            except pypdfium2.PdfiumError as error:
                raise NotAPdfError from error
        self.pdf = pdf

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return self._count

    def page_size(self, page: int) -> tuple[float, float]:
        """Width and height of a page (the first is 0) in points."""
        with self._page(page) as opened:
            width, height = opened.get_size()
            return float(width), float(height)

    def render(self, page: int, scale: float) -> Picture:
        """A page (the first is 0) at `scale` pixels to the point: 1 is 72 dpi."""
        with self._page(page) as opened:
            bitmap = opened.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            return picture

    def rest(self) -> None:
        """Let go of what was read of it, some megabytes; the next page reads it again."""
        with PDFIUM_LOCK:
            if self._document is not None:
                self._document.close()
            self._document = None

    def close(self) -> None:
        """Let go of the document."""
        self.rest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        with PDFIUM_LOCK:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self.pdf)
            opened = self._document[page]
            try:
                yield opened
            finally:
                opened.close()

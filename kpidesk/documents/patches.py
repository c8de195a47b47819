"""Mends the PDF writer (reportlab 5.1) where Chinese and many small files need it.

Each has a test on a real file. The writer's other two faults are avoided, not patched: its
Japanese rules of line breaking (`kpidesk.documents.text` breaks lines itself) and the unembedded
Helvetica in each file (`kpidesk.documents.page` names the initial font).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts

_SUBSETS = 8  # of one font: some documents have them in common, the others' make way
_STREAMS = 32
_PER_BLOCK = 100  # the most entries that one bfchar block may hold


def apply() -> None:
    """Put ours in the place of the writer's ToUnicode table and streams; again changes nothing.

    Streams are stored as they are: the writer's detour over ASCII makes files a quarter larger.
    """
    ttfonts.makeToUnicodeCMap = to_unicode_map
    rl_config.useA85 = 0
    pdfdoc.PDFStream.format = stream
    pdfdoc.PDFStreamFilterZCompress.encode = compress


def tune(font: ttfonts.TTFont) -> None:
    """Do once for a font what the writer does again for every subset of every document.

    A table of the file is copied once; a character's width is written as text once; the subsets
    that documents have in common are cut once.
    """
    face = font.face
    face.get_table = cache(face.get_table)
    width = face.getCharWidth
    face.getCharWidth = cache(lambda code: f"{width(code):g}".encode())
    cut = lru_cache(_SUBSETS)(face.makeSubset)
    face.makeSubset = lambda subset: cut(tuple(subset))


def compress(_filter: object, content: bytes | str) -> bytes:
    """A stream compressed; the fonts that documents have in common are compressed once."""
    return _compressed(content.encode() if isinstance(content, str) else content)


@lru_cache(maxsize=_STREAMS)
def _compressed(content: bytes) -> bytes:
    return zlib.compress(content)


_WRITTEN: Final = pdfdoc.PDFStream.format
_END: Final = b"endstream\n"


def stream(self: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
    """A stream whose end stands on a line of its own, as files to be kept for long must have it."""
    written: bytes = _WRITTEN(self, document)
    return written.removesuffix(_END) + b"\n" + _END


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """The table by which readers copy and search text, in UTF-16.

    The writer's own gives `<2CC56>` for a character beyond the basic plane, which readers take
    for another character or drop: rare names could not be found.
    """
    return _unicode_map(name, tuple(subset))


@lru_cache(maxsize=_STREAMS)
def _unicode_map(name: str, subset: tuple[int, ...]) -> str:
    entries = [f"<{i:02X}> <{_utf16(code)}>" for i, code in enumerate(subset)]
    blocks = []
    for start in range(0, len(entries), _PER_BLOCK):
        block = entries[start : start + _PER_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()

"""Mends the PDF writer (reportlab 5.1) where Chinese and many small files need it.

Each has a test on a real file. The writer's other two faults are avoided, not patched: its
Japanese rules of line breaking (`kpidesk.documents.text` breaks lines itself) and the unembedded
Helvetica in each file (`kpidesk.documents.page` names the initial font).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab.pdfbase import ttfonts

_PER_BLOCK = 100  # the most entries that one bfchar block may hold


def apply() -> None:
    """Put our ToUnicode table in the place of the writer's; calling it again changes nothing."""
    ttfonts.makeToUnicodeCMap = to_unicode_map


def cache_tables(font: ttfonts.TTFont) -> None:
    """Copy each table of a font file once, not again for every subset of every document."""
    font.face.get_table = cache(font.face.get_table)


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """The table by which readers copy and search text, in UTF-16.

    The writer's own gives `<2CC56>` for a character beyond the basic plane, which readers take
    for another character or drop: rare names could not be found.
    """
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

"""What identifies a printed page: the text of its QR code, and the code itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError
from kpidesk.documents.look import INK

_PREFIX = "KPI1"
_COPIES = {None: "-", Copy.PARTY_A: "A", Copy.PARTY_B: "B"}
_TEXT = re.compile(rf"{_PREFIX}:([A-Z]):(\d+):(\d+):([-AB]):(\d+)/(\d+):([0-9A-F]{{8}})", re.ASCII)
_MASK = 3  # any mask can be read; choosing the prettiest takes eight times as long


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which document a page belongs to.

    `kind` is one capital letter: C contract, S blank sheet, F filled sheet, R report; of a period,
    whose first month is the id, T targets, G results for approval, Y annual report. `short_hash`
    is the first eight hexadecimal digits of the content's SHA-256. `audit_head` is the end of the
    audit log when it was printed; it stands in the footer, not in the code.
    """

    kind: str
    document_id: int
    revision: int
    short_hash: str
    audit_head: str = ""

    def __post_init__(self) -> None:
        """Refuse what the code on the page could not hold."""
        text = code_text(PageCode(self, None, 1, 1))
        if not _TEXT.fullmatch(text):
            msg = f"页面识别码“{text}”不合规定：类别应为一个大写字母，摘要应为 8 位十六进制数"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class PageCode:
    """One page of one copy."""

    stamp: Stamp
    copy: Copy | None
    page: int
    total: int


def code_text(code: PageCode) -> str:
    """The text of a page's QR code: KPI1:C:12:1:A:1/3:9F8E7D6C (short in a QR's letter mode)."""
    stamp = code.stamp
    return (
        f"{_PREFIX}:{stamp.kind}:{stamp.document_id}:{stamp.revision}:{_COPIES[code.copy]}"
        f":{code.page}/{code.total}:{stamp.short_hash.upper()}"
    )


def read_code(text: str) -> PageCode | None:
    """The page that a QR code names; None when the code is not one of ours."""
    if not (found := _TEXT.fullmatch(text)):
        return None
    kind, document, revision, copy, page, total, short_hash = found.groups()
    copies = {letter: one for one, letter in _COPIES.items()}
    stamp = Stamp(kind, int(document), int(revision), short_hash)
    return PageCode(stamp, copies[copy], int(page), int(total))


def draw_code(canvas: Any, text: str, left: float, bottom: float, side: float) -> None:  # noqa: ANN401
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
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, _MASK)
    rows = code.modules
    rectangles = [
        f"{start} {len(rows) - 1 - number} {length} 1 re"
        for number, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return len(rows), " ".join([*rectangles, "f"])


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((position, 1))
    return runs

"""What the code on a printed page says: which page of which document, and a check against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError

PREFIX = "KPI1:"
"""What the text of every code of ours begins with."""
LONGEST = 80
"""No code of ours is longer; what is longer is not read at all."""
_COPIES = {None: "-", Copy.PARTY_A: "A", Copy.PARTY_B: "B"}
_NUMBER = r"([1-9]\d{0,8}|0)"
_TEXT = re.compile(
    rf"{PREFIX}([A-Z]):{_NUMBER}:{_NUMBER}:([-AB]):{_NUMBER}/{_NUMBER}:([0-9A-F]{{8}})"
    r"(?::([A-Z0-9-]{1,12}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which document a page belongs to.

    `kind` is one capital letter: C contract, S blank sheet, F filled sheet, I interview, R report,
    N rules; by the number under which they went out (0: a look at them) T targets, G results for
    approval, Y annual report, A certificate and L list of the archive, H list to hand out by;
    V evidence, whose first month is the id; P pay statement, whose settlement is the id, with the
    person's number in `stage`. `short_hash` is the first eight hexadecimal digits
    of the content's SHA-256, `stage` the quarter that a sheet rates (empty: the cycle).
    `audit_head` is the end of the audit log when it was printed; it stands in the footer, not in
    the code.
    """

    kind: str
    document_id: int
    revision: int
    short_hash: str
    audit_head: str = ""
    stage: str = ""

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
    """The text of a page's code: KPI1:C:12:1:A:1/3:9F8E7D6C (short in a QR's letter mode)."""
    stamp = code.stamp
    stage = f":{stamp.stage}" if stamp.stage else ""
    return (
        f"{PREFIX}{stamp.kind}:{stamp.document_id}:{stamp.revision}:{_COPIES[code.copy]}"
        f":{code.page}/{code.total}:{stamp.short_hash.upper()}{stage}"
    )


def read_code(text: str) -> PageCode | None:
    """The page that a code names; None when the code is not one of ours."""
    if len(text) > LONGEST or not (found := _TEXT.fullmatch(text)):
        return None
    kind, document, revision, copy, page, total, short_hash, stage = found.groups()
    copies = {letter: one for one, letter in _COPIES.items()}
    stamp = Stamp(kind, int(document), int(revision), short_hash, stage=stage or "")
    return PageCode(stamp, copies[copy], int(page), int(total))

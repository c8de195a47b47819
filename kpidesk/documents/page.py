"""The page of every document: its frame, head, foot, QR code; and the way from story to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from kpidesk.core.contract import Copy
from kpidesk.documents.archival import About, make_archival
from kpidesk.documents.balance import balanced
from kpidesk.documents.common import Common, begin_with, characters_of
from kpidesk.documents.fonts import Face
from kpidesk.documents.look import GREY, HAIR, INK, RULE, Align, Style
from kpidesk.documents.stamp import PageCode, Stamp, code_text, draw_code
from kpidesk.documents.text import clean, draw_line, fitted

LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 26 * mm, 37 * mm, 24 * mm
TEXT_WIDTH: float = A4[0] - LEFT - RIGHT
WIDE_TEXT_WIDTH: float = A4[1] - LEFT - RIGHT
CODE_SIDE = 20 * mm
_CODE_TOP = 11 * mm
_PROOF = 56 * mm  # room for version and hash beside the page number
_GAP_TO_MARK = 24 * mm  # an empty foot of a page taller than this is marked as empty

COPY_MARKS = {Copy.PARTY_A: "甲方存", Copy.PARTY_B: "乙方存"}
_COMPANY = Style(Face.HEI_BOLD, 9, 13, color=INK)
_HEAD = Style(Face.HEI, 8, 12, color=GREY)
_MARK = Style(Face.HEI_BOLD, 10, 14, Align.CENTER, color=INK)
_FOOT = Style(Face.SONG, 9, 12, Align.CENTER, color=INK)
_FOOT_SMALL = Style(Face.HEI, 6.8, 9, color=GREY)
_EMPTY = Style(Face.SONG, 9, 12, Align.CENTER, color=GREY)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page. `label` is the line under the company: title, number, person.

    A paper without a `stamp` is nobody's: it has no code, and nothing on it is proved.
    With `mark_gaps`, an empty foot of a page is marked as such, so that nothing can be added.
    """

    title: str
    company: str
    label: str
    stamp: Stamp | None
    copy: Copy | None = None
    mark_gaps: bool = False
    wide: bool = False


def build(story: Sequence[Flowable], head: Head, common: Common | None = None) -> bytes:
    """The PDF of a story. The same story, head and common characters give the same bytes."""
    return _built(story, head, common or Common())[0]


def common_to(story: Sequence[Flowable], head: Head) -> Common:
    """The characters of a story, for documents that say the same but for names and figures."""
    return _built(story, head, Common())[1]


def _built(story: Sequence[Flowable], head: Head, common: Common) -> tuple[bytes, Common]:
    """The PDF, and the characters that it needed."""
    file = BytesIO()
    made: list[_Pages] = []

    def canvas(*arguments: Any, **options: Any) -> _Pages:  # noqa: ANN401 - the PDF library has no types
        made.append(_Pages(*arguments, head=head, common=common, **options))
        return made[-1]

    size = landscape(A4) if head.wide else A4
    document = BaseDocTemplate(
        file,
        pagesize=size,
        creator="KPI Desk",
        producer="KPI Desk",
        lang="zh-CN",
        initialFontName=Face.SONG.main,  # or each file would name Helvetica without holding it
        invariant=1,
        pageCompression=1,
    )
    width, height = size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM
    frame = Frame(LEFT, BOTTOM, width, height, 0, 0, 0, 0, id="text")
    template = PageTemplate("page", [frame], onPageEnd=_remember_foot, pagesize=size)
    document.addPageTemplates([template])
    document.build(balanced(story, width, height), canvasmaker=canvas)
    return file.getvalue(), made[0].characters


def _about(head: Head) -> About:
    """Title, company and code as other programs read them: no line breaks, nothing invisible."""
    texts = (head.title, head.company, head.label)
    title, author, subject = (clean(one).replace("\n", " ") for one in texts)
    code = code_text(PageCode(head.stamp, head.copy, 1, 1)) if head.stamp else ""
    return About(title, author, subject, code)


def _remember_foot(canvas: _Pages, document: BaseDocTemplate) -> None:
    canvas.foot_gap = document.frame._y - BOTTOM  # noqa: SLF001 - where the text ended


class _Pages(Canvas):
    """A canvas that draws head and foot last, when it knows how many pages there are."""

    def __init__(self, *arguments: Any, head: Head, common: Common, **options: Any) -> None:  # noqa: ANN401 - the PDF library has no types
        super().__init__(*arguments, **options)
        begin_with(common, self._doc)
        self.foot_gap = 0.0
        self.common = common
        self.characters = Common()
        self._head = head
        self._states: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - the writer's name
        """Keep the page for later; bookmarks that follow are of the next one."""
        self._states.append(dict(self.__dict__))
        self._doc.pageCounter += 1
        self._startPage()

    def save(self) -> None:
        """Draw the frame of every page, then write the file."""
        head, states = self._head, self._states
        make_archival(self, _about(head))
        self._doc.pageCounter -= len(states)
        for number, state in enumerate(states, 1):
            self.__dict__.update(state)
            self._frame(number, len(states))
            super().showPage()
        self.characters = characters_of(self._doc)
        super().save()

    def _frame(self, number: int, total: int) -> None:
        head, (width, height) = self._head, self._pagesize
        right = width - RIGHT
        draw_line(self, (LEFT + right) / 2, 14 * mm, f"第 {number} 页　共 {total} 页", _FOOT)
        base = height - _CODE_TOP - CODE_SIDE
        if (stamp := head.stamp) is None:
            self._label(LEFT, right, base)
            return
        code = PageCode(stamp, head.copy, number, total)
        draw_code(self, code_text(code), LEFT, base, CODE_SIDE)
        self._label(LEFT + CODE_SIDE + 4 * mm, right, base)
        proof = f"版本 {stamp.revision}　校验 {stamp.short_hash.upper()}"
        if stamp.audit_head:
            proof += f"　日志 {stamp.audit_head}"
        draw_line(self, LEFT, 14 * mm, fitted(proof, _FOOT_SMALL, _PROOF), _FOOT_SMALL)
        if head.copy:
            mark = _FOOT.but(align=Align.RIGHT, face=Face.HEI)
            draw_line(self, right, 14 * mm, COPY_MARKS[head.copy], mark)
        if head.mark_gaps and number < total and self.foot_gap > _GAP_TO_MARK:
            self._mark_empty(right)

    def _label(self, left: float, right: float, base: float) -> None:
        head = self._head
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(left, base, right, base)
        room = right - left
        if head.copy:
            side, tall = 18 * mm, 7 * mm
            self.setLineWidth(0.8)
            self.rect(right - side, base + 4 * mm, side, tall, stroke=1, fill=0)
            middle = right - side / 2
            draw_line(self, middle, base + 6.3 * mm, COPY_MARKS[head.copy], _MARK)
            room -= side + 4 * mm
        draw_line(self, left, base + 7.4 * mm, fitted(head.company, _COMPANY, room), _COMPANY)
        draw_line(self, left, base + 2.6 * mm, fitted(head.label, _HEAD, room), _HEAD)

    def _mark_empty(self, right: float) -> None:
        """A stroke through the unused foot of a page, with words."""
        middle, top = (LEFT + right) / 2, BOTTOM + self.foot_gap - 6 * mm
        draw_line(self, middle, top - 3 * mm, "（本页以下空白，正文续下页）", _EMPTY)
        self.setStrokeColor(HAIR)
        self.setLineWidth(0.6)
        self.line(right, top - 7 * mm, LEFT, BOTTOM + 2 * mm)

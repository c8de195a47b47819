"""Scanned pages in their files: which page of which document, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.page_code import Stamp

ScanId = NewType("ScanId", int)
ScanPageId = NewType("ScanPageId", int)
MOST_PAGES = 200
"""No document of ours has more pages."""


class PageState(StrEnum):
    """Where a scanned page stands."""

    FILED = "filed"  # 已归档
    WAITING = "waiting"  # 待处理: in the tray, to be filed by hand or put away
    DISCARDED = "discarded"  # 不归档: put away with a reason
    BLANK = "blank"  # 空白页


class PaperKind(StrEnum):
    """The papers that come back signed; the letter on their pages."""

    CONTRACT = "C"  # 责任书, 补充协议
    BLANK_SHEET = "S"  # 评分表, filled in by hand
    FILLED_SHEET = "F"  # 评分结果表
    REPORT = "R"  # 考核结果报告 with the interview
    INTERVIEW = "I"  # 面谈记录
    PAY = "P"  # 薪酬结算单: of a settlement, the person in its stage
    TARGETS = "T"  # 目标分解表; from here on of a period, by the number under which it went out
    APPROVAL = "G"  # 考核结果审批表
    ANNUAL = "Y"  # 年度考核报告
    CERTIFICATE = "A"  # 归档证明
    ARCHIVE = "L"  # 归档清单
    HANDOUT = "H"  # 发放、回收登记表

    @property
    def is_sheet(self) -> bool:
        """Whether it is about one scoring sheet."""
        return self in _SHEETS

    @property
    def is_of_period(self) -> bool:
        """Whether it is found by the number under which it went out."""
        return not self.is_sheet and self not in (PaperKind.CONTRACT, PaperKind.PAY)

    @property
    def text(self) -> str:
        """What it is called."""
        return _NAMES[self]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: a copy of a contract, what was printed of a sheet, of pay or of a period."""

    kind: PaperKind
    document_id: int
    revision: int
    copy: Copy | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a page in its paper: 2 of 4."""

    paper: Paper
    number: int
    total: int

    def __post_init__(self) -> None:
        """Refuse a page that no paper can have."""
        if not 1 <= self.number <= self.total <= MOST_PAGES:
            msg = f"没有第 {self.number} 页（共 {self.total} 页），请核对页码"
            raise InvalidValueError(msg)


def paper_of(stamp: Stamp, copy: Copy | None) -> Paper | None:
    """The paper that a stamp names; None for a document that does not come back."""
    if stamp.kind not in set(PaperKind):
        return None
    return Paper(PaperKind(stamp.kind), stamp.document_id, stamp.revision, copy, stamp.stage)


_SHEETS: Final = (
    PaperKind.BLANK_SHEET,
    PaperKind.FILLED_SHEET,
    PaperKind.REPORT,
    PaperKind.INTERVIEW,
)
_NAMES: Final = {
    PaperKind.CONTRACT: "责任书",
    PaperKind.BLANK_SHEET: "评分表",
    PaperKind.FILLED_SHEET: "评分结果表",
    PaperKind.REPORT: "考核报告",
    PaperKind.INTERVIEW: "面谈记录",
    PaperKind.PAY: "薪酬结算单",
    PaperKind.TARGETS: "目标分解表",
    PaperKind.APPROVAL: "考核结果审批表",
    PaperKind.ANNUAL: "年度考核报告",
    PaperKind.CERTIFICATE: "归档证明",
    PaperKind.ARCHIVE: "归档清单",
    PaperKind.HANDOUT: "发放、回收登记表",
}


def missing_pages(total: int, filed: Collection[int]) -> tuple[int, ...]:
    """The pages that are not there yet."""
    return tuple(number for number in range(1, total + 1) if number not in filed)

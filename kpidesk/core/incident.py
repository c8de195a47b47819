"""关键事件: what somebody did well or badly on a day, with the papers that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from kpidesk.core.errors import InvalidValueError

IncidentId = NewType("IncidentId", int)
AttachmentId = NewType("AttachmentId", int)

LONGEST_NOTE: Final = 2000
MOST_FILES: Final = 10
LARGEST_FILE: Final = 10 << 20
"""Bytes of one file: a scan of a few pages, a photograph."""


class Side(StrEnum):
    """Whether it speaks for somebody or against them."""

    GOOD = "good"  # 正
    BAD = "bad"  # 负


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was kept: under which number and name, how large, and its SHA-256."""

    id: AttachmentId
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened; `entered_on` is the day on which it was written down so."""

    on: date
    side: Side
    note: str
    entered_on: date
    files: tuple[Attached, ...] = ()

    def __post_init__(self) -> None:
        """Refuse one that says nothing, or has not happened yet."""
        if not self.note.strip():
            msg = "请写明经过：什么事、怎么做的、结果怎样"
            raise InvalidValueError(msg)
        if len(self.note) > LONGEST_NOTE:
            msg = f"经过最多 {LONGEST_NOTE} 个字，现在有 {len(self.note)} 个；细节可以作为附件"
            raise InvalidValueError(msg)
        if self.on > self.entered_on:
            msg = f"日期 {self.on} 还没有到，请填写事情发生的那一天"
            raise InvalidValueError(msg)
        if len(self.files) > MOST_FILES:
            msg = f"一件事最多 {MOST_FILES} 个附件，现在有 {len(self.files)} 个"
            raise InvalidValueError(msg)


def file_problem(name: str, size: int) -> str:
    """Why a file cannot be kept, and what to do; empty when it can."""
    if not size:
        return f"“{name}”是空的，请核对"
    if size > LARGEST_FILE:
        most, has = LARGEST_FILE >> 20, size / (1 << 20)
        return (
            f"“{name}”有 {has:.1f} MB，超过 {most} MB：请压缩、降低扫描分辨率或分成几个文件再添加"
        )
    return ""

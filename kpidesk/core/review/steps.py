"""The steps of a result on its way from recorded to final: each is only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.figure import Origin

BatchId = NewType("BatchId", int)
StepId = NewType("StepId", int)


class Kind(StrEnum):
    """The kind of a step, as it stands in the file."""

    CALIBRATE = "calibrate"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    APPEAL = "appeal"
    HEAR = "hear"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


def _said(text: str, what: str) -> None:
    if not text.strip():
        msg = f"请填写{what}"
        raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """校准: moved in a sitting. `number` says which recording; what it came to stays there."""

    number: int
    total: Decimal
    grade: str
    new_total: Decimal
    new_grade: str
    reason: str
    present: str
    on: date

    def __post_init__(self) -> None:
        """Refuse a move without its reason, without a sitting, or without a difference."""
        _said(self.reason, "校准的理由")
        _said(self.present, "参加校准的人")
        if self.new_total < 0:
            msg = "校准后的总分不能小于 0"
            raise InvalidValueError(msg)

    @property
    def moves(self) -> bool:
        """Whether it differs from what was recorded; if not, it takes an earlier one back."""
        return (self.total, self.grade) != (self.new_total, self.new_grade)

    @property
    def origin(self) -> Origin:
        """Where the new result comes from: the sitting and its reason."""
        return Origin(f"校准：{self.reason}（参加：{self.present}）", "", self.on)

    @property
    def text(self) -> str:
        """总分 82.50 → 85，等级 良好 → 优秀."""
        parts = []
        if self.total != self.new_total:
            parts.append(f"总分 {self.total:f} → {self.new_total:f}")
        if self.grade != self.new_grade:
            parts.append(f"等级 {self.grade or '无'} → {self.new_grade or '无'}")
        return "，".join(parts) or "恢复为原结果"


@dataclass(frozen=True, slots=True)
class Approved:
    """批准: the general manager agreed on paper. Of everybody in the batch who was not returned."""

    by: str
    on: date
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a decision of nobody."""
        _said(self.by, "审批人")


@dataclass(frozen=True, slots=True)
class Returned:
    """退回: to be settled anew, with the reason; of the whole batch or of one person."""

    by: str
    on: date
    reason: str

    def __post_init__(self) -> None:
        """Refuse a return that nobody can act on."""
        _said(self.by, "审批人")
        _said(self.reason, "退回的理由")


@dataclass(frozen=True, slots=True)
class Published:
    """公示: from a day to a day, both included, and how."""

    start: date
    last_day: date
    how: str

    def __post_init__(self) -> None:
        """Refuse days the wrong way round."""
        _said(self.how, "公示方式")
        if self.last_day < self.start:
            msg = f"公示的截止日({self.last_day})早于开始日({self.start})，请核对"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """确认: the employee has taken note of the result."""

    on: date
    how: str

    def __post_init__(self) -> None:
        """Refuse a confirmation that nobody can look up."""
        _said(self.how, "确认方式")


@dataclass(frozen=True, slots=True)
class Appealed:
    """申诉: filed by whom, on what day, about what; to be decided by `due`."""

    by: str
    on: date
    what: str
    due: date
    late_by: int = 0
    """So many days after the time for appeals had run out; taken all the same, and said."""

    def __post_init__(self) -> None:
        """Refuse an appeal about nothing."""
        _said(self.by, "申诉人")
        _said(self.what, "申诉的内容和理由")


@dataclass(frozen=True, slots=True)
class Heard:
    """听取: who was there and what was said."""

    on: date
    present: str
    said: str

    def __post_init__(self) -> None:
        """Refuse an empty record."""
        _said(self.present, "参加的人")
        _said(self.said, "听取的情况")


@dataclass(frozen=True, slots=True)
class Upheld:
    """申诉成立: the result may be corrected; the first one stays beside the corrected one."""

    by: str
    on: date
    reason: str

    def __post_init__(self) -> None:
        """Refuse a decision without its reason."""
        _said(self.by, "作出决定的人")
        _said(self.reason, "决定的理由")


@dataclass(frozen=True, slots=True)
class Dismissed:
    """申诉不成立: the result stays."""

    by: str
    on: date
    reason: str

    def __post_init__(self) -> None:
        """Refuse a decision without its reason."""
        _said(self.by, "作出决定的人")
        _said(self.reason, "决定的理由")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """撤回申诉: by the employee."""

    on: date
    reason: str

    def __post_init__(self) -> None:
        """Refuse a withdrawal that does not say why."""
        _said(self.reason, "撤回的原因")


@dataclass(frozen=True, slots=True)
class Closed:
    """关闭: nothing of the cycle changes any more. `open_` names what was left unfinished."""

    on: date
    open_: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """重新打开: of a closed cycle, with the reason."""

    on: date
    reason: str

    def __post_init__(self) -> None:
        """Refuse to open a cycle again without a reason."""
        _said(self.reason, "重新打开的理由")


Step: TypeAlias = (
    Calibrated
    | Approved
    | Returned
    | Published
    | Confirmed
    | Appealed
    | Heard
    | Upheld
    | Dismissed
    | Withdrawn
    | Closed
    | Reopened
)


_KINDS: Final[Mapping[type[object], Kind]] = {
    Calibrated: Kind.CALIBRATE,
    Approved: Kind.APPROVE,
    Returned: Kind.RETURN,
    Published: Kind.PUBLISH,
    Confirmed: Kind.CONFIRM,
    Appealed: Kind.APPEAL,
    Heard: Kind.HEAR,
    Upheld: Kind.UPHOLD,
    Dismissed: Kind.DISMISS,
    Withdrawn: Kind.WITHDRAW,
    Closed: Kind.CLOSE,
    Reopened: Kind.REOPEN,
}


def kind_of(step: Step) -> Kind:
    """The kind of a step."""
    return _KINDS[type(step)]


def day_of(step: Step) -> date:
    """The day of a step: when it happened, or when a publication begins."""
    return step.start if isinstance(step, Published) else step.on


def until_of(step: Step) -> date | None:
    """The day until which something runs: a publication, or the time to decide an appeal."""
    match step:
        case Published():
            return step.last_day
        case Appealed():
            return step.due
        case _:
            return None

"""免考核: an indicator that is not appraised on one sheet, and what becomes of its weight.

Not rated (missing), rated zero, and exempt are three different things. What becomes of the weight
is always decided by somebody, with a reason, and stated in the derivation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, assert_never

from kpidesk.core.errors import InvalidValueError

EXEMPT: Final = "exempt."
"""Before an indicator's name: the fact that it is exempt, with what becomes of its weight."""


class Handling(StrEnum):
    """What becomes of the weight of an exempt indicator."""

    FULL = "full"  # 按满分计
    OUTSIDE = "outside"  # 不计分: the total can be no more than the other weights
    SPREAD = "spread"  # 分摊: the others weigh more, each in proportion

    @property
    def text(self) -> str:
        """As it stands on sheet and report."""
        match self:
            case Handling.FULL:
                return "按满分计"
            case Handling.OUTSIDE:
                return "不计分，总分不折算"
            case Handling.SPREAD:
                return "不计分，权重按比例分摊到其余指标"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exempt indicator of a sheet: why, and what becomes of its weight."""

    indicator: str
    handling: Handling
    reason: str
    entered_by: str = ""
    entered_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an exemption without a reason."""
        if not self.reason.strip():
            msg = f"指标“{self.indicator}”免考核，必须填写理由"
            raise InvalidValueError(msg)

    @property
    def text(self) -> str:
        """免考核（按满分计）：理由."""
        return f"免考核（{self.handling.text}），理由：{self.reason}"

"""An indicator that one contract adds to those of its scheme.

Apart from what computes with it: every contract has a place for some, and lists need no scheme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO


@dataclass(frozen=True, slots=True)
class Added:
    """An indicator that a contract adds: its weight in percent (or full points), what is looked at.

    `due` is the day by which it is to be done.
    """

    name: str
    weight: Decimal
    standard: str
    due: date | None = None

    def __post_init__(self) -> None:
        """Refuse one without a name, a weight, or anything to judge it by."""
        if not self.name.strip():
            msg = "改进事项作为考核指标，必须有名称"
            raise InvalidValueError(msg)
        if self.weight <= ZERO:
            msg = f"请填写“{self.name}”的权重（大于 0）"
            raise InvalidValueError(msg)
        if not self.standard.strip():
            msg = f"请填写“{self.name}”的评分标准：考核人看什么来打分"
            raise InvalidValueError(msg)

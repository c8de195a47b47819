"""二次录入: a sheet typed a second time without sight of the first, and where the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpidesk.core.facts import FactValue
from kpidesk.core.period import CYCLE


class DoubleEntry(StrEnum):
    """Whether a sheet is typed twice before its scores are recorded."""

    OFF = "off"  # 不需要
    ANYBODY = "anybody"  # 二次录入: the same person may do it
    ANOTHER = "another"  # 双人复核: another person must


@dataclass(frozen=True, slots=True)
class SecondEntry:
    """A value as it was typed the second time; `note` says how a difference was settled."""

    name: str
    value: FactValue
    period: str = CYCLE
    entered_by: str = ""
    entered_on: date | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is of."""
        return self.name, self.period

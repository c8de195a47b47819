"""What a report on a year is looked at by."""

from __future__ import annotations

from enum import StrEnum


class Chart(StrEnum):
    """A chart and its table, by name."""

    TREND = "走势"
    SPREAD = "分布"
    DIMENSIONS = "各维度"
    RANKING = "排名"
    DEPARTMENTS = "部门比较"

    @property
    def is_of_scheme(self) -> bool:
        """Whether it is about one scheme: cycles and dimensions of several are not mixed."""
        return self in (Chart.TREND, Chart.DIMENSIONS)

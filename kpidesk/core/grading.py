"""Grade scales: what 优秀, 良好 and the rest begin at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.settings import Word
from kpidesk.core.tables import Bands


@dataclass(frozen=True, slots=True)
class GradeScale:
    """Grades by lower bound, from `least` to `most` points.

    `printed` gives each grade's range as the source prints it, lowest first. `gap_policy`,
    `grade_on` and `out_of_range` name the readings of the gaps between printed ranges.
    """

    bands: Bands[str]
    least: Decimal
    most: Decimal
    printed: tuple[str, ...]
    clause: str = ""
    gap_policy: Word = "lower_bound"
    grade_on: Word = "recorded"
    out_of_range: Word = "reject"

    def grade_at(self, points: Decimal) -> str:
        """The grade of so many points; beyond the ends, that of the end. Empty below the first."""
        band = self.bands.find(min(max(points, self.least), self.most))
        return band.value if band else ""

    @property
    def best_first(self) -> tuple[str, ...]:
        """The grades from the best down."""
        return tuple(band.value for band in reversed(self.bands.rows))

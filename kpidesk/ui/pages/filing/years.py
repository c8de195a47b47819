"""Which years the filing page lists: the last two to begin with, one, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.pages.scoring.filters import FilterBox
from kpidesk.ui.words import cycle_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.period import Period
    from kpidesk.usecases.filing import FilingView


class YearBox(FilterBox["Period"]):
    """Offers 近两年 once there are more years than these."""

    def __init__(self, changed: Callable[[], object]) -> None:
        """`changed` when the officer chooses others."""
        super().__init__("全部年度", changed)
        self.setToolTip("待处理的页不分年度，总是都列出")
        self._recent: Period | None = None

    def show_view(self, view: FilingView) -> None:
        """Offer the years that there are, with those in view chosen."""
        options = [(one, cycle_text(one)) for one in view.years]
        if view.period is not None and view.period not in view.years:
            self._recent = view.period
        if self._recent is not None:
            options.insert(0, (self._recent, "近两年"))
        self.offer(options)
        self.choose(view.period)

"""The sample company's own scheme: next year's, still a draft, to go on with and to replay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpidesk.core.editing.weights import weighed
from kpidesk.usecases.editing import begin, save
from kpidesk.usecases.sample.diary import Diary
from kpidesk.usecases.sample.year import Year

_BASE = "account-manager-kpi"
_STEP, _FINER = "completion_step", Decimal(4)
_POINTS = (
    ("市场信息收集", Decimal(20)),
    ("团队协作", Decimal(15)),
)


@dataclass(slots=True)
class Drafts:
    """What the officer has begun to change for the next year."""

    year: Year

    def write(self, diary: Diary) -> None:
        """Put it into the diary."""
        diary.on(self.year.material.next_year.drawn_up, self._revise)

    def _revise(self, day: date) -> None:
        """Full points that add to 100 at last, and finer steps of completion."""
        company, officer = self.year.company, self.year.officer
        draft = begin(company, base=_BASE, actor=officer, today=day).draft
        finer = (
            replace(one, default=_FINER) if one.name == _STEP else one
            for one in draft.scheme.parameters
        )
        scheme = replace(draft.scheme, parameters=tuple(finer))
        for name, points in _POINTS:
            scheme = weighed(scheme, name, points)
        save(company, draft.id, scheme=scheme, actor=officer, today=day)

"""The sample company's results on their way to final: a quarter's last month each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Period
from kpidesk.core.review.steps import BatchId
from kpidesk.usecases.reviewing import (
    Move,
    appeal,
    calibrate,
    close_cycle,
    confirm,
    decide,
    dismiss,
    hear,
    publish,
    submit,
)
from kpidesk.usecases.sample.diary import Diary
from kpidesk.usecases.sample.year import Year

_PRESENT: Final = "秦岳山、李㛃、各部门负责人"
_APPROVED, _WAITING, _APPEALED = 3, 9, 6
"""The month that is closed, that which waits for approval, and that against which is appealed."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """March is closed, June has an appeal, September waits for the general manager."""

    year: Year

    def write(self, diary: Diary) -> None:
        """Put it all into the diary."""
        scored = self.year.material.days.scored
        for month in (_APPROVED, _APPEALED, _WAITING):
            session = scored[(month - 1) // 3]
            diary.on(_after(session, 3), partial(self._calibrate, month))
            diary.on(_after(session, 8), partial(self._submit, month))
            if month == _WAITING:
                continue
            diary.on(_after(session, 10), partial(self._approve, month))
            diary.on(_after(session, 11), partial(self._publish, month))
            diary.on(_after(session, 18), partial(self._appeal, month))
            diary.on(_after(session, 19), partial(self._confirm, month))
            if month == _APPROVED:
                diary.on(_after(session, 22), partial(self._dismiss, month))
                diary.on(_after(session, 30), partial(self._close, month))
            else:
                diary.on(_after(session, 22), partial(self._hear, month))

    def _of(self, month: int) -> list[tuple[str, AppraisalId]]:
        """The sheets of a month, by the numbers of the people."""
        first = date(self.year.material.year, month, 1)
        managers = {one.person for one in self.year.material.managers}
        sheets = self.year.sheets.items()
        return sorted(
            (number, id_) for (number, day), id_ in sheets if day == first and number in managers
        )

    def _who(self, day: date) -> dict[str, Any]:
        return {"actor": self.year.officer, "today": day}

    def _batch(self, month: int) -> BatchId:
        return BatchId((_APPROVED, _APPEALED, _WAITING).index(month) + 1)

    def _calibrate(self, month: int, day: date) -> None:
        _, sheet = self._of(month)[-1]
        moves = [Move(sheet, Decimal(72), "同组三人按同一口径核对客户拜访记录后上调")]
        calibrate(self.year.company, moves, present=_PRESENT, on=day, **self._who(day))

    def _submit(self, month: int, day: date) -> None:
        ids = [sheet for _, sheet in self._of(month)]
        submit(self.year.company, ids, note="评分和面谈均已完成。", **self._who(day))

    def _approve(self, month: int, day: date) -> None:
        boss = self.year.material.representative
        decide(
            self.year.company, self._batch(month), by=boss, on=day, returned={}, **self._who(day)
        )

    def _publish(self, month: int, day: date) -> None:
        publish(
            self.year.company,
            self._batch(month),
            start=day,
            last_day=_after(day, 6),
            how="三楼公告栏张贴姓名和总分",
            **self._who(day),
        )

    def _appeal(self, month: int, day: date) -> None:
        number, sheet = self._of(month)[0]
        name = next(one.name for one in self.year.material.people if one.number == number)
        what = "新客户绵州水务的合同在月末最后一天签订，应计入当月新客户。"
        appeal(self.year.company, sheet, by=name, on=day, what=what, **self._who(day))

    def _hear(self, month: int, day: date) -> None:
        _, sheet = self._of(month)[0]
        said = "本人出示合同原件；财务部称回款未到账，须再核对签订日期。"
        hear(self.year.company, sheet, on=day, present=_PRESENT, said=said, **self._who(day))

    def _dismiss(self, month: int, day: date) -> None:
        _, sheet = self._of(month)[0]
        boss = self.year.material.representative
        reason = "合同签订日期为次月 1 日，已计入次月新客户，本月结果维持不变。"
        dismiss(self.year.company, sheet, by=boss, on=day, reason=reason, **self._who(day))

    def _confirm(self, month: int, day: date) -> None:
        ids = [sheet for _, sheet in self._of(month)[1:]]
        how = "本人在考核报告上签字"
        confirm(self.year.company, ids, on=day, how=how, **self._who(day))

    def _close(self, month: int, day: date) -> None:
        _, sheet = self._of(month)[0]
        who = self._who(day)
        confirm(self.year.company, [sheet], on=day, how="书面送达", **who)
        cycle = Period.months(self.year.material.year, month, 1)
        close_cycle(self.year.company, cycle, reason="", **who)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)

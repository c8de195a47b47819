"""The sample company's year after the signatures: sheets are filled in, recorded, talked over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from kpidesk.core.appraisal import Interview, Opinion, PlanItem
from kpidesk.core.period import Period, add_months
from kpidesk.usecases.appraisals import (
    NewEntry,
    enter_all,
    finish_scoring,
    load_sheet,
    override,
    record_interview,
    reopen,
)
from kpidesk.usecases.sample.diary import Diary
from kpidesk.usecases.sample.figures import MEASURED
from kpidesk.usecases.sample.material import Director, Manager, Talk, Words
from kpidesk.usecases.sample.year import Year

_GOOD, _POOR = Decimal(76), Decimal(62)
_MONTHS = 12
_ENTRY_DAY = 6
_SATURDAY, _WEEK = 5, 7
_TWO_DAYS, _TWO_MONTHS = timedelta(days=2), timedelta(days=60)
_LEFT_OPEN = {
    "attendance": ("days_present", "late_times"),
    "scores": ("score.市场信息收集", "score.团队协作", "met.专业知识"),
}
"""What is still wanted on a last sheet that was left open."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a year."""

    year: Year
    words: Words

    def write(self, diary: Diary) -> None:
        """Put it all into the diary."""
        material = self.year.material
        for manager in material.managers:
            for month in range(manager.first_month, _MONTHS + 1):
                self._write_month(diary, manager, month)
        for director in material.directors:
            self._write_director(diary, director)
        self._write_special(diary)

    def _write_month(self, diary: Diary, manager: Manager, month: int) -> None:
        material, number = self.year.material, manager.person
        first = date(material.year, month, 1)
        open_ = manager.left_open if month == _MONTHS else ""
        if open_ == "all":
            return
        wanted = _LEFT_OPEN.get(open_, ())
        figures = [one for one in self.year.figures.month(manager, month) if one.name not in wanted]
        session = material.days.scored[(month - 1) // 3]
        diary.on(entry_day(first), partial(self._enter, number, first, figures))
        quarters = self.year.figures.quarters(manager, month)
        diary.on(session, partial(self._enter, number, first, quarters))
        if not open_:
            diary.on(session, partial(self._finish, number, first))
            if month % 3 == 0:
                diary.on(session + _TWO_DAYS, partial(self._talk, number, first))

    def _write_director(self, diary: Diary, director: Director) -> None:
        material, number = self.year.material, director.person
        first = date(material.year, 1, 1)
        for quarter, day in enumerate(material.days.scored, start=1):
            key = Period.months(material.year, quarter * 3 - 2, 3).key
            diary.on(day, partial(self._rate, director, key))
        diary.on(material.days.scored[-1], partial(self._rate_year, director))
        if not director.left_open:
            diary.on(material.days.closed, partial(self._finish, number, first))
            diary.on(material.days.closed, partial(self._talk, number, first))

    def _write_special(self, diary: Diary) -> None:
        changed, corrected = self.year.material.override, self.year.material.correction
        first = date(self.year.material.year, changed.month, 1)
        diary.on(entry_day(first), self._override)
        diary.on(corrected.on, self._correct)

    # -- deeds --------------------------------------------------------------------------------

    def _enter(self, number: str, first: date, entries: Sequence[NewEntry], day: date) -> None:
        year = self.year
        sheet = year.sheets[number, first]
        enter_all(year.company, sheet, entries=entries, actor=year.officer, today=day)

    def _finish(self, number: str, first: date, day: date) -> None:
        year = self.year
        finish_scoring(year.company, year.sheets[number, first], actor=year.officer, today=day)

    def _rate(self, director: Director, key: str, day: date) -> None:
        first = date(self.year.material.year, 1, 1)
        leaves = self._leaves(director, first)
        self._enter(director.person, first, self.year.figures.ratings(director, leaves, key), day)

    def _rate_year(self, director: Director, day: date) -> None:
        first = date(self.year.material.year, 1, 1)
        leaves = [one for one in self._leaves(director, first) if one not in MEASURED]
        figures = self.year.figures
        peers = director.left_open != "peer"
        ratings = figures.ratings(director, leaves, "cycle", peers=peers)
        self._enter(director.person, first, [*figures.actuals(director), *ratings], day)

    def _leaves(self, director: Director, first: date) -> list[str]:
        view = load_sheet(self.year.company, self.year.sheets[director.person, first])
        return [one.name for one in view.scheme.leaves()]

    def _override(self, day: date) -> None:
        year, changed = self.year, self.year.material.override
        override(
            year.company,
            year.sheets[changed.person, date(year.material.year, changed.month, 1)],
            indicator=changed.indicator,
            score=changed.score,
            reason=changed.reason,
            actor=year.officer,
            today=day,
        )

    def _correct(self, day: date) -> None:
        year, corrected = self.year, self.year.material.correction
        first = date(year.material.year, corrected.month, 1)
        sheet = year.sheets[corrected.person, first]
        reopen(year.company, sheet, reason=corrected.reason, actor=year.officer, today=day)
        present = NewEntry(
            "days_present", year.figures.required(corrected.month), source="考勤更正单"
        )
        self._enter(corrected.person, first, [present], day)
        self._finish(corrected.person, first, day)

    def _talk(self, number: str, first: date, day: date) -> None:
        year = self.year
        sheet = year.sheets[number, first]
        view = load_sheet(year.company, sheet)
        total = Decimal(view.sheet.total.text) if view.sheet.total else Decimal(0)
        annual = view.appraisal.cycle == view.contract.term
        talk = self._words(number, first, total, annual=annual)
        agrees = annual or total >= _POOR
        interview = Interview(
            held_on=day,
            interviewer=view.contract.party_b.superior,
            strengths=talk.strengths,
            weaknesses=talk.weaknesses,
            comment=talk.comment,
            opinion=Opinion.AGREES if agrees else Opinion.RESERVES,
            opinion_text="" if agrees else "认可得分，希望下季度的计划销售额考虑老客户流失的影响。",
            plan=tuple(
                PlanItem(what, day + _TWO_MONTHS, view.contract.party_b.superior)
                for what in talk.plan
            ),
        )
        record_interview(year.company, sheet, interview=interview, actor=year.officer, today=day)

    def _words(self, number: str, first: date, total: Decimal, *, annual: bool) -> Talk:
        if annual:
            choice = self.words.director
        elif total >= _GOOD:
            choice = self.words.good
        else:
            choice = self.words.fair if total >= _POOR else self.words.poor
        return self.year.figures.dice(number, "talk", first).choice(choice)


def entry_day(first: date) -> date:
    """When a month's figures come in: early in the next month, not on a weekend."""
    day = add_months(first, 1) + timedelta(days=_ENTRY_DAY - 1)
    return day if day.weekday() < _SATURDAY else day + timedelta(days=_WEEK - day.weekday())

"""The sample company's year after the signatures: sheets are filled in, recorded, talked over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from kpidesk.core.appraisal import Delivery, Interview, Opinion, PlanItem, Refusal
from kpidesk.core.follow_up import FollowUp, Outcome
from kpidesk.core.period import Period, add_months
from kpidesk.core.rating import RaterNames
from kpidesk.usecases.appraisals import (
    NewEntry,
    enter_all,
    enter_second,
    exempt,
    finish_scoring,
    load_sheet,
    name_raters,
    override,
    plan_of,
    record_interview,
    record_look,
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
_TYPIST, _SLIP = 1, "late_times"
"""Whose place among the people is that of who types a sheet again, and where a slip is made."""
_MEASURE = "写入个人月计划，月底与直接上级核对一次"
_SAID = {
    Opinion.AGREES: "",
    Opinion.RESERVES: "认可得分，希望下季度的计划销售额考虑老客户流失的影响。",
    Opinion.REFUSES: "认为计划销售额定得偏高，不愿在结果上签字。",
}
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
        if open_ == "finish":
            diary.on(session, partial(self._type_again, number, first))
        if not open_:
            diary.on(session, partial(self._finish, number, first))
            if month % 3 == 0:
                talk = session + _TWO_DAYS
                diary.on(talk, partial(self._talk, number, first))
                if month < _MONTHS:
                    diary.on(talk + _TWO_MONTHS, partial(self._look_back, number, first))

    def _write_director(self, diary: Diary, director: Director) -> None:
        material, number = self.year.material, director.person
        first = date(material.year, 1, 1)
        diary.on(material.days.scored[0], partial(self._name_peers, number))
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
        exempt_in = date(self.year.material.year, self.year.material.exemption.month, 1)
        diary.on(entry_day(exempt_in), self._exempt)
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

    def _exempt(self, day: date) -> None:
        year, one = self.year, self.year.material.exemption
        exempt(
            year.company,
            year.sheets[one.person, date(year.material.year, one.month, 1)],
            indicator=one.indicator,
            handling=one.handling,
            reason=one.reason,
            actor=year.officer,
            today=day,
        )

    def _name_peers(self, number: str, day: date) -> None:
        """Two other directors rate each director; who they are is kept, and not shown."""
        year, material = self.year, self.year.material
        names = {one.number: one.name for one in material.people}
        others = [names[one.person] for one in material.directors if one.person != number]
        raters = [RaterNames("peer", tuple(others[:2]))]
        sheet = year.sheets[number, date(material.year, 1, 1)]
        name_raters(year.company, sheet, raters=raters, actor=year.officer, today=day)

    def _type_again(self, number: str, first: date, day: date) -> None:
        """A sheet that somebody else typed a second time, with one slip that is not settled yet."""
        year = self.year
        sheet = year.sheets[number, first]
        typist = year.material.people[_TYPIST].name
        for one in load_sheet(year.company, sheet).appraisal.entries:
            value = one.value
            if one.name == _SLIP and isinstance(value, Decimal):
                value += 1
            enter_second(
                year.company,
                sheet,
                name=one.name,
                value=value,
                period=one.period,
                typist=typist,
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
        superior = view.contract.party_b.superior
        agrees = annual or total >= _POOR
        refuses = not agrees and self._dice(number, "refuses", first) == 0
        interview = Interview(
            held_on=day,
            interviewer=superior,
            strengths=talk.strengths,
            weaknesses=talk.weaknesses,
            comment=talk.comment,
            opinion=_opinion(agrees=agrees, refuses=refuses),
            opinion_text=_SAID[_opinion(agrees=agrees, refuses=refuses)],
            plan=tuple(
                PlanItem(what, day + _TWO_MONTHS, superior, _MEASURE, view.contract.party_b.name)
                for what in talk.plan
            ),
            place="二楼小会议室",
            participants=f"{superior}、{year.officer}",
            refusal=Refusal((superior, year.officer), Delivery.LEFT, day, "当面宣读后留置")
            if refuses
            else None,
        )
        record_interview(year.company, sheet, interview=interview, actor=year.officer, today=day)

    def _look_back(self, number: str, first: date, day: date) -> None:
        """Most of what was planned is done; some goes on."""
        year = self.year
        sheet = year.sheets[number, first]
        for place, one in enumerate(plan_of(year.company, sheet)):
            done = self._dice(number, one.item.what, first) > 0 or place > 0
            look = FollowUp(
                one.item.what,
                Outcome.DONE if done else Outcome.GOES_ON,
                "已按计划完成，上级核对过记录。" if done else "做了一半，外出较多，延后两个月。",
                day,
                None if done else day + _TWO_MONTHS,
            )
            record_look(year.company, sheet, look=look, actor=year.officer, today=day)

    def _dice(self, number: str, about: str, first: date) -> int:
        """0, 1 or 2, the same each time."""
        return self.year.figures.dice(number, about, first).randrange(3)

    def _words(self, number: str, first: date, total: Decimal, *, annual: bool) -> Talk:
        if annual:
            choice = self.words.director
        elif total >= _GOOD:
            choice = self.words.good
        else:
            choice = self.words.fair if total >= _POOR else self.words.poor
        return self.year.figures.dice(number, "talk", first).choice(choice)


def _opinion(*, agrees: bool, refuses: bool) -> Opinion:
    if agrees:
        return Opinion.AGREES
    return Opinion.REFUSES if refuses else Opinion.RESERVES


def entry_day(first: date) -> date:
    """When a month's figures come in: early in the next month, not on a weekend."""
    day = add_months(first, 1) + timedelta(days=_ENTRY_DAY - 1)
    return day if day.weekday() < _SATURDAY else day + timedelta(days=_WEEK - day.weekday())

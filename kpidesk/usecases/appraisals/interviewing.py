"""The interview, and what becomes of the improvement plan that was agreed on in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpidesk.core.appraisal import AppraisalId, Interview
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.follow_up import FollowUp, Tracked, next_due, tracked
from kpidesk.core.people import PersonId
from kpidesk.store.appraisals import load_interview
from kpidesk.store.plans import add_look, looks_at, plans_of, save_plan_due
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company, Work, found


def record_interview(
    company: Company, appraisal: AppraisalId, *, interview: Interview, actor: str, today: date
) -> SheetChange:
    """Write down the interview; allowed before and after the scores are recorded."""
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        looks = looks_at(work.connection, appraisal)
        _check(before, interview, looks, today)
        view = changed(before, before.appraisal.interviewed(interview))
        work.log(
            "appraisal.interview",
            f"appraisal:{appraisal}",
            before=before.appraisal.interview,
            after=interview,
        )
        change = save(work, before, view)
        _note_due(work, appraisal, tuple(tracked(interview.plan, looks)))
        return change


def plan_of(company: Company, appraisal: AppraisalId) -> tuple[Tracked, ...]:
    """The items of a plan, each with what became of it."""
    with company.read() as connection:
        interview = found(load_interview(connection, appraisal), "这张评分表")
        return tuple(tracked(interview.plan, looks_at(connection, appraisal)))


def carried_on(company: Company, person: PersonId) -> tuple[Tracked, ...]:
    """What a person's plans have left to do, for what is agreed on next; the oldest first."""
    with company.read() as connection:
        plans = plans_of(connection, person)
    return tuple(item for plan in plans for item in plan.items if item.is_carried_on)


def record_look(
    company: Company, appraisal: AppraisalId, *, look: FollowUp, actor: str, today: date
) -> Changes:
    """Write down what became of an item of the plan; earlier looks stay as they are."""
    if look.on > today:
        msg = f"跟踪日期({look.on})还没有到，今天是 {today}，请填写实际跟踪的日期"
        raise NotAllowedError(msg)
    with company.change(actor) as work:
        interview = found(load_interview(work.connection, appraisal), "这张评分表")
        if all(one.what != look.what for one in interview.plan):
            msg = f"改进计划里没有“{look.what}”这一项，可能刚被改动过；请刷新后再试"
            raise InvalidValueError(msg)
        kept = replace(look, result=look.result.strip(), by=work.actor)
        before = looks_at(work.connection, appraisal)
        last = next((one for one in reversed(before) if one.what == look.what), None)
        if last is not None and look.on < last.on:
            msg = f"跟踪日期({look.on})早于上一次跟踪({last.on})，请改正"
            raise InvalidValueError(msg)
        add_look(work.connection, appraisal, kept)
        work.log("appraisal.plan_look", f"appraisal:{appraisal}", after=kept)
        _note_due(work, appraisal, tuple(tracked(interview.plan, (*before, kept))))
        return Changes.APPRAISALS


def _check(
    before: SheetView, interview: Interview, looks: tuple[FollowUp, ...], today: date
) -> None:
    """Refuse days to come, witnesses who cannot be, and a plan that forgets what was looked at."""
    if interview.held_on is not None and interview.held_on > today:
        msg = f"面谈日期({interview.held_on})还没有到，今天是 {today}，请填写实际面谈的日期"
        raise NotAllowedError(msg)
    refusal, person = interview.refusal, before.contract.party_b.name
    if refusal is not None and person in refusal.witnesses:
        msg = f"被考核人{person}本人不能作见证人，请填写另外两位在场的人"
        raise InvalidValueError(msg)
    if refusal is not None and refusal.delivered_on and refusal.delivered_on > today:
        msg = f"送达日期({refusal.delivered_on})还没有到，今天是 {today}，请填写实际送达的日期"
        raise NotAllowedError(msg)
    named = [one.what for one in interview.plan]
    if twice := [one for one in named if named.count(one) > 1]:
        msg = f"改进计划中“{twice[0]}”写了两次，请合并成一项，或改写其中一项"
        raise InvalidValueError(msg)
    if lost := [one.what for one in looks if one.what not in named]:
        msg = f"“{lost[0]}”已有跟踪记录，不能删去或改写；不再需要时，请在跟踪中登记“取消”"
        raise NotAllowedError(msg)


def _note_due(work: Work, appraisal: AppraisalId, items: tuple[Tracked, ...]) -> None:
    """Keep the day on which the plan is to be looked at next."""
    save_plan_due(work.connection, appraisal, next_due(items))

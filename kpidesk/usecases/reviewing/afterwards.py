"""After the approval: employees confirm, or appeal; what they appealed against stays on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId, Interview, Opinion
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.period import Period
from kpidesk.core.review.standing import Review, Stage
from kpidesk.core.review.steps import (
    Appealed,
    Confirmed,
    Dismissed,
    Heard,
    Step,
    Upheld,
    Withdrawn,
)
from kpidesk.store.appraisals import load_appraisal, load_interview
from kpidesk.store.contracts import load_contract
from kpidesk.store.reviews import About
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.reviewed import (
    decider,
    keep,
    refuse_closed,
    refuse_future,
    review_of,
)
from kpidesk.usecases.reviewing.rules import rules_in
from kpidesk.usecases.session import Company, Work, found

_SIGNED: Final = {Opinion.AGREES: "同意", Opinion.RESERVES: "保留意见"}


@dataclass(frozen=True, slots=True)
class SignedOpinion:
    """What somebody said of the result at the interview, in words; empty where nothing was."""

    appraisal: AppraisalId
    opinion: Opinion | None
    text: str


def signed_opinions(company: Company, ids: Sequence[AppraisalId]) -> tuple[SignedOpinion, ...]:
    """What the interviews of these say: that is a way to have taken note of the result."""
    found_ = []
    with company.read() as connection:
        for one in ids:
            interview = load_interview(connection, one)
            opinion = interview.opinion if interview is not None else None
            text = _opinion_text(interview) if interview is not None else ""
            found_.append(SignedOpinion(one, opinion if text else None, text))
    return tuple(found_)


def confirm_as_said(
    company: Company, ids: Sequence[AppraisalId], *, on: date, actor: str, today: date
) -> Changes:
    """Record that employees have taken note, each as the record of their interview says."""
    said = {one.appraisal: one.text for one in signed_opinions(company, ids)}
    with company.change(actor) as work:
        for one, text in said.items():
            if not text:
                msg = f"{_name(work, one)}的面谈记录里还没有员工意见，请先填写，或选别的确认方式"
                raise NotAllowedError(msg)
    return _confirm(company, said, on=on, actor=actor, today=today)


def _opinion_text(interview: Interview) -> str:
    """面谈记录（2026-01-05）签署意见：同意; of a refusal, once it was delivered."""
    when = f"（{interview.held_on}）" if interview.held_on else ""
    refusal = interview.refusal
    match interview.opinion:
        case None:
            return ""
        case Opinion.REFUSES:
            if refusal is None or refusal.delivery is None:
                return ""
            witnesses = "、".join(refusal.witnesses)
            return f"面谈记录{when}：拒签，{witnesses}见证，{refusal.delivered_on} 送达本人"
        case Opinion.AGREES | Opinion.RESERVES as opinion:
            return f"面谈记录{when}签署意见：{_SIGNED[opinion]}"


def confirm(
    company: Company,
    ids: Sequence[AppraisalId],
    *,
    on: date,
    how: str,
    actor: str,
    today: date,
) -> Changes:
    """Record that employees have taken note of their approved results."""
    return _confirm(company, dict.fromkeys(ids, how.strip()), on=on, actor=actor, today=today)


def _confirm(
    company: Company, ways: Mapping[AppraisalId, str], *, on: date, actor: str, today: date
) -> Changes:
    refuse_future(on, today, "确认日期")
    if not ways:
        msg = "没有选中要登记确认的人"
        raise InvalidValueError(msg)
    with company.change(actor) as work:
        for one, how in ways.items():
            review = _approved(work, one, "确认")
            if review.stage is Stage.CONFIRMED:
                msg = f"{_name(work, one)}已经登记过确认"
                raise NotAllowedError(msg)
            _not_before(on, review.decided, "确认日期", "批准日期")
            keep(work, Confirmed(on, how), About(one, review.batch), today)
    return Changes.APPRAISALS


def appeal(
    company: Company,
    appraisal: AppraisalId,
    *,
    by: str,
    on: date,
    what: str,
    actor: str,
    today: date,
) -> Changes:
    """Record an appeal against an approved result; one after the time is taken, and marked so."""
    refuse_future(on, today, "申诉日期")
    with company.change(actor) as work:
        review = _approved(work, appraisal, "申诉")
        rules = rules_in(work.connection)
        _not_before(on, review.decided, "申诉日期", "批准日期")
        start = review.published[0] if review.published else review.decided
        late = (on - start).days - rules.file_days if start else 0
        due = on + timedelta(days=rules.answer_days)
        step = Appealed(by.strip(), on, what.strip(), due, max(late, 0))
        keep(work, step, About(appraisal, review.batch), today)
    return Changes.APPRAISALS


def hear(
    company: Company,
    appraisal: AppraisalId,
    *,
    on: date,
    present: str,
    said: str,
    actor: str,
    today: date,
) -> Changes:
    """Record a hearing of a running appeal."""
    step = Heard(on, present.strip(), said.strip())
    return _answer(company, appraisal, lambda _: step, on, actor=actor, today=today)


def uphold(
    company: Company,
    appraisal: AppraisalId,
    *,
    by: str,
    on: date,
    reason: str,
    paper: str = "",
    actor: str,
    today: date,
) -> Changes:
    """The appeal is right: the result may be opened, corrected and submitted anew."""

    def step(work: Work) -> Step:
        return Upheld(decider(work, by, paper), on, reason.strip())

    return _answer(company, appraisal, step, on, paper=paper, actor=actor, today=today)


def dismiss(
    company: Company,
    appraisal: AppraisalId,
    *,
    by: str,
    on: date,
    reason: str,
    paper: str = "",
    actor: str,
    today: date,
) -> Changes:
    """The appeal is not right: the result stays."""

    def step(work: Work) -> Step:
        return Dismissed(decider(work, by, paper), on, reason.strip())

    return _answer(company, appraisal, step, on, paper=paper, actor=actor, today=today)


def withdraw(
    company: Company,
    appraisal: AppraisalId,
    *,
    on: date,
    reason: str,
    actor: str,
    today: date,
) -> Changes:
    """The employee takes the appeal back."""
    step = Withdrawn(on, reason.strip())
    return _answer(company, appraisal, lambda _: step, on, actor=actor, today=today)


def _answer(
    company: Company,
    appraisal: AppraisalId,
    step: Callable[[Work], Step],
    on: date,
    *,
    paper: str = "",
    actor: str,
    today: date,
) -> Changes:
    refuse_future(on, today, "日期")
    with company.change(actor) as work:
        refuse_closed(work.connection, _cycle(work.connection, appraisal))
        review = review_of(work.connection, appraisal)
        if review.appeal is None:
            msg = f"{_name(work, appraisal)}没有正在处理的申诉"
            raise NotAllowedError(msg)
        _not_before(on, review.appealed_on, "日期", "申诉日期")
        keep(work, step(work), About(appraisal, review.batch), today, paper=paper)
    return Changes.APPRAISALS


def _approved(work: Work, appraisal: AppraisalId, what: str) -> Review:
    """An approved result without a running appeal; refused where it is none."""
    refuse_closed(work.connection, _cycle(work.connection, appraisal))
    review = review_of(work.connection, appraisal)
    if review.appeal is not None:
        msg = f"{_name(work, appraisal)}有正在处理的申诉，请先登记处理结果"
        raise NotAllowedError(msg)
    if not review.is_final:
        msg = f"{_name(work, appraisal)}的结果还没有批准，不能登记{what}"
        raise NotAllowedError(msg)
    return review


def _cycle(connection: Connection, appraisal: AppraisalId) -> Period:
    return found(load_appraisal(connection, appraisal), "这份结果").cycle


def _name(work: Work, appraisal: AppraisalId) -> str:
    sheet = found(load_appraisal(work.connection, appraisal), "这份结果")
    contract, _ = found(
        load_contract(work.connection, sheet.contract, work.company.path), "这份责任书"
    )
    return contract.party_b.name


def _not_before(day: date, least: date | None, what: str, than: str) -> None:
    if least is not None and day < least:
        msg = f"{what}({day})早于{than}({least})，请核对"
        raise NotAllowedError(msg)

"""After the approval: employees confirm, or appeal; what they appealed against stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
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
from kpidesk.store.appraisals import load_appraisal
from kpidesk.store.contracts import load_contract
from kpidesk.store.reviews import About
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.reviewed import (
    keep,
    refuse_closed,
    refuse_future,
    review_of,
)
from kpidesk.usecases.reviewing.rules import rules_in
from kpidesk.usecases.session import Company, Work, found


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
    refuse_future(on, today, "确认日期")
    if not ids:
        msg = "没有选中要登记确认的人"
        raise InvalidValueError(msg)
    with company.change(actor) as work:
        for one in ids:
            review = _approved(work, one, "确认")
            if review.stage is Stage.CONFIRMED:
                msg = f"{_name(work, one)}已经登记过确认"
                raise NotAllowedError(msg)
            _not_before(on, review.decided, "确认日期", "批准日期")
            keep(work, Confirmed(on, how.strip()), About(one, review.batch), today)
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
    return _answer(
        company, appraisal, Heard(on, present.strip(), said.strip()), on, actor=actor, today=today
    )


def uphold(
    company: Company,
    appraisal: AppraisalId,
    *,
    by: str,
    on: date,
    reason: str,
    actor: str,
    today: date,
) -> Changes:
    """The appeal is right: the result may be opened, corrected and submitted anew."""
    step = Upheld(by.strip(), on, reason.strip())
    return _answer(company, appraisal, step, on, actor=actor, today=today)


def dismiss(
    company: Company,
    appraisal: AppraisalId,
    *,
    by: str,
    on: date,
    reason: str,
    actor: str,
    today: date,
) -> Changes:
    """The appeal is not right: the result stays."""
    step = Dismissed(by.strip(), on, reason.strip())
    return _answer(company, appraisal, step, on, actor=actor, today=today)


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
    return _answer(company, appraisal, Withdrawn(on, reason.strip()), on, actor=actor, today=today)


def _answer(
    company: Company, appraisal: AppraisalId, step: Step, on: date, *, actor: str, today: date
) -> Changes:
    refuse_future(on, today, "日期")
    with company.change(actor) as work:
        refuse_closed(work.connection, _cycle(work.connection, appraisal))
        review = review_of(work.connection, appraisal)
        if review.appeal is None:
            msg = f"{_name(work, appraisal)}没有正在处理的申诉"
            raise NotAllowedError(msg)
        _not_before(on, review.appealed_on, "日期", "申诉日期")
        keep(work, step, About(appraisal, review.batch), today)
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

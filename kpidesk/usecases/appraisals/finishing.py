"""Recording scores, and opening them again."""

from __future__ import annotations

from datetime import date
from typing import Final

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import Contract
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.sheet import SUBJECT
from kpidesk.store.results import Record, RecordedResult, record_result
from kpidesk.store.schemes import scheme_hash
from kpidesk.usecases.appraisals.checking import refuse_unchecked
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.reviewed import refuse_locked
from kpidesk.usecases.session import Company, Work, reason_given
from kpidesk.usecases.sheets import standing

_NAMED: Final = 5


def finish_scoring(
    company: Company, appraisal: AppraisalId, *, actor: str, today: date
) -> SheetChange:
    """Record the scores of a complete sheet, with all that they rest on."""
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        if not before.sheet.complete:
            raise NotAllowedError(_why_not(before))
        refuse_unchecked(work, before)
        view = changed(before, before.appraisal.scored())
        stand = standing(view.sheet)
        number = record_result(work.connection, _record(work, view), stand, work.actor, today)
        work.log(
            "appraisal.finish",
            f"appraisal:{appraisal}",
            after={
                "number": str(number),
                "total": str(stand.total),
                "grade": stand.grade or "",
                "on": str(today),
            },
        )
        return save(work, before, view)


def reopen(
    company: Company, appraisal: AppraisalId, *, reason: str, actor: str, today: date
) -> SheetChange:
    """Open a recorded sheet for correction; what was recorded stays on record."""
    del today
    why = reason_given(reason, "重新打开评分表")
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        refuse_locked(work.connection, appraisal)
        view = changed(before, before.appraisal.reopened())
        work.log("appraisal.reopen", f"appraisal:{appraisal}", reason=why)
        return save(work, before, view)


def _why_not(view: SheetView) -> str:
    missing = [one.message for one in view.sheet.missing]
    more = f"\n……共 {len(missing)} 处" if len(missing) > _NAMED else ""
    return "还不能定分，请先补齐：\n" + "\n".join(missing[:_NAMED]) + more


def _record(work: Work, view: SheetView) -> Record:
    contract: Contract = view.contract
    other = (contract.indicator_scheme, contract.indicator_scheme_version)
    return Record(
        appraisal=view.appraisal,
        contract_sha256=view.contract_sha256,
        scheme_sha256=scheme_hash(work.connection, contract.scheme, contract.scheme_version),
        indicator_scheme_sha256=scheme_hash(work.connection, *other) if other[0] else "",
        results=tuple(
            RecordedResult(name, period, result.text)
            for (subject, name, period), result in sorted(view.sheet.evaluation.results.items())
            if subject == SUBJECT
        ),
    )

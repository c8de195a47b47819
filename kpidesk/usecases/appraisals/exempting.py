"""免考核: an indicator that is not appraised on a sheet, decided by somebody and with a reason."""

from __future__ import annotations

from datetime import date

from kpidesk.core.aggregation import EnteredTotal, NoTotal
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.exemption import Exemption, Handling
from kpidesk.core.scheme import Scheme
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company


def exempt(
    company: Company,
    appraisal: AppraisalId,
    *,
    indicator: str,
    handling: Handling,
    reason: str,
    actor: str,
    today: date,
) -> SheetChange:
    """Appraise a sheet without an indicator; `handling` says what becomes of its weight."""
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        _check(before, indicator, handling)
        made = Exemption(indicator, handling, reason.strip(), work.actor, today)
        view = changed(before, before.appraisal.exempted(made))
        work.log(
            "appraisal.exempt",
            f"appraisal:{appraisal}",
            before=before.appraisal.exemption(indicator),
            after=made,
            as_type=Exemption,
            reason=made.reason,
        )
        return save(work, before, view)


def appraise_again(
    company: Company, appraisal: AppraisalId, *, indicator: str, actor: str, today: date
) -> SheetChange:
    """Take an exemption back: the indicator is appraised as the others are."""
    del today
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        old = before.appraisal.exemption(indicator)
        if old is None:
            return SheetChange(Changes.NONE, before)
        view = changed(before, before.appraisal.appraised(indicator))
        work.log("appraisal.appraise_again", f"appraisal:{appraisal}", before=old)
        return save(work, before, view)


def _check(view: SheetView, indicator: str, handling: Handling) -> None:
    scheme: Scheme = view.scheme
    leaf = next((one for one in scheme.leaves() if one.name == indicator), None)
    if leaf is None:
        msg = f"方案“{scheme.title}”没有指标“{indicator}”，请核对"
        raise InvalidValueError(msg)
    if isinstance(scheme.aggregation, NoTotal | EnteredTotal):
        msg = f"方案“{scheme.title}”的总分不由各指标合计，不需要免考核"
        raise NotAllowedError(msg)
    others = [one for one in scheme.leaves() if one.name != indicator]
    if handling is Handling.SPREAD and all(
        (other := view.appraisal.exemption(one.name)) is not None
        and other.handling is Handling.SPREAD
        for one in others
    ):
        msg = "其余指标都已免考核，没有可以分摊权重的指标，请换一种权重处理"
        raise NotAllowedError(msg)
    if leaf.inside is not None and handling is not Handling.FULL:
        msg = f"“{indicator}”在维度内按比例计分，免考核时只能“按满分计”"
        raise NotAllowedError(msg)

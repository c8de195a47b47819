"""Settling a period of pay, and taking a settlement back. Neither ever edits what was kept."""

from __future__ import annotations

from datetime import date

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.findings import Finding
from kpidesk.core.payroll.books import lines_of
from kpidesk.core.payroll.record import Settlement, settled_results
from kpidesk.store.pay_runs import add_run, reverse
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.keeping.making import Reason, keep_before
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.gathering import GroupRef, all_groups, ref_of
from kpidesk.usecases.pay.standing import headcount
from kpidesk.usecases.pay.viewing import PayView, view_of
from kpidesk.usecases.pay.words import period_text, with_name
from kpidesk.usecases.session import Company, found, reason_given

_NAMED = 12


def settle_period(
    company: Company, ref: GroupRef, period: str, *, actor: str, today: date
) -> Changes:
    """Close a period: inputs and results are kept for good, entries posted to the accounts.

    Refused while something is missing, an earlier period is open, the period is not over, or
    scores that it rests on wait for their approval. Where the company never said whether they
    need one, and never asked for it, the log says whose scores nobody has approved.
    """
    keep_before(company, Reason.SETTLE)
    with company.change(actor) as work:
        view = view_of(company, work.connection, ref, period)
        _check(view, today)
        before = frozenset(view.books.posted)
        inputs = view.gathered.inputs
        recomputed = inputs.evaluated(view.group.scheme)
        after = view.books.with_next(period, recomputed, lines_of(view.group))
        entries = [
            one for one in after.settled.entries if one.period == period and one not in before
        ]
        results = tuple(settled_results(after.settled, period))
        settlement = Settlement(period, inputs, results)
        run = add_run(work.connection, settlement, entries, work.actor, today)
        work.log(
            "pay.settle",
            f"pay_run:{run.id}",
            after={
                "period": period,
                "sha256": run.sha256,
                "people": str(headcount(view.people)),
                "on": str(today),
                **({"unapproved": "、".join(view.unasked)} if view.unasked else {}),
            },
        )
    return Changes.PAY


def reverse_settlement(
    company: Company, ref: GroupRef, period: str, *, reason: str, actor: str, today: date
) -> Changes:
    """Take the last settlement back, with a reason; its entries are posted once more, opposite."""
    why = reason_given(reason, "冲销结算")
    with company.change(actor) as work:
        groups = all_groups(company, work.connection)
        group = found(next((one for one in groups if ref_of(one) == ref), None), "这一组薪酬")
        runs = runs_of(company, work.connection, group)
        run = next((one for one in runs if one.settlement.period == period), None)
        if run is None:
            msg = f"{period_text(group, period)}还没有结算，不需要冲销"
            raise NotAllowedError(msg)
        if run is not runs[-1]:
            later = period_text(group, runs[-1].settlement.period)
            msg = f"后面的{later}已经结算，只能从最后一期起依次冲销；已发放的差错请直接更正数据"
            raise NotAllowedError(msg)
        reverse(work.connection, run.id, why, work.actor, today)
        work.log(
            "pay.reverse",
            f"pay_run:{run.id}",
            before={"sha256": run.sha256},
            after={"on": str(today)},
            reason=why,
        )
    return Changes.PAY


def _check(view: PayView, today: date) -> None:
    name = period_text(view.group, view.period.key)
    if view.settled:
        msg = f"{name}已经结算；之后发现的差错请更正数据，差额在下一期补发或扣回"
        raise NotAllowedError(msg)
    if view.next_ is None or view.next_.key != view.period.key:
        first = period_text(view.group, view.next_.key) if view.next_ else ""
        msg = f"请按顺序结算：{first}还没有结算，{name}要等它结算以后"
        raise NotAllowedError(msg)
    if not view.period.is_late and view.period.days.last_day > today:
        msg = f"{name}到 {view.period.days.last_day} 才结束，今天是 {today}，还不能结算"
        raise NotAllowedError(msg)
    if view.stops:
        raise NotAllowedError(_why_not(name, view.stops))
    if view.unapproved:
        raise NotAllowedError(_why_not(name, view.unapproved))
    if not view.people:
        msg = f"{name}没有在职的人，不需要结算"
        raise NotAllowedError(msg)


def _why_not(name: str, stops: tuple[Finding, ...]) -> str:
    said = list(dict.fromkeys(with_name(one) for one in stops))
    more = f"\n……共 {len(said)} 处" if len(said) > _NAMED else ""
    return f"{name}还不能结算，请先处理：\n" + "\n".join(said[:_NAMED]) + more

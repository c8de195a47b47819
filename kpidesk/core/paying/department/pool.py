"""A pool that a leader distributes among the team."""

from __future__ import annotations

from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.explain import show, show_money
from kpidesk.core.facts import TEAM, Subject
from kpidesk.core.figure import PERCENT, Figure, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.department.rules import DiscretionaryDistribution
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE
from kpidesk.core.splits import split_figure


def distribute(rule: DiscretionaryDistribution, run: PayRun) -> None:
    """Each person's part of the pool; the parts add to it exactly."""
    shares = _shares(rule, run)
    if shares is None:
        return
    pool = run.board.figure(TEAM, rule.pool)
    if not shares:
        if pool is not None and pool.value > ZERO:
            run.context.report(
                Code.POOL_UNDISTRIBUTED,
                Effect.WARNS,
                f"{pool.label} {show_money(pool.value)} 元还没有分配，请填写各人的内部分配比例"
                "（合计 100%）；未分配前作为应付款保留",
                subject=TEAM,
                name=rule.pool,
                period=CYCLE,
            )
        return
    if pool is None:
        return
    for person, part in zip(shares, split_figure(pool, list(shares.values())), strict=True):
        run.board.record(person, rule.result, part.named(rule.label, rule.clause))


def _shares(rule: DiscretionaryDistribution, run: PayRun) -> dict[Subject, Figure] | None:
    """The shares that were decided, in the order of the people; None where they cannot stand."""
    context = run.context
    shares: dict[Subject, Figure] = {}
    for person in run.people:
        share = context.number(person.key, rule.share, required=False)
        if share is None:
            continue
        takes_part = person.in_service(context.cycle.period) and (
            person.role in rule.roles
            or (person.role in rule.others and context.flag(rule.others_too))
        )
        if takes_part:
            shares[person.key] = share
        elif share.value > ZERO:
            _refuse(rule, f"“{person.key}”不参加内部分配，却填了 {show(share.value)}%", run)
            return None
    summed = total(list(shares.values()), PERCENT)
    if shares and summed.value != HUNDRED:
        _refuse(rule, f"内部分配比例合计为 {show(summed.value)}%，应为 100%", run)
        return None
    return shares


def _refuse(rule: DiscretionaryDistribution, what: str, run: PayRun) -> None:
    run.context.report(
        Code.SHARES_NOT_100,
        Effect.WITHHOLDS,
        f"{what}，请调整后再分配",
        subject=TEAM,
        name=rule.share,
        period=CYCLE,
    )

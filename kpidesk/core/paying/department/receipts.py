"""What came in during the cycle, of each person and of the team."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import TEAM
from kpidesk.core.fed import has_ledger
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.department.rules import Receipts
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.period import CYCLE, Grain


def sum_receipts(rule: Receipts, run: PayRun) -> None:
    """The sums of the members' months of service, and of the team."""
    sums: list[Figure | None] = []
    for person in run.members(rule.members):
        months = run.served(person, Grain.MONTH)
        figures = [run.context.number(person.key, rule.fact, month) for month in months]
        there = [one for one in figures if one is not None]
        whole = None
        if len(there) == len(figures):
            whole = total(there, YUAN).named(rule.label, rule.clause)
            run.board.record(person.key, rule.result, whole)
        sums.append(whose(person.key, whole) if whole else None)
        if has_ledger(run.context.facts, person.key):
            _outside(rule, person.key, run)
    _team(rule, sums, run)


def _outside(rule: Receipts, person: str, run: PayRun) -> None:
    """The dated lines before and after the cycle: they belong to other cycles."""
    cycle = run.context.cycle.period
    lines = [one for on, one in run.context.lines(person, rule.fact) if on not in cycle]
    summed = total(lines, YUAN).named(f"周期以外的{rule.label}", rule.clause)
    run.board.record(person, rule.outside, summed)


def _team(rule: Receipts, sums: Sequence[Figure | None], run: PayRun) -> None:
    context = run.context
    there = [one for one in sums if one is not None]
    label = f"团队{rule.label}"
    summed = None
    if sums and len(there) == len(sums):
        summed = total(there, YUAN).named(label, rule.clause)
    entered = context.number(TEAM, rule.fact, required=False)
    if entered is not None and summed is not None and entered.value != summed.value:
        context.block(
            Code.CONFLICTING_FACTS,
            f"{label}填了 {show_money(entered.value)} 元，"
            f"各人合计却是 {show_money(summed.value)} 元，请改正，或只保留一种",
            subject=TEAM,
            name=rule.fact,
        )
        return
    known = summed if entered is None else entered.named(label, rule.clause)
    if known is not None:
        run.board.record(TEAM, rule.result, known)
        _warn_of_refund(rule, known, run)
    elif not sums:
        context.missing(TEAM, rule.fact)


def _warn_of_refund(rule: Receipts, known: Figure, run: PayRun) -> None:
    if known.value < ZERO:
        run.context.report(
            Code.REFUND,
            Effect.WARNS,
            f"{known.label}为 {show_money(known.value)} 元，退款多于回款，请核对",
            subject=TEAM,
            name=rule.fact,
            period=CYCLE,
        )

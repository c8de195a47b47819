"""The quarterly rule over a base quota, for everybody: figures, fold, results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee
from kpidesk.core.paying.base_quota.bonus import rates
from kpidesk.core.paying.base_quota.desk import PayDesk
from kpidesk.core.paying.base_quota.fold import step
from kpidesk.core.paying.base_quota.ledger import read_ledger
from kpidesk.core.paying.base_quota.prepare import Prepared, earning_sales, prepare, quarter_of
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.sharing import Shares, Sharing, share_out
from kpidesk.core.paying.base_quota.state import Outcome, State
from kpidesk.core.paying.base_quota.terms import BackPay, FoldTerms, fold_terms
from kpidesk.core.paying.base_quota.warning import warn
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain


@dataclass(frozen=True, slots=True)
class Chain:
    """A person's quarters, and what the fold gave as far as it came."""

    person: Appraisee
    prepared: tuple[Prepared, ...]
    outcomes: tuple[Outcome, ...]


def pay_quarters(rule: QuarterlyBaseTarget, run: PayRun) -> None:
    """Record every result of every person's quarters that the facts allow."""
    context = run.context
    terms, rates_ = fold_terms(rule, context), rates(rule.bonus, context)
    if terms is None or rates_ is None:
        return
    ledger = read_ledger(rule.lines, context)
    chains: list[Chain] = []
    for person in run.people:
        periods = tuple(run.served(person, Grain.QUARTER))
        prepared = prepare(rule, person, periods, ledger, context)
        chains.append(Chain(person, prepared, _fold(prepared, rule, terms, context)))
    shares = share_out(
        ledger,
        {one.person.key: one.outcomes for one in chains},
        run.periods(Grain.QUARTER),
        Sharing(
            earning_sales(rule, context),
            context.flag(rule.bonus.service_needs_base),
            BackPay(context.word(rule.shortfalls.back_pay)),
        ),
    )
    for chain in chains:
        who = chain.person.key
        desk = PayDesk(rule, terms, rates_, shares.get(who, Shares()), run)
        desk.record(who, chain.prepared, chain.outcomes)
        warn(chain.prepared, chain.outcomes, ledger, rule, run)


def _fold(
    prepared: Sequence[Prepared], rule: QuarterlyBaseTarget, terms: FoldTerms, context: Context
) -> tuple[Outcome, ...]:
    """The quarters in order, up to the first that cannot be computed or decided."""
    state, outcomes = State(), list[Outcome]()
    for one in prepared:
        quarter = quarter_of(one, rule, context)
        if quarter is None:
            break
        state, outcome = step(state, quarter, terms)
        outcomes.append(outcome)
        if outcome.settlement is None:
            break
    return tuple(outcomes)

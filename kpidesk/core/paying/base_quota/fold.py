"""One quarter of the rule over a base quota: state and quarter → state and outcome.

Pure: no lookups, no findings. Rates, K and rounding come after (`recording`), so that they cannot
change what is carried.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kpidesk.core.accounts import Account, Entry, Side, balance
from kpidesk.core.exact import ZERO
from kpidesk.core.figure import YUAN, Figure, given, total
from kpidesk.core.paying.base_quota.comparing import compared, is_below_base, is_undecided
from kpidesk.core.paying.base_quota.filling import fill, filled_in
from kpidesk.core.paying.base_quota.releasing import release
from kpidesk.core.paying.base_quota.state import (
    Outcome,
    Quarter,
    Released,
    Settlement,
    Shortfall,
    Standing,
    State,
)
from kpidesk.core.paying.base_quota.terms import (
    AboveLimit,
    ExcessAtYearEnd,
    FoldTerms,
    FreePay,
    ShortfallAtYearEnd,
)

LAPSED = "跨年作废"
"""Why a shortfall leaves its account that nobody made up."""
FIRST, LAST = 1, 4
"""The quarters with which a calendar year begins and ends."""


def step(state: State, quarter: Quarter, terms: FoldTerms) -> tuple[State, Outcome]:
    """What a quarter comes to, and what is carried to the next one.

    The state does not change where the outcome waits for a decision (no settlement).
    """
    state, lapsed = _begin(state, quarter, terms)
    since = f"{state.excess[-1].period} " if state.excess else "上季"
    carried = balance(state.excess, quarter.key, f"{since}转入的超额")
    clause = terms.clauses.actual
    whole = quarter.own + carried if carried.value else quarter.own.because()
    whole = whole.named("当季完成额 X", clause)
    outcome = Outcome(
        quarter,
        carried,
        tested=whole
        if terms.carried_counts
        else quarter.own.because().named("用于比较的完成额", clause),
        standing=Standing.FREE if quarter.free else None,
        variable_pay_due=terms.free_variable_pay if quarter.free else None,
        settlement=None,
        in_debt=any(not one.is_filled for one in state.shortfalls),
        has_unpaid=bool(state.shortfalls),
        lapsed=lapsed,
    )
    if quarter.free and terms.free_pay is FreePay.ALL_ACTUAL:
        return _all_actual(state, outcome, whole, terms)
    if is_below_base(outcome.tested, quarter, terms):
        return _below_base(state, outcome, terms)
    return _base_met(state, outcome, whole, terms)


def _begin(state: State, quarter: Quarter, terms: FoldTerms) -> tuple[State, tuple[Entry, ...]]:
    """Let what is still short lapse with the old year, where the company chose so."""
    if terms.shortfall_at_year_end is ShortfallAtYearEnd.CARRY or quarter.number != FIRST:
        return state, ()
    lapsed = tuple(
        Entry(
            quarter.subject,
            Account.SHORTFALL,
            one.quarter.key,
            quarter.key,
            Side.TAKE,
            one.remaining(quarter.key),
            LAPSED,
        )
        for one in state.shortfalls
        if not one.is_filled
    )
    filled = tuple(one for one in state.shortfalls if one.is_filled)
    return replace(state, shortfalls=filled), lapsed


def _all_actual(
    state: State, outcome: Outcome, whole: Figure, terms: FoldTerms
) -> tuple[State, Outcome]:
    """A quarter without a task: everything accrues, nothing is tested, opened or carried."""
    accrued = _less_apart(whole.because().named("计提额", terms.clauses.free), outcome.quarter)
    return _settled(State(state.shortfalls), outcome, accrued, entries=_used(state, outcome))


def _below_base(state: State, outcome: Outcome, terms: FoldTerms) -> tuple[State, Outcome]:
    """Nothing accrues; the shortfall opens."""
    quarter = outcome.quarter
    gap = (quarter.base - outcome.tested).named("当季差额", terms.clauses.fill)
    opening = Entry(
        quarter.subject, Account.SHORTFALL, quarter.key, quarter.key, Side.ADD, gap, "开立差额"
    )
    nothing = given(ZERO, YUAN, "不计提", terms.clauses.below)
    accrued = nothing.because(outcome.tested, quarter.base).named("计提额", nothing.clause)
    outcome = replace(
        outcome,
        standing=outcome.standing or Standing.BELOW_BASE,
        variable_pay_due=bool(outcome.variable_pay_due),
    )
    shortfalls = (*state.shortfalls, Shortfall(quarter, gap, (opening,)))
    unseen: Figure | None = outcome.carried_in
    if terms.carried_counts or not state.excess:
        unseen = None
    elif quarter.number == LAST and terms.excess_at_year_end is not ExcessAtYearEnd.CARRY:
        if terms.excess_at_year_end is ExcessAtYearEnd.SETTLE:
            accrued = outcome.carried_in.because().named("年末结清的超额", terms.clauses.carry)
        unseen = None
    used = _used(state, outcome) if unseen is None else ()
    after = State(shortfalls, () if unseen is None else state.excess)
    return _settled(after, outcome, accrued, carried=unseen, entries=(*used, opening))


def _base_met(
    state: State, outcome: Outcome, whole: Figure, terms: FoldTerms
) -> tuple[State, Outcome]:
    """The surplus over the base fills shortfalls; up to the target accrues, the rest is carried."""
    quarter, clause = outcome.quarter, terms.clauses.fill
    surplus = (outcome.tested - quarter.base).named("超出基数的部分", clause)
    shortfalls = fill(state.shortfalls, surplus, terms.order, quarter)
    filled = filled_in(shortfalls, quarter.key)
    made_up = total([one.seen_from(quarter.key) for one in filled], YUAN)
    made_up = made_up.named("补足以前季度的差额", clause)
    outcome = compared(outcome, made_up, terms)
    if is_undecided(outcome, terms):
        return state, outcome
    left = whole
    if filled:
        left = (whole - made_up).named("补足后的完成额", terms.clauses.left)
    released, waiting = release(shortfalls, quarter.key, terms)
    accrued, carried = _accrue(left, outcome, terms)
    excess = () if carried is None else (_carry(carried, quarter),)
    return _settled(
        State(waiting, excess),
        outcome,
        _less_apart(accrued, quarter),
        made_up=made_up,
        carried=carried,
        released=released,
        entries=(*_used(state, outcome), *filled, *excess),
    )


def _accrue(left: Figure, outcome: Outcome, terms: FoldTerms) -> tuple[Figure, Figure | None]:
    """What of the quarter accrues, and what is carried on."""
    target, clause = outcome.quarter.target, terms.clauses.carry
    if left.value <= target.value:
        within = terms.clauses.left if outcome.in_debt else terms.clauses.within
        return left.because().named("计提额", within), None
    at_once = outcome.at_limit and terms.above_limit is AboveLimit.PAY_NOW
    policy = terms.excess_at_year_end
    if outcome.quarter.number != LAST:
        policy = ExcessAtYearEnd.CARRY
    if at_once or policy is ExcessAtYearEnd.SETTLE:
        return left.because().named("计提额", clause), None
    capped = left.at_most(target).named("计提额", clause)
    match policy:
        case ExcessAtYearEnd.CARRY:
            return capped, (left - target).named("转入下季的超额", clause)
        case ExcessAtYearEnd.LAPSE:
            return capped, None
        case _:
            assert_never(policy)


def _less_apart(accrued: Figure, quarter: Quarter) -> Figure:
    """What earns the sales rate of what accrues."""
    if quarter.paid_apart is None:
        return accrued
    return (accrued - quarter.paid_apart).named("按销售比例计提的金额", accrued.clause)


def _carry(excess: Figure, quarter: Quarter) -> Entry:
    reason = "转入下季的超额"
    return Entry(quarter.subject, Account.EXCESS, "", quarter.key, Side.ADD, excess, reason)


def _used(state: State, outcome: Outcome) -> tuple[Entry, ...]:
    """The posting that takes the carried excess out of its account, where there is any."""
    if not state.excess:
        return ()
    key, subject = outcome.quarter.key, outcome.quarter.subject
    return (Entry(subject, Account.EXCESS, "", key, Side.TAKE, outcome.carried_in, "计入当季"),)


def _settled(
    state: State,
    outcome: Outcome,
    accrued: Figure,
    *,
    made_up: Figure | None = None,
    carried: Figure | None = None,
    released: tuple[Released, ...] = (),
    entries: tuple[Entry, ...] = (),
) -> tuple[State, Outcome]:
    key = outcome.quarter.key
    settlement = Settlement(
        made_up=given(ZERO, YUAN, "补足以前季度的差额") if made_up is None else made_up,
        accrued=accrued,
        carried_out=given(ZERO, YUAN, "转入下季的超额") if carried is None else carried,
        released=released,
        open=tuple((one.quarter.key, one.remaining(key)) for one in state.shortfalls),
        entries=(*outcome.lapsed, *entries),
    )
    return state, replace(outcome, settlement=settlement)

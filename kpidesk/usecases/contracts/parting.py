"""A cycle that an early end cuts: judged for its months where that is agreed and can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpidesk.core.agreed import asked_targets
from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.contract import Contract
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.part_cycles import why_not_in_part
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.sheet import make_sheet
from kpidesk.store.appraisals import (
    appraisals_under,
    load_appraisal,
    save_appraisal,
    save_cycle,
)
from kpidesk.usecases.cycles import cycles_in
from kpidesk.usecases.session import Work
from kpidesk.usecases.sheets import standing


def cut_part(scheme: Scheme, contract: Contract, day: date) -> Period | None:
    """What a cycle has left of its beginning, when its contract ends before a day inside it."""
    if not scheme.is_scored or scheme.span is not Span.FIXED:
        return None
    settings = dict(contract.settings)
    cycles = cycles_in(scheme, settings, contract.term, in_part=contract.in_part)
    return next((Period(one.start, day) for one in cycles if one.start < day < one.end), None)


def why_not_judged(scheme: Scheme, contract: Contract, part: Period) -> str:
    """Why the months of a cycle that was cut cannot be judged; empty when they can."""
    if why := why_not_in_part(scheme, part, dict(contract.settings)):
        return why
    for one in asked_targets(scheme, contract.role, dict(contract.settings)):
        target = next((x for x in contract.targets if x.fact == one.name), None)
        whole = target is not None and target.adds_up and not target.months
        if whole and one.grains[0] is Grain.CYCLE:
            return f"目标“{one.label}”没有分月，这几个月的目标不知道是多少，请先用补充协议分解到月"
    return ""


def check_judged(scheme: Scheme, contract: Contract, day: date) -> None:
    """Refuse an end that says its cycle is judged where there is none, or it cannot be."""
    part = cut_part(scheme, contract, day)
    why = "那天没有被截断的考核周期" if part is None else why_not_judged(scheme, contract, part)
    if why:
        msg = f"{contract.title} 终止以前的几个月不能单独考核一次：{why}；请不要勾选这一项"
        raise InvalidValueError(msg)


def cut_sheet(work: Work, contract: Contract, scheme: Scheme, day: date) -> None:
    """The sheet of the cycle judges its months from now on; what lies behind them is taken off."""
    part = cut_part(scheme, contract, day)
    for id_, state in appraisals_under(work.connection, contract.id, ends_after=day):
        before = load_appraisal(work.connection, id_)
        if part is None or before is None or state is not AppraisalState.OPEN:
            continue
        if before.cycle.start != part.start:
            continue
        kept = tuple(
            one
            for one in before.entries
            if one.period == CYCLE or part.covers(Period.parse(one.period))
        )
        after = replace(before, cycle=part, entries=kept, overrides=(), seconds=())
        save_cycle(work.connection, id_, part)
        save_appraisal(
            work.connection, before, after, standing(make_sheet(scheme, contract, after))
        )
        work.log("appraisal.part", f"appraisal:{id_}", before=before, after=after)

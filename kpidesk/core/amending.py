"""Amendments (补充协议): which terms are in force on a day, and what may be changed from when.

Every cycle is judged by one version of the terms, the one in force on its last day. That is the
same as judging each day by its own version, because an amendment may change only what lies after
its effective day: months that start then, and whatever holds for a whole cycle (weights,
parameters, figures of the term) only where it takes effect with a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kpidesk.core.contract import Contract
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import Cycle, Period
from kpidesk.core.target import Target


def in_force(contract: Contract, amendments: Sequence[Contract], day: date) -> Contract:
    """The contract as it stands on a day; `amendments` are the signed ones, in their order."""
    for one in amendments:
        if one.amends is None or one.is_ending:
            continue  # whatever was judged before the end is judged by what was agreed then
        if one.amends.effective_on <= day:
            contract = amended(contract, one)
    return contract


def amended(contract: Contract, amendment: Contract) -> Contract:
    """The contract with the terms of an amendment: still the same contract."""
    return replace(
        contract,
        targets=amendment.targets,
        settings=amendment.settings,
        special_terms=amendment.special_terms,
        amends=amendment.amends,
    )


def pieces(contract: Contract, amendments: Sequence[Contract]) -> tuple[Contract, ...]:
    """The contract as one for each part of its term in which the same parameters hold."""
    now, starts = contract, contract.term.start
    found: list[Contract] = []
    for one in amendments:
        if one.amends is None or one.is_ending:
            continue
        begins = max(one.amends.effective_on, contract.term.start)
        after = amended(now, one)
        if after.settings != now.settings and begins > starts:
            found.append(_cut(now, Period(starts, begins)))
            starts = begins
        now = after
    if not found:
        return (now,)
    return (*found, _cut(now, Period(starts, contract.term.end)))


def ended_on(amendments: Iterable[Contract]) -> date | None:
    """The first day on which a contract holds no more, where one of its amendments ends it."""
    return next((one.amends.ended_on for one in amendments if one.amends and one.is_ending), None)


def until_end(contract: Contract, amendments: Iterable[Contract]) -> Contract:
    """The contract with the months that it has kept, where it was ended early."""
    over = ended_on(amendments)
    return contract if over is None else _cut(contract, Period(contract.term.start, over))


def check_amendment(before: Contract, after: Contract, cycles: Sequence[Period]) -> None:
    """Refuse what would change days before the effective one, all of it at once.

    `cycles` are those of the contract's term.
    """
    if problems := tuple(amendment_problems(before, after, cycles)):
        raise InvalidValueError("\n".join(problems))


def amendment_problems(
    before: Contract, after: Contract, cycles: Sequence[Period]
) -> Iterator[str]:
    """What an amendment may not change from its effective day, each with how to mend it."""
    if after.amends is None:
        return
    day = after.amends.effective_on
    term = before.term
    if after.amends.ended_on is not None:
        yield from _ending_problems(before, after, after.amends.ended_on)
        return
    if day not in term:
        yield f"生效日期({day})不在责任期限({term.start} 至 {term.last_day})内，请改正"
        return
    if before.amends is not None and day < before.amends.effective_on:
        yield (
            f"生效日期({day})早于上一份补充协议的生效日期({before.amends.effective_on})，"
            "请改为同一天或以后"
        )
    starts = [one.start for one in cycles]
    nearest = "、".join(str(one) for one in _near(starts, day))
    if before.settings != after.settings and day not in starts:
        yield (
            f"权重和参数按整个考核周期计算，生效日期({day})应是一个周期的第一天，"
            f"请改为 {nearest}，或只调整目标和特别约定"
        )
    old = {one.fact: one for one in before.targets}
    months = Cycle(term).contract_months()
    for target in after.targets:
        yield from _target_problems(old.get(target.fact), target, day, months, starts)
    kept = {one.fact for one in after.targets}
    for gone in before.targets:
        if gone.fact not in kept and day not in starts:
            yield f"取消目标“{gone.label}”须从一个考核周期的第一天生效，请把生效日期改为 {nearest}"


def _ending_problems(before: Contract, after: Contract, ended_on: date) -> Iterator[str]:
    """What keeps a contract from ending early on a day: it ends with a month, and nothing else."""
    term = before.term
    last_day = ended_on - timedelta(days=1)
    starts = [one.start for one in Cycle(term).contract_months()][1:]
    if ended_on not in starts:
        fits = [one - timedelta(days=1) for one in _near(starts, ended_on)]
        told = "、".join(str(one) for one in fits) or f"{term.last_day}（期限本来的最后一天）"
        yield (
            f"目标和考核按月计算，提前终止的最后一天({last_day})应是一个月的最后一天，"
            f"且在责任期限({term.start} 至 {term.last_day})内，请改为 {told}"
        )
    if before.amends is not None and ended_on < before.amends.effective_on:
        yield f"上一份补充协议从 {before.amends.effective_on} 起生效，不能在它生效以前终止"
    same = (before.targets, before.settings, before.special_terms)
    if same != (after.targets, after.settings, after.special_terms):
        yield "终止协议只终止责任书，不能同时改目标、参数或特别约定"


def _target_problems(
    was: Target | None,
    becomes: Target,
    day: date,
    months: Sequence[Period],
    starts: Sequence[date],
) -> Iterator[str]:
    if was == becomes:
        return
    by_month = was is not None and len(was.months) == len(becomes.months) == len(months)
    if was is not None and by_month:
        early = [
            month
            for month, old, new in zip(months, was.months, becomes.months, strict=True)
            if old != new and month.start < day
        ]
        if early:
            yield (
                f"“{becomes.label}”改动了生效日期({day})以前开始的月份"
                f"(从 {early[0].start} 开始的月)，请改回原来的数，或把生效日期提前"
            )
        if was.adds_up or was.total == becomes.total:
            return
    if day not in starts:
        nearest = "、".join(str(one) for one in _near(starts, day))
        yield (
            f"“{becomes.label}”的全期目标按整个考核周期计算，请把生效日期({day})改为 {nearest}"
            "，或按月调整目标"
        )


def _near(starts: Sequence[date], day: date) -> Iterator[date]:
    """The beginnings of cycles around a day."""
    earlier = [one for one in starts if one < day]
    later = [one for one in starts if one > day]
    yield from (*earlier[-1:], *later[:1])


def _cut(contract: Contract, part: Period) -> Contract:
    """The contract for a part of its term: the months in it, and what holds for any part."""
    months = Cycle(contract.term).contract_months()
    targets = []
    for one in contract.targets:
        if one.months:
            inside = tuple(
                figure
                for month, figure in zip(months, one.months, strict=True)
                if part.covers(month)
            )
            total = sum(inside, Decimal(0)) if one.adds_up else one.total
            targets.append(replace(one, months=inside, total=total))
        elif not one.adds_up:
            targets.append(one)
        # A figure that adds up over the whole term says nothing of a part of it.
    return replace(contract, term=part, targets=tuple(targets))

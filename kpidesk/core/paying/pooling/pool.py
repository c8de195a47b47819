"""A pool of annual pay, shared item by item by what each person contributed."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.exact import ZERO, less
from kpidesk.core.explain import show_figure
from kpidesk.core.facts import TEAM, Appraisee
from kpidesk.core.figure import PERCENT, YUAN, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.pooling.groups import Group, groups_of
from kpidesk.core.paying.pooling.rules import (
    Contribution,
    NegativeIncrease,
    PoolByShare,
    PoolItem,
)
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Aspect


@dataclass(frozen=True, slots=True)
class _Pool:
    """One group's pool under way; `whole` is its annual pay together, None while one lacks."""

    rule: PoolByShare
    group: Group
    whole: Figure | None
    run: PayRun

    def record(self, item: PoolItem, person: Appraisee, figure: Figure) -> None:
        """Record what a person gets of an item."""
        self.run.board.record(person.key, f"pay.{item.name}", figure.named(item.name, item.clause))


def share_pools(rule: PoolByShare, run: PayRun) -> None:
    """Every item of every group that has all facts; the team's sums of what nobody earned."""
    left: dict[str, list[Figure]] = {}
    for group in groups_of(rule.scope, run):
        pool = _Pool(rule, group, _whole(rule, group, run), run)
        for item in rule.items:
            if (unallocated := _share(item, pool)) is not None:
                left.setdefault(item.name, []).append(unallocated)
    for name, pools in left.items():
        summed = total(pools, YUAN).named(f"{name}未分配")
        run.board.record(TEAM, f"unallocated.{name}", summed)


def _whole(rule: PoolByShare, group: Group, run: PayRun) -> Figure | None:
    pays: list[Figure] = []
    for person in group.people:
        pay = run.context.number(person.key, rule.pay)
        if pay is not None:
            pays.append(whose(person.key, pay))
    if len(pays) < len(group.people):
        return None
    return total(pays, YUAN).named(f"{group.name}全年薪酬合计")


def _share(item: PoolItem, pool: _Pool) -> Figure | None:
    """Share one item among the group; its pool, where nobody contributed."""
    run = pool.run
    percent = run.context.amount(item.percent, PERCENT, f"{item.name}占比", item.clause)
    if percent is None:
        return None
    if percent.value == ZERO:  # it counts nothing, so nobody misses its facts
        for person in pool.group.people:
            pool.record(item, person, given(ZERO, YUAN, "不计").because(percent))
        return None
    parts = [_contribution(item, person, pool) for person in pool.group.people]
    there = [one for one in parts if one is not None]
    if pool.whole is None or len(there) < len(parts):
        return None
    part = pool.whole.share(percent).named(f"{item.name}考核薪酬", item.clause)
    summed = total(there, there[0].unit).named(f"{pool.group.name}{item.name}合计")
    if not less(ZERO, summed.value):
        _leave(item, part, summed, pool)
        return part.named(f"{pool.group.name}{item.name}考核薪酬", item.clause)
    for person, own in zip(pool.group.people, there, strict=True):
        share = own.percent_of(summed).named("贡献度占比", item.clause)
        pool.record(item, person, part.share(share))
    return None


def _leave(item: PoolItem, part: Figure, summed: Figure, pool: _Pool) -> None:
    """Nobody contributed: everybody gets nothing of the item."""
    _touch(item, pool)
    for person in pool.group.people:
        pool.record(item, person, given(ZERO, YUAN, "无人有贡献，不分配").because(summed))
    pool.run.context.report(
        Code.POOL_UNALLOCATED,
        Effect.WARNS,
        f"{pool.group.name}的“{item.name}”合计为 {show_figure(summed)}，不大于零，"
        f"这一项的考核薪酬 {show_figure(part.rounded(2))}没有分配，请另行决定",
        subject=TEAM,
        name=f"unallocated.{item.name}",
        period=CYCLE,
    )


def _contribution(item: PoolItem, person: Appraisee, pool: _Pool) -> Figure | None:
    """What counts for a person; a fall counts as nothing, or with its sign."""
    what, run = item.contribution, pool.run
    year = run.context.cycle.period
    last = _figure(what, person, year.before(), run) if what.increase else None
    this = _figure(what, person, year, run)
    if not what.increase:
        return this
    if this is None or last is None:
        return None
    rise = whose(person.key, (this - last).named("比去年增加", item.clause))
    if not less(rise.value, ZERO):
        return rise
    _touch(item, pool)
    if run.context.word(pool.rule.negative) == NegativeIncrease.SIGNED:
        return rise
    counted = rise.at_least(given(ZERO, rise.unit, ""))
    return whose(person.key, counted.named("计入的增量（负增长按零计）", item.clause))


def _figure(what: Contribution, person: Appraisee, year: Period, run: PayRun) -> Figure | None:
    """A fact of a year, less the part of it that does not count."""
    figure = run.context.number(person.key, what.fact, year)
    if figure is None:
        return None
    figure = whose(person.key, figure)
    if what.leaves_out is None or not run.context.flag(what.leaves_out):
        return figure
    part = run.context.number(person.key, what.without, year, required=False)
    if part is None:
        return figure
    return whose(
        person.key, (figure - whose(person.key, part)).named(f"计入增量的余额（{year.key}）")
    )


def _touch(item: PoolItem, pool: _Pool) -> None:
    """Everybody's part of the item rests on how a fall counts."""
    for person in pool.group.people:
        pool.run.touch(person.key, f"pay.{item.name}", Aspect.DECREASE)

"""What somebody's accounts still hold, and what would release it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO, Number, add, multiply, subtract, sum_of
from kpidesk.core.facts import Subject
from kpidesk.core.figure import RATIO, Figure
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.terms import Order, Release
from kpidesk.core.paying.department.rules import CatchUp
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.period import Grain, Period
from kpidesk.core.results import Evaluation, Table


@dataclass(frozen=True, slots=True)
class Goal:
    """The figure that a coming period must reach; `so_far` is what it has, None while unknown.

    `base` is the period's own task, `ahead` all that is made up before and with the item.
    """

    period: Period
    base: Number
    ahead: Number
    so_far: Number | None = None

    @property
    def needed(self) -> Number:
        """What must be reached."""
        return add(self.base, self.ahead)

    @property
    def distance(self) -> Number | None:
        """What is still to come in; never below zero."""
        return None if self.so_far is None else max(subtract(self.needed, self.so_far), ZERO)


@dataclass(frozen=True, slots=True)
class Holding:
    """What an account holds of an item; `goal` says when it is released, where that is known.

    `together`: it waits until every other item is made up as well.
    """

    account: Account
    item: str
    left: Number
    goal: Goal | None = None
    together: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is made up already, and only waits for others."""
        return self.account is Account.SHORTFALL and not self.left


@dataclass(frozen=True, slots=True)
class YearGoal:
    """The task of a person's year, what came in so far, and what was withheld of the base pay."""

    needed: Number
    so_far: Number
    withheld: Number

    @property
    def distance(self) -> Number:
        """What is still to come in; never below zero."""
        return max(subtract(self.needed, self.so_far), ZERO)


def signed(entry: Entry) -> Number:
    """What an entry adds to its balance, or takes off."""
    return entry.amount.value if entry.side is Side.ADD else -entry.amount.value


def balances(
    entries: Iterable[Entry], periods: Sequence[str], account: Account
) -> tuple[Number, ...]:
    """What an account holds at the end of each period."""
    mine = [one for one in entries if one.account is account]
    found: list[Number] = []
    left: Number = ZERO
    for key in periods:
        for one in mine:
            if one.period == key:
                left = add(left, signed(one))
        found.append(left)
    return tuple(found)


def value_of(evaluation: Evaluation, subject: Subject, name: str, period: str) -> Number | None:
    """The number of a result; None when it was not produced."""
    result = evaluation.get(subject, name, period)
    return result.value.value if result and isinstance(result.value, Figure) else None


def quota_rule(group: PayGroup) -> QuarterlyBaseTarget | None:
    """The group's rule over a base quota, where it has one."""
    return next((one for one in group.scheme.pay if isinstance(one, QuarterlyBaseTarget)), None)


@dataclass(frozen=True, slots=True)
class MakeUp:
    """Looks ahead from what stands now: `recomputed` are today's figures, `context` reads facts."""

    group: PayGroup
    context: Context
    recomputed: Evaluation

    def holdings(
        self, subject: Subject, entries: Sequence[Entry], period: PayPeriod
    ) -> tuple[Holding, ...]:
        """What somebody's accounts hold after a period, in the order in which it is made up."""
        rule = quota_rule(self.group)
        if rule is None:
            return ()
        left: dict[tuple[Account, str], Number] = {}
        for one in entries:
            key = (one.account, one.item)
            left[key] = add(left.get(key, ZERO), signed(one))
        short = {item: rest for (kind, item), rest in left.items() if kind is Account.SHORTFALL}
        table = self.recomputed.get(subject, "open_shortfalls", period.key)
        waiting = dict(table.value.rows) if table and isinstance(table.value, Table) else {}
        items = {item: rest for item, rest in sorted(short.items()) if rest or item in waiting}
        excess = left.get((Account.EXCESS, ""), ZERO)
        carried = (Holding(Account.EXCESS, "", excess),) if excess else ()
        return (*self._short(rule, subject, items, period), *carried)

    def year_goal(self, subject: Subject) -> YearGoal | None:
        """What a person's year must reach for what was withheld to be paid; None without a rule."""
        member = self.group.member(subject)
        rule = next((one for one in self.group.scheme.pay if isinstance(one, CatchUp)), None)
        if rule is None or member is None or member.contract.role not in rule.task.members:
            return None
        months = [one for one in self.group.cycle.parts(Grain.MONTH) if member.in_service(one)]
        measure = self.context.word(rule.task.measure)
        plans = [self._number(subject, rule.task.target, month) for month in months]
        known = [one for one in plans if one is not None]
        if not known or len(known) < len(plans):
            return None
        there = (self._number(subject, measure, month) for month in months)
        withheld = (
            value_of(self.recomputed, subject, rule.withheld, month.key) for month in months
        )
        return YearGoal(
            sum_of(known),
            sum_of(one for one in there if one is not None),
            sum_of(one for one in withheld if one is not None),
        )

    def _number(self, subject: Subject, name: str, period: Period) -> Number | None:
        figure = self.context.number(subject, name, period, required=False)
        return figure.value if figure else None

    def _short(
        self,
        rule: QuarterlyBaseTarget,
        subject: Subject,
        items: dict[str, Number],
        period: PayPeriod,
    ) -> Iterator[Holding]:
        order = Order(self.context.word(rule.shortfalls.order))
        together = Release(self.context.word(rule.shortfalls.release)) is Release.ALL
        every = sum_of(items.values())
        coming = self._next(subject, period)
        base = None if coming is None else self._base(rule, subject, coming)
        so_far = None if coming is None else self._tested(subject, coming)
        ahead: Number = ZERO
        for item in items if order is not Order.NEWEST_FIRST else reversed(items):
            ahead = every if order is Order.PRO_RATA else add(ahead, items[item])
            goal = None
            if coming is not None and base is not None:
                goal = Goal(coming, base, every if together else ahead, so_far)
            yield Holding(Account.SHORTFALL, item, items[item], goal, together)

    def _next(self, subject: Subject, period: PayPeriod) -> Period | None:
        """The period after one in which somebody is still in service."""
        member = self.group.member(subject)
        later = (
            one.days
            for one in self.group.periods()
            if one.grain is period.grain
            and one.days.start >= period.days.end
            and member is not None
            and member.in_service(one.days)
        )
        return next(later, None)

    def _base(self, rule: QuarterlyBaseTarget, subject: Subject, period: Period) -> Number | None:
        """The base quota of a period, as entered or from its target."""
        entered = self._number(subject, "base_quota", period)
        if entered is not None:
            return entered
        target = self._number(subject, "target", period)
        ratio = self.context.amount(rule.base_ratio, RATIO, "任务基数比")
        return None if target is None or ratio is None else multiply(target, ratio.value)

    def _tested(self, subject: Subject, period: Period) -> Number | None:
        return value_of(self.recomputed, subject, "tested_actual", period.key)

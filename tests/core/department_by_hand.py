"""Pay of the client department once more, written plainly from its rules and on its own.

It shares nothing with the program but the names of parameters and results: fractions of yuan,
lists of months. It exists to disagree with the program where either is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias, TypeGuard

F = Fraction
ZERO = F(0)
TEAM = "team"
Months: TypeAlias = list[F | None]
Value: TypeAlias = F | bool


@dataclass(frozen=True)
class Person:
    """Somebody in service from one month of the cycle to another; `stayed` to its last day."""

    key: str
    role: str
    first: int = 0
    last: int = 11
    stayed: bool = True


@dataclass
class Year:
    """What was entered. `figures`: by person (or team) and fact, one for each month."""

    keys: list[str]
    people: list[Person]
    figures: dict[tuple[str, str], Months]
    outside: dict[str, F] = field(default_factory=dict)
    team_collected: F | None = None
    shares: dict[str, F] = field(default_factory=dict)


def cents(value: F) -> F:
    """Rounded half up, away from zero."""
    scaled = abs(value) * 100
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return F(whole if value >= 0 else -whole, 100)


def divided(amount: F, shares: Sequence[F]) -> list[F]:
    """Whole cents by largest remainder; earlier parts first."""
    size, whole = abs(amount) * 100, sum(shares)
    exact = [size * one / whole for one in shares]
    parts = [int(one) for one in exact]
    left = int(size) - sum(parts)
    for place in sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])[:left]:
        parts[place] += 1
    return [F(one if amount >= 0 else -one, 100) for one in parts]


def known(values: Sequence[F | None]) -> TypeGuard[Sequence[F]]:
    """Whether none is missing."""
    return all(one is not None for one in values)


def added(values: Sequence[F | None]) -> F | None:
    """The sum; missing where one is."""
    return sum(values, ZERO) if known(values) else None


class Department:
    """A year of the department; `results` by person, name and period, `codes` of findings."""

    def __init__(self, year: Year, parameters: dict[str, Any]) -> None:
        self.year, self.p = year, parameters
        self.months = range(len(year.keys))
        self.results: dict[tuple[str, str, str], Value] = {}
        self.codes: set[str] = set()
        self.managers = [one for one in year.people if one.role == "account_manager"]
        self.directors = [one for one in year.people if one.role == "director"]
        self.targets = {one.key: self._of(one.key, "target") for one in self.managers}
        self.commissions: dict[tuple[str, int], F | None] = {}
        self._plan()
        self.team_actual = self._team(str(parameters["measure"]))
        for person in year.people:
            self._base(person)
            self._commission(person)
        self._lines()
        if year.shares and sum(year.shares.values()) != 100:
            self.codes.add("shares-not-100")
        self._receipts()

    def _of(self, who: str, fact: str) -> Months:
        return list(self.year.figures.get((who, fact), [None] * len(self.months)))

    def _put(self, who: str, name: str, value: Value, month: int | None = None) -> None:
        key = "cycle" if month is None else self.year.keys[month]
        self.results[who, name, key] = value

    def _there(self, month: int) -> list[str]:
        return [one.key for one in self.managers if one.first <= month <= one.last]

    def _team(self, fact: str) -> Months:
        """Sums over the managers in service; without managers there are none."""
        if not self.managers:
            return [None] * len(self.months)
        return [
            added([self._of(who, fact)[month] for who in self._there(month)])
            for month in self.months
        ]

    def _plan(self) -> None:
        """The team's targets of the months; with an even split everybody's."""
        self.team_targets: Months = self._of(TEAM, "target")
        if self.p["target_split"] == "entered":
            sums = self._team("target")
            self.team_targets = [
                one if given is None else given
                for given, one in zip(self.team_targets, sums, strict=True)
            ]
            return
        each = [F(1)] * len(self.months)
        people = self.managers or [Person(TEAM, "")]
        parts = divided(self.p["annual_target"], [F(1)] * len(people))
        for person, part in zip(people, parts, strict=True):
            months = divided(part, each)
            self.targets[person.key] = list(months)
            if self.managers:
                self._put(person.key, "annual_target", part)
                for month in range(person.first, person.last + 1):
                    self._put(person.key, "monthly_target", months[month], month)
        for month in self.months:
            whole = added([self.targets[one.key][month] for one in people])
            self.team_targets[month] = whole
            assert whole is not None
            self._put(TEAM, "monthly_target", whole, month)

    def _base(self, person: Person) -> None:
        own = person in self.managers
        actual = self._of(person.key, self.p["measure"]) if own else self.team_actual
        target = self.targets[person.key] if own else self.team_targets
        start = person.first if own else 0
        withheld: Months = []
        for month in range(person.first, person.last + 1):
            so_far = range(start if self.p["month_test"] == "cumulative" else month, month + 1)
            met = self._met([actual[one] for one in so_far], [target[one] for one in so_far])
            salary = self._of(person.key, "base_salary")[month]
            withheld.append(None)
            if met is None:
                continue
            self._put(person.key, "target_met", met, month)
            if salary is not None:
                paid = cents(salary if met else salary * self.p["unmet_base_rate"])
                self._put(person.key, "base_pay", paid, month)
                self._put(person.key, "withheld", salary - paid, month)
                withheld[-1] = salary - paid
        whole = added(withheld)
        if whole is not None:
            self._put(person.key, "withheld", whole)
        self._catch_up(person, whole, actual, target)

    def _met(self, actual: Months, target: Months) -> bool | None:
        if not known(actual) or not known(target):
            return None
        if sum(target) <= 0:
            self.codes.add("zero-target")
        return sum(actual) >= sum(target)

    def _catch_up(self, person: Person, withheld: F | None, actual: Months, target: Months) -> None:
        if not person.stayed and self.p["catch_up_leavers"] == "in_service_at_end":
            self._put(person.key, "catch_up", ZERO)
            return
        own = range(person.first, person.last + 1)
        planned = self.months if self.p["catch_up_task"] == "full_year" else own
        counted = list(own if person in self.managers else planned)
        if self.p["catch_up_window"] == "calendar_year":
            first = self.year.keys[0][:4]
            counted = [one for one in counted if self.year.keys[one].startswith(first)]
        met = self._met([actual[one] for one in counted], [target[one] for one in planned])
        if met is not None and withheld is not None:
            self._put(person.key, "catch_up", withheld if met else ZERO)

    def _commission(self, person: Person) -> None:
        if person not in self.managers and not self.p["director_sales_commissioned"]:
            return
        debt: F | None = ZERO
        for month in range(person.first, person.last + 1):
            received = self._of(person.key, "collected")[month]
            if received is None:
                debt = None
                continue
            if received < 0:
                self.codes.add("refund")
            line: F | None = received * self.p["commission_rate"]
            assert line is not None
            if self.p["negative_commission"] == "floor_zero":
                line = max(line, ZERO)
            elif self.p["negative_commission"] == "carry":
                left = None if debt is None else line + debt
                line = None if left is None else max(left, ZERO)
                debt = None if left is None else min(left, ZERO)
            self.commissions[person.key, month] = line

    def _lines(self) -> None:
        """Commissions as paid, the director's share, the months' totals."""
        rate = self.p["director_override_rate"]
        for month in self.months:
            leaders = [one for one in self.directors if one.first <= month <= one.last]
            whole = added([self.commissions.get((who, month)) for who in self._there(month)])
            for one in leaders:
                if whole is not None and self.managers:
                    self._put(one.key, "override", cents(whole * rate), month)
            taken = self.p["director_override_source"] == "deduct" and (
                leaders or not self.directors
            )
            for person in self.year.people:
                line = self.commissions.get((person.key, month))
                if line is not None:
                    part = 1 - rate if taken and person in self.managers else F(1)
                    self._put(person.key, "commission", cents(line * part), month)
                if person.first <= month <= person.last:
                    self._total(person, month)

    def _total(self, person: Person, month: int) -> None:
        own = person in self.managers
        names = ["base_pay", *(["commission"] if own else ["override"])]
        if not own and self.p["director_sales_commissioned"]:
            names.append("commission")
        key = self.year.keys[month]
        lines = [self.results.get((person.key, one, key)) for one in names]
        whole = added([None if one is None else F(one) for one in lines])
        if whole is not None:
            self._put(person.key, "pay_total", whole, month)
            if whole < 0:
                self.codes.add("negative-pay")

    def _receipts(self) -> None:
        sums: Months = []
        for person in self.managers:
            own = self._of(person.key, "collected")[person.first : person.last + 1]
            whole = added(own)
            sums.append(whole)
            if whole is not None:
                self._put(person.key, "collected", whole)
            if person.key in self.year.outside:
                self._put(person.key, "collected_outside_cycle", self.year.outside[person.key])
        team = added(sums) if sums else None
        if team is None:
            team = self.year.team_collected
        if team is not None:
            self._put(TEAM, "collected", team)
            self._reward(team)

    def _reward(self, received: F) -> None:
        excess = max(received - self.p["annual_target"], ZERO)
        leader, pool = self.p["excess_director_rate"], self.p["excess_pool_rate"]
        first = cents(excess * leader)
        second = cents(excess * pool)
        if self.p["excess_rounding"] == "residual":
            second = cents(excess * (leader + pool)) - first
        self._put(TEAM, "excess", excess)
        self._put(TEAM, "excess_bonus_director", first)
        self._put(TEAM, "excess_bonus_pool", second)
        self._put(TEAM, "excess_bonus", first + second)
        shares = self.year.shares
        if "shares-not-100" in self.codes:
            return
        if shares:
            parts = divided(second, list(shares.values()))
            for who, part in zip(shares, parts, strict=True):
                self._put(who, "pool_payment", part)
        elif second > 0:
            self.codes.add("pool-undistributed")

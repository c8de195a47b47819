"""Random years of the client department, given to the program and to its rules written plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import TEAM, Appraisee, Event, Fact, Facts, Subject
from kpidesk.core.figure import Figure
from kpidesk.core.period import Cycle, Grain
from kpidesk.core.settings import ParameterKind, SettingValue
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.department_by_hand import Department, Months, Person, Year

SCHEME = builtin_scheme("client-department")
NUMBERS = {
    "annual_target": ("1000", "5000", "3000.07", "12000", "100.01", "0"),
    "unmet_base_rate": ("0", "1", "0.755", "0.333"),
    "commission_rate": ("0.0333", "0.1", "0.05125"),
    "director_override_rate": ("0.3333", "0", "1", "0.155"),
    "excess_director_rate": ("0.0333", "0", "0.1"),
    "excess_pool_rate": ("0.0333", "0", "0.1"),
}
OTHER_RESULTS = frozenset({"phone_allowance", "starts_on", "ends_on", "months"})
"""Not in question here."""
JUDGED = frozenset(
    {"refund", "zero-target", "negative-pay", "pool-undistributed", "shares-not-100"}
)
SHARES = {
    1: (("100",), ("99.99",)),
    2: (("50", "50"), ("33.3", "66.7"), ("0", "100")),
    3: (("33.33", "33.33", "33.34"), ("10", "20", "70")),
    4: (("25", "25", "25", "25"), ("30", "30", "30", "9")),
}


class Try:
    """A year of a number, always the same: settings, people, and what was entered."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret hangs on it
        self.pick = self.random.choice
        self.settings = dict(self._settings())
        self.cycle = Cycle.starting(self.pick((date(2010, 3, 1), date(2024, 1, 1))), Grain.YEAR)
        self.months = self.cycle.parts(Grain.MONTH)
        self.facts: list[Fact] = []
        self.ledgers: dict[Subject, list[Event]] = {}
        everybody = [("A", "account_manager"), ("B", "account_manager"), ("C", "account_manager")]
        chosen = self.random.sample(everybody, self.pick((0, 1, 2, 3)))
        if self.pick((True, True, False)):
            chosen.insert(self.pick(range(len(chosen) + 1)), ("D", "director"))
        self.people = [self._person(*one) for one in chosen]
        self.year = Year([one.key for one in self.months], [one for _, one in self.people], {})
        for _, person in self.people:
            self._enter(person)
        if self.pick((True, False, False)):
            self._monthly(TEAM, "target", self._amount, holes=True)
        self._enter_team()

    def _settings(self) -> Iterator[tuple[str, SettingValue]]:
        for one in SCHEME.parameters:
            if self.pick((True, False)):
                continue
            if one.kind is ParameterKind.CHOICE:
                yield one.name, self.pick([choice.value for choice in one.choices])
            elif one.kind is ParameterKind.FLAG:
                yield one.name, self.pick((True, False))
            elif one.name in NUMBERS:
                yield one.name, Decimal(self.pick(NUMBERS[one.name]))

    def _amount(self) -> Decimal:
        near = self.pick((Decimal(100), Decimal(100), Decimal(0), None))
        if near is None:
            return Decimal(self.random.randint(-20000, 90000)) / 100
        return near + Decimal(self.pick((-1, 0, 0, 1))) / 100

    def _salary(self) -> Decimal:
        return abs(self._amount()) * 10 + Decimal("0.03")

    def _person(self, key: str, role: str) -> tuple[Appraisee, Person]:
        """Mostly in service all year; else from or to some day, at times the cycle's last."""
        last = len(self.months) - 1
        first = self.pick((0, 0, 0, self.pick(range(last + 1))))
        leaves = self.pick((last, last, self.pick(range(first, last + 1))))
        hired = None if first == 0 else self.pick((self.months[first].start, self._inside(first)))
        days = (self._inside(leaves), self.months[leaves].last_day)
        left = self.pick((None, *days) if leaves == last else days)
        stayed = left is None or left == self.cycle.period.last_day
        if hired is not None and left is not None and left < hired:
            left = self.months[leaves].last_day
            stayed = leaves == last
        return Appraisee(key, role, hired, left), Person(key, role, first, leaves, stayed)

    def _inside(self, month: int) -> date:
        return self.months[month].start.replace(day=self.pick((2, 15, 27)))

    def _monthly(self, who: str, name: str, amount: Callable[[], Decimal], *, holes: bool) -> None:
        """A figure of each month, some perhaps missing."""
        values: Months = []
        for month in self.months:
            value = None if holes and self.pick(range(6)) == 0 else amount()
            values.append(None if value is None else Fraction(value))
            if value is not None:
                self.facts.append(Fact(who, name, value, month.key))
        self.year.figures[who, name] = values

    def _enter(self, person: Person) -> None:
        holes = self.pick((True, False, False, False))
        self._monthly(person.key, "base_salary", self._salary, holes=holes)
        if person.role == "account_manager":
            self._monthly(person.key, "target", self._amount, holes=holes)
            self._monthly(person.key, "contracted", self._amount, holes=holes)
        if self.pick((True, False)):
            self._monthly(person.key, "collected", self._amount, holes=holes)
        else:
            self._lines(person)

    def _lines(self, person: Person) -> None:
        """Dated lines of months in service, and of days before and after the cycle."""
        lines = self.ledgers.setdefault(person.key, [])
        values: Months = [Fraction(0)] * len(self.months)
        outside = Fraction(0)
        for _ in range(self.pick((0, 1, 5, 9))):
            amount = self._amount()
            month = self.pick(range(person.first, person.last + 1))
            on = self.pick((self.months[month].start, self.months[month].last_day, None))
            before = Fraction(values[month] or 0)
            if on is None:
                on = self.pick((self.cycle.period.end, self.months[0].start - timedelta(days=1)))
                outside += Fraction(amount)
            else:
                values[month] = before + Fraction(amount)
            lines.append(Event(person.key, "collection", on, (("amount", amount),)))
        self.year.figures[person.key, "collected"] = values
        self.year.outside[person.key] = outside

    def _enter_team(self) -> None:
        managers = [one.key for _, one in self.people if one.role == "account_manager"]
        if not managers and self.pick((True, False)):
            amount = self.pick((Decimal("8600000.03"), Decimal("-0.01"), Decimal(5000)))
            self.facts.append(Fact(TEAM, "collected", amount))
            self.year.team_collected = Fraction(amount)
        eligible = managers
        if self.settings.get("pool_allows_director") is True:
            eligible = [one.key for _, one in self.people]
        if self.pick((True, False)) and eligible:
            count = self.pick(range(1, len(eligible) + 1))
            for who, share in zip(eligible, self.pick(SHARES[count]), strict=False):
                self.facts.append(Fact(who, "pool_share", Decimal(share)))
                self.year.shares[who] = Fraction(share)


def differences(seed: int) -> Iterator[str]:
    """Where the program and the rules written plainly disagree, in the year of a number."""
    one = Try(seed)
    outcome = evaluate(
        SCHEME,
        cycle=one.cycle,
        people=tuple(appraisee for appraisee, _ in one.people),
        facts=Facts.of(one.facts, one.ledgers),
        settings=one.settings,
    )
    by_default = {parameter.name: parameter.default for parameter in SCHEME.parameters}
    plain = Department(
        one.year,
        {
            name: Fraction(value) if isinstance(value, Decimal) else value
            for name, value in (by_default | one.settings).items()
        },
    )
    found = {
        key: Fraction(result.value.value) if isinstance(result.value, Figure) else result.value
        for key, result in outcome.results.items()
        if key[1] not in OTHER_RESULTS and not _so_far(*key)
    }
    for key in sorted(found.keys() | plain.results.keys()):
        if found.get(key) != plain.results.get(key):
            yield f"{key}: program {found.get(key)}, plain {plain.results.get(key)}"
    lines = [event for events in one.ledgers.values() for event in events]
    codes = {finding.code.value for finding in outcome.findings} & JUDGED
    if plain.codes - codes:
        yield f"findings {plain.codes - codes} not reported"
    for code in codes - plain.codes:
        if not _explained(code, one, lines, plain):
            yield f"{code} reported without a reason"


def _so_far(who: str, name: str, period: str) -> bool:
    """Whether it is what a month adds to the reward; its sum over the months is the cycle's."""
    return who == TEAM and name.startswith("excess") and period != "cycle"


def _explained(code: str, one: Try, lines: list[Event], plain: Department) -> bool:
    """What is said for reasons beside the results: single lines, an annual target of nothing."""
    match code:
        case "refund":
            negative = one.year.team_collected is not None and one.year.team_collected < 0
            sums = bool(plain.results.get((TEAM, "collected", "cycle"), 0) < 0)
            return negative or sums or any(Decimal(str(line.value("amount"))) < 0 for line in lines)
        case "zero-target":
            return bool(plain.p["annual_target"] <= 0)
        case _:
            return False

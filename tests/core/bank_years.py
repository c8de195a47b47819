"""Random years of the bank, given to the program and to its rules written plainly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.settings import ParameterKind, SettingValue
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.bank_by_hand import FACTS, LAST, THIS, Bank, Manager

SCHEME = builtin_scheme("bank-account-manager")
NUMBERS = {
    "loan_penalty_per_point": ("0", "333.33"),
    "deposit_penalty_per_point": ("77.77", "1000.01"),
    "management_cap": ("100", "95.5"),
}
WEIGHTS = ((10, 10, 10, 35, 15, 20), (25, 0, 0, 25, 50, 0), (0, 100, 0, 0, 0, 0))
HIGHEST = {"loan_average": 60, "loan_year_end": 90, "borrowers": 8, "deposit_average": 40}
JUDGED = frozenset({"pool-unallocated", "pay-floored", "negative-pay", "zero-denominator"})


def chosen(random: Random) -> Iterator[tuple[str, SettingValue]]:
    """A value of about half the parameters; weights that add to 100."""
    for name, weight in zip(FACTS, random.choice(WEIGHTS), strict=True):
        yield f"weight.{name}", Decimal(weight)
    for one in SCHEME.parameters:
        if random.choice((True, False)):
            continue
        if one.kind is ParameterKind.CHOICE:
            yield one.name, random.choice([choice.value for choice in one.choices])
        elif one.kind is ParameterKind.FLAG:
            yield one.name, random.choice((True, False))
        elif one.name in NUMBERS:
            yield one.name, Decimal(random.choice(NUMBERS[one.name]))


def manager(key: str, random: Random) -> Manager:
    """Figures near each other, so that ties, falls and zeros come up; few are missing."""
    by_year: dict[tuple[str, str], Fraction] = {}
    for fact, highest in HIGHEST.items():
        last = random.randint(0, highest)
        near = (last, last - 1, last + 1, random.randint(0, highest))
        for year, value in ((LAST, last), (THIS, max(random.choice(near), 0))):
            if random.randint(0, 30):
                by_year[fact, year] = Fraction(value)
    for year in (LAST, THIS):
        if not random.randint(0, 2):
            by_year["government_loans", year] = Fraction(random.randint(0, 30))
    of_year = {
        "annual_pay": Fraction(random.choice(("100000", "33.33", "0.05", "0"))),
        "management_score": Fraction(random.choice(("100", "98.765", "0", "102.5"))),
    }
    for name in list(of_year):
        if not random.randint(0, 30):
            del of_year[name]
    return Manager(key, random.choice("一二"), random.choice("东西"), of_year, by_year)


def facts_of(one: Manager) -> Iterator[Fact]:
    """What was entered for a person."""
    for name, value in one.of_year.items():
        yield Fact(one.key, name, Decimal(value.numerator) / Decimal(value.denominator))
    for (name, year), value in one.by_year.items():
        yield Fact(one.key, name, Decimal(value.numerator), year)


def differences(seed: int) -> Iterator[str]:
    """Where the program and the rules written plainly disagree, in the year of a number."""
    random = Random(seed)  # noqa: S311 - no secret hangs on it
    own = dict(chosen(random))
    people = [manager(key, random) for key in "甲乙丙丁"[: random.randint(1, 4)]]
    outcome = evaluate(
        SCHEME,
        cycle=cycle_of(SCHEME, own, date(2024, 1, 1)),
        people=tuple(
            Appraisee(one.key, "account_manager", group=one.group, team=one.team) for one in people
        ),
        facts=Facts.of(fact for one in people for fact in facts_of(one)),
        settings=own,
    )
    every = {one.name: one.default for one in SCHEME.parameters} | own
    plain = Bank(
        people,
        {
            name: Fraction(value) if isinstance(value, Decimal) else value
            for name, value in every.items()
        },
    )
    found = {
        (who, name): Fraction(result.value.value)
        for (who, name, _), result in outcome.results.items()
        if isinstance(result.value, Figure)
    }
    for key in sorted(found.keys() | plain.results.keys()):
        if found.get(key) != plain.results.get(key):
            yield f"{key}: program {found.get(key)}, plain {plain.results.get(key)}"
    for code in ({one.code.value for one in outcome.findings} & JUDGED) ^ plain.codes:
        yield f"{code}: plain {code in plain.codes}"

"""Random chains of quarters, given to the program and to the rule written plainly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Protocol, TypeVar

from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.results import Evaluation, Result, Table
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import ParameterKind, SettingValue
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.quota_by_hand import Given, chain

T = TypeVar("T")


class Pick(Protocol):
    """Picks one of several."""

    def __call__(self, options: Sequence[T], /) -> T: ...


@dataclass(frozen=True)
class Chain:
    """One person's quarters, the company's settings, and the day of entry."""

    settings: dict[str, SettingValue]
    quarters: list[Given]
    hired: date | None


SCHEME: Scheme = builtin_scheme("key-account-sales-bonus")
RATIOS = {
    "base_ratio": ("0.5", "0", "1", "0.7", "0.333"),
    "sales_rate": ("0.04", "0.05", "0.0333"),
    "service_rate": ("0.06", "0"),
    "fixed_share": ("0.8", "0.5"),
    "kpi_share": ("0.2", "0.5"),
    "fixed_wage_deduction": ("600", "0", "600.5"),
    "excess_limit": ("300000", "0", "0.01", "20000"),
}
TARGETS = ("100000", "100000", "200000.01", "33333.33", "250000", "0", "-5000")
OWN_NUMBERS = frozenset({"kpi_coefficient_max"})
CENT = Decimal("0.01")


def random_chain(seed: int) -> Chain:
    """The chain of a number, always the same."""
    pick = Random(seed).choice  # noqa: S311 - no secret hangs on it
    settings = settings_of(pick)
    quarters, hired = quarters_of(pick, settings)
    return Chain(settings, quarters, hired)


def settings_of(pick: Pick) -> dict[str, SettingValue]:
    """A value of every parameter; about half of them as by default."""
    settings: dict[str, SettingValue] = {}
    for one in SCHEME.parameters:
        if one.name in OWN_NUMBERS or pick((True, False)):
            continue
        match one.kind:
            case ParameterKind.CHOICE:
                settings[one.name] = pick([choice.value for choice in one.choices])
            case ParameterKind.FLAG:
                settings[one.name] = pick((True, False))
            case _:
                settings[one.name] = Decimal(pick(RATIOS[one.name]))
    return settings


def quarters_of(pick: Pick, settings: dict[str, SettingValue]) -> tuple[list[Given], date | None]:
    """Up to ten quarters, many on a bound or a fen beside it, and a day of entry or none."""
    start = pick((1, 2, 3, 4))
    count = pick(range(1, 11))
    keys = [f"{2024 + (start - 1 + n) // 4}Q{(start - 1 + n) % 4 + 1}" for n in range(count)]
    first = Period.parse(keys[0])
    hired = pick((None, None, first.start, date(first.start.year, first.start.month, 20)))
    free = _free(hired, settings)
    ratio = _value(settings, "base_ratio")
    limit = _value(settings, "excess_limit")
    quarters = []
    for key in keys:
        target = Decimal(pick(TARGETS))
        base = Decimal(pick(("40000", "0", "120000"))) if pick(range(8)) == 0 else None
        at_base = target * ratio if base is None else base
        near = pick((at_base, target, target + limit, limit, Decimal(0), None))
        if near is None:
            actual = Decimal(pick(range(-3_000_000, 50_000_000, 7_777))) / 100
        else:
            actual = near + pick((-20000, -1, 0, 0, 1, 20000)) * CENT
        implementation = pick((Decimal(0), Decimal(0), Decimal(10000), actual, Decimal("-33.33")))
        quarters.append(
            Given(
                key,
                actual=Fraction(actual),
                target=Fraction(target),
                k=Fraction(Decimal(pick(("1", "0.9", "0", "1.25", "0.333")))),
                implementation=Fraction(implementation),
                services=Fraction(Decimal(pick(("0", "0", "30000", "-0.17", "123.45")))),
                base=None if base is None else Fraction(base),
                salary=Fraction(9000) if pick((True, False)) else None,
                floating=Fraction(Decimal("3000.55")),
                free=key == free,
            )
        )
    return quarters, hired


def evaluated(one: Chain) -> Evaluation:
    """What the program makes of it."""
    quarters = one.quarters
    first, last = Period.parse(quarters[0].key), Period.parse(quarters[-1].key)
    return evaluate(
        SCHEME,
        cycle=Cycle(Period(first.start, last.end)),
        people=(Appraisee("A", "salesperson", one.hired),),
        facts=Facts.of(_facts(quarters)),
        settings=one.settings,
    )


def differences(one: Chain) -> Iterator[str]:
    """Where the program and the rule written plainly disagree."""
    outcome = evaluated(one)
    by_default = {parameter.name: _plain(parameter.default) for parameter in SCHEME.parameters}
    wanted = chain(one.quarters, by_default | {k: _plain(v) for k, v in one.settings.items()})
    codes: set[str] = set()
    for place, quarter in enumerate(one.quarters):
        expected = dict(wanted[place]) if place < len(wanted) else {}
        codes |= expected.pop("findings", set())
        found = {
            name: _comparable(result)
            for (who, name, period), result in outcome.results.items()
            if who == "A" and period == quarter.key and name not in INCOME
        }
        if not expected:
            found.pop("service_bonus", None)
        expected = {name: value for name, value in expected.items() if value is not None}
        for name in sorted(found.keys() | expected.keys()):
            if found.get(name) != expected.get(name):
                yield (
                    f"{name}@{quarter.key}: program {found.get(name)}, plain {expected.get(name)}"
                )
    reported = {one.code.value for one in outcome.findings}
    if codes - reported:
        yield f"findings {codes - reported} not reported"
    if "clause-cut-off" in reported - codes:
        yield "clause-cut-off reported without a reason"


INCOME = frozenset({"actual", "implementation_net", "service_net"})


def _facts(quarters: Sequence[Given]) -> Iterator[Fact]:
    for one in quarters:
        for name, value in (
            ("target", None if one.free else one.target),
            ("actual", one.actual),
            ("implementation_net", one.implementation),
            ("service_net", one.services),
            ("kpi_coefficient", one.k),
            ("base_quota", one.base),
            ("base_salary", one.salary),
            ("variable_pay", one.floating),
        ):
            if value is not None:
                number = Decimal(value.numerator) / Decimal(value.denominator)
                yield Fact("A", name, number, one.key)


def _free(hired: date | None, settings: dict[str, SettingValue]) -> str:
    if hired is None:
        return ""
    quarter = Period.containing(hired, Grain.QUARTER)
    late = settings.get("free_quarter_start") == "first_full_quarter"
    if late and hired != quarter.start:
        quarter = Period.containing(quarter.end, Grain.QUARTER)
    only_first = settings.get("free_quarter") == "calendar_first_quarter"
    return "" if only_first and not quarter.key.endswith("Q1") else quarter.key


def _value(settings: dict[str, SettingValue], name: str) -> Decimal:
    value = settings.get(name, next(one.default for one in SCHEME.parameters if one.name == name))
    assert isinstance(value, Decimal)
    return value


def _plain(value: SettingValue | None) -> object:
    return Fraction(value) if isinstance(value, Decimal) else value


def _comparable(result: Result) -> object:
    match result.value:
        case Figure(value=value):
            return Fraction(value)
        case Table(rows):
            return {key: Fraction(one.value) for key, one in rows}
        case tuple():
            return list(result.value)
        case _:
            return result.value

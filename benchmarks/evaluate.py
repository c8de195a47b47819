"""Evaluation with every derivation, beside a bare Decimal loop over the same arithmetic."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from benchmarks.measure import Plan, Row, ratio, seconds, take_turns, timed
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.figure import Origin
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Ratio
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.scoring.rules import Attainment
from kpidesk.exchange.builtin import builtin_scheme

TITLE = "Evaluation: people × 12 indicators × 12 months, every number with its derivation"
MONTHS = 12
CENT = Decimal("0.01")
HUNDRED = Decimal(100)
_Number = TypeVar("_Number", Decimal, Fraction)
_Sheet = tuple[tuple[Decimal, Decimal], ...]
"""Plan and actual of each indicator."""


@dataclass(frozen=True, slots=True)
class _Month:
    cycle: Cycle
    people: tuple[Appraisee, ...]
    facts: Facts
    sheets: tuple[_Sheet, ...]


def monthly_scheme() -> Scheme:
    """The directors' tree of twelve indicators, all measured, one sheet a month."""
    annual = builtin_scheme("director-annual")
    leaves = [one.name for one in annual.leaves()]
    facts = tuple(
        FactSpec(f"{kind}.{name}", f"{name}{label}", "万元", plan=kind == "target")
        for name in leaves
        for kind, label in (("target", "目标"), ("actual", "实际"))
    )

    def measured(one: Indicator) -> Indicator:
        if one.children:
            return replace(one, children=tuple(map(measured, one.children)))
        return replace(one, rule=Attainment(Ratio(f"actual.{one.name}", f"target.{one.name}")))

    return replace(
        annual,
        cycle=Grain.MONTH,
        stages=None,
        facts=facts,
        indicators=tuple(map(measured, annual.indicators)),
        ambiguities=(),
    )


def _month(scheme: Scheme, number: int, size: int) -> _Month:
    dice = random.Random(number)  # noqa: S311 - figures for a stop-watch
    leaves = [one.name for one in scheme.leaves()]
    origin = Origin("销售台账", "王芳", date(2025, number, 5))
    sheets = tuple(
        tuple(
            (Decimal(dice.randrange(50, 900)), Decimal(dice.randrange(30_00, 950_00)).scaleb(-2))
            for _ in leaves
        )
        for _ in range(size)
    )
    facts = Facts.of(
        Fact(str(person), f"{kind}.{name}", value, "cycle", origin)
        for person, sheet in enumerate(sheets)
        for name, pair in zip(leaves, sheet, strict=True)
        for kind, value in zip(("target", "actual"), pair, strict=True)
    )
    people = tuple(Appraisee(str(person), "director") for person in range(size))
    return _Month(Cycle(Period.months(2025, number, 1)), people, facts, sheets)


def _ours(scheme: Scheme, months: Sequence[_Month]) -> list[str]:
    totals: list[str] = []
    for month in months:
        found = evaluate(
            scheme, cycle=month.cycle, people=month.people, facts=month.facts, settings={}
        )
        for person in month.people:
            total = found.get(person.key, "total")
            totals.append(total.text if total else "")
    return totals


def _bare(scheme: Scheme, months: Sequence[_Month], number: type[_Number]) -> list[str]:
    """The same scores, dimensions and totals, each rounded once; nothing else.

    In `Decimal` every division is cut off at 28 digits; in `Fraction` nothing is.
    """
    tree = [[number(leaf.points) for leaf in root.children] for root in scheme.indicators]
    hundred = number(100)
    totals: list[str] = []
    for month in months:
        for sheet in month.sheets:
            figures = iter(sheet)
            total = number(0)
            for weights in tree:
                points = number(0)
                for weight in weights:
                    plan, actual = next(figures)
                    score = min(hundred, hundred * number(actual) / number(plan))
                    _rounded(score)
                    points += score * weight / hundred
                _rounded(points / sum(weights) * hundred)
                _rounded(points)
                total += points
            totals.append(f"{_rounded(total):f}")
    return totals


def _rounded(value: Decimal | Fraction) -> Decimal:
    if isinstance(value, Decimal):
        return value.quantize(CENT, ROUND_HALF_UP)
    return Decimal((200 * value.numerator + value.denominator) // (2 * value.denominator)) * CENT


def run(plan: Plan) -> list[Row]:
    """The comparison, and how the cost grows with the number of people."""
    scheme = monthly_scheme()
    people = plan.size(300, 5)
    months = [_month(scheme, number, people) for number in range(1, MONTHS + 1)]
    if (
        not _ours(scheme, months)
        == _bare(scheme, months, Decimal)
        == _bare(scheme, months, Fraction)
    ):
        raise SystemExit("evaluation and the bare loop disagree: nothing to compare")
    times = take_turns(
        {
            "ours": timed(lambda: _ours(scheme, months)),
            "bare": timed(lambda: _bare(scheme, months, Decimal)),
            "exact": timed(lambda: _bare(scheme, months, Fraction)),
        },
        plan.rounds,
    )
    rows = [
        Row(
            f"{people} people × 12 × 12, against a bare Decimal loop",
            ratio(times["ours"], times["bare"]),
            f"ours {seconds(times['ours'])}, bare {seconds(times['bare'])}",
            most=10,
        ),
        Row(
            "the same, against a bare loop in exact fractions",
            ratio(times["ours"], times["exact"]),
            f"exact {seconds(times['exact'])}",
        ),
    ]
    rows.append(_growth(scheme, plan))
    return rows


def _growth(scheme: Scheme, plan: Plan) -> Row:
    few, many = plan.size(300, 5), plan.size(30_000, 20)
    small, large = [_month(scheme, 1, few)], [_month(scheme, 1, many)]
    times = take_turns(
        {
            "few": timed(lambda: _ours(scheme, small)),
            "many": timed(lambda: _ours(scheme, large)),
        },
        1,  # half a minute
    )
    per_person = ratio(times["many"], times["few"]) * few / many
    return Row(
        f"one person's cost among {many:,} against among {few}: linear is 1",
        per_person,
        f"{few}: {seconds(times['few'])}, {many:,}: {seconds(times['many'])} for one month",
        most=1.5,
    )

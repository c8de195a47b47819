"""What a contract agrees on: which targets a scheme asks for, and these as facts of a cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Fact, Subject
from kpidesk.core.figure import Origin
from kpidesk.core.formula.in_scheme import formulas_of
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.scoring.asked import facts_of, is_rated
from kpidesk.core.scoring.rules import Attainment
from kpidesk.core.settings import SettingValue
from kpidesk.core.target import Target


def asked_targets(
    scheme: Scheme, role: str, settings: Mapping[str, SettingValue]
) -> tuple[FactSpec, ...]:
    """The figures that a contract with a role agrees on, the parameters being what they are.

    The target of an indicator that raters score is none: nothing computes with it.
    """
    word = Prose(scheme, dict(settings)).word
    idle: set[str] = set()
    used: set[str] = set()
    for leaf in scheme.leaves():
        if isinstance(leaf.rule, Attainment) and is_rated(leaf.rule, word):
            idle.add(leaf.rule.measure.plan)
        else:
            used.update(facts_of(leaf, scheme))
    texts = [one.text for one in formulas_of(scheme)]
    return tuple(
        one
        for one in scheme.agreed(role)
        if one.name not in idle - used
        or any(one.name in text or one.label in text for text in texts)
    )


def agreed_facts(
    scheme: Scheme, contract: Contract, cycle: Period, subject: Subject
) -> Iterator[Fact]:
    """The contract's targets as facts of one cycle in its term.

    A target by month or quarter gives a fact for each of these that lies in the cycle. Another
    gives one of the cycle: the sum of its months, or the figure of the whole term.
    """
    months = Cycle(contract.term).contract_months()
    asked = {one.name: one for one in scheme.agreed(contract.role)}
    origin = Origin(contract.title, "", contract.signed_on)
    for target in contract.targets:
        spec = asked.get(target.fact)
        if spec is None:
            continue
        if spec.grains[0] is not Grain.CYCLE:
            for part in Cycle(cycle).parts(spec.grains[0]):
                value = _of(target, part, months)
                if value is not None:
                    yield Fact(subject, target.fact, value, part.key, origin)
            continue
        value = target.total if cycle == contract.term else None
        if value is None and target.months:
            value = _of(target, cycle, months)
        elif value is None and not target.adds_up:
            value = target.total
        if value is not None:
            yield Fact(subject, target.fact, value, CYCLE, origin)


def _of(target: Target, period: Period, months: Sequence[Period]) -> Decimal | None:
    """What the months of a target come to in a period; None when none of them lies in it."""
    inside = [
        figure for month, figure in zip(months, target.months, strict=False) if period.covers(month)
    ]
    if not inside:
        return None
    return sum(inside, ZERO) if target.adds_up else inside[-1]

"""What a contract agrees on, as facts of the cycles in its term."""

from __future__ import annotations

from collections.abc import Iterator

from kpidesk.core.contract import Contract
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Fact, Subject
from kpidesk.core.figure import Origin
from kpidesk.core.period import CYCLE, Cycle, Period
from kpidesk.core.scheme import Scheme


def agreed_facts(
    scheme: Scheme, contract: Contract, cycle: Period, subject: Subject
) -> Iterator[Fact]:
    """The contract's targets as facts of one cycle in its term.

    A cycle of several months takes the sum of its months, or the figure of the whole term.
    """
    months = Cycle(contract.term).contract_months()
    origin = Origin(f"责任书 {contract.number}", "", contract.signed_on)
    for target in contract.targets:
        if scheme.fact(target.fact) is None:
            continue
        value = target.total if cycle == contract.term else None
        if value is None and target.months:
            inside = [
                figure
                for month, figure in zip(months, target.months, strict=True)
                if cycle.covers(month)
            ]
            value = sum(inside, ZERO) if target.adds_up else (inside[-1] if inside else None)
        elif value is None and not target.adds_up:
            value = target.total
        if value is not None:
            yield Fact(subject, target.fact, value, CYCLE, origin)

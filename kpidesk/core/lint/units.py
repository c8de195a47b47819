"""Flaws of units: figures that a rule compares, entered in different ones."""

from __future__ import annotations

from collections.abc import Iterator

from kpidesk.core.context import Context
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.measures import Ratio
from kpidesk.core.scoring.rules import Attainment, NewCustomers, StepDeviation


def units(context: Context) -> Iterator[Flaw]:
    """Actual figures in another unit than their targets: no rate can be made of them."""
    for leaf in context.scheme.leaves():
        match leaf.rule:
            case Attainment(Ratio(actual, plan)) | StepDeviation(Ratio(actual, plan)):
                pass
            case NewCustomers(actual, plan):
                pass
            case _:
                continue
        if context.scheme.metric(actual) is not None:
            continue
        one, other = context.known[actual], context.known[plan]
        if one.unit != other.unit:
            message = (
                f"“{leaf.name}”的“{one.label}”单位是{one.unit or '空白'}，"
                f"“{other.label}”却是{other.unit or '空白'}，不能相比，请改成一样"
            )
            yield Flaw(FlawKind.FORMULA, message, leaf.clause, name=leaf.name)

"""Figures that are results of their own, whether or not a score rests on them."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.exempting import exemption_of
from kpidesk.core.facts import Subject
from kpidesk.core.findings import Code
from kpidesk.core.measures import Metric
from kpidesk.core.measuring import metric
from kpidesk.core.scoring.asked import facts_measured
from kpidesk.core.totals import Scores


def measure_all(subject: Subject, context: Context, scores: Scores) -> None:
    """Note every metric that the facts allow; what is missing is reported.

    Nobody misses the facts of one whose score was entered by hand, or counts nothing.
    """
    for one in context.scheme.metrics:
        if _is_idle(one, subject, context):
            continue
        if (figure := metric(one, subject, context)) is not None:
            scores.put(one.result, figure)


def check_metrics(context: Context) -> None:
    """Report figures that were entered both ready-made and in their parts."""
    for one in context.scheme.metrics:
        for subject in context.people:
            parts = [
                name for name in facts_measured(one.measure) if context.facts.periods(subject, name)
            ]
            if parts and context.facts.periods(subject, one.result):
                made_from = "、".join(f"“{context.known[name].label}”" for name in parts)
                context.block(
                    Code.CONFLICTING_FACTS,
                    f"“{one.name}”既直接填了数字，又填了用来计算它的{made_from}，请只保留一种",
                    subject=subject,
                    name=one.result,
                )


def _is_idle(what: Metric, subject: Subject, context: Context) -> bool:
    """Whether nobody asks for it: its score was entered or counts nothing, and nothing is there."""
    if exemption_of(what.indicator, subject, context) is not None:
        return True
    names = (what.result, *facts_measured(what.measure))
    if any(context.facts.periods(subject, name) for name in names):
        return False
    weight = context.weights.get(what.indicator)
    if weight is not None and weight.value == ZERO:
        return True
    return any(
        context.entered(subject, f"score.{one.name}")
        for one in context.scheme.walk()
        if what.indicator in (below.name for below in one.walk())
    )

"""Flaws of sums: weights, full points, and the scales that scores are told on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal

from kpidesk.core.aggregation import PointsSum, WeightedScaled
from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.explain import show
from kpidesk.core.findings import Code, Finding
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.fixes import Declare, Reweigh
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.settings import Ref
from kpidesk.core.weight_figures import counting
from kpidesk.core.weights import check_weights

_CENT = Decimal("0.01")
_OF_WEIGHTS = (
    Code.WEIGHTS_NOT_100,
    Code.WEIGHTS_NOT_PARENT,
    Code.RATER_WEIGHTS_NOT_100,
    Code.SHARES_NOT_100,
)


def weights(context: Context) -> Iterator[Flaw]:
    """Weights of indicators, raters, stages and pools that do not add up."""
    check_weights(context)
    for finding in context.findings:
        if finding.code in _OF_WEIGHTS:
            fix = _reweigh(finding, context)
            yield Flaw(FlawKind.WEIGHTS, finding.message, name=finding.name, fix=fix)


def _reweigh(finding: Finding, context: Context) -> Reweigh | None:
    """Weights in the same proportions that add to what they should."""
    if finding.code is Code.WEIGHTS_NOT_100 and not finding.name:
        return _scaled(counting(context.scheme.indicators), HUNDRED)
    if finding.code is Code.WEIGHTS_NOT_PARENT:
        parent = next(one for one in context.scheme.walk() if one.name == finding.name)
        return _scaled(counting(parent.children), parent.worth or ZERO)
    return None


def _scaled(indicators: Sequence[Indicator], whole: Decimal) -> Reweigh | None:
    """Largest remainder in hundredths, ties to the earlier one; None where there is no ground."""
    worths = [one.worth for one in indicators]
    there = [one for one in worths if one is not None]
    now = sum(there, ZERO)
    if len(there) < len(worths) or now <= ZERO or whole <= ZERO:
        return None
    exact = [one * whole / now for one in there]
    parts = [one.quantize(_CENT, ROUND_FLOOR) for one in exact]
    left = int((whole - sum(parts, ZERO)) / _CENT)
    order = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in order[:left]:
        parts[place] += _CENT
    return Reweigh(tuple((one.name, part) for one, part in zip(indicators, parts, strict=True)))


def points(context: Context) -> Iterator[Flaw]:
    """Full points that do not add to what the header declares."""
    rule = context.scheme.aggregation
    if not isinstance(rule, PointsSum):
        return
    full = sum((one.points for one in context.scheme.leaves()), ZERO)
    if full != rule.declared:
        message = (
            f"各指标满分合计 {show(full)} 分，表头写的是 {show(rule.declared)} 分；"
            "按各指标的满分计算，不自动折算"
        )
        yield Flaw(FlawKind.POINTS, message, rule.clause, fix=Declare(full))


def scales(context: Context) -> Iterator[Flaw]:
    """A formula, a declared full score and a grade scale that do not fit each other."""
    rule, grades = context.scheme.aggregation, context.scheme.grades
    if not isinstance(rule, WeightedScaled):
        return
    said = [("公式得出的满分", rule.full), ("写明的满分", rule.shown_full)]
    if not isinstance(rule.grade_scale, Ref):  # it is written which of them is graded
        graded = {"raw": rule.full, "fifty": rule.shown_full}.get(rule.grade_scale, HUNDRED)
        said = [("用来定等级的总分满分", graded)]
    if grades is not None:
        said.append(("等级表的满分", grades.most))
    if len({value for _, value in said}) > 1:
        told = "，".join(f"{name} {show(value)} 分" for name, value in said)
        yield Flaw(FlawKind.CONTRADICTION, f"{told}，互不一致；请写明按哪一种定等级", rule.clause)

"""Weights and full points: setting one keeps the dimensions above it equal to their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.aggregation import PointsSum
from kpidesk.core.editing.places import put
from kpidesk.core.editing.sums import points_of, summed
from kpidesk.core.editing.tree import TOP, indicator_of, path_of, siblings_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.fixes import settled
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref
from kpidesk.core.splits import split
from kpidesk.core.weight_figures import counting


@dataclass(frozen=True, slots=True)
class WeightSum:
    """What the weights (or full points) of one dimension add to, and what they should."""

    parent: str
    found: Decimal
    wanted: Decimal

    @property
    def is_right(self) -> bool:
        """Whether they add up."""
        return self.found == self.wanted


def weight_sum(scheme: Scheme, parent: str = TOP) -> WeightSum | None:
    """The sum of the first level, or of a dimension that its indicators share; None if neither."""
    children = counting(siblings_of(scheme, parent))
    if parent == TOP:
        return WeightSum(parent, points_of(children), whole(scheme)) if children else None
    shares = [share_of(scheme, one) for one in children]
    if not any(one.inside is not None for one in children):
        return None
    return WeightSum(parent, sum((one for one in shares if one is not None), ZERO), HUNDRED)


def whole(scheme: Scheme) -> Decimal:
    """What all weights add to: 100 percent, or the full points that the header declares."""
    rule = scheme.aggregation
    return rule.declared if isinstance(rule, PointsSum) else HUNDRED


def share_of(scheme: Scheme, indicator: Indicator) -> Decimal | None:
    """What an indicator weighs: its share of its dimension where it has one, else its worth."""
    share = indicator.inside
    if isinstance(share, Ref):
        parameter = scheme.parameter(share.parameter)
        value = parameter.default if parameter else None
        return value if isinstance(value, Decimal) else None
    if share is not None:
        return share
    if indicator.worth is None and indicator.children:
        return points_of(counting(indicator.children))
    return indicator.worth


def weighed(scheme: Scheme, name: str, worth: Decimal) -> Scheme:
    """Another weight for an indicator.

    That of a dimension is divided among its indicators as they stand to each other; the
    dimensions above become what their indicators add to.
    """
    if worth < ZERO:
        msg = "权重不能是负数"
        raise InvalidValueError(msg)
    one = indicator_of(scheme, name)
    if one.inside is not None:
        return _shared_inside(scheme, one, worth)
    after = put(scheme, path_of(scheme, name), _scaled(one, worth))
    return _settled(summed(after))


def evened(scheme: Scheme, parent: str = TOP) -> Scheme:
    """平分: the same for each indicator of a level, exactly; the whole stays what it should be."""
    return _divided(scheme, parent, even=True)


def filled_up(scheme: Scheme, parent: str = TOP) -> Scheme:
    """按比例凑足: weights in the same proportions that add to what they should."""
    return _divided(scheme, parent, even=False)


def _divided(scheme: Scheme, parent: str, *, even: bool) -> Scheme:
    children = counting(siblings_of(scheme, parent))
    total = weight_sum(scheme, parent)
    if parent == TOP:
        wanted = whole(scheme)
    else:
        wanted = total.wanted if total else share_of(scheme, indicator_of(scheme, parent)) or ZERO
    now = [ZERO if even else share_of(scheme, one) or ZERO for one in children]
    for one, part in zip(children, _parts(wanted, now), strict=True):
        scheme = weighed(scheme, one.name, part)
    return scheme


def _parts(whole_: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The parts of a whole in these proportions; equal ones where nothing weighs anything."""
    weights = shares if any(shares) else [HUNDRED] * len(shares)
    return [Decimal(one) for one in split(whole_, weights) if isinstance(one, Decimal)]


def _scaled(one: Indicator, worth: Decimal) -> Indicator:
    """An indicator that weighs so much, what is below it in proportion."""
    children = counting(one.children)
    if not children or one.is_divided:
        return replace(one, worth=worth)
    parts = dict(
        zip(
            [child.name for child in children],
            _parts(worth, [child.points for child in children]),
            strict=True,
        )
    )
    below = tuple(
        _scaled(child, parts[child.name]) if child.name in parts else child
        for child in one.children
    )
    return replace(one, worth=None if one.worth is None else worth, children=below)


def _shared_inside(scheme: Scheme, one: Indicator, share: Decimal) -> Scheme:
    if isinstance(one.inside, Ref):
        name = one.inside.parameter
        place = next(n for n, each in enumerate(scheme.parameters) if each.name == name)
        return put(scheme, ("parameters", place, "default"), share)
    return put(scheme, (*path_of(scheme, one.name), "inside"), share)


def _settled(scheme: Scheme) -> Scheme:
    """Without what clauses told of weights, once these add up."""
    total = weight_sum(scheme)
    if total is None or not total.is_right:
        return scheme
    return settled(scheme, FlawKind.WEIGHTS, FlawKind.POINTS)

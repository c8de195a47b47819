"""Edits of the indicator tree: add, duplicate, remove, move. Names tell indicators apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpidesk.core.editing.needs import copied_needs, without_needs
from kpidesk.core.editing.places import Path, at, put
from kpidesk.core.editing.sums import summed
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO
from kpidesk.core.indicator import DEPTH, Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Manual

TOP = ""
"""Stands for the name of a dimension where the indicators of the first level are meant."""


def path_of(scheme: Scheme, name: str) -> Path:
    """Where an indicator stands; InvalidValueError when there is none of the name."""
    found = _way(scheme.indicators, name, ("indicators",))
    if found is None:
        msg = f"方案里没有指标“{name}”，可能刚被改名或删去"
        raise InvalidValueError(msg)
    return found


def indicator_of(scheme: Scheme, name: str) -> Indicator:
    """The indicator of a name."""
    found: Indicator = at(scheme, path_of(scheme, name))
    return found


def siblings_of(scheme: Scheme, parent: str) -> tuple[Indicator, ...]:
    """The indicators right below a dimension, or those of the first level."""
    return scheme.indicators if parent == TOP else indicator_of(scheme, parent).children


def parent_of(scheme: Scheme, name: str) -> str:
    """The dimension that an indicator stands in; `TOP` on the first level."""
    for one in scheme.walk():
        if any(child.name == name for child in one.children):
            return one.name
    return TOP


def free_name(scheme: Scheme, wanted: str) -> str:
    """The name, with a number behind it where it is taken."""
    taken = {one.name for one in scheme.walk()}
    return next(
        name
        for number in range(1, len(taken) + 2)
        if (name := wanted if number == 1 else f"{wanted} {number}") not in taken
    )


def with_leaf(scheme: Scheme, parent: str = TOP, after: str = "") -> tuple[Scheme, str]:
    """One more indicator, scored by a rater for now; and its name."""
    leaf = Indicator(free_name(scheme, "新指标"), worth=ZERO, rule=Manual())
    return _inserted(scheme, parent, leaf, after), leaf.name


def with_dimension(scheme: Scheme, after: str = "") -> tuple[Scheme, str]:
    """One more dimension with an indicator in it; and the dimension's name."""
    name = free_name(scheme, "新维度")
    child = Indicator(free_name(scheme, "新指标"), worth=ZERO, rule=Manual())
    dimension = Indicator(name, worth=ZERO, children=(child,))
    return _inserted(scheme, TOP, dimension, after), name


def duplicated(scheme: Scheme, name: str) -> tuple[Scheme, str]:
    """A copy right after the indicator, with figures and parameters of its own; and its name."""
    before = indicator_of(scheme, name)
    names: dict[str, str] = {}
    for one in before.walk():
        marked = replace(scheme, indicators=(*scheme.indicators, *_blank(names.values())))
        names[one.name] = free_name(marked, one.name)
    copy = _renamed(before, names)
    scheme, copy = copied_needs(scheme, before, copy)
    return summed(_inserted(scheme, parent_of(scheme, name), copy, name)), copy.name


def without(scheme: Scheme, name: str) -> Scheme:
    """The scheme without an indicator, what only it asked for, and a dimension that it empties."""
    path_of(scheme, name)  # there is one
    cut = replace(scheme, indicators=_cut(scheme.indicators, name))
    return summed(without_needs(scheme, cut))


def moved(scheme: Scheme, name: str, parent: str, place: int) -> Scheme:
    """The indicator at a place among the children of a dimension, as they stand before the move.

    InvalidValueError where it cannot stand: inside itself, below an indicator that is scored, or
    too deep.
    """
    one = indicator_of(scheme, name)
    if parent in {below.name for below in one.walk()}:
        msg = f"“{name}”不能放到它自己下面"
        raise InvalidValueError(msg)
    siblings = siblings_of(scheme, parent)
    if parent != TOP and not siblings:
        msg = f"“{parent}”是计分的指标，下面不能再放指标；请拖到维度上"
        raise InvalidValueError(msg)
    old = parent_of(scheme, name)
    if old == parent:
        rest = [other for other in siblings if other.name != name]
        here = [other.name for other in siblings].index(name)
        spot = place - 1 if place > here else place
        return _with_children(scheme, parent, (*rest[:spot], one, *rest[spot:]))
    if old != TOP and len(siblings_of(scheme, old)) == 1:
        msg = f"“{old}”里只有“{name}”一项，移走后维度就空了；请先加一项，或删去整个维度"
        raise InvalidValueError(msg)
    if parent != TOP and one.depth + len(path_of(scheme, parent)) // 2 > DEPTH:
        msg = f"放到“{parent}”下面就超过 {DEPTH} 级了"
        raise InvalidValueError(msg)
    landed = replace(one, inside=None, worth=one.points if one.worth is None else one.worth)
    cut = replace(scheme, indicators=_cut(scheme.indicators, name))
    now = siblings_of(cut, parent)
    return summed(_with_children(cut, parent, (*now[:place], landed, *now[place:])))


def _way(indicators: Iterable[Indicator], name: str, so_far: Path) -> Path | None:
    for place, one in enumerate(indicators):
        here = (*so_far, place)
        if one.name == name:
            return here
        if (below := _way(one.children, name, (*here, "children"))) is not None:
            return below
    return None


def _inserted(scheme: Scheme, parent: str, new: Indicator, after: str) -> Scheme:
    siblings = siblings_of(scheme, parent)
    names = [one.name for one in siblings]
    place = names.index(after) + 1 if after in names else len(names)
    return _with_children(scheme, parent, (*siblings[:place], new, *siblings[place:]))


def _with_children(scheme: Scheme, parent: str, children: tuple[Indicator, ...]) -> Scheme:
    if parent == TOP:
        return replace(scheme, indicators=children)
    return put(scheme, (*path_of(scheme, parent), "children"), children)


def _cut(indicators: Iterable[Indicator], name: str) -> tuple[Indicator, ...]:
    """Without the one of a name, nor the dimensions that would be empty."""
    left: list[Indicator] = []
    for one in indicators:
        if one.name == name:
            continue
        children = _cut(one.children, name)
        if children or not one.children:
            left.append(replace(one, children=children))
    return tuple(left)


def _blank(names: Iterable[str]) -> tuple[Indicator, ...]:
    return tuple(Indicator(one, rule=Manual()) for one in names)


def _renamed(indicator: Indicator, names: dict[str, str]) -> Indicator:
    return replace(
        indicator,
        name=names[indicator.name],
        children=tuple(_renamed(one, names) for one in indicator.children),
    )

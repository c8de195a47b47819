"""What is filled in goes back into the scheme, with all that follows from it."""

from __future__ import annotations

import types
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Any, get_args

from kpidesk.core.editing.chosen import pay_results, score_results
from kpidesk.core.editing.form import Entry, Kind, hints_of, members_of
from kpidesk.core.editing.needs import refs_in
from kpidesk.core.editing.places import Path, at, put
from kpidesk.core.editing.renaming import recalled, relabelled, renumbered, reworded
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.explain import show
from kpidesk.core.grading import GradeScale
from kpidesk.core.measures import Metric
from kpidesk.core.paying.pooling.rules import PoolItem
from kpidesk.core.paying.rules import PayRule
from kpidesk.core.scheme import Ambiguity, FactSpec, Scheme, SourceRule
from kpidesk.core.settings import NONE, Parameter, ParameterKind, Ref
from kpidesk.core.tables import Band, Bands

_LABELLED = (FactSpec, Parameter, *get_args(PayRule))


def written(scheme: Scheme, entry: Entry, value: Any) -> Scheme:  # noqa: ANN401 - of the entry's kind
    """The scheme with a value filled in; InvalidValueError where it cannot stand."""
    path, holder = entry.path, at(scheme, entry.path[:-1])
    if path[-1] == "label" and isinstance(holder, _LABELLED):
        after = relabelled(scheme, path[:-1], str(entry.value), _given(entry, value))
    elif path[-1] == "at" and isinstance(holder, Band):
        after = _with_bound(scheme, path, value)
    elif isinstance(holder, SourceRule | Ambiguity | Metric | PoolItem):
        after = _followed(scheme, holder, entry, value)
    else:
        after = put(scheme, path, _typed(holder, str(path[-1]), entry, value))
    return after if _bounds(after) == _bounds(scheme) else with_printed_grades(after)


def as_parameter(scheme: Scheme, entry: Entry, owner: str) -> Scheme:
    """The value as a parameter, which each contract may set otherwise; `owner` begins its label."""
    label = f"{owner}：{entry.label}" if owner else entry.label
    kinds = {
        Kind.LIMIT: ParameterKind.NUMBER_OR_NONE,
        Kind.CHOICE: ParameterKind.CHOICE,
        Kind.FLAG: ParameterKind.FLAG,
    }
    parameter = Parameter(
        name=free_parameter(scheme),
        label=label,
        kind=kinds.get(entry.kind, ParameterKind.NUMBER),
        meaning=entry.hint or label,
        default=entry.value,
        unit=entry.unit,
        choices=entry.choices,
    )
    after = replace(scheme, parameters=(*scheme.parameters, parameter))
    return put(after, entry.home, Ref(parameter.name))


def as_stated(scheme: Scheme, entry: Entry) -> Scheme:
    """The value stated in the scheme, no parameter any more; which goes if nothing else uses it."""
    if entry.value is None:
        msg = f"“{entry.label}”还没有填，先填写再改为固定"
        raise InvalidValueError(msg)
    after = put(scheme, entry.home, entry.value)
    if entry.parameter in refs_in(after):
        return after
    return replace(
        after,
        parameters=tuple(one for one in after.parameters if one.name != entry.parameter),
        ambiguities=tuple(
            replace(one, parameters=tuple(p for p in one.parameters if p != entry.parameter))
            for one in after.ambiguities
        ),
    )


def free_parameter(scheme: Scheme) -> str:
    """A name for one more parameter."""
    taken = {one.name for one in scheme.parameters}
    number = len(taken) + 1
    while f"parameter_{number}" in taken:
        number += 1
    return f"parameter_{number}"


def with_printed_grades(scheme: Scheme) -> Scheme:
    """The scheme with the ranges of its grades printed as their bounds say."""
    scale = scheme.grades
    if scale is None:
        return scheme
    return replace(scheme, grades=replace(scale, printed=tuple(printed_ranges(scale))))


def printed_ranges(scale: GradeScale) -> list[str]:
    """The range of each grade in words, lowest first."""
    starts = [row.at for row in scale.bands.rows]
    texts = [f"{show(low)} 分及以上，不足 {show(high)} 分" for low, high in pairwise(starts)]
    return [*texts, f"{show(starts[-1])} 分及以上"]


def _bounds(scheme: Scheme) -> list[Decimal]:
    """Where the grades begin."""
    return [one.at for one in scheme.grades.bands.rows] if scheme.grades else []


def _followed(
    scheme: Scheme,
    holder: SourceRule | Ambiguity | Metric | PoolItem,
    entry: Entry,
    value: Any,  # noqa: ANN401 - of the entry's kind
) -> Scheme:
    """What is called by its number or its name is found again under another."""
    path, name = entry.path, entry.path[-1]
    match holder:
        case SourceRule() | Ambiguity() if name == "id":
            scheme = renumbered(scheme, holder, value := _given(entry, value))
        case Metric() if name == "name":
            scheme = reworded(scheme, {holder.name: (value := _given(entry, value))})
        case PoolItem() if name == "name":
            scheme = recalled(scheme, holder.name, value := _given(entry, value))
        case Ambiguity() if name == "results":
            scheme = put(scheme, (*path[:-1], "pays"), _pays(scheme, holder, value))
        case _:
            pass
    return put(scheme, path, _typed(holder, str(name), entry, value))


def _pays(scheme: Scheme, clause: Ambiguity, results: tuple[str, ...]) -> bool:
    """Whether results are lines of pay; scores and pay are told of at different places."""
    pays = any(name in results for name, _ in pay_results(scheme))
    scores = any(name in results for name, _ in score_results(scheme))
    if pays and scores:
        msg = "得分和薪酬请分开写成两条"
        raise InvalidValueError(msg)
    return pays or (clause.pays and not scores)


def _with_bound(scheme: Scheme, path: Path, value: Decimal) -> Scheme:
    """A table of bands with another bound, in their order."""
    rows = path[:-2]
    band = replace(at(scheme, path[:-1]), at=value)
    others = [one for place, one in enumerate(at(scheme, rows)) if place != path[-2]]
    return put(scheme, rows[:-1], Bands(tuple(sorted((*others, band), key=lambda one: one.at))))


def _typed(holder: object, name: str, entry: Entry, value: Any) -> Any:  # noqa: ANN401 - as stored
    """The value as the field holds it: an enumeration's, `NONE` for no limit."""
    if entry.kind is Kind.LIMIT:
        return NONE if value is None else value
    if isinstance(holder, Parameter):
        return value
    members = members_of(hints_of(holder)[name])
    enums = [one for one in members if isinstance(one, type) and issubclass(one, Enum)]
    if enums and value is not None:
        return enums[0](value)
    if value is None and not entry.optional:
        msg = f"请填写{entry.label}"
        raise InvalidValueError(msg)
    return "" if value is None and types.NoneType not in members else value


def _given(entry: Entry, value: object) -> str:
    text = str(value or "").strip()
    if not text:
        msg = f"请填写{entry.label}"
        raise InvalidValueError(msg)
    return text

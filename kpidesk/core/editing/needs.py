"""What rules need: the facts and parameters that they name, copied or dropped with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpidesk.core.editing.places import mapped, records, words_in
from kpidesk.core.formula.check import meanings_in
from kpidesk.core.formula.in_scheme import formulas_of
from kpidesk.core.formula.scope import FactNamed, MetricNamed, ParameterNamed
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref


def refs_in(value: object) -> frozenset[str]:
    """The parameters that take the place of numbers and choices in a record."""
    return frozenset(one.parameter for one in records(value) if isinstance(one, Ref))


def used_names(scheme: Scheme) -> frozenset[str]:
    """The facts and parameters that anything in the scheme names, formulas and clauses too."""
    named = set(refs_in(scheme))
    for part in (
        scheme.indicators, scheme.aggregation, scheme.metrics, scheme.pay, scheme.events,
    ):  # fmt: skip
        named.update(words_in(part))
    for place in formulas_of(scheme):
        for one in meanings_in(place.text, place.scope):
            if isinstance(one, FactNamed):
                named.add(one.fact.name)
            elif isinstance(one, ParameterNamed):
                named.add(one.name)
    for parameter in scheme.parameters:
        if any(f"{{{parameter.name}}}" in text for text in words_in(scheme.contract)):
            named.add(parameter.name)
    return frozenset(named)


def named_metrics(scheme: Scheme) -> frozenset[str]:
    """The figures made from others that rules and formulas name."""
    named = {*words_in(scheme.indicators), *words_in(scheme.pay)}
    for place in formulas_of(scheme):
        for one in meanings_in(place.text, place.scope):
            if isinstance(one, MetricNamed):
                named.add(one.metric.result)
    return frozenset(one.result for one in scheme.metrics if one.result in named)


def without_needs(before: Scheme, after: Scheme) -> Scheme:
    """`after` without the facts and parameters that it needs no more, but `before` did.

    What is told of the scores of indicators that are no more goes, too.
    """
    left = {one.name for one in after.walk()}
    results = {f"score.{one.name}" for one in before.walk() if one.name not in left}
    told = (
        replace(one, results=kept)
        for one in after.ambiguities
        if (kept := tuple(name for name in one.results if name not in results)) or not one.results
    )
    after = replace(
        after,
        metrics=tuple(one for one in after.metrics if not one.indicator or one.indicator in left),
        ambiguities=tuple(told),
        indicators=mapped(after.indicators, lambda one: _supporting(one, left)),
    )
    loose = used_names(before) - used_names(after)
    return replace(
        after,
        facts=tuple(one for one in after.facts if one.name not in loose),
        parameters=tuple(one for one in after.parameters if one.name not in loose),
    )


def copied_needs(scheme: Scheme, before: Indicator, copy: Indicator) -> tuple[Scheme, Indicator]:
    """The copy of an indicator with copies of what its rules need: one is then set by itself."""
    words, refs = set(words_in(before)), refs_in(before)
    label = (before.name, copy.name)
    facts = [one for one in scheme.facts if one.name in words and not one.of_team]
    parameters = [one for one in scheme.parameters if one.name in refs]
    taken = {*(one.name for one in scheme.facts), *(one.name for one in scheme.parameters)}
    needed = [*(one.name for one in facts), *(one.name for one in parameters)]
    names = {one: _free(one, label, taken) for one in needed}
    scheme = replace(
        scheme,
        facts=(
            *scheme.facts,
            *(replace(f, name=names[f.name], label=_copied(f.label, label)) for f in facts),
        ),
        parameters=(
            *scheme.parameters,
            *(
                replace(p, name=names[p.name], label=_copied(p.label, label), ambiguity="")
                for p in parameters
            ),
        ),
    )
    rules: Indicator = mapped(copy, lambda one: _swapped(one, names))
    return scheme, rules


def _supporting(value: Any, left: set[str]) -> Any:  # noqa: ANN401 - any record or word
    """An indicator that supported one that is gone supports none."""
    if isinstance(value, Indicator) and value.supports and value.supports not in left:
        return replace(value, supports="")
    return value


def _swapped(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any record or word
    return names.get(value, value) if isinstance(value, str) else value


def _free(name: str, label: tuple[str, str], taken: set[str]) -> str:
    """The name for a copy: after the copied indicator where its name is in it, else numbered."""
    wanted = name.replace(*label) if label[0] in name else f"{name} 2"
    number = 2
    while wanted in taken:
        number += 1
        wanted = f"{name} {number}"
    taken.add(wanted)
    return wanted


def _copied(text: str, label: tuple[str, str]) -> str:
    return text.replace(*label) if label[0] in text else f"{text}（{label[1]}）"

"""Another name for an indicator or a figure, wherever it is called by it, in formulas too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kpidesk.core.editing.needs import refs_in
from kpidesk.core.editing.places import mapped, put, words_in
from kpidesk.core.editing.tree import indicator_of, path_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.formula.in_scheme import formulas_of
from kpidesk.core.formula.scan import normal, scan
from kpidesk.core.formula.tree import FormulaError
from kpidesk.core.formula.vocabulary import Kind
from kpidesk.core.formula.words import quoted
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.scheme import Ambiguity, Scheme, SourceRule
from kpidesk.core.scoring.rules import Formula


def renamed(scheme: Scheme, old: str, new: str) -> Scheme:
    """An indicator under another name; its figures, whose labels hold the old one, follow."""
    name = new.strip()
    if name == old:
        return scheme
    _check_free(scheme, name)
    indicator = indicator_of(scheme, old)
    mine = {*words_in(indicator), *refs_in(indicator)}
    labelled = [
        *((one.name, one.label) for one in scheme.facts),
        *((one.name, one.label) for one in scheme.parameters),
    ]
    labels = {
        label: label.replace(old, name) for own, label in labelled if own in mine and old in label
    }
    words = {f"score.{old}": f"score.{name}", f"weight.{old}": f"weight.{name}"}
    formulas = {**labels, **words, f"{old}得分": f"{name}得分", f"{old}的权重": f"{name}的权重"}
    after = reworded(scheme, formulas)
    after = put(after, (*path_of(after, old), "name"), name)
    return replace(
        after,
        facts=tuple(replace(one, label=labels.get(one.label, one.label)) for one in after.facts),
        parameters=tuple(
            replace(one, label=labels.get(one.label, one.label)) for one in after.parameters
        ),
        ambiguities=mapped(after.ambiguities, lambda one: _swapped(one, words)),
        metrics=tuple(
            replace(one, indicator=name) if one.indicator == old else one for one in after.metrics
        ),
        aggregation=mapped(after.aggregation, lambda one: _swapped(one, {old: name})),
        indicators=mapped(after.indicators, lambda one: _supporting(one, old, name)),
        pay=mapped(after.pay, lambda one: _swapped(one, words)),
    )


def relabelled(scheme: Scheme, path: tuple[str | int, ...], old: str, new: str) -> Scheme:
    """A fact, parameter or line of pay under another label; formulas go on finding it."""
    return put(reworded(scheme, {old: new}), (*path, "label"), new)


def renumbered(scheme: Scheme, one: SourceRule | Ambiguity, number: str) -> Scheme:
    """What refers to a clause by its number refers to another number; to none with an empty one."""
    if isinstance(one, Ambiguity):
        return replace(
            scheme,
            parameters=tuple(
                replace(each, ambiguity=number) if each.ambiguity == one.id else each
                for each in scheme.parameters
            ),
        )
    after: Scheme = mapped(scheme, lambda each: _referring(each, one.id, number))
    return after


def recalled(scheme: Scheme, name: str, new: str) -> Scheme:
    """An item of a pool under another name; what adds it up follows."""
    words = {f"pay.{name}": f"pay.{new}", f"unallocated.{name}": f"unallocated.{new}"}
    return replace(
        scheme,
        pay=mapped(scheme.pay, lambda one: _swapped(one, words)),
        ambiguities=mapped(scheme.ambiguities, lambda one: _swapped(one, words)),
    )


def reworded(scheme: Scheme, names: Mapping[str, str]) -> Scheme:
    """The scheme with other names in its formulas; a formula that cannot be read stays."""
    plain = {normal(old): new for old, new in names.items()}
    texts = {place.name: _reworded(place.text, place.scope.names, plain)
             for place in formulas_of(scheme)}  # fmt: skip
    return replace(
        scheme,
        indicators=mapped(scheme.indicators, lambda one: _scored_by(one, texts)),
        pay=tuple(
            replace(one, expression=texts[one.result]) if isinstance(one, FormulaPay) else one
            for one in scheme.pay
        ),
    )


def _reworded(text: str, known: frozenset[str], names: Mapping[str, str]) -> str:
    try:
        tokens = scan(text, known)
    except FormulaError:
        return text
    for token in reversed(tokens):
        if token.kind is Kind.NAME and str(token.value) in names:
            text = text[: token.at] + quoted(names[str(token.value)]) + text[token.end :]
    return text


def _check_free(scheme: Scheme, name: str) -> None:
    if not name:
        msg = "请填写名称"
        raise InvalidValueError(msg)
    if any(one.name == name for one in scheme.walk()):
        msg = f"已经有名为“{name}”的指标，请换一个名称"
        raise InvalidValueError(msg)


def _swapped(value: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - any record or word
    return words.get(value, value) if isinstance(value, str) else value


def _referring(value: Any, old: str, new: str) -> Any:  # noqa: ANN401 - any record or word
    if not is_dataclass(value) or isinstance(value, type):
        return value
    mine = [one.name for one in fields(value) if one.name.endswith("clause")]
    named = {one: new for one in mine if getattr(value, one) == old}
    return replace(value, **named) if named else value


def _supporting(value: Any, old: str, new: str) -> Any:  # noqa: ANN401 - any record or word
    supports = getattr(value, "supports", "")
    return replace(value, supports=new) if supports and supports == old else value


def _scored_by(value: Any, texts: Mapping[str, str]) -> Any:  # noqa: ANN401 - any record or word
    """An indicator with its formula as reworded."""
    rule = getattr(value, "rule", None)
    if not isinstance(rule, Formula):
        return value
    return replace(value, rule=Formula(texts[f"score.{value.name}"]))

"""Flaws of formulas: what cannot be computed, and formulas that need each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kpidesk.core.context import Context
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.formula.check import problems_of
from kpidesk.core.formula.in_scheme import FormulaPlace, formulas_of, results_given
from kpidesk.core.formula.parse import parse
from kpidesk.core.formula.scan import normal
from kpidesk.core.formula.scope import FactNamed, scope_of
from kpidesk.core.formula.tree import Call, FormulaError, Function, Node, names_in, parts_of
from kpidesk.core.formula.words import quoted
from kpidesk.core.lint.fixes import AskForBase, Reorder, Reword
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.scheme import Scheme

_Reads: TypeAlias = Mapping[str, tuple[tuple[str, int], ...]]


def formulas(context: Context) -> Iterator[Flaw]:
    """Every problem of every formula, and figures of earlier periods that nobody asks for."""
    scheme = context.scheme
    reads = _reads(scheme)
    for place in formulas_of(scheme):
        if circle := _circle(place.name, reads):
            labels = " → ".join(f"“{_label(one, scheme)}”" for one in circle)
            message = f"公式互相引用，算不出来：{labels}"
            yield Flaw(FlawKind.NAME_CYCLE, message, place.clause, place.text, place.name)
            continue
        later = {at: name for name, at in reads[place.name] if not place.scope.find(name)}
        for at, name in later.items():
            message = (
                f"“{place.label}”的公式第 {at + 1} 个字：“{_label(name, scheme)}”在它之后才算出"
            )
            fix = _reordered(scheme, reads)
            yield Flaw(FlawKind.FORMULA, message, place.clause, place.text, place.name, fix)
        for problem in problems_of(place.text, place.scope, scheme, place.grain, place.unit):
            if problem.at not in later:
                message, respelt = f"“{place.label}”的{problem}", _respelt(place, problem)
                yield Flaw(FlawKind.FORMULA, message, place.clause, place.text, place.name, respelt)
        yield from _bases(place)


def _bases(place: FormulaPlace) -> Iterator[Flaw]:
    """上期 and 去年同期 of facts whose earlier figures cannot be entered."""
    try:
        tree = parse(place.text, place.scope.names)
    except FormulaError:
        return
    for call in _calls(tree):
        before = call.function is Function.BEFORE
        if not before and call.function is not Function.YEAR_BEFORE:
            continue
        for name in names_in(call):
            for one in place.scope.find(name.text):
                if not isinstance(one, FactNamed):
                    continue
                fact = one.fact
                if fact.base_before if before else fact.base_last_year:
                    continue
                yield Flaw(
                    FlawKind.GAP,
                    f"“{place.label}”要用“{fact.label}”{'上一期' if before else '去年同期'}的数字，"
                    "周期开始以前的数字却没有地方填写",
                    place.clause,
                    place.text,
                    fact.name,
                    AskForBase(fact.name, fact.label, before, not before),
                )


def _calls(node: Node) -> Iterator[Call]:
    if isinstance(node, Call):
        yield node
    for one in parts_of(node):
        yield from _calls(one)


def _respelt(place: FormulaPlace, problem: FormulaError) -> Reword | None:
    """The formula with the near name in place of an unknown one."""
    try:
        names = names_in(parse(place.text, place.scope.names))
    except FormulaError:
        return None
    wrong = [one for one in names if one.at == problem.at and not place.scope.find(one.text)]
    near = place.scope.near(wrong[0].text) if wrong else ""
    if not near:
        return None
    name = wrong[0]
    end = name.at + len(name.text)
    if normal(place.text)[name.at : end] != name.text:  # it was typed in quotes
        return None
    return Reword(place.name, f"{place.text[: name.at]}{quoted(near)}{place.text[end:]}")


def _all_results(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    scores = tuple((f"score.{one.name}", f"{one.name}得分") for one in scheme.walk())
    return (*scores, *(given for rule in scheme.pay for given in results_given(rule)))


def _label(name: str, scheme: Scheme) -> str:
    return dict(_all_results(scheme)).get(name, name)


def _reads(scheme: Scheme) -> _Reads:
    """For each formula, the results that it names, wherever they are computed, and at which place.

    What is a fact or a parameter as well is not taken for a result.
    """
    results = _all_results(scheme)
    known = scope_of(scheme, scores=True)
    names = known.names | {normal(text) for pair in results for text in pair}
    by_text = {normal(text): name for name, label in results for text in (name, label)}
    reads: dict[str, tuple[tuple[str, int], ...]] = {}
    for place in formulas_of(scheme):
        try:
            found = names_in(parse(place.text, names))
        except FormulaError:
            found = ()
        reads[place.name] = tuple(
            (by_text[key], one.at)
            for one in found
            if (key := normal(one.text)) in by_text and not known.find(one.text)
        )
    return reads


def _circle(name: str, reads: _Reads) -> tuple[str, ...]:
    """The way from a formula back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for one, _ in reads.get(way[-1], ()):
            if one == name:
                return (*way, name)
            if one not in seen:
                seen.add(one)
                ways.append((*way, one))
    return ()


def _reordered(scheme: Scheme, reads: _Reads) -> Reorder | None:
    """The pay rules so that each comes after what it needs; None where no other order helps."""
    given = [{name for name, _ in results_given(rule)} for rule in scheme.pay]
    needed = [{one for name in own for one, _ in reads.get(name, ())} for own in given]
    left = list(range(len(scheme.pay)))
    order: list[int] = []
    while left:
        due = {name for place in left for name in given[place]}
        ready = [place for place in left if not needed[place] & due - given[place]]
        if not ready:
            return None
        order.append(ready[0])
        left.remove(ready[0])
    return Reorder(tuple(order)) if order != sorted(order) else None

"""Flaws of names: what nothing has, what nothing uses, what nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches

from kpidesk.core.context import Context
from kpidesk.core.editing.places import records
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.findings import Code
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.formula.check import meanings_in
from kpidesk.core.formula.in_scheme import formulas_of
from kpidesk.core.formula.scope import FactNamed, ParameterNamed
from kpidesk.core.lint.fixes import Drop
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.names import known_facts, known_parameters
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.settings import Parameter, ParameterKind, Ref


def unknown(scheme: Scheme) -> Iterator[Flaw]:
    """Names in rules that the scheme does not define; it cannot be computed with."""
    yield from _unknown_parameters(scheme)
    known = known_facts(scheme)
    for leaf in scheme.leaves():
        for fact in facts_of(leaf, scheme):
            if fact not in known:
                message = f"“{leaf.name}”用到的数据项"
                yield _unknown(message, fact, list(known), leaf.clause)
    yield from _unknown_roles(scheme)
    indicators = [one.name for one in scheme.walk()]
    for one in scheme.walk():
        if one.supports and one.supports not in indicators:
            yield _unknown(f"“{one.name}”所支持的指标", one.supports, indicators, one.clause)
    facts = [one.name for one in scheme.facts]
    for kind in scheme.events:
        strange = (one for one in kind.feeds if one not in facts)
        yield from (_unknown(f"“{kind.label}”汇总到的数据项", one, facts) for one in strange)
    clauses = [one.id for one in scheme.rules]
    for leaf in scheme.walk() if clauses else ():
        if leaf.clause and leaf.clause not in clauses:
            yield _unknown(f"“{leaf.name}”引用的条款", leaf.clause, clauses)


def _unknown_parameters(scheme: Scheme) -> Iterator[Flaw]:
    parameters = known_parameters(scheme)
    for ref in dict.fromkeys(_refs(scheme)):
        parameter = parameters.get(ref)
        if parameter is None:
            yield _unknown("参数", ref, list(parameters))
        elif not _chooses(parameter):
            message = f"参数“{parameter.label}”没有默认的选项，请在它的选项中指定一个"
            yield Flaw(FlawKind.NAME, message, name=ref)


def _chooses(parameter: Parameter) -> bool:
    """Whether a parameter of choices has one that holds until the company chooses another."""
    match parameter.kind:
        case ParameterKind.CHOICE:
            return parameter.default in [one.value for one in parameter.choices]
        case ParameterKind.FLAG:
            return isinstance(parameter.default, bool)
        case _:
            return True


def _unknown_roles(scheme: Scheme) -> Iterator[Flaw]:
    roles = [one.name for one in scheme.roles]
    asked = [role for fact in scheme.facts for role in fact.roles]
    asked += [role for rule in scheme.pay for role in _roles(rule)]
    for role in dict.fromkeys(asked):
        if role not in roles:
            yield _unknown("角色", role, roles)


def _unknown(what: str, name: str, known: list[str], clause: str = "") -> Flaw:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"，是不是“{near[0]}”？" if near else "，请先定义或改正名称"
    return Flaw(FlawKind.NAME, f"{what}“{name}”不存在{hint}", clause, name=name)


def unused(context: Context) -> Iterator[Flaw]:
    """Facts and parameters that no rule, formula or clause mentions and no computation misses."""
    scheme = context.scheme
    mentioned = set(_words(scheme)) | _missed(context)
    named: set[str] = set()
    for place in formulas_of(scheme):
        for one in meanings_in(place.text, place.scope):
            if isinstance(one, FactNamed):
                named.add(one.fact.name)
            elif isinstance(one, ParameterNamed):
                named.add(one.name)
    for fact in scheme.facts:
        if not fact.optional and fact.name not in mentioned | named:
            message = f"数据项“{fact.label}”没有任何规则用到，不必填写"
            yield Flaw(FlawKind.UNUSED, message, name=fact.name, fix=Drop(fact.name, fact.label))
    refs = set(_refs(scheme))
    told = {name for clause in scheme.ambiguities for name in clause.parameters}
    for parameter in scheme.parameters:
        if parameter.name not in refs | named | told | mentioned:
            message = f"参数“{parameter.label}”没有任何规则用到"
            fix = Drop(parameter.name, parameter.label)
            yield Flaw(FlawKind.UNUSED, message, name=parameter.name, fix=fix)


def _missed(context: Context) -> set[str]:
    """The facts that an evaluation of one person of each role asks for when nothing is there."""
    people = [Appraisee(f"{place}", role.name) for place, role in enumerate(context.scheme.roles)]
    outcome = evaluate(
        context.scheme,
        cycle=context.cycle,
        people=people,
        facts=Facts(),
        settings=context.settings,
    )
    return {one.name for one in outcome.findings if one.code is Code.MISSING_FACT}


def blanks(context: Context) -> Iterator[Flaw]:
    """Parameters that the source leaves open and the company has not filled."""
    by_clause = {
        name: clause for clause in context.scheme.ambiguities for name in clause.parameters
    }
    for parameter in context.scheme.parameters:
        if context.setting(parameter.name) is not None:
            continue
        clause = by_clause.get(parameter.name)
        yield Flaw(
            FlawKind.BLANK,
            f"参数“{parameter.label}”空白：{parameter.meaning}。填写后才能计算",
            clause.id if clause else "",
            clause.phrase if clause else "",
            parameter.name,
            lighter=parameter.company_own,
        )


def _roles(rule: object) -> Iterator[str]:
    for record in records(rule):
        yield from getattr(record, "roles", ())
        if isinstance(role := getattr(record, "role", None), str):
            yield role


def _refs(scheme: Scheme) -> Iterator[str]:
    """Every parameter that a rule takes a value from."""
    return (one.parameter for one in records(scheme) if isinstance(one, Ref))


def _words(scheme: Scheme) -> Iterator[str]:
    """Every word in what computes: indicators, totals, metrics, events, pay."""
    for part in (scheme.indicators, scheme.aggregation, scheme.metrics, scheme.pay, scheme.events):
        for record in records(part):
            for one in fields(record) if is_dataclass(record) else ():
                value = getattr(record, one.name)
                yield from (value,) if isinstance(value, str) else _strings(value)


def _strings(value: object) -> Iterator[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, tuple) else iter(())

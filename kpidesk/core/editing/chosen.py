"""What a field that names a part of the scheme is chosen from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpidesk.core.editing.fields import As
from kpidesk.core.formula.in_scheme import results_given, totals_given
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.department.rules import ConditionalBase, OverTarget
from kpidesk.core.paying.pooling.rules import PoolByShare
from kpidesk.core.paying.rules import ComponentSplit, EvenTarget, PayRule
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Choice

_SHOWN: Final = 22
"""Characters of a clause that are shown behind its number."""
_OF_QUARTERS: Final = (
    ("state", "季度的情形"),
    ("tested_actual", "比较用的完成额"),
    ("current_bonus", "当季奖金"),
    ("back_pay", "补发的奖金"),
    ("service_bonus", "服务奖金"),
    ("carried_out", "转入下季的超额"),
    ("base_pay", "固定工资"),
    ("deduction", "扣发的固定工资"),
    ("variable_pay", "浮动工资"),
    ("variable_pay_due", "是否发浮动工资"),
)


def choices_as(scheme: Scheme, how: As) -> list[Choice]:
    """What may be named; empty where nothing of the scheme is."""
    return [Choice(*pair) for pair in _pairs(scheme, how)]


def pay_results(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """The results of pay with their labels, those of the parts of a rule among them."""
    found: list[tuple[str, str]] = []
    for rule in scheme.pay:
        found += [*results_given(rule), *_more_given(rule)]
    return tuple(dict.fromkeys(found))


def score_results(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """The results of scoring with their labels."""
    scores = ((f"score.{one.name}", f"{one.name}得分") for one in scheme.walk())
    made = ((one.result, one.name) for one in scheme.metrics)
    grade = () if scheme.grades is None else (("grade", "等级"),)
    return (*scores, *made, *totals_given(scheme), *grade)


def _more_given(rule: PayRule) -> Iterator[tuple[str, str]]:
    """What a rule gives beside what it is called by."""
    match rule:
        case PoolByShare(items=items):
            yield from ((f"pay.{one.name}", one.name) for one in items)
        case ComponentSplit(parts=parts):
            yield from ((one.standard, f"{one.label}标准") for one in parts)
        case ConditionalBase(met=met):
            yield met, "是否完成任务"
        case EvenTarget(part=part, label=label) if part:
            yield part, f"全年{label}"
        case OverTarget():
            yield rule.excess, rule.label
            yield rule.leader, rule.leader_label
            yield rule.pool, rule.pool_label
        case QuarterlyBaseTarget(label=label):
            yield "bonus", label
            yield from _OF_QUARTERS
        case _:
            pass


def _pairs(scheme: Scheme, how: As) -> Iterator[tuple[str, str]]:
    if how in (As.FACT, As.FACTS, As.FIGURE):
        yield from ((one.name, one.label) for one in scheme.facts)
    if how is As.FIGURE:
        yield from ((one.result, f"{one.name}（计算项）") for one in scheme.metrics)
    if how in (As.ROLE, As.ROLES):
        yield from ((one.name, one.title) for one in scheme.roles)
    if how is As.CLAUSE:
        yield from ((one.id, f"{one.id} {_short(one.statement)}") for one in scheme.rules)
    if how is As.INDICATOR:
        yield from ((one.name, one.name) for one in scheme.leaves())
    if how is As.PARAMETERS:
        yield from ((one.name, one.label) for one in scheme.parameters)
    if how is As.RESULTS:
        yield from score_results(scheme)
    if how in (As.LINES, As.RESULTS):
        yield from pay_results(scheme)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

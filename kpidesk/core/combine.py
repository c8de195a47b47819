"""Binding a scheme that has lost its indicators to another scheme's indicators."""

from __future__ import annotations

from dataclasses import replace

from kpidesk.core.aggregation import EnteredTotal
from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Deduction, RangeTable, ScoringRule


def needs_indicators(scheme: Scheme) -> bool:
    """Whether the scheme has no indicators of its own and must be bound before use."""
    return isinstance(scheme.aggregation, EnteredTotal) and not scheme.indicators


def with_indicators(terms: Scheme, indicators: Scheme) -> Scheme:
    """A scheme with the words and grades of `terms`, and how scores come about in `indicators`.

    The cycle is that of `indicators`, because its rules count on its length. Parameters of both
    are kept; a name that both use is refused.
    """
    if not needs_indicators(terms):
        msg = f"方案“{terms.title}”自己有指标，不能再套用“{indicators.title}”的指标"
        raise InvalidValueError(msg)
    if not indicators.indicators:
        msg = f"方案“{indicators.title}”没有指标，请另选一个提供指标的方案"
        raise InvalidValueError(msg)
    own = tuple(one for one in terms.parameters if one.name != "cycle_length")
    taken = {one.name for one in own} & {one.name for one in indicators.parameters}
    if taken:
        msg = f"两个方案的参数重名：{'、'.join(sorted(taken))}，不能合用"
        raise InvalidValueError(msg)
    bound = _relabelled(indicators)
    return replace(
        bound,
        id=terms.id,
        version=terms.version,
        title=terms.title,
        contract_title=terms.contract_title,
        source_lines=terms.source_lines,
        roles=terms.roles,
        parameters=(*own, *indicators.parameters),
        grades=terms.grades or bound.grades,
        contract=_sections(terms, bound),
        ambiguities=(
            *(one for one in terms.ambiguities if one.id != "A029"),
            *indicators.ambiguities,
        ),
        rules=(*terms.rules, *bound.rules),
        notes=(*terms.notes, f"指标取自方案“{indicators.title}”。", *indicators.notes),
    )


def _relabelled(scheme: Scheme) -> Scheme:
    """The scheme with its clauses numbered “指标R04”, apart from those of the other scheme."""
    return replace(
        scheme,
        indicators=tuple(_indicator(one) for one in scheme.indicators),
        aggregation=replace(scheme.aggregation, clause=_label(scheme.aggregation.clause)),
        metrics=tuple(replace(one, clause=_label(one.clause)) for one in scheme.metrics),
        rules=tuple(replace(one, id=_label(one.id)) for one in scheme.rules),
        contract=tuple(
            replace(one, items=tuple(ContractItem(i.text, _label(i.clause)) for i in one.items))
            for one in scheme.contract
        ),
    )


def _indicator(indicator: Indicator) -> Indicator:
    return replace(
        indicator,
        clause=_label(indicator.clause),
        rule=_rule(indicator.rule),
        children=tuple(_indicator(one) for one in indicator.children),
    )


def _rule(rule: ScoringRule | None) -> ScoringRule | None:
    """The rule with the clauses of its own tables numbered so, too."""
    if not isinstance(rule, Deduction):
        return rule
    items = (
        replace(one, clause=_label(one.clause)) if isinstance(one, RangeTable) else one
        for one in rule.items
    )
    return replace(rule, items=tuple(items))


def _label(clause: str) -> str:
    return f"指标{clause}" if clause else ""


def _sections(terms: Scheme, indicators: Scheme) -> tuple[ContractSection, ...]:
    """The sections of both, those of `terms` in place of the other's of the same slot."""
    own = {one.slot for one in terms.contract}
    others = (one for one in indicators.contract if one.slot not in own)
    order = list(Slot)
    return tuple(sorted((*terms.contract, *others), key=lambda one: order.index(one.slot)))

"""What differs between two versions of a scheme, in the words that the contract prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

from kpidesk.core.clauses import Prose
from kpidesk.core.lint.edits import Edit
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.scoring.asked import facts_measured
from kpidesk.core.settings import Parameter

NONE: Final = "无"
_CYCLES: Final = {
    Grain.MONTH: "每月",
    Grain.QUARTER: "每季度",
    Grain.HALF_YEAR: "每半年",
    Grain.YEAR: "每年",
    Grain.CYCLE: "整个考核周期",
}


def changes(before: Scheme, after: Scheme) -> tuple[Edit, ...]:
    """Every difference that somebody who reads the contract would see, in its order."""
    return tuple(_changes(before, after))


def _changes(before: Scheme, after: Scheme) -> Iterator[Edit]:
    yield from _pairs(_basics(before), _basics(after))
    yield from _pairs(_indicators(before), _indicators(after))
    yield from _listed("总分", Prose(before, {}).aggregation(), Prose(after, {}).aggregation())
    yield from _listed("评分人", Prose(before, {}).raters(), Prose(after, {}).raters())
    yield from _pairs(_grades(before), _grades(after))
    yield from _listed("薪酬", Prose(before, {}).pay(), Prose(after, {}).pay())
    yield from _pairs(_facts(before), _facts(after))
    yield from _pairs(_metrics(before), _metrics(after))
    yield from _pairs(_parameters(before), _parameters(after))
    yield from _listed("条款", _clauses(before), _clauses(after))
    yield from _pairs(_source(before), _source(after))


def _pairs(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Edit]:
    for what in dict.fromkeys((*before, *after)):
        was, becomes = before.get(what, NONE), after.get(what, NONE)
        if was != becomes:
            yield Edit(what, was, becomes)


def _listed(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Edit]:
    """Sentences that came, went or changed, those that stand in each other's place together."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            was, becomes = "".join(before[start:end]), "".join(after[first:last])
            yield Edit(what, was or NONE, becomes or NONE)


def _basics(scheme: Scheme) -> dict[str, str]:
    cycle = scheme.cycle
    return {
        "责任书标题": scheme.contract_title,
        "适用的岗位": "、".join(one.title for one in scheme.roles),
        "考核周期": _CYCLES[cycle] if isinstance(cycle, Grain) else "由公司选定",
        "期中评估": _CYCLES[scheme.stages] if scheme.stages else NONE,
    }


def _indicators(scheme: Scheme) -> dict[str, str]:
    prose = Prose(scheme, {})
    title = prose.worth_title or "权重"
    found: dict[str, str] = {}
    for one in scheme.walk():
        found[f"指标“{one.name}”"] = "维度" if one.children else "计分指标"
        if worth := prose.worth(one):
            found[f"“{one.name}”的{title}"] = worth
        if one.definition:
            found[f"“{one.name}”的定义"] = one.definition
        if rule := "".join(prose.rule(one)):
            found[f"“{one.name}”的评分标准"] = rule
        if one.source:
            found[f"“{one.name}”的数据来源"] = one.source
    return found


def _grades(scheme: Scheme) -> dict[str, str]:
    return {f"等级“{one.grade}”": one.reading for one in Prose(scheme, {}).grades()}


def _facts(scheme: Scheme) -> dict[str, str]:
    return {f"数据项“{one.label}”": _asked(one) for one in scheme.facts}


def _asked(fact: FactSpec) -> str:
    whose = "团队的" if fact.of_team else ""
    agreed = "，写进责任书" if fact.plan else ""
    return f"{whose}{fact.unit or '是或否、文字'}{agreed}"


def _metrics(scheme: Scheme) -> dict[str, str]:
    labels = {one.name: one.label for one in scheme.facts}
    return {
        f"计算项“{one.name}”": "、".join(
            labels.get(name, name) for name in facts_measured(one.measure)
        )
        for one in scheme.metrics
    }


def _source(scheme: Scheme) -> dict[str, str]:
    """What the source says, and how what is not clear in it is read."""
    said = {f"原文 {one.id}": one.statement for one in scheme.rules}
    read = {f"歧义 {one.id}": one.reading for one in scheme.ambiguities}
    return {**said, **read}


def _parameters(scheme: Scheme) -> dict[str, str]:
    return {f"参数“{one.label}”": _default(one) for one in scheme.parameters}


def _default(parameter: Parameter) -> str:
    return "空白" if parameter.default is None else parameter.text(parameter.default).strip()


def _clauses(scheme: Scheme) -> tuple[str, ...]:
    prose = Prose(scheme, {})
    return tuple(
        f"{section.heading}：{prose.item(item)}"
        for section in scheme.contract
        for item in section.items
    )

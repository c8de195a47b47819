"""A trial file to fill in: every name that a scheme knows, with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpidesk.core.clauses import Prose
from kpidesk.core.facts import TEAM
from kpidesk.core.names import KnownFact, ValueKind, known_facts, known_parameters, known_team_facts
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.scoring.rules import Checklist
from kpidesk.core.settings import Parameter

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_GRAINS = {
    Grain.MONTH: ("每月", "2026-01"),
    Grain.QUARTER: ("每季度", "2026Q1"),
    Grain.HALF_YEAR: ("每半年", "2026H1"),
    Grain.YEAR: ("每年", "2026"),
}


def trial_template(scheme: Scheme, year: int) -> str:
    """The text of a file that can be tried as it is; what is filled in loses its “#”."""
    return "\n".join(_lines(scheme, year)) + "\n"


def _lines(scheme: Scheme, year: int) -> Iterator[str]:
    yield "# 试算文件：去掉行首的“#”，把等号后面改成您的数。文字加英文引号，数字不写单位和逗号。"
    yield f"title = {_quoted(f'{scheme.title} 试算')}"
    yield f"scheme = {_quoted(scheme.id)}"
    yield 'certainty = "default"'
    yield ""
    yield "[cycle]"
    yield f"starts_on = {year}-01-01  # 考核从哪一天开始"
    yield ""
    yield "[parameters]  # 没有默认值的必须填；其余不写就按默认"
    for one in known_parameters(scheme).values():
        yield f"# {_key(one.name)} = {_setting(one)}  # {_about(one)}"
    yield ""
    yield "[[people]]  # 每个人一段；再写一段就多一个人"
    yield 'id = "张三"'
    roles = "，".join(f"{one.name}：{one.title}" for one in scheme.roles)
    yield f"role = {_quoted(scheme.roles[0].name)}  # 岗位。{roles}"
    yield ""
    yield '[facts."张三"]  # 这个人的数'
    for fact in _asked(scheme):
        yield f"# {_key(fact.name)} = {_value(fact, scheme)}  # {_what(fact)}"
    if team := known_team_facts(scheme):
        yield ""
        yield f"[facts.{TEAM}]  # 全团队的数"
        for fact in team.values():
            yield f"# {_key(fact.name)} = {_value(fact, scheme)}  # {_what(fact)}"


def _asked(scheme: Scheme) -> Iterator[KnownFact]:
    """What is declared, and the scores of indicators that raters score."""
    word = Prose(scheme, {}).word
    rated = {f"score.{leaf.name}" for leaf in scheme.leaves() if is_rated(leaf.rule, word)}
    for name, fact in known_facts(scheme).items():
        if not fact.indicator or name in rated:
            yield fact


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _setting(parameter: Parameter) -> str:
    match parameter.default:
        case None:
            return "1" if parameter.above_least else "0"
        case bool():
            return "true" if parameter.default else "false"
        case str():
            return _quoted(parameter.default)
        case _:
            return f"{parameter.default:f}"


def _about(parameter: Parameter) -> str:
    needed = "（必填）" if parameter.default is None and not parameter.company_own else ""
    unit = f"（{parameter.unit}）" if parameter.unit else ""
    choices = "；".join(f'"{one.value}"：{one.text}' for one in parameter.choices)
    words = f"{parameter.label}{unit}{needed}：{parameter.meaning}"
    return " ".join(f"{words}。{choices}".rstrip("。").split())


def _value(fact: KnownFact, scheme: Scheme) -> str:
    match fact.kind:
        case ValueKind.FLAG:
            return "true"
        case ValueKind.STATEMENTS:
            rules = (leaf.rule for leaf in scheme.leaves())
            lists = (one for one in rules if isinstance(one, Checklist) and one.fact == fact.name)
            options = next((one.items for one in lists), ())
            return f"[{', '.join(_quoted(one.text) for one in options)}]"
        case _:
            return "0"


def _what(fact: KnownFact) -> str:
    """Its name, its unit, and how figures of several periods are written."""
    unit = f"（{fact.unit}）" if fact.unit else ""
    grain = fact.grains[0]
    if grain is Grain.CYCLE:
        return f"{fact.label}{unit}"
    each, key = _GRAINS[grain]
    return f'{fact.label}{unit}，{each}一个数；各期不同时写 {{ "{key}" = 0, … }}'

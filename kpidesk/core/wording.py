"""Words of a scheme or contract that the law looks at. It informs; it is no legal advice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpidesk.core.contract import Contract
from kpidesk.core.paying.department.rules import ConditionalBase
from kpidesk.core.scheme import Scheme


class Light(StrEnum):
    """How much something needs to be looked at; the value is its word beside the colour."""

    GREEN = "未见问题"
    YELLOW = "请留意"
    RED = "有风险"


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase that was found, in which clause, and what is to be known of it."""

    light: Light
    clause: str
    phrase: str
    message: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    light: Light
    words: re.Pattern[str]
    message: str


_FIXED: Final = (
    "扣减已约定的固定工资，可能被认定为克扣：建议把这一部分事先约定为浮动工资，按考核结果发放"
)
PENAL: Final = (
    "“罚款”“经济处罚”没有现行的全国性依据，各地做法不一：建议改为考核扣分，"
    "或约定为浮动工资的发放条件"
)
_PATTERNS: Final = (
    _Pattern(Light.RED, re.compile(r"罚款|罚金|经济处罚|处罚金|处以[^，。；]{0,12}罚"), PENAL),
    _Pattern(
        Light.RED,
        re.compile(r"扣[发减除]?[^，。；]{0,8}(固定工资|基本工资|岗位工资|底薪)"),
        _FIXED,
    ),
    _Pattern(
        Light.RED,
        re.compile(r"(未达标|未完成|不合格|不达标|不胜任)[^。；]{0,16}(自动离职|自动解除|自动辞职|视为辞职)"),
        "约定未达标即自动离职，解除部分可能无效：不胜任的，应先培训或者调整岗位",
    ),
    _Pattern(
        Light.RED,
        re.compile(r"末位[^，。；]{0,8}(淘汰|解除|辞退|离职)"),
        "考核末位不等于不能胜任工作，不能仅以此解除劳动合同",
    ),
    _Pattern(
        Light.RED,
        re.compile(r"(公司|甲方)[^，。；]{0,8}有权[^，。；]{0,8}(修改|变更|调整)[^，。；]{0,10}"
             r"(责任书|协议|指标|目标|薪酬|本办法|方案|提成)?"),
        "单方变更约定的条款不当然有效：变更应当协商一致，采用书面形式（补充协议）",
    ),
    _Pattern(
        Light.YELLOW,
        re.compile(r"最终解释权|解释权归"),
        "“最终解释权”不能代替约定：有两种以上解释的，一般作不利于提供条款一方的解释",
    ),
    _Pattern(
        Light.YELLOW,
        re.compile(r"(离职|辞职|解除)[^。；]{0,20}(不予|不再|不得|取消)[^。；]{0,8}"
             r"(发放|支付|享受|提成|奖金|补发)"),
        "离职即丧失提成或奖金的约定有争议：已经完成的业绩，本人没有过错的，可能仍应支付",
    ),
    _Pattern(
        Light.YELLOW,
        re.compile(r"电子签名|电子签字"),
        "扫描或粘贴的签名不等于可靠的电子签名：扫描件只作留档，以纸质原件为准",
    ),
)  # fmt: skip


def is_penal(text: str) -> bool:
    """Whether a text speaks of fines."""
    return _PATTERNS[0].words.search(text) is not None


def wordings(texts: Iterable[tuple[str, str]]) -> tuple[Wording, ...]:
    """What is found in texts (clause, words), each clause and reason once, the worst first."""
    found: dict[tuple[str, str], Wording] = {}
    for clause, text in texts:
        for one in _PATTERNS:
            if match := one.words.search(text):
                phrase = _sentence(text, match.start(), match.end())
                found.setdefault(
                    (clause, one.message), Wording(one.light, clause, phrase, one.message)
                )
    order = list(Light)
    return tuple(sorted(found.values(), key=lambda one: -order.index(one.light)))


def scheme_wordings(scheme: Scheme) -> tuple[Wording, ...]:
    """What is found in the scheme's own words, and in the rules that make up its pay."""
    found = wordings(_texts(scheme))
    told = {one.clause for one in found}
    return (*found, *(one for one in _withheld(scheme) if one.clause not in told))


def _withheld(scheme: Scheme) -> Iterator[Wording]:
    """Rules that pay only a part of the base pay where a task is not reached."""
    for one in scheme.pay:
        if isinstance(one, ConditionalBase):
            rule = scheme.rule(one.clause)
            yield Wording(Light.RED, one.clause, rule.phrase if rule else one.label, _FIXED)


def contract_wordings(contract: Contract, scheme: Scheme) -> tuple[Wording, ...]:
    """What is found in what a contract adds to its scheme, and in how it came about."""
    own = wordings(
        (f"特别约定第 {number} 条", text)
        for number, text in enumerate(contract.special_terms, start=1)
    )
    return (*own, *_made(contract, scheme))


def _made(contract: Contract, scheme: Scheme) -> Iterator[Wording]:
    """Signed after its term began, or without the targets that its pay rests on."""
    signed_on, start = contract.signed_on, contract.term.start
    if signed_on is not None and signed_on > start and not contract.is_amendment:
        yield Wording(
            Light.YELLOW,
            "签署日期",
            f"{signed_on} 签署，期限自 {start} 开始",
            "签署晚于期限开始：此前的目标和薪酬约定，自签署起才对本人有约束力",
        )
    if scheme.pay and scheme.agreed(contract.role) and not contract.targets:
        yield Wording(
            Light.YELLOW,
            "目标",
            "没有约定目标",
            "按业绩发放的工资没有约定目标和考核依据的，可能被认定为固定工资",
        )


def _texts(scheme: Scheme) -> Iterator[tuple[str, str]]:
    seen = {rule.id for rule in scheme.rules}
    for rule in scheme.rules:
        yield rule.id, rule.phrase
    for section in scheme.contract:
        for item in section.items:
            if item.clause not in seen:
                yield item.clause, item.text
    for indicator in scheme.walk():
        yield indicator.clause or indicator.name, indicator.definition


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence in which something was found."""
    ends = [place for place, one in enumerate(text) if one in "。；\n"]
    first = max((place + 1 for place in ends if place < start), default=0)
    last = min((place for place in ends if place >= end), default=len(text))
    return text[first:last].strip()

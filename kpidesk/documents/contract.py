"""目标责任书: the responsibility contract as it is printed and signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract, ContractId, ContractState, Copy, PartyA, PartyB
from kpidesk.core.contract_sections import Slot
from kpidesk.core.cycles import cycle_of
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.target import Target
from kpidesk.core.worked_examples import worked_examples
from kpidesk.documents.blocks import Heading, cell, entries, heads, middle
from kpidesk.documents.common import Common
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.indicator_table import indicator_table
from kpidesk.documents.look import BODY, END_MARK, REMARK, SUBTITLE, TITLE
from kpidesk.documents.page import TEXT_WIDTH, Head, build, common_to
from kpidesk.documents.signing import seal_block
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.targets import targets
from kpidesk.documents.text import Text
from kpidesk.documents.words import GRAINS, cycle_grain, numeral, span

_OPENING = (
    "为明确双方在责任期限内的工作目标、考核办法和各自的责任，甲乙双方本着公平、自愿的原则，"
    "经协商一致，签订本责任书，共同遵守。"
)
_PURPOSE = "明确乙方在责任期限内的工作目标与考核标准，使考核有据可依，促进双方共同完成经营目标。"
_DUTIES = (
    "甲方为乙方履行职责提供必要的工作条件，按本责任书公正考核，按时核算并支付应得的报酬。",
    "乙方按本责任书完成工作目标和管理目标，遵守依法制定的规章制度，如实提供考核所需的数据。",
    "乙方对考核结果有异议的，可以书面提出；甲方应当复核，并书面答复乙方。",
)
_EXAMPLES = (
    "下列各例用本责任书的办法计算，目标以外的数据为举例而设，仅用来说明算法，不是双方的约定。"
)
_GOALS = "管理目标"
_RESULTS = "甲方将考核结果书面告知乙方，并与乙方面谈，听取乙方意见，共同制定改进计划。"
_APPENDIX = (
    "本责任书一式两份，甲乙双方各执一份，具有同等效力。",
    "本责任书自双方签字、盖章之日起生效。",
    "本责任书的变更，须经双方协商一致并以书面形式作出；未尽事宜，由双方协商解决。",
)
_ANY = Decimal("1234567890.00")
_DIGITS = "0123456789ABCDEF"
_LAST_LINES = 3  # lines of the text that at least stand on the page of the signatures


def contract_pdf(contract: Contract, scheme: Scheme, *, copy: Copy | None, stamp: Stamp) -> bytes:
    """The contract as PDF; `scheme` is the one that it rests on, its indicators combined.

    `copy` marks the copy of one party. Raises MissingGlyphError when a character has no glyph.
    """
    head = Head(
        title=f"{scheme.contract_title}（{contract.party_b.name}）",
        company=contract.party_a.name,
        label=f"{scheme.contract_title}　编号 {contract.number}　乙方 {contract.party_b.name}",
        stamp=stamp,
        copy=copy,
        mark_gaps=True,
    )
    return build(list(_story(contract, scheme)), head, _common(_nameless(contract), scheme))


def _nameless(contract: Contract) -> Contract:
    """What contracts like this one have in common: its words without the person's."""
    nobody = PartyB(PersonId(0), "", "", "", "", "上级" if contract.party_b.superior else "")
    return replace(
        contract,
        id=ContractId(0),
        number="",
        party_b=nobody,
        targets=tuple(map(_any_figures, contract.targets)),
        special_terms=(),
        state=ContractState.DRAFT,
        revision=1,
        printed_on=None,
        signed_on=None,
        amends=None,
    )


def _any_figures(target: Target) -> Target:
    months = tuple(_ANY for _ in target.months)
    if target.total is None:
        return replace(target, months=months)
    return replace(target, months=months, total=sum(months, Decimal(0)) or _ANY)


@lru_cache(maxsize=16)
def _common(nameless: Contract, scheme: Scheme) -> Common:
    """The characters that come first in the fonts of all contracts like this one."""
    stamp = Stamp("C", 1, 1, _DIGITS[-8:], f"1-{_DIGITS.lower()}")
    label = f"{scheme.contract_title}　编号　乙方"
    head = Head(_DIGITS, nameless.party_a.name, label, stamp, Copy.PARTY_B, mark_gaps=True)
    return common_to([Text(_DIGITS, BODY), *_story(nameless, scheme)], head)


def _story(contract: Contract, scheme: Scheme) -> Iterator[Flowable]:
    yield Heading(scheme.contract_title, TITLE)
    yield Text(f"编号：{contract.number}　　版本：第 {contract.revision} 版", SUBTITLE)
    yield parties(contract)
    yield Spacer(0, 1 * mm)
    yield Text(_OPENING, BODY)
    numbers = count()
    flow: list[Flowable] = []
    for heading, content in _sections(contract, scheme):
        flow.append(Heading(f"{numeral(next(numbers))}、{heading}"))
        flow += content
    yield from flow[:-1]
    yield from signed(flow[-1], contract)


def parties(contract: Contract) -> Flowable:
    """Who the two parties are."""
    ours, theirs = contract.party_a, contract.party_b
    return entries(
        [
            (("甲方", ours.name), _signer(ours)),
            *([(("授权代表", ours.agent),)] if ours.agent and ours.representative else []),
            *([(("住所", ours.address),)] if ours.address else []),
            (("乙方", theirs.name), ("工号", theirs.number)),
            (("部门", theirs.department), ("岗位", theirs.post)),
            *([(("直属上级", theirs.superior),)] if theirs.superior else []),
        ],
        TEXT_WIDTH,
    )


def _signer(company: PartyA) -> tuple[str, str]:
    """Who signs for the company; where nobody is named, room to write who it is."""
    if company.representative:
        return ("法定代表人", company.representative)
    if company.agent:
        return ("授权代表", company.agent)
    return ("法定代表人或授权代表", "")


def _sections(contract: Contract, scheme: Scheme) -> Iterator[tuple[str, list[Flowable]]]:
    """Each heading with what stands under it, in printed order."""
    prose = Prose(scheme, dict(contract.settings))
    yield from _own(prose, Slot.PURPOSE, "目的", [_PURPOSE])
    yield from _own(prose, Slot.PRINCIPLES, "", [])
    yield "责任期限与考核周期", clauses(_term(contract, scheme))
    yield "双方的职责", clauses(_DUTIES)
    if contract.targets:
        yield "工作目标", list(targets(contract.targets, contract.term))
    if goals := _management_goals(prose):
        yield _GOALS, [Text(goals, BODY)]
    if scheme.indicators:
        how = [*prose.aggregation(), *(prose.raters() if prose.mixes_raters else ())]
        yield "考核指标与评分标准", [indicator_table(prose), *clauses(how)]
    if scheme.grades:
        yield "考核等级", [_grades(prose)]
    yield from _pay(prose)
    if examples := _examples(contract, scheme):
        yield "计算示例", [Text(_EXAMPLES, BODY), *examples]
    yield from _own(prose, Slot.PROCEDURE, "", [])
    yield from _own(prose, Slot.RESULT_MANAGEMENT, "考核结果管理", [_RESULTS])
    if contract.special_terms:
        yield "特别约定", clauses(contract.special_terms)
    yield from _own(prose, Slot.APPENDIX, "附则", _APPENDIX)


def _pay(prose: Prose) -> Iterator[tuple[str, list[Flowable]]]:
    """The scheme's own words on pay, and how its pay rules compute it, in one section."""
    own = [one for one in prose.scheme.contract if one.slot is Slot.PAY]
    sentences = [*(prose.item(item) for one in own for item in one.items), *prose.pay()]
    if sentences:
        yield own[0].heading if own else "薪酬与奖金", clauses(sentences)


def _management_goals(prose: Prose) -> str:
    """What is judged beside the figures, with its worth; empty where the scheme says it itself."""
    if any(_GOALS in one.heading for one in prose.scheme.contract):
        return ""
    rated = [
        f"{one.name}（{worth}）"
        for one in prose.scheme.leaves()
        if is_rated(one.rule, prose.word) and (worth := prose.worth(one))
    ]
    if not rated:
        return ""
    return f"乙方应当达到下列管理目标，按“考核指标与评分标准”评定：{'、'.join(rated)}。"


def _examples(contract: Contract, scheme: Scheme) -> list[Flowable]:
    cycle = _cycles(contract, scheme)[0]
    examples = worked_examples(scheme, contract, cycle)
    texts = [plain_periods(one.text) for one in examples]
    return [Text(f"例 {number}：{one}", REMARK) for number, one in enumerate(texts, 1)]


def _own(
    prose: Prose, slot: Slot, heading: str, otherwise: Sequence[str]
) -> Iterator[tuple[str, list[Flowable]]]:
    """The scheme's own sections of a slot; where it has none, the usual words."""
    sections = [one for one in prose.scheme.contract if one.slot is slot]
    for section in sections:
        yield section.heading, clauses([prose.item(item) for item in section.items])
    if not sections and otherwise:
        yield heading, clauses(otherwise)


def clauses(sentences: Sequence[str]) -> list[Flowable]:
    """The clauses of a section, numbered when there is more than one."""
    if len(sentences) == 1:
        return [Text(sentences[0], BODY)]
    return [Text(f"{number}. {one}", BODY) for number, one in enumerate(sentences, 1)]


def _term(contract: Contract, scheme: Scheme) -> list[str]:
    cycle = GRAINS[cycle_grain(scheme, contract)]
    judged = "评定得分" if scheme.is_scored else "核算"
    sentences = [
        f"责任期限：{span(contract.term)}。",
        f"考核周期：每{cycle}考核一次，在周期结束后根据本责任书{judged}。",
    ]
    if contract.in_part:
        parts = "、".join(map(span, _cycles(contract, scheme)))
        sentences.append(
            f"责任期限内不满一个考核周期的，按其中的月份考核一次，各期依次为：{parts}。"
        )
    if scheme.stages and scheme.stages is not cycle_grain(scheme, contract):
        sentences.append(f"周期之内按{GRAINS[scheme.stages]}进行阶段性评估。")
    return sentences


def _cycles(contract: Contract, scheme: Scheme) -> Sequence[Period]:
    """The cycles that are judged; before a draft holds one, that which begins with its term."""
    first = cycle_of(scheme, dict(contract.settings), contract.term.start).period
    found = terms_cycles(scheme, contract.settings, contract.term, in_part=contract.in_part)
    return found if contract.in_part and found else (first,)


def _grades(prose: Prose) -> Flowable:
    rows = [heads("等级", "得分范围", "评定方法")]
    rows += [
        Row((middle(one.grade), middle(one.printed), cell(one.reading))) for one in prose.grades()
    ]
    return Stack([Grid(rows, (30 * mm, 46 * mm, 80 * mm), heads=1)], whole=True)


def signed(last: Flowable, contract: Contract) -> Iterator[Flowable]:
    """The last clause and the signatures, so that the latter never stand alone on a page."""
    kept = last
    if isinstance(last, Text):
        front, kept = last.divided(TEXT_WIDTH, _LAST_LINES)
        if front:
            yield front
    end = Text("（以下无正文）", END_MARK)
    signing = seal_block(contract.party_a, contract.party_b.name)
    yield Stack([kept, end, signing], whole=True)

"""补充协议: what changes in a signed contract, as it is printed and signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kpidesk.core.contract import Amends, Contract, Copy
from kpidesk.core.differences import differences
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.documents.blocks import Heading
from kpidesk.documents.contract import clauses, parties, signed
from kpidesk.documents.look import BODY, SUBTITLE, TITLE
from kpidesk.documents.page import Head, build
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.targets import targets
from kpidesk.documents.text import Text
from kpidesk.documents.words import numeral, span

_TITLE = "补充协议"
_ENDING = "终止协议"
_NOTHING = "（尚未填写变更内容。）"  # in a draft only: it is not issued like this
_REST = (
    "本补充协议是原责任书的组成部分；与原责任书不一致的，以本补充协议为准。",
    "原责任书的其他内容不变，继续有效。",
    "本补充协议一式两份，甲乙双方各执一份，自双方签字、盖章之日起生效。",
)
_AFTER = (
    "终止之日以前已经结束的考核周期，仍按原责任书考核；已经应得的薪酬，仍按原责任书核算、发放。",
    "终止之日以前没有结束的考核周期，不再按原责任书考核。",
    "本协议只终止原责任书，不改变双方的劳动合同；终止以后的目标和考核，由双方另行约定。",
    "本协议一式两份，甲乙双方各执一份，自双方签字、盖章之日起生效。",
)


def amendment_pdf(
    amendment: Contract, before: Contract, scheme: Scheme, *, copy: Copy | None, stamp: Stamp
) -> bytes:
    """The amendment as PDF; `before` is the contract with the terms that it changes."""
    name = _ENDING if amendment.is_ending else _TITLE
    head = Head(
        title=f"{scheme.contract_title}{name}（{amendment.party_b.name}）",
        company=amendment.party_a.name,
        label=f"{name}　编号 {amendment.number}　乙方 {amendment.party_b.name}",
        stamp=stamp,
        copy=copy,
        mark_gaps=True,
    )
    return build(list(_story(amendment, before, scheme)), head)


def _story(amendment: Contract, before: Contract, scheme: Scheme) -> Iterator[Flowable]:
    terms = amendment.amends
    if terms is None:
        msg = "only an amendment is printed as one"
        raise ValueError(msg)
    yield Heading(scheme.contract_title, TITLE)
    yield Heading(_ENDING if amendment.is_ending else _TITLE, TITLE)
    yield Text(f"编号：{amendment.number}　　版本：第 {amendment.revision} 版", SUBTITLE)
    yield parties(amendment)
    yield Spacer(0, 1 * mm)
    yield Text(_opening(terms, before, scheme), BODY)
    numbers = count()

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    if terms.ended_on is not None:
        yield heading("终止内容")
        yield from clauses([one.text for one in differences(scheme, before, amendment)])
        yield heading("终止后的处理")
        after = [*_AFTER]
        if terms.judges_part:
            after[1] = _judged(before, scheme, terms.ended_on)
        *flow, last = clauses(after)
        yield from flow
        yield from signed(last, amendment)
        return
    yield heading("变更内容")
    changes = [one.text for one in differences(scheme, before, amendment)]
    yield from clauses(changes or [_NOTHING])
    if changed := [one for one in amendment.targets if one not in before.targets]:
        yield heading("变更后的目标")
        yield from targets(changed, amendment.term)
    yield heading("施行日期")
    yield from clauses([_from(terms.effective_on)])
    yield heading("其他")
    *flow, last = clauses(_REST)
    yield from flow
    yield from signed(last, amendment)


def _judged(before: Contract, scheme: Scheme, day: date) -> str:
    """What becomes of the cycle that is cut."""
    cycles = terms_cycles(scheme, before.settings, before.term, in_part=before.in_part)
    parts = (span(Period(one.start, day)) for one in cycles if one.start < day < one.end)
    return (
        f"终止之日以前没有结束的考核周期，{'、'.join(parts)}的各月按原责任书合并考核一次，"
        "此后各月不再按原责任书考核。"
    )


def _opening(terms: Amends, before: Contract, scheme: Scheme) -> str:
    earlier = before.amends.ordinal if before.amends else 0
    what = "提前终止原责任书约定如下" if terms.ended_on else "原责任书作如下变更"
    since = f"（经第 {earlier} 份补充协议变更）" if earlier else ""
    reason = f"因{terms.reason.rstrip('。')}，" if terms.reason else ""
    return (
        f"甲乙双方于{_day(terms.signed_on)}签订了编号为 {terms.number} 的"
        f"《{scheme.contract_title}》{since}（以下称“原责任书”）。{reason}"
        f"经双方协商一致，就{what}，共同遵守。"
    )


def _from(day: date) -> str:
    return (
        f"上述变更从{_day(day)}起施行。此前已经结束的考核周期、此前开始的月份，"
        "仍按变更前的约定执行。"
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

"""What is told of a contract that can no longer be edited: its terms, its paper, its amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.names import known_parameters
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.amending import changes_text
from kpidesk.ui.widgets import Banner, Card, label, push_button, row
from kpidesk.ui.words import (
    contract_state_text,
    copy_text,
    long_day_text,
    number_text,
    setting_text,
    span_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.contract import Contract, PartyA
    from kpidesk.core.copies import CopyStep
    from kpidesk.core.target import Target
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.contracts import AmendmentLine, ContractDetails, Course


class Told:
    """The cards beside the paper."""

    def __init__(
        self,
        desk: Desk,
        details: ContractDetails,
        course: Course,
        show: Callable[[object], object],
        amend: Callable[[], object],
    ) -> None:
        """`show` opens another document by its id, `amend` draws up an amendment."""
        self._desk, self._details, self._course = desk, details, course
        self._open, self._amend = show, amend

    def parts(self) -> tuple[QWidget, ...]:
        """The cards in their order."""
        return tuple(self._cards())

    def _cards(self) -> Iterator[QWidget]:
        contract, course = self._details.contract, self._course
        why = Banner(self._desk.look)
        why.say(_locked(contract), Tone.ACCENT)
        yield why
        if contract.is_amendment and contract.amends is not None:
            terms = contract.amends
            what = "终止" if contract.is_ending else "生效"
            since = label(f"从{long_day_text(terms.effective_on)}起{what}", wrap=True)
            base = push_button(
                self._desk.look, terms.number, lambda: self._open(terms.contract), kind="link"
            )
            head = row(label(f"{'终止' if contract.is_ending else '变更'}的责任书："), base, None)
            name = "终止内容" if contract.is_ending else "变更内容"
            yield Card(name, head, since, label(changes_text(course), wrap=True))
        elif contract.state is ContractState.SIGNED:
            yield self._amendments(course)
        if any(course.copies.values()):
            lines = [f"{copy_text(copy)}：{_way(course.copies[copy])}" for copy in Copy]
            yield Card("纸质件", *(label(line, wrap=True) for line in lines))
        yield Card("责任书", *(label(line, wrap=True) for line in _parties(self._details)))
        yield Card("目标", *(label(text, wrap=True) for text in _targets(contract.targets)))
        yield Card("参数", *(label(text, wrap=True) for text in _settings(self._details)))

    def _amendments(self, course: Course) -> Card:
        lines = [self._line(one) for one in course.amendments]
        none = [] if lines else [label("没有补充协议。", "muted")]
        if any(one.ends and one.state is ContractState.SIGNED for one in course.amendments):
            return Card("补充协议", *lines)
        new = push_button(self._desk.look, "拟定补充协议…", self._amend, icon="new-file")
        self._desk.only_if("contracts.amending.draw_up_amendment", new)
        return Card("补充协议", *none, *lines, row(new, None))

    def _line(self, one: AmendmentLine) -> QWidget:
        state = contract_state_text(one.state)
        what = "终止" if one.ends else "生效"
        text = f"{one.number}　从 {one.effective_on} 起{what}　{state}"
        return push_button(self._desk.look, text, lambda: self._open(one.id), kind="link")


def _way(steps: tuple[CopyStep, ...]) -> str:
    """2026-03-02 已打印 → 2026-03-05 已签; a step back with its reason."""
    if not steps:
        return "还没有打印"
    told = (
        f"{one.on} {one.state.text}" + (f"（{one.reason}）" if one.reason else "") for one in steps
    )
    return " → ".join(told)


def _locked(contract: Contract) -> str:
    match contract.state:
        case ContractState.DRAFT:
            return ""
        case ContractState.PRINTED:
            return f"已于 {contract.printed_on} 打印，内容已锁定。如需修改，请先“退回草稿”。"
        case ContractState.SIGNED:
            return f"已于 {contract.signed_on} 签署，内容不能再改。如需变更，请另立补充协议。"
        case ContractState.VOID:
            return "已作废，不再用于考核。"
        case _:
            assert_never(contract.state)


def _parties(details: ContractDetails) -> list[str]:
    contract = details.contract
    party_b = contract.party_b
    return [
        f"甲方：{contract.party_a.name}{_signer(contract.party_a)}",
        f"乙方：{party_b.name}（{party_b.department} · {party_b.post}）",
        f"方案：{details.scheme.title}",
        f"期限：{span_text(contract.term)}",
    ]


def _signer(company: PartyA) -> str:
    """Who signs for the company."""
    if company.agent:
        return f"（授权代表 {company.agent}）"
    return f"（法定代表人 {company.representative}）" if company.representative else ""


def _targets(targets: tuple[Target, ...]) -> list[str]:
    if not targets:
        return ["没有约定目标。"]
    return [
        f"{one.label}：" + ("—" if one.total is None else f"{number_text(one.total)} {one.unit}")
        for one in targets
    ]


def _settings(details: ContractDetails) -> list[str]:
    """What was set otherwise than by default; weights are told with the indicators' words."""
    known = known_parameters(details.scheme)
    chosen = [
        f"{known[name].label}：{setting_text(known[name], value)}"
        for name, value in details.contract.settings
        if name in known
    ]
    raters = Prose(details.scheme, dict(details.contract.settings)).raters()
    return chosen or list(raters) or ["全部用方案的默认值。"]

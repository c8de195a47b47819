"""Responsibility contracts (目标责任书): their parties, terms, targets and states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from kpidesk.core.added_item import Added
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.later import ADDED_LATER
from kpidesk.core.people import PersonId, check_name
from kpidesk.core.period import Period
from kpidesk.core.settings import SettingValue
from kpidesk.core.target import Target

ContractId = NewType("ContractId", int)


class ContractState(StrEnum):
    """Where a contract stands on its way onto paper and back."""

    DRAFT = "draft"  # 草稿: may be edited
    PRINTED = "printed"  # 已打印: frozen, waiting to be signed; may be taken back to draft
    SIGNED = "signed"  # 已签署: never edited again
    VOID = "void"  # 已作废


class Copy(StrEnum):
    """The mark of a printed copy."""

    PARTY_A = "party_a"  # 甲方存
    PARTY_B = "party_b"  # 乙方存


@dataclass(frozen=True, slots=True)
class PartyA:
    """甲方: the company and who signs for it, as they were when the contract was drawn up."""

    name: str
    representative: str = ""
    address: str = ""
    agent: str = field(default="", metadata=ADDED_LATER)
    """授权代表: signs instead of the representative (法定代表人), if there is one."""

    def __post_init__(self) -> None:
        """Refuse an empty company name."""
        check_name(self.name, "公司名称")


@dataclass(frozen=True, slots=True)
class PartyB:
    """乙方: the appraised person, as they were when the contract was drawn up."""

    person: PersonId
    name: str
    number: str
    department: str
    post: str
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Amends:
    """What makes a contract an amendment (补充协议): which one it changes, and from which day.

    `contract`, `number` and `signed_on` are those of the contract that was signed first; `sha256`
    is the hash of the very terms that are changed, those of an earlier amendment where there is
    one. `ordinal` counts the amendments of a contract from 1.
    """

    contract: ContractId
    number: str
    signed_on: date
    ordinal: int
    effective_on: date
    sha256: str
    reason: str = ""
    ended_on: date | None = field(default=None, metadata=ADDED_LATER)
    """The first day on which the contract holds no more, where this ends it early."""
    judges_part: bool = field(default=False, metadata=ADDED_LATER)
    """Whether the cycle that the end cuts is judged for its months."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract. `scheme` and `scheme_version` name the immutable scheme it rests on.

    `indicator_scheme` names a second scheme that supplies the indicators, where the first has
    lost its own. `settings` are the parameters set for this contract; `revision` counts how
    often it went to paper. An amendment is a contract too, with all of the terms as they are from
    its effective day; `amends` says what it changes.
    """

    id: ContractId
    number: str
    scheme: str
    scheme_version: int
    role: str
    party_a: PartyA
    party_b: PartyB
    term: Period
    indicator_scheme: str = ""
    indicator_scheme_version: int = 0
    targets: tuple[Target, ...] = ()
    settings: tuple[tuple[str, SettingValue], ...] = ()
    special_terms: tuple[str, ...] = ()
    state: ContractState = ContractState.DRAFT
    revision: int = 1
    printed_on: date | None = None
    signed_on: date | None = None
    amends: Amends | None = None
    added: tuple[Added, ...] = field(default=(), metadata=ADDED_LATER)
    """Indicators of this contract beside those of its scheme."""
    in_part: bool = field(default=False, metadata=ADDED_LATER)
    """Whether a cycle that the term holds only a part of is judged, too, for the months in it."""

    @property
    def title(self) -> str:
        """What it is called where it is named: 责任书 销售部-2026-001.

        A contract that is read with its amendment says so.
        """
        kind = "终止协议" if self.is_ending else "补充协议" if self.is_amendment else "责任书"
        return f"{kind} {self.numbered}"

    @property
    def numbered(self) -> str:
        """Its number, and which amendment it is read with, if any."""
        if self.amends is None or self.is_amendment:
            return self.number
        return f"{self.number}（经第 {self.amends.ordinal} 份补充协议变更）"

    @property
    def is_amendment(self) -> bool:
        """Whether it is a document that changes another contract."""
        return self.amends is not None and self.amends.contract != self.id

    @property
    def is_ending(self) -> bool:
        """Whether it is an amendment that ends its contract early."""
        return self.is_amendment and self.amends is not None and self.amends.ended_on is not None

    def edited(self, **changes: object) -> Contract:
        """The draft with other terms; only a draft can be edited."""
        if self.state is not ContractState.DRAFT:
            msg = (
                f"{self.title} {_SAYS[self.state]}，不能再修改；"
                "如需变更，请先退回草稿或另立补充协议"
            )
            raise NotAllowedError(msg)
        return replace(self, **changes)  # type: ignore[arg-type]  # checked by the dataclass

    def printed(self, day: date) -> Contract:
        """The contract once it is on paper; printing again changes nothing."""
        match self.state:
            case ContractState.DRAFT:
                return replace(self, state=ContractState.PRINTED, printed_on=day)
            case ContractState.PRINTED | ContractState.SIGNED:
                return self
            case _:
                msg = f"{self.title} 已作废，不能打印"
                raise NotAllowedError(msg)

    def returned(self) -> Contract:
        """Back to a draft before it is signed; the paper that is out becomes outdated."""
        if self.state is not ContractState.PRINTED:
            msg = f"{self.title} {_SAYS[self.state]}，只有已打印、未签署的责任书可以退回草稿"
            raise NotAllowedError(msg)
        return replace(self, state=ContractState.DRAFT, printed_on=None, revision=self.revision + 1)

    def signed(self, day: date) -> Contract:
        """The contract signed by both parties on a day, not before it was printed."""
        if self.state is not ContractState.PRINTED or self.printed_on is None:
            msg = f"{self.title} {_SAYS[self.state]}，请先打印再登记签署"
            raise NotAllowedError(msg)
        if day < self.printed_on:
            msg = f"签署日期({day})早于打印日期({self.printed_on})，请改正签署日期"
            raise InvalidValueError(msg)
        return replace(self, state=ContractState.SIGNED, signed_on=day)

    def voided(self) -> Contract:
        """The contract declared void; a signed one stays."""
        if self.state in (ContractState.SIGNED, ContractState.VOID):
            msg = f"{self.title} {_SAYS[self.state]}，不能作废"
            raise NotAllowedError(msg)
        return replace(self, state=ContractState.VOID)


_SAYS = {
    ContractState.DRAFT: "还是草稿",
    ContractState.PRINTED: "已打印",
    ContractState.SIGNED: "已签署",
    ContractState.VOID: "已作废",
}

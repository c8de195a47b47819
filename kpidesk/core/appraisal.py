"""Appraisals: one person's sheet for one cycle; entries, overrides, interview, and its states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from kpidesk.core.contract import ContractId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.exemption import EXEMPT, Exemption
from kpidesk.core.facts import Fact, FactValue
from kpidesk.core.figure import Origin
from kpidesk.core.later import ADDED_LATER
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.rating import RaterNames
from kpidesk.core.second_entry import SecondEntry

AppraisalId = NewType("AppraisalId", int)
_WITNESSES = 2
_PEERS = ".peer"


class AppraisalState(StrEnum):
    """Where a sheet stands."""

    OPEN = "open"  # 评分中: facts and scores are being entered
    SCORED = "scored"  # 已定分: complete, recorded; re-opened only with a reason


class Opinion(StrEnum):
    """What the appraised person says to the result."""

    AGREES = "agrees"  # 同意
    RESERVES = "reserves"  # 保留意见
    REFUSES = "refuses"  # 拒签: would not sign; two witnesses say so


class Delivery(StrEnum):
    """How a result that was not signed for came to the appraised person (送达方式)."""

    LEFT = "left"  # 留置送达: left with them before the witnesses
    POST = "post"  # 邮寄送达
    ELECTRONIC = "electronic"  # 电子送达
    NOTICE = "notice"  # 公告送达


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact that was entered on the sheet.

    `name` as the scheme calls it (`sales`, `score.团队协作`, `score.团队建设.peer`), `period` a
    period key or "cycle", `source` the paper or file that it was read from.
    """

    name: str
    value: FactValue
    period: str = CYCLE
    entered_by: str = ""
    entered_on: date | None = None
    source: str = ""
    rated_by: tuple[str, ...] = field(default=(), metadata=ADDED_LATER)
    """Who gave the scores, in the order of the value where there are several."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is of."""
        return self.name, self.period

    @property
    def origin(self) -> Origin:
        """Where it comes from. Of several raters, and of peers, only how many there are is told."""
        rated = ""
        if len(self.rated_by) > 1 or (self.rated_by and self.name.endswith(_PEERS)):
            rated = f"{len(self.rated_by)} 人评分（不记名）"
        elif self.rated_by:
            rated = f"{self.rated_by[0]}评分"
        source = "，".join(one for one in (self.source, rated) if one)
        return Origin(source, self.entered_by, self.entered_on)


@dataclass(frozen=True, slots=True)
class Override:
    """A score entered by hand in place of a measured indicator's own rule, with the reason."""

    indicator: str
    score: Decimal
    reason: str
    entered_by: str = ""
    entered_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an override without a reason."""
        if not self.reason.strip():
            msg = f"直接改写指标“{self.indicator}”的得分时，必须填写理由"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal to sign: who saw it, and how and when the result was delivered all the same.

    `note` says more of the delivery: the number of a letter.
    """

    witnesses: tuple[str, ...] = ()
    delivery: Delivery | None = None
    delivered_on: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse anything but two witnesses, and a delivery that is only half told."""
        if len(self.witnesses) != _WITNESSES or not all(self.witnesses):
            msg = "本人拒签时，必须填写两位见证人的姓名"
            raise InvalidValueError(msg)
        if len(set(self.witnesses)) != _WITNESSES:
            msg = f"两位见证人填的是同一个人（{self.witnesses[0]}），请填写两位不同的见证人"
            raise InvalidValueError(msg)
        if (self.delivery is None) != (self.delivered_on is None):
            lacking = "送达日期" if self.delivered_on is None else "送达方式"
            msg = f"送达方式和送达日期要一起填写，现在缺{lacking}"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of the improvement plan: what, by which measure, by whom, until when."""

    what: str
    due: date | None = None
    support: str = ""
    measure: str = field(default="", metadata=ADDED_LATER)
    responsible: str = field(default="", metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Interview:
    """What was said at the interview (绩效面谈)."""

    held_on: date | None = None
    interviewer: str = ""
    strengths: str = ""
    weaknesses: str = ""
    comment: str = ""
    opinion: Opinion | None = None
    opinion_text: str = ""
    plan: tuple[PlanItem, ...] = ()
    place: str = field(default="", metadata=ADDED_LATER)
    participants: str = field(default="", metadata=ADDED_LATER)
    refusal: Refusal | None = field(default=None, metadata=ADDED_LATER)

    def __post_init__(self) -> None:
        """Refuse a refusal without its witnesses, and witnesses of nothing."""
        if self.opinion is Opinion.REFUSES and self.refusal is None:
            msg = "本人拒签时，必须填写两位见证人的姓名"
            raise InvalidValueError(msg)
        if self.opinion is not Opinion.REFUSES and self.refusal is not None:
            msg = "只有本人拒签时才填写见证人和送达情况"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One person's sheet for one cycle of a contract."""

    id: AppraisalId
    contract: ContractId
    person: PersonId
    cycle: Period
    entries: tuple[Entry, ...] = ()
    overrides: tuple[Override, ...] = ()
    interview: Interview = Interview()
    state: AppraisalState = AppraisalState.OPEN
    exemptions: tuple[Exemption, ...] = field(default=(), metadata=ADDED_LATER)
    raters: tuple[RaterNames, ...] = field(default=(), metadata=ADDED_LATER)
    seconds: tuple[SecondEntry, ...] = field(default=(), metadata=ADDED_LATER)

    def entered(self, entry: Entry) -> Appraisal:
        """The sheet with an entry, in place of an earlier one of the same name and period."""
        self._check_open()
        kept = (one for one in self.entries if one.key != entry.key)
        return replace(self, entries=(*kept, entry))

    def cleared(self, name: str, period: str = CYCLE) -> Appraisal:
        """The sheet without the entry; missing again, which is not zero."""
        self._check_open()
        kept = tuple(one for one in self.entries if one.key != (name, period))
        return replace(self, entries=kept)

    def overridden(self, override: Override) -> Appraisal:
        """The sheet with a hand-made score in place of a measured one."""
        self._check_open()
        if self.exemption(override.indicator) is not None:
            msg = f"指标“{override.indicator}”已免考核，不能改写得分；如需改写，请先取消免考核"
            raise NotAllowedError(msg)
        kept = (one for one in self.overrides if one.indicator != override.indicator)
        return replace(self, overrides=(*kept, override))

    def restored(self, indicator: str) -> Appraisal:
        """The sheet with the indicator scored by its own rule again."""
        self._check_open()
        kept = tuple(one for one in self.overrides if one.indicator != indicator)
        return replace(self, overrides=kept)

    def exemption(self, indicator: str) -> Exemption | None:
        """Why an indicator is not appraised; None where it is."""
        return next((one for one in self.exemptions if one.indicator == indicator), None)

    def exempted(self, exemption: Exemption) -> Appraisal:
        """The sheet without an indicator; what was entered for it stays, and counts nothing."""
        self._check_open()
        if any(one.indicator == exemption.indicator for one in self.overrides):
            msg = f"指标“{exemption.indicator}”的得分改写过，请先恢复按标准计分，再免考核"
            raise NotAllowedError(msg)
        kept = tuple(one for one in self.exemptions if one.indicator != exemption.indicator)
        return replace(self, exemptions=(*kept, exemption))

    def appraised(self, indicator: str) -> Appraisal:
        """The sheet with the indicator appraised again."""
        self._check_open()
        kept = tuple(one for one in self.exemptions if one.indicator != indicator)
        return replace(self, exemptions=kept)

    def named(self, names: RaterNames, entries: tuple[Entry, ...]) -> Appraisal:
        """The sheet with the raters of a kind named, and with its entries as they are then."""
        self._check_open()
        kept = tuple(one for one in self.raters if one.rater != names.rater)
        return replace(self, raters=(*kept, names), entries=entries)

    def entered_again(self, second: SecondEntry) -> Appraisal:
        """The sheet with a value as it was typed the second time."""
        self._check_open()
        kept = (one for one in self.seconds if one.key != second.key)
        return replace(self, seconds=(*kept, second))

    def cleared_again(self, name: str, period: str = CYCLE) -> Appraisal:
        """The sheet without a value of the second time."""
        self._check_open()
        kept = tuple(one for one in self.seconds if one.key != (name, period))
        return replace(self, seconds=kept)

    def interviewed(self, interview: Interview) -> Appraisal:
        """The sheet with its interview record; allowed in every state."""
        return replace(self, interview=interview)

    def scored(self) -> Appraisal:
        """The sheet with its scores recorded; the use case checks that it is complete."""
        self._check_open()
        return replace(self, state=AppraisalState.SCORED)

    def reopened(self) -> Appraisal:
        """Open for entry again."""
        if self.state is not AppraisalState.SCORED:
            msg = "这张评分表还没有定分，不需要重新打开"
            raise NotAllowedError(msg)
        return replace(self, state=AppraisalState.OPEN)

    def facts(self, subject: str) -> Iterator[Fact]:
        """The entries and overrides as facts of a subject, each with its origin."""
        for entry in self.entries:
            yield Fact(subject, entry.name, entry.value, entry.period, entry.origin)
        for override in self.overrides:
            origin = Origin(
                f"改写理由：{override.reason}", override.entered_by, override.entered_on
            )
            yield Fact(subject, f"score.{override.indicator}", override.score, CYCLE, origin)
        for one in self.exemptions:
            origin = Origin(one.text, one.entered_by, one.entered_on)
            yield Fact(subject, f"{EXEMPT}{one.indicator}", one.handling.value, CYCLE, origin)

    def _check_open(self) -> None:
        if self.state is not AppraisalState.OPEN:
            msg = "这张评分表已经定分，不能再修改；如需更正，请先填写理由重新打开"
            raise NotAllowedError(msg)

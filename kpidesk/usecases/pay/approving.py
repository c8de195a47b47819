"""Pay that rests on scores which the general manager has not approved: an estimate, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.figure import NO_ORIGIN, Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.payroll.books import PaidLine
from kpidesk.core.payroll.group import Member
from kpidesk.core.people import PersonId
from kpidesk.core.review.standing import FINAL, NEW, Stage
from kpidesk.usecases.pay.gathering import Gathered
from kpidesk.usecases.reviewed import all_reviews
from kpidesk.usecases.reviewing.rules import SchemeApproval, approval_of

_NAME: Final = "approval."
"""How findings of scores that are not approved are named; then comes where they stand."""

_STANDS: Final[Mapping[Stage, str]] = {
    Stage.UNSUBMITTED: "还没有提交总经理审批",
    Stage.WAITING: "已提交，总经理还没有批准",
    Stage.RETURNED: "被总经理退回，还没有更正、重新提交",
    Stage.UPHELD: "申诉成立，还没有更正、重新提交",
}


@dataclass(frozen=True, slots=True)
class Approvals:
    """`rule`: whether results of the scheme are approved before pay, and why.

    `open` are the recorded sheets that were not approved, and where they stand.
    """

    rule: SchemeApproval
    open: Mapping[PersonId, tuple[AppraisalId, Stage]]
    _scores: frozenset[int]

    def estimated(self, member: Member, lines: Iterable[PaidLine]) -> frozenset[str]:
        """The lines of somebody that rest on a sheet which was not approved, by name."""
        if member.person.id not in self.open:
            return frozenset()
        return frozenset(one.result.name for one in lines if _rests(one.figure, self._scores))

    def said(self, member: Member) -> str:
        """What is to be known of somebody's estimated lines."""
        _, stage = self.open[member.person.id]
        if not self.rule.needed:
            return "考核结果没有登记总经理审批，按定分时的得分计算"
        return f"考核结果{_STANDS[stage]}，按得分计算的薪酬是暂估，批准以后才能结算"

    def finding(self, member: Member) -> Finding:
        """The same as what stands against settling; where none is asked for, a warning."""
        effect = Effect.WITHHOLDS if self.rule.needed else Effect.WARNS
        name = f"{_NAME}{self.open[member.person.id][1].name}"
        return Finding(Code.NOT_APPROVED, effect, self.said(member), member.subject, name, "")


def stands_at(finding: Finding) -> Stage | None:
    """Where the scores stand that a finding says are not approved; None for any other finding."""
    name = finding.name
    return Stage[name.removeprefix(_NAME)] if name.startswith(_NAME) else None


def approvals(connection: Connection, gathered: Gathered) -> Approvals:
    """Which of the scores that a group's pay rests on were approved.

    Where the company said that none has to be, nothing is open.
    """
    rule = approval_of(connection, gathered.group.scheme.id)
    sheets: Sequence[Appraisal] = gathered.sheets
    if not sheets or rule.rule is False:
        return Approvals(rule, open={}, _scores=frozenset())
    reviewed = all_reviews(connection)
    waiting = {
        sheet.person: (sheet.id, stage)
        for sheet in sheets
        if (stage := reviewed.get(sheet.id, NEW).stage) not in FINAL
    }
    scores = frozenset(
        id(fact.origin) for fact in gathered.of_sheets if fact.origin is not NO_ORIGIN
    )
    return Approvals(rule, waiting, scores)


def _rests(figure: Figure, origins: frozenset[int]) -> bool:
    """Whether a figure was made of one that has one of some origins."""
    waiting, seen = [figure], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one.origin) in origins:
            return True
        for inner in one.inputs:
            if id(inner) not in seen:
                seen.add(id(inner))
                waiting.append(inner)
    return False

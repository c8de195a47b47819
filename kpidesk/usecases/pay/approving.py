"""Pay that rests on scores which the general manager has not approved: an estimate, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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

UNAPPROVED = "approval"
"""The name in findings of scores that are not approved."""


@dataclass(frozen=True, slots=True)
class Approvals:
    """`in_use`: results go to the general manager in this company; then pay waits for it.

    `open` are the recorded sheets that were not approved, and where they stand.
    """

    in_use: bool
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
        if not self.in_use:
            return "考核结果没有登记总经理审批，按定分时的得分计算"
        return f"考核结果还没有批准（{stage}），按得分计算的薪酬是暂估，批准以后才能结算"

    def finding(self, member: Member) -> Finding:
        """The same as what stands against settling; where approvals are not in use, a warning."""
        effect = Effect.WITHHOLDS if self.in_use else Effect.WARNS
        return Finding(Code.NOT_APPROVED, effect, self.said(member), member.subject, UNAPPROVED, "")


def approvals(connection: Connection, gathered: Gathered) -> Approvals:
    """Which of the scores that a group's pay rests on were approved."""
    sheets: Sequence[Appraisal] = gathered.sheets
    if not sheets:
        return Approvals(in_use=False, open={}, _scores=frozenset())
    reviewed = all_reviews(connection)
    waiting = {
        sheet.person: (sheet.id, stage)
        for sheet in sheets
        if (stage := reviewed.get(sheet.id, NEW).stage) not in FINAL
    }
    scores = frozenset(
        id(fact.origin) for fact in gathered.of_sheets if fact.origin is not NO_ORIGIN
    )
    return Approvals(any(one.batch for one in reviewed.values()), waiting, scores)


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

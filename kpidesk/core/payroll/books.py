"""The books of a pay group: what was settled, period by period, and what is due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from kpidesk.core.accounts import Entry
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.explain import show
from kpidesk.core.facts import TEAM, Subject
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.paying.corrections import RESULT, Closing, Corrected, correct
from kpidesk.core.paying.payable import payable_lines
from kpidesk.core.payroll.group import Member, PayGroup, PayPeriod
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.results import Evaluation, Result

CORRECTION_TITLE = "更正以前各期"
_WHY_CHAIN = "各季的差额、结转连着算，台账跟着人走，不按角色分段"
_WHY_WHOLE = "这个周期已有这样结算的期间，以后各期照旧；要分段计酬，先依次冲销这些期间"


@dataclass(frozen=True, slots=True)
class Books:
    """`closed` are the keys of settled periods, in order; `posted` what corrected them since."""

    settled: Evaluation = field(default_factory=Evaluation)
    closed: tuple[str, ...] = ()
    posted: tuple[Entry, ...] = ()

    def with_next(self, period: str, recomputed: Evaluation, lines: tuple[str, ...]) -> Books:
        """The books once a period is settled as it was computed."""
        due = self.due(period, recomputed, lines)
        return Books(due.evaluation, (*self.closed, period), due.posted)

    def due(self, period: str, recomputed: Evaluation, lines: tuple[str, ...]) -> Corrected:
        """What a period comes to when it is settled next, with the differences of closed ones."""
        if not self.closed or recomputed.blocked:
            return Corrected(recomputed, self.posted)
        closing = Closing(self.settled, self.closed, period, lines, self.posted)
        return correct(closing, recomputed)


def renamed(evaluation: Evaluation, names: Mapping[Subject, Subject]) -> Evaluation:
    """The same evaluation, where people are called otherwise now."""
    if all(old == new for old, new in names.items()):
        return evaluation
    results: dict[tuple[Subject, str, str], Result] = {}
    for one in evaluation.results.values():
        mine = one._replace(subject=names.get(one.subject, one.subject))
        results[mine.subject, mine.name, mine.period] = mine
    entries = tuple(_renamed(one, names) for one in evaluation.entries)
    return replace(evaluation, results=results, entries=entries)


def _renamed(entry: Entry, names: Mapping[Subject, Subject]) -> Entry:
    return replace(entry, subject=names.get(entry.subject, entry.subject))


def lines_of(group: PayGroup) -> tuple[str, ...]:
    """The results of a group that are paid, each by itself."""
    return payable_lines(group.items)


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of somebody's pay; `apart` is paid beside the sum, a `correction` is of others."""

    result: Result
    figure: Figure
    apart: bool = False
    correction: bool = False


def paid_lines(
    group: PayGroup, evaluation: Evaluation, period: PayPeriod, subject: Subject
) -> Iterator[PaidLine]:
    """What somebody is paid in a period, line by line, corrections last.

    What the team earned for its leader is the leader's.
    """
    leader = group.leader(period.days)
    leads = leader is not None and leader.subject == subject
    for item in group.items:
        if item.grain is not period.grain or item.total or (item.lead and not leads):
            continue
        result = evaluation.get(TEAM if item.lead else subject, item.result, period.key)
        if result is not None and isinstance(result.value, Figure):
            yield PaidLine(result, result.value, item.apart)
    for whose in (subject, TEAM) if leads else (subject,):
        result = evaluation.get(whose, RESULT, period.key)
        if result is not None and isinstance(result.value, Figure):
            titled = result._replace(label=CORRECTION_TITLE)
            yield PaidLine(titled, result.value, correction=True)


def what_stands_against(
    group: PayGroup, evaluation: Evaluation, period: PayPeriod
) -> tuple[Finding, ...]:
    """Why a period cannot be settled: everything that is missing or wrong in it or before it."""
    found = [one for one in evaluation.findings if _matters(one, group, period)]
    if evaluation.blocked or period.is_late:
        return tuple(found)
    if found:
        return tuple(found)
    found += _without_leader(group, evaluation, period)
    for member in group.members:
        if not member.in_service(period.days):
            continue
        if not any(paid_lines(group, evaluation, period, member.subject)):
            found.append(_nothing(member.subject, period))
    return tuple(found)


def role_changes(group: PayGroup) -> Iterator[Finding]:
    """People whose contracts name another role later in the cycle, and how they are paid.

    Most are paid in parts. In a chain, and where the cycle was once paid as a whole, all of it
    goes by the newest role.
    """
    titles = {role.name: role.title for role in group.scheme.roles}
    for member in group.members:
        if member.parts > 1:
            yield Finding(
                Code.NOT_IN_SOURCE, Effect.WARNS, parts_told(group, member), member.subject
            )
        newest = member.contract
        before = [one for one in member.contracts if one.role != newest.role]
        if before:
            old, new = titles[before[-1].role], titles[newest.role]
            message = (
                f"本周期内由{old}变为{new}（自 {newest.term.start} 起），整个周期都按{new}计算，"
                f"请核对变动以前各期的金额。{_WHY_CHAIN if group.is_chain else _WHY_WHOLE}"
            )
            yield Finding(Code.NOT_IN_SOURCE, Effect.WARNS, message, member.subject)


def parts_told(group: PayGroup, member: Member) -> str:
    """How the cycle of somebody who changed the role is divided."""
    titles = {role.name: role.title for role in group.scheme.roles}
    parts = group.parts_of(member.person.id)
    told = "；".join(
        f"{titles[one.contract.role]}（责任书 {one.contract.number}，{_from_to(one)}）"
        for one in parts
    )
    return f"本周期内岗位有变动，分段核算，各段只按本段的责任书和在任的月份计算：{told}"


def _from_to(part: Member) -> str:
    since = f"{part.since or part.contracts[0].term.start} 起"
    return since if part.until is None else f"{since}，至 {part.until}"


def _without_leader(
    group: PayGroup, evaluation: Evaluation, period: PayPeriod
) -> Iterator[Finding]:
    """What the team earned for a leader of whom there is none, or more than one."""
    if group.leader(period.days) is not None:
        return
    for item in group.items:
        result = evaluation.get(TEAM, item.result, period.key) if item.lead else None
        if result is not None and isinstance(result.value, Figure) and result.value.value:
            message = (
                f"{result.title}为 {show(result.value.value)} 元，期末却没有唯一的负责人在职，"
                "不知道发给谁：请核对各人的角色和在职日期"
            )
            yield Finding(
                Code.MISSING_FACT, Effect.WITHHOLDS, message, TEAM, item.result, period.key
            )


def _nothing(subject: Subject, period: PayPeriod) -> Finding:
    message = "这一期没有算出任何一项薪酬：请核对此人的角色、在职日期和录入的数据"
    return Finding(Code.MISSING_FACT, Effect.WITHHOLDS, message, subject, "", period.key)


def _matters(finding: Finding, group: PayGroup, period: PayPeriod) -> bool:
    match finding.effect:
        case Effect.BLOCKS:
            return True
        case Effect.WARNS:
            return False
        case Effect.WITHHOLDS:
            if finding.period in ("", period.key):
                return True
            if finding.period == CYCLE:
                return period.is_late or period.key in (CYCLE, group.periods()[-1].key)
            return _ends_by(finding.period, period)
        case _:
            assert_never(finding.effect)


def _ends_by(key: str, period: PayPeriod) -> bool:
    """Whether a period of a finding lies before the end of one that is to be settled."""
    try:
        return Period.parse(key).end <= period.days.end
    except InvalidValueError:
        return True

"""The books of a group, read back from its settlements; each must come to what was kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from sqlalchemy import Connection

from kpidesk.core.accounts import Account, balance
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.explain import show
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.payroll.books import Books, renamed
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.record import PayInputs, SettledResult, settled_results
from kpidesk.core.scheme import Span
from kpidesk.store.pay_runs import Run, standing_runs
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company

_MOST_BOOKS = 240
"""Twenty groups of a year of months each; more than a company pays at once."""


class SettlementChangedError(KpiDeskError):
    """A settled period, computed again, does not come to what was kept of it."""

    def __init__(self, period: str, results: str) -> None:
        super().__init__(
            f"已结算的 {period} 重新计算后与结算时的记录不一致：{results}。"
            "公司文件或程序可能被改动过；请用备份核对，再继续结算"
        )


def runs_of(company: Company, connection: Connection, group: PayGroup) -> tuple[Run, ...]:
    """The settlements of a group that stand, in order."""
    runs = standing_runs(connection, group.scheme.id, company.path, company.settlements)
    return tuple(one for one in runs if _belongs(one.settlement.inputs, group))


def _belongs(inputs: PayInputs, group: PayGroup) -> bool:
    contract = group.members[0].contract
    same_terms = (
        inputs.scheme,
        inputs.scheme_version,
        inputs.indicator_scheme,
        inputs.indicator_scheme_version,
        inputs.settings,
    ) == (
        contract.scheme,
        contract.scheme_version,
        contract.indicator_scheme,
        contract.indicator_scheme_version,
        group.settings,
    )
    if not same_terms or not group.is_chain:
        # An open cycle begins with whoever begins first; others are told by both their ends.
        ends = inputs.cycle.end == group.cycle.period.end
        is_open = group.scheme.span is Span.OPEN_END
        return same_terms and ends and (is_open or inputs.cycle == group.cycle.period)
    people = {one.person.id for one in group.members}
    return any(one.person in people for one in inputs.people)


def books_of(
    company: Company, connection: Connection, group: PayGroup, runs: Sequence[Run]
) -> Books:
    """The books after a group's settlements; SettlementChangedError when one is not as kept."""
    books = Books()
    rests_on: tuple[Hashable, ...] = ()
    for run in runs:
        people = run.settlement.inputs.people
        names = {
            one.seen.key: group.subject_under(one.person, one.contract) or one.seen.key
            for one in people
        }
        rests_on = (*rests_on, run.sha256, tuple(names.items()))
        if rests_on not in company.books:
            if len(company.books) >= _MOST_BOOKS:
                company.books.clear()
            company.books[rests_on] = _after(company, connection, books, run, names)
        books = company.books[rests_on]
    return books


def _after(
    company: Company, connection: Connection, books: Books, run: Run, names: dict[str, str]
) -> Books:
    """The books after one more settlement, which must come to what was kept of it."""
    inputs, period = run.settlement.inputs, run.settlement.period
    scheme = contract_scheme(
        company,
        connection,
        (inputs.scheme, inputs.scheme_version),
        (inputs.indicator_scheme, inputs.indicator_scheme_version),
    )
    evaluation = renamed(inputs.evaluated(scheme), names)
    after = books.with_next(period, evaluation, inputs.lines)
    kept = {
        (names.get(one.subject, one.subject), one.name): one.value for one in run.settlement.results
    }
    _check(period, kept, settled_results(after.settled, period))
    return after


def _check(period: str, kept: dict[tuple[str, str], str], now: Iterable[SettledResult]) -> None:
    came_to = {(one.subject, one.name): one.value for one in now}
    if came_to != kept:
        keys = sorted(came_to.keys() | kept.keys())
        odd = "、".join(
            f"{who} 的 {name}"
            for who, name in keys
            if came_to.get((who, name)) != kept.get((who, name))
        )
        raise SettlementChangedError(period, odd)


def left_behind(
    company: Company, connection: Connection, group: PayGroup, groups: Iterable[PayGroup]
) -> Iterator[Finding]:
    """Balances of an earlier chain, under other parameters or another version, that do not go on.

    What they mean under the new terms is for the company to decide.
    """
    if not group.is_chain:
        return
    for other in groups:
        earlier = other.cycle.period.end <= group.cycle.period.start
        if other.scheme.id != group.scheme.id or not earlier:
            continue
        runs = runs_of(company, connection, other)
        entries = books_of(company, connection, other, runs).settled.entries
        for member in group.members:
            subject = other.subject_of(member.person.id)
            for account in (Account.SHORTFALL, Account.EXCESS):
                mine = [one for one in entries if (one.subject, one.account) == (subject, account)]
                left = balance(mine, "", "").value
                if left:
                    message = (
                        f"以前的台账“{account}”余额 {show(left)} 元没有转入：方案版本或参数变了，"
                        "怎样衔接须由公司决定"
                    )
                    yield Finding(
                        Code.NOT_IN_SOURCE, Effect.WARNS, message, member.subject, account, ""
                    )

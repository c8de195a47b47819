"""The books of a group, read back from its settlements; each must come to what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.payroll.books import Books, renamed
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.record import PayInputs, SettledResult, settled_results
from kpidesk.store.pay_runs import Run, standing_runs
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company


class SettlementChangedError(KpiDeskError):
    """A settled period, computed again, does not come to what was kept of it."""

    def __init__(self, period: str, results: str) -> None:
        super().__init__(
            f"已结算的 {period} 重新计算后与结算时的记录不一致：{results}。"
            "公司文件或程序可能被改动过；请用备份核对，再继续结算"
        )


def runs_of(company: Company, connection: Connection, group: PayGroup) -> tuple[Run, ...]:
    """The settlements of a group that stand, in order."""
    runs = standing_runs(connection, group.scheme.id, company.path)
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
        return same_terms and inputs.cycle.end == group.cycle.period.end
    people = {one.person.id for one in group.members}
    return any(one.person in people for one in inputs.people)


def books_of(
    company: Company, connection: Connection, group: PayGroup, runs: Sequence[Run]
) -> Books:
    """The books after a group's settlements; SettlementChangedError when one is not as kept."""
    books = Books()
    for run in runs:
        inputs = run.settlement.inputs
        scheme = contract_scheme(
            company,
            connection,
            (inputs.scheme, inputs.scheme_version),
            (inputs.indicator_scheme, inputs.indicator_scheme_version),
        )
        names = {
            one.seen.key: group.subject_of(one.person) or one.seen.key for one in inputs.people
        }
        evaluation = renamed(inputs.evaluated(scheme), names)
        period = run.settlement.period
        books = books.with_next(period, evaluation, inputs.lines)
        kept = {
            (names.get(one.subject, one.subject), one.name): one.value
            for one in run.settlement.results
        }
        _check(period, kept, settled_results(books.settled, period))
    return books


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

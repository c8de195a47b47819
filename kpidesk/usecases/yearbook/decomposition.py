"""目标分解表: the targets of contracts, whatever their schemes, side by side."""

from __future__ import annotations

from kpidesk.core.amending import until_end
from kpidesk.core.contract import ContractState
from kpidesk.core.decomposition import decompose
from kpidesk.core.filing import PaperKind
from kpidesk.usecases.contracts.listing import signed_amendments, terms_on
from kpidesk.usecases.lists import list_contracts
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.records import issue_record, left_out
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope


def decomposition_pdf(company: Company, scope: Scope) -> bytes:
    """The table of every contract that is not void and whose term meets the period."""
    from kpidesk.documents.decomposition import decomposition_pdf as render

    rows = [
        one
        for one in list_contracts(company)
        if one.state is not ContractState.VOID
        and one.term.overlap(scope.period)
        and scope.takes(one.person, one.department)
    ]
    covered = {one.person for one in rows}
    without = left_out(company, scope, covered)
    with company.read() as connection:
        contracts = [
            until_end(
                terms_on(
                    company, connection, one.id, min(one.term.last_day, scope.period.last_day)
                ).contract,
                [x.contract for x in signed_amendments(company, connection, one.id)],
            )
            for one in rows
        ]
        with_targets = [one for one in contracts if one.targets]
        if not with_targets:
            msg = (
                "所选范围内没有约定了目标的责任书；请换一个年度或部门，或先到“责任书”拟定并填写目标"
            )
            raise NothingToPrintError(msg)
        record = decompose(with_targets, without=without)
    stamp = issue_record(company, PaperKind.TARGETS, scope, record)
    return render(record, stamp=stamp)

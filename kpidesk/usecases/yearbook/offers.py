"""What documents of a period there are, and for which periods and departments.

Light: the first page shows the names; nothing that computes or prints is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kpidesk.core.contract import ContractState
from kpidesk.core.period import Period
from kpidesk.store.sheet_lists import cycles_in, departments_judged
from kpidesk.usecases.lists import list_contracts
from kpidesk.usecases.session import Company
from kpidesk.usecases.years import years_of


class Paper(StrEnum):
    """A document, by the name on its first page."""

    DECOMPOSITION = "目标分解表"
    APPROVAL = "考核结果审批表"
    ANNUAL = "年度考核报告"
    EVIDENCE = "证据包"
    CERTIFICATE = "归档证明"
    ARCHIVE = "归档清单"

    @property
    def is_of_one(self) -> bool:
        """Whether each person has one of their own."""
        return self in (Paper.EVIDENCE, Paper.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a document can be about: the latest period first, `usual` the one to begin with."""

    periods: tuple[Period, ...]
    usual: Period | None
    departments: tuple[str, ...]


def offer(company: Company, paper: Paper) -> Offer:
    """Years for most documents, cycles for those about one cycle."""
    contracts = [one for one in list_contracts(company) if one.state is not ContractState.VOID]
    with company.read() as connection:
        cycles = set(cycles_in(connection))
        departments = {one.department for one in contracts} | {*departments_judged(connection)}
    by_contract = set(years_of({one.term for one in contracts}))
    by_sheet = set(years_of(cycles))
    match paper:
        case Paper.DECOMPOSITION:
            found = usual = by_contract
        case Paper.APPROVAL:
            found = usual = cycles
        case Paper.ANNUAL:
            found = usual = by_sheet
        case Paper.EVIDENCE | Paper.CERTIFICATE | Paper.ARCHIVE:
            found, usual = by_contract | by_sheet, by_sheet or by_contract
        case _:
            assert_never(paper)
    periods = tuple(sorted(found, key=_latest, reverse=True))
    return Offer(periods, max(usual, key=_latest, default=None), tuple(sorted(departments)))


def _latest(period: Period) -> tuple[object, object]:
    return period.end, period.start

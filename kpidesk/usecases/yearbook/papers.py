"""The documents of a period by name: what can be asked for, and the PDF of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kpidesk.core.contract import ContractState
from kpidesk.core.period import Grain, Period
from kpidesk.usecases.lists import list_appraisals, list_contracts
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.annual import annual_pdf
from kpidesk.usecases.yearbook.approval import approval_pdf
from kpidesk.usecases.yearbook.decomposition import decomposition_pdf
from kpidesk.usecases.yearbook.scope import Scope


class Paper(StrEnum):
    """A document, by the name on its first page."""

    DECOMPOSITION = "目标分解表"
    APPROVAL = "考核结果审批表"
    ANNUAL = "年度考核报告"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a document can be about: the latest period first, `usual` the one to begin with."""

    periods: tuple[Period, ...]
    usual: Period | None
    departments: tuple[str, ...]


def offer(company: Company, paper: Paper) -> Offer:
    """Years for most documents, cycles for those about one cycle."""
    contracts = [one for one in list_contracts(company) if one.state is not ContractState.VOID]
    sheets = list_appraisals(company)
    departments = {one.department for one in contracts} | {one.department for one in sheets}
    cycles = {one.cycle for one in sheets}
    by_contract = {year for one in contracts for year in _years(one.term)}
    match paper:
        case Paper.DECOMPOSITION:
            found = usual = by_contract
        case Paper.APPROVAL:
            found = usual = cycles
        case Paper.ANNUAL:
            found = usual = {year for one in cycles for year in _years(one)}
        case _:
            assert_never(paper)
    periods = tuple(sorted(found, key=_latest, reverse=True))
    return Offer(periods, max(usual, key=_latest, default=None), tuple(sorted(departments)))


def paper_pdf(
    company: Company, paper: Paper, scope: Scope, *, progress: Progress | None = None
) -> bytes:
    """The document; b"" when it was cancelled. NothingToPrintError: nothing is in the scope."""
    match paper:
        case Paper.DECOMPOSITION:
            return decomposition_pdf(company, scope)
        case Paper.APPROVAL:
            return approval_pdf(company, scope, progress=progress)
        case Paper.ANNUAL:
            return annual_pdf(company, scope, progress=progress)
        case _:
            assert_never(paper)


def _years(period: Period) -> tuple[Period, ...]:
    return tuple(Period.containing(one.start, Grain.YEAR) for one in period.split(Grain.YEAR))


def _latest(period: Period) -> tuple[object, object]:
    return period.end, period.start

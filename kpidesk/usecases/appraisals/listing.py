"""Scoring sheets as they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import Connection

from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.store.appraisals import appraisal_rows, load_appraisal
from kpidesk.store.rows import AnyRow
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.session import Company, found


class SheetState(StrEnum):
    """Where a sheet stands, in the officer's words."""

    NOT_STARTED = "未开始"
    SCORING = "评分中"
    READY = "可定分"
    SCORED = "已定分"


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """A sheet for lists; total and grade are those of the last change, None while incomplete."""

    id: AppraisalId
    contract: ContractId
    contract_number: str
    person: PersonId
    person_number: str
    person_name: str
    department: str
    post: str
    scheme_title: str
    cycle: Period
    state: SheetState
    missing: int
    total: Decimal | None
    grade: str
    interviewed_on: date | None


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with everything that it rests on."""

    appraisal: Appraisal
    contract: Contract
    scheme: Scheme
    sheet: Sheet
    contract_sha256: str


def list_appraisals(company: Company, *, period: Period | None = None) -> tuple[AppraisalRow, ...]:
    """Every sheet, or those whose cycles meet a period; by cycle, then by person."""
    with company.read() as connection:
        rows = appraisal_rows(connection, period)
    return tuple(row_of(row) for row in rows)


def load_sheet(company: Company, appraisal: AppraisalId, *, stage: str = CYCLE) -> SheetView:
    """One sheet; `stage` asks for the fields of a quarter ("2026Q1") instead."""
    with company.read() as connection:
        return view_of(company, connection, appraisal, stage)


def view_of(
    company: Company, connection: Connection, appraisal: AppraisalId, stage: str = CYCLE
) -> SheetView:
    """One sheet, within a transaction."""
    loaded = found(load_appraisal(connection, appraisal), "这张评分表")
    details = details_of(company, connection, loaded.contract)
    sheet = make_sheet(details.scheme, details.contract, loaded, stage=stage)
    return SheetView(loaded, details.contract, details.scheme, sheet, details.sha256)


def row_of(row: AnyRow) -> AppraisalRow:
    """A sheet for lists."""
    # By position: lists hold thousands of these, and names cost ten times as much.
    (
        id_, contract, person, start, end, state, interviewed_on, missing, total, grade,
        number, person_number, person_name, department, post, title, begun,
    ) = row  # fmt: skip
    return AppraisalRow(
        id_, contract, number, person, person_number, person_name, department, post, title,
        _period(start, end), _state(state, total, begun=begun), missing, total, grade or "",
        interviewed_on,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _period(start: date, end: date) -> Period:
    return Period(start, end)


def _state(state: str, total: Decimal | None, *, begun: bool) -> SheetState:
    if state == AppraisalState.SCORED.value:
        return SheetState.SCORED
    if total is not None:
        return SheetState.READY
    return SheetState.SCORING if begun else SheetState.NOT_STARTED

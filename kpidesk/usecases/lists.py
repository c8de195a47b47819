"""What lists show of contracts, sheets and results: rows, without the schemes behind them.

Pages of hundreds of rows, and the first page, are made of these alone; nothing that computes or
prints is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId, AppraisalState
from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.review.standing import NEW, Review
from kpidesk.core.second_entry import DoubleEntry
from kpidesk.store.contract_lists import amendment_rows, contract_rows
from kpidesk.store.copies import copy_states
from kpidesk.store.endings import endings
from kpidesk.store.results import last_recordings, recording_counts
from kpidesk.store.rows import AnyRow, Ids
from kpidesk.store.settings import load_setting
from kpidesk.store.sheet_lists import appraisal_rows, sheets_meeting
from kpidesk.store.sheet_parts import typed_once
from kpidesk.usecases.company import PROFILE, CompanyProfile
from kpidesk.usecases.reviewed import all_reviews, closed_in
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract for lists."""

    id: ContractId
    number: str
    person: PersonId
    person_number: str
    person_name: str
    department: str
    post: str
    scheme_title: str
    term: Period
    state: ContractState
    revision: int
    printed_on: date | None
    signed_on: date | None
    amends: ContractId | None = None
    """Of an amendment: the contract that it changes, from `effective_on`."""
    effective_on: date | None = None
    ended_on: date | None = None
    """From which day a contract holds no more, where it was ended early; or is, by this one."""
    copies: tuple[CopyState | None, ...] = ()
    """Where the copies of 甲方 and 乙方 stand; None where nothing is on paper."""

    @property
    def is_amendment(self) -> bool:
        """Whether it is an amendment."""
        return self.amends is not None

    @property
    def is_ending(self) -> bool:
        """Whether it is an amendment that ends its contract early."""
        return self.is_amendment and self.ended_on is not None


class SheetState(StrEnum):
    """Where a sheet stands, in the officer's words."""

    NOT_STARTED = "未开始"
    SCORING = "评分中"
    CHECKING = "待二次录入"
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
class ResultRow:
    """What a person came to in a cycle; `scored_on` is the day of the last recording."""

    id: AppraisalId
    contract: ContractId
    person: PersonId
    person_number: str
    person_name: str
    department: str
    post: str
    scheme_title: str
    cycle: Period
    state: SheetState
    total: Decimal | None
    grade: str
    interviewed_on: date | None
    scored_on: date | None
    scored_by: str
    review: Review = NEW
    """Where it stands on its way to approval; `moved` only where it is of the last recording."""
    is_closed: bool = False
    """Whether its cycle is closed."""

    @property
    def final_total(self) -> Decimal | None:
        """The total that counts: the calibrated one, where there is one."""
        return self.review.moved.total if self.review.moved else self.total

    @property
    def final_grade(self) -> str:
        """The grade that counts."""
        return self.review.moved.grade if self.review.moved else self.grade

    @property
    def interviewed(self) -> bool:
        """Whether the interview was held."""
        return self.interviewed_on is not None


def list_contracts(company: Company) -> tuple[ContractRow, ...]:
    """Every contract, in the order in which they were drawn up."""
    with company.read() as connection:
        rows = contract_rows(connection)
    return tuple(map(_contract, rows))


def list_documents(company: Company) -> tuple[ContractRow, ...]:
    """Every contract, each followed by its amendments, with where their copies stand."""
    with company.read() as connection:
        contracts = [_contract(row) for row in contract_rows(connection)]
        amendments: dict[ContractId, list[ContractRow]] = {}
        for row in amendment_rows(connection):
            *listed, base, day, end = row
            one = replace(_contract(listed), amends=base, effective_on=day, ended_on=end)
            amendments.setdefault(base, []).append(one)
        copies = copy_states(connection)
        ended = endings(connection)
    return tuple(
        replace(
            one,
            copies=tuple(copies.get((one.id, copy)) for copy in Copy),
            ended_on=ended.get(one.id, one.ended_on),
        )
        for contract in contracts
        for one in (contract, *amendments.get(contract.id, ()))
    )


def is_filed(one: ContractRow) -> bool:
    """Whether the company's own copy was scanned, or is where it belongs."""
    copy = one.copies[0] if one.copies else None
    return copy is not None and copy.is_after(CopyState.SEALED)


def _contract(row: AnyRow | Sequence[Any]) -> ContractRow:
    # By position: names cost ten times as much.
    (
        id_, number, person, person_number, person_name, department, post, title, start, end, state,
        revision, printed_on, signed_on,
    ) = row  # fmt: skip
    return ContractRow(
        id_, number, person, person_number, person_name, department, post, title,
        Period(start, end), ContractState(state), revision, printed_on, signed_on,
    )  # fmt: skip


def list_appraisals(company: Company, *, period: Period | None = None) -> tuple[AppraisalRow, ...]:
    """Every sheet, or those whose cycles meet a period; by cycle, then by person."""
    with company.read() as connection:
        return sheets_in(connection, period)


def sheets_in(
    connection: Connection, among: Period | Ids | None = None
) -> tuple[AppraisalRow, ...]:
    """The same, or some sheets by their ids, within a transaction."""
    waiting = _waiting(connection)
    return tuple(_sheet(row, waiting) for row in appraisal_rows(connection, among))


def _waiting(connection: Connection) -> frozenset[AppraisalId]:
    """The sheets that are to be typed a second time, where the company wants that."""
    profile = load_setting(connection, PROFILE, CompanyProfile)
    if profile is None or profile.double_entry is DoubleEntry.OFF:
        return frozenset()
    return typed_once(connection, by_another=profile.double_entry is DoubleEntry.ANOTHER)


def list_results(company: Company, *, period: Period | None = None) -> tuple[ResultRow, ...]:
    """Every sheet that has come to a total, or those whose cycles meet a period."""
    among = None if period is None else sheets_meeting(period)
    with company.read() as connection:
        return results_of(connection, sheets_in(connection, period), among)


def results_of(
    connection: Connection, sheets: Iterable[AppraisalRow], among: Ids | None
) -> tuple[ResultRow, ...]:
    """Those of the sheets that have come to a total, with when and by whom it was recorded.

    `among` are at least these sheets: what is kept of others is not read.
    """
    recorded = last_recordings(connection, among)
    reviewed, closed = all_reviews(connection, among), closed_in(connection)
    is_moved = any(one.moved for one in reviewed.values())
    counts = recording_counts(connection, among) if is_moved else {}
    return tuple(
        ResultRow(
            one.id,
            one.contract,
            one.person,
            one.person_number,
            one.person_name,
            one.department,
            one.post,
            one.scheme_title,
            one.cycle,
            one.state,
            one.total,
            one.grade,
            one.interviewed_on,
            recording.on if recording else None,
            recording.by if recording else "",
            _review(reviewed.get(one.id, NEW), one, counts.get(one.id, 0)),
            one.cycle in closed,
        )
        for one in sheets
        if one.total is not None
        # The recording that holds; none while the sheet is open again.
        for recording in (recorded.get(one.id) if one.state is SheetState.SCORED else None,)
    )


def _review(review: Review, sheet: AppraisalRow, recordings: int) -> Review:
    """Without a calibration that no longer stands: of an earlier recording, or taken back."""
    moved = review.moved
    if moved is None:
        return review
    stands = sheet.state is SheetState.SCORED and moved.number == recordings
    if stands and (moved.total, moved.grade) != (sheet.total, sheet.grade):
        return review
    return replace(review, moved=None)


def _sheet(row: AnyRow, waiting: frozenset[AppraisalId]) -> AppraisalRow:
    # By position: lists hold thousands of these, and names cost ten times as much.
    (
        id_, contract, person, start, end, state, interviewed_on, missing, total, grade,
        number, person_number, person_name, department, post, title, begun,
    ) = row  # fmt: skip
    return AppraisalRow(
        id_, contract, number, person, person_number, person_name, department, post, title,
        _period(start, end), _state(state, total, begun=begun, waiting=id_ in waiting), missing,
        total, grade or "",
        interviewed_on,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _period(start: date, end: date) -> Period:
    return Period(start, end)


def _state(state: str, total: Decimal | None, *, begun: bool, waiting: bool) -> SheetState:
    if state == AppraisalState.SCORED.value:
        return SheetState.SCORED
    if total is not None:
        return SheetState.CHECKING if waiting else SheetState.READY
    return SheetState.SCORING if begun else SheetState.NOT_STARTED

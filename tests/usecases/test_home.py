"""The first page counts in the file what the lists show row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kpidesk.core.contract import ContractState
from kpidesk.core.period import Period
from kpidesk.usecases import lists
from kpidesk.usecases.company import Company, open_company
from kpidesk.usecases.home import Event, Recent, overview
from kpidesk.usecases.steps import Step
from kpidesk.usecases.whereabouts import Where, is_there

DAYS = [date(2026, 1, 16), date(2026, 4, 8), date(2026, 12, 10), date(2027, 2, 1)]


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Company]:
    company = open_company(sample_file)
    yield company
    company.close()


@pytest.mark.parametrize("today", DAYS)
def test_the_counts_are_those_of_the_lists(sample: Company, today: date) -> None:
    found = overview(sample, today=today)
    results = lists.list_results(sample)
    assert found.at == {place: sum(is_there(one, place) for one in results) for place in Where}
    assert found.at[Where.CLOSED] > 0
    papers = [one for one in lists.list_documents(sample) if not one.is_amendment]
    signed = [one for one in papers if one.state is ContractState.SIGNED]
    assert (found.signed, found.filed) == (len(signed), sum(map(lists.is_filed, signed)))
    assert found.printed == sum(one.state is ContractState.PRINTED for one in papers)
    closed = {one.cycle for one in results if one.is_closed}
    sheets = [one for one in lists.list_appraisals(sample) if one.cycle not in closed]
    assert found.sheets_ahead == sum(one.cycle.start > today for one in sheets)
    todos = {one.step: one for one in found.todos}
    recorded = [one for one in sheets if one.state is lists.SheetState.SCORED]
    unheard = [one for one in recorded if one.interviewed_on is None]
    assert (todos[Step.INTERVIEW].count, todos[Step.INTERVIEW].ids) == (
        len(unheard),
        tuple(one.id for one in unheard[:3]),
    )
    new = [one for one in results if is_there(one, Where.UNSUBMITTED) and one.review.batch is None]
    assert (todos[Step.SUBMIT].count, todos[Step.SUBMIT].ids) == (
        len(new),
        tuple(one.id for one in new[:3]),
    )


def test_what_was_done_last_is_what_the_lists_say(sample: Company) -> None:
    papers = [one for one in lists.list_documents(sample) if one.state is not ContractState.VOID]
    results = lists.list_results(sample)
    done: list[tuple[date | None, Event, int, str, str | Period]] = [
        *((one.printed_on, Event.PRINTED, one.id, one.person_name, one.number) for one in papers),
        *((one.signed_on, Event.SIGNED, one.id, one.person_name, one.number) for one in papers),
        *((one.scored_on, Event.SCORED, one.id, one.person_name, one.cycle) for one in results),
        *(
            (one.interviewed_on, Event.INTERVIEWED, one.id, one.person_name, one.cycle)
            for one in results
        ),
        *(
            (one.review.decided, Event.APPROVED, one.id, one.person_name, one.cycle)
            for one in results
            if one.review.is_final
        ),
    ]
    known = [Recent(one[0], *one[1:]) for one in done if one[0] is not None]
    recent = overview(sample, today=DAYS[-1]).recent
    assert recent == tuple(sorted(known, key=lambda one: one.day, reverse=True)[: len(recent)])
    assert len(recent) == 8


def test_no_sheet_is_read_to_be_counted(sample: Company) -> None:
    query = (
        "SELECT cycle_start, cycle_end, state, count(total), count(interviewed_on)"
        " FROM appraisals GROUP BY cycle_start, cycle_end, state"
    )
    with sample.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert [row[3] for row in plan] == ["SCAN appraisals USING COVERING INDEX ix_appraisals_cycle"]

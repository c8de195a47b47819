"""Lists of one cycle or one year hold together what the list of all holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kpidesk.core.filing import PaperKind
from kpidesk.core.period import Period
from kpidesk.usecases import filing, lists, years
from kpidesk.usecases.company import Company, open_company

YEAR = Period.parse("2025")


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Company]:
    company = open_company(sample_file)
    yield company
    company.close()


def test_the_sheets_of_all_cycles_are_all_sheets(sample: Company) -> None:
    everything = years.sheets_of_cycle(sample, None)
    assert everything.rows == lists.list_appraisals(sample)
    assert len(everything.cycles) > 1
    parts = [years.sheets_of_cycle(sample, one) for one in everything.cycles]
    assert {row.id for one in parts for row in one.rows} == {row.id for row in everything.rows}
    for one in parts:
        assert {row.cycle for row in one.rows} == {one.cycle}


def test_scoring_begins_with_the_last_cycle_that_is_over(sample: Company) -> None:
    cycles = years.sheets_of_cycle(sample, None).cycles
    found = years.sheets_to_score(sample, cycles[1].end)
    assert found.cycle == max(one for one in cycles if one.end <= cycles[1].end)
    assert years.sheets_to_score(sample, date(2000, 1, 1)).cycle == cycles[0]


def test_the_list_goes_to_the_cycle_of_a_sheet_that_is_asked_for(sample: Company) -> None:
    for row in lists.list_appraisals(sample)[::50]:
        found = years.sheets_beside(sample, row.id)
        assert found.cycle == row.cycle
        assert row in found.rows


def test_the_results_of_all_years_are_all_results(sample: Company) -> None:
    everything = years.results_of_year(sample, None)
    assert everything.rows == lists.list_results(sample)
    parts = [years.results_of_year(sample, one).rows for one in everything.years]
    assert {row.id for one in parts for row in one} == {row.id for row in everything.rows}
    latest = years.latest_results(sample)
    assert latest.year == everything.years[0]
    assert latest.rows


def test_the_year_of_a_result_that_is_asked_for_is_shown(sample: Company) -> None:
    row = years.latest_results(sample).rows[0]
    found = years.results_of_year(sample, Period.parse("2019"), with_sheet=row.id)
    assert row in found.rows


def test_papers_of_a_period_are_among_those_of_all(sample: Company) -> None:
    whole, part = filing.filing_view(sample), filing.filing_view(sample, period=YEAR)
    papers = {one.known.paper for one in whole.papers}
    assert {one.known.paper for one in part.papers} <= papers
    assert YEAR in whole.years
    choices = filing.paper_choices(sample, period=YEAR)
    assert {one.paper.kind for one in choices} >= {PaperKind.CONTRACT, PaperKind.REPORT}
    assert set(choices) <= set(filing.paper_choices(sample))
    assert filing.filing_view(sample, period=Period.parse("2019")).papers == ()

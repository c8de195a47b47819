"""Of many years of sheets, those that a list shows: one cycle's or one year's, until asked for all.

A company of 300 has 36,000 monthly sheets after ten years; nobody looks at them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Grain, Period
from kpidesk.store.sheet_lists import cycle_of_sheet, cycles_in
from kpidesk.usecases.lists import AppraisalRow, ResultRow, list_results, sheets_in
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Years:
    """The calendar years with sheets, the latest first; `usual`: the latest with results."""

    periods: tuple[Period, ...]
    usual: Period | None


@dataclass(frozen=True, slots=True)
class CycleSheets:
    """The sheets of one cycle, or of all where it is None; and the cycles to choose from."""

    cycles: tuple[Period, ...]
    cycle: Period | None
    rows: tuple[AppraisalRow, ...]


@dataclass(frozen=True, slots=True)
class YearResults:
    """The results of one year, or of all where it is None; and the years to choose from."""

    years: tuple[Period, ...]
    year: Period | None
    rows: tuple[ResultRow, ...]


def sheet_years(company: Company) -> Years:
    """Which years there are, without reading any sheet."""
    with company.read() as connection:
        cycles = cycles_in(connection)
    periods = years_of(cycles)
    scored = years_of(one for one, has_total in cycles.items() if has_total)
    return Years(periods, next(iter(scored or periods), None))


def sheets_of_cycle(company: Company, cycle: Period | None) -> CycleSheets:
    """The sheets of a cycle, or of all."""
    with company.read() as connection:
        return _of_cycle(connection, cycle, cycles_in(connection))


def sheets_beside(company: Company, sheet: AppraisalId) -> CycleSheets:
    """The sheets of the cycle that a sheet is of."""
    with company.read() as connection:
        return _of_cycle(connection, cycle_of_sheet(connection, sheet), cycles_in(connection))


def sheets_to_score(company: Company, today: date) -> CycleSheets:
    """The sheets of the cycle that is likely to be scored: the last one over, else the first."""
    with company.read() as connection:
        cycles = sorted(cycles_in(connection))
        over = [one for one in cycles if one.end <= today]
        usual = over[-1] if over else next(iter(cycles), None)
        return _of_cycle(connection, usual, cycles)


def _of_cycle(
    connection: Connection, cycle: Period | None, cycles: Collection[Period]
) -> CycleSheets:
    rows = sheets_in(connection, cycle)
    own = rows if cycle is None else tuple(one for one in rows if one.cycle == cycle)
    return CycleSheets(tuple(sorted(cycles)), cycle, own)


def results_of_year(
    company: Company, year: Period | None, *, with_sheet: AppraisalId | None = None
) -> YearResults:
    """The results of a year or, where it is another's, of the year of `with_sheet`."""
    with company.read() as connection:
        years = _result_years(connection)
    return _of_year(company, years, year, with_sheet)


def latest_results(company: Company, *, with_sheet: AppraisalId | None = None) -> YearResults:
    """The results of the latest year that has any."""
    with company.read() as connection:
        years = _result_years(connection)
    return _of_year(company, years, next(iter(years), None), with_sheet)


def _of_year(
    company: Company, years: tuple[Period, ...], year: Period | None, beside: AppraisalId | None
) -> YearResults:
    if year is not None and beside is not None:
        with company.read() as connection:
            cycle = cycle_of_sheet(connection, beside)
        if cycle is not None and cycle.overlap(year) is None:
            year = next(iter(years_of([cycle])))
    return YearResults(years, year, list_results(company, period=year))


def _result_years(connection: Connection) -> tuple[Period, ...]:
    return years_of(one for one, has_total in cycles_in(connection).items() if has_total)


def years_of(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The calendar years that some periods touch, the latest first."""
    found = {
        Period.containing(part.start, Grain.YEAR)
        for one in periods
        for part in one.split(Grain.YEAR)
    }
    return tuple(sorted(found, reverse=True))

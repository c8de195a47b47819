"""Reports on the screen: a year's results, of whom, and its charts as PDF."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.annual import Annual
from kpidesk.core.chart import Chart
from kpidesk.core.period import Period
from kpidesk.usecases.lists import list_appraisals
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.annual import annual_record
from kpidesk.usecases.yearbook.offers import Paper, offer
from kpidesk.usecases.yearbook.scope import Scope


@dataclass(frozen=True, slots=True)
class Years:
    """The years with sheets, the latest first, and the one to begin with."""

    periods: tuple[Period, ...]
    usual: Period | None


def report_years(company: Company) -> Years:
    """Which years there is something to report on."""
    found = offer(company, Paper.ANNUAL)
    scored = {one.cycle for one in list_appraisals(company) if one.total is not None}
    usual = next(
        (one for one in found.periods if any(one.overlap(cycle) for cycle in scored)), found.usual
    )
    return Years(found.periods, usual)


def report_year(
    company: Company, scope: Scope, *, progress: Progress | None = None
) -> Annual | None:
    """The whole company's year; None when cancelled."""
    return annual_record(company, scope, progress=progress)


def chart_pdf(record: Annual, chart: Chart, *, about: str, scheme: str) -> bytes:
    """A chart on a sheet of its own size; empty where there is too little to draw."""
    from kpidesk.documents.year_charts import year_chart_pdf

    return year_chart_pdf(record, chart, about=about, scheme=scheme)

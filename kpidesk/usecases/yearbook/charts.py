"""Reports on the screen: a year's results, of whom, and its charts as PDF."""

from __future__ import annotations

from kpidesk.core.annual import Annual
from kpidesk.core.chart import Chart
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.annual import annual_record
from kpidesk.usecases.yearbook.scope import Scope
from kpidesk.usecases.years import Years, sheet_years

__all__ = ["Years", "chart_pdf", "report_year", "report_years"]


def report_years(company: Company) -> Years:
    """Which years there is something to report on."""
    return sheet_years(company)


def report_year(
    company: Company, scope: Scope, *, progress: Progress | None = None
) -> Annual | None:
    """The whole company's year; None when cancelled."""
    return annual_record(company, scope, progress=progress)


def chart_pdf(record: Annual, chart: Chart, *, about: str, scheme: str) -> bytes:
    """A chart on a sheet of its own size; empty where there is too little to draw."""
    from kpidesk.documents.year_charts import year_chart_pdf

    return year_chart_pdf(record, chart, about=about, scheme=scheme)

from __future__ import annotations

from datetime import date

import pytest

from kpidesk.core.period import Period
from kpidesk.ui.importing import source
from kpidesk.usecases.importing import Destination, Kind

MONTHS = [Period.months(2026, 2, 1), Period.months(2026, 1, 1), Period.months(2025, 12, 1)]
YEARS = [Period.months(2026, 1, 12), Period.months(2025, 1, 12)]


@pytest.mark.parametrize(
    ("today", "month", "year"),
    [(date(2026, 1, 20), 2, 1), (date(2026, 2, 1), 1, 0), (date(2026, 3, 1), 0, 0)],
)
def test_an_import_begins_with_the_latest_cycle_of_which_a_month_is_over(
    today: date, month: int, year: int
) -> None:
    for cycles, place in ((MONTHS, month), (YEARS, year)):
        found = [Destination(Kind.SCORES, one.key, one.key, one) for one in cycles]
        assert source._usual(found, today) == place


def test_targets_of_the_year_to_come_are_imported_before_it_begins() -> None:
    found = [Destination(Kind.TARGETS, one.key, one.key, one) for one in YEARS]
    assert source._usual(found, date(2026, 1, 20)) == 0

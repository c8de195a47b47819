"""Where all sheets stand: what is over is only counted, what waits is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Period
from kpidesk.store.counts import (
    SheetCount,
    first_unheard,
    first_unsubmitted,
    open_sheets,
    sheet_counts,
    submitted_sheets,
)
from kpidesk.usecases.lists import AppraisalRow, ResultRow, SheetState, results_of, sheets_in
from kpidesk.usecases.reviewed import closed_in
from kpidesk.usecases.whereabouts import Where, is_there

First = Sequence[tuple[AppraisalId, str, Period]]
"""The first of those that wait: the sheet, whose, of which cycle."""


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Sheets of all years.

    `open`: not recorded, in cycles not closed, and begun or complete. `submitted`: results that
    were submitted for approval, in cycles not closed; and those of the batches approved last.
    """

    closed: frozenset[Period]
    counts: Sequence[SheetCount]
    open: tuple[AppraisalRow, ...]
    submitted: tuple[ResultRow, ...]
    unheard: First
    unsubmitted: First

    @property
    def running(self) -> Sequence[SheetCount]:
        """The counts of cycles that are not closed."""
        return [one for one in self.counts if one.cycle not in self.closed]

    @property
    def in_review(self) -> Sequence[ResultRow]:
        """The submitted results of cycles that are not closed."""
        return [one for one in self.submitted if not one.is_closed]

    @property
    def never_submitted(self) -> int:
        """How many recorded results nobody has submitted."""
        recorded = sum(one.totals for one in self.running if one.is_scored)
        return recorded - sum(one.state is SheetState.SCORED for one in self.in_review)

    @property
    def not_heard(self) -> int:
        """How many recorded sheets wait for their interview."""
        return sum(one.all - one.heard for one in self.running if one.is_scored)

    def ahead(self, today: date) -> int:
        """How many sheets are of cycles that have not begun."""
        return sum(one.all for one in self.running if one.cycle.start > today)

    def places(self) -> Mapping[Where, int]:
        """How many results stand where."""
        running = self.running
        scored = [one for one in running if one.is_scored]
        at = {where: sum(is_there(one, where) for one in self.submitted) for where in Where}
        at[Where.READY] = sum(one.state is SheetState.READY for one in self.open)
        at[Where.SCORED] = sum(one.totals for one in scored)
        at[Where.HEARD] = sum(one.heard_totals for one in running)
        at[Where.UNHEARD] = sum(one.totals - one.heard_totals for one in scored)
        at[Where.UNSUBMITTED] += self.never_submitted
        at[Where.CLOSED] = sum(one.totals for one in self.counts if one.cycle in self.closed)
        return at


def sheet_places(connection: Connection, *, today: date, named: int, last: int) -> SheetPlaces:
    """Where sheets stand on a day; of those that wait `named` by name, the `last` batches read."""
    closed = closed_in(connection)
    submitted = _submitted(connection, closed, last)
    return SheetPlaces(
        closed,
        sheet_counts(connection),
        sheets_in(connection, open_sheets(closed, today)),
        submitted,
        first_unheard(connection, closed, named),
        first_unsubmitted(connection, closed, named) if submitted else (),
    )


def _submitted(
    connection: Connection, closed: Collection[Period], last: int
) -> tuple[ResultRow, ...]:
    among = submitted_sheets(closed, last)
    return results_of(connection, sheets_in(connection, among), among)

"""Saving a changed sheet together with what it now comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpidesk.core.appraisal import Appraisal
from kpidesk.core.period import CYCLE
from kpidesk.core.sheet import make_sheet
from kpidesk.store.appraisals import save_appraisal
from kpidesk.usecases.appraisals.as_superior import refuse_beyond
from kpidesk.usecases.appraisals.listing import SheetView
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.reviewed import refuse_closed
from kpidesk.usecases.session import Work
from kpidesk.usecases.sheets import standing


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A sheet after a change; `view` spares the page another look at the file."""

    changes: Changes
    view: SheetView


def changed(view: SheetView, after: Appraisal, stage: str = CYCLE) -> SheetView:
    """The view with another appraisal, computed anew."""
    sheet = make_sheet(view.scheme, view.contract, after, stage=stage)
    moved = view.calibrated if after.state is view.appraisal.state else None
    return replace(view, appraisal=after, sheet=sheet, stage=stage, calibrated=moved)


def save(work: Work, before: SheetView, after: SheetView) -> SheetChange:
    """Write what differs; the caller writes the audit line."""
    refuse_closed(work.connection, after.appraisal.cycle)
    refuse_beyond(work, before, after)
    save_appraisal(work.connection, before.appraisal, after.appraisal, standing(after.sheet))
    return SheetChange(Changes.APPRAISALS, after)

"""Scoring sheets: filled in, recorded, talked over."""

from __future__ import annotations

from kpidesk.usecases.appraisals.entering import (
    NewEntry,
    enter,
    enter_all,
    override,
    restore_rule,
)
from kpidesk.usecases.appraisals.finishing import finish_scoring, reopen
from kpidesk.usecases.appraisals.interviewing import (
    carried_on,
    plan_of,
    record_interview,
    record_look,
)
from kpidesk.usecases.appraisals.listing import SheetView, load_sheet
from kpidesk.usecases.appraisals.printing import blank_sheet_pdf, blank_sheets_pdf, filled_sheet_pdf
from kpidesk.usecases.appraisals.saving import SheetChange
from kpidesk.usecases.lists import AppraisalRow, SheetState, list_appraisals

__all__ = [
    "AppraisalRow",
    "NewEntry",
    "SheetChange",
    "SheetState",
    "SheetView",
    "blank_sheet_pdf",
    "blank_sheets_pdf",
    "carried_on",
    "enter",
    "enter_all",
    "filled_sheet_pdf",
    "finish_scoring",
    "list_appraisals",
    "load_sheet",
    "override",
    "plan_of",
    "record_interview",
    "record_look",
    "reopen",
    "restore_rule",
]

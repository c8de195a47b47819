"""Scoring sheets: filled in, recorded, talked over."""

from __future__ import annotations

from kpidesk.usecases.appraisals.as_superior import is_superiors
from kpidesk.usecases.appraisals.checking import (
    Comparison,
    Difference,
    enter_second,
    look_at,
    settle_difference,
    value_words,
)
from kpidesk.usecases.appraisals.entering import (
    NewEntry,
    enter,
    enter_all,
    override,
    restore_rule,
)
from kpidesk.usecases.appraisals.exempting import appraise_again, exempt
from kpidesk.usecases.appraisals.finishing import finish_scoring, reopen
from kpidesk.usecases.appraisals.interviewing import (
    carried_on,
    plan_of,
    record_interview,
    record_look,
)
from kpidesk.usecases.appraisals.leading import HEAD, SUPERIOR, Leaders, rater_choices
from kpidesk.usecases.appraisals.listing import SheetView, load_sheet
from kpidesk.usecases.appraisals.naming import (
    SELF,
    RaterKind,
    name_raters,
    rater_kinds,
)
from kpidesk.usecases.appraisals.naming_many import (
    RaterSheet,
    RatersNamed,
    name_raters_of,
    rater_sheets,
)
from kpidesk.usecases.appraisals.printing import blank_sheet_pdf, blank_sheets_pdf, filled_sheet_pdf
from kpidesk.usecases.appraisals.saving import SheetChange
from kpidesk.usecases.lists import AppraisalRow, SheetState, list_appraisals

__all__ = [
    "HEAD",
    "SELF",
    "SUPERIOR",
    "AppraisalRow",
    "Comparison",
    "Difference",
    "Leaders",
    "NewEntry",
    "RaterKind",
    "RaterSheet",
    "RatersNamed",
    "SheetChange",
    "SheetState",
    "SheetView",
    "appraise_again",
    "blank_sheet_pdf",
    "blank_sheets_pdf",
    "carried_on",
    "enter",
    "enter_all",
    "enter_second",
    "exempt",
    "filled_sheet_pdf",
    "finish_scoring",
    "is_superiors",
    "list_appraisals",
    "load_sheet",
    "look_at",
    "name_raters",
    "name_raters_of",
    "override",
    "plan_of",
    "rater_choices",
    "rater_kinds",
    "rater_sheets",
    "record_interview",
    "record_look",
    "reopen",
    "restore_rule",
    "settle_difference",
    "value_words",
]

"""Responsibility contracts: drawn up, printed, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.usecases.contracts.amending import AmendmentDrawnUp, draw_up_amendment
from kpidesk.usecases.contracts.batches import (
    PATTERN,
    PLACES,
    contracts_file,
    contracts_pdf,
    example_name,
    handout_pdf,
)
from kpidesk.usecases.contracts.copies import move_copies, scan_filed
from kpidesk.usecases.contracts.drafting import DrawnUp, blank_targets, draw_up, edit_contract
from kpidesk.usecases.contracts.earlier import EarlierSetting, earlier_settings
from kpidesk.usecases.contracts.following import AmendmentLine, Course, course_of
from kpidesk.usecases.contracts.listing import ContractDetails, load_contract
from kpidesk.usecases.contracts.planned import planned_figures
from kpidesk.usecases.contracts.printing import BOTH, contract_pdf, preview
from kpidesk.usecases.contracts.states import mark_printed, return_to_draft, sign, void
from kpidesk.usecases.lists import ContractRow, list_contracts, list_documents
from kpidesk.usecases.printout import Printout

if TYPE_CHECKING:
    from kpidesk.documents.pictures import Pages as Pages

__all__ = [
    "BOTH",
    "PATTERN",
    "PLACES",
    "AmendmentDrawnUp",
    "AmendmentLine",
    "ContractDetails",
    "ContractRow",
    "Course",
    "DrawnUp",
    "EarlierSetting",
    "Printout",
    "blank_targets",
    "contract_pdf",
    "contracts_file",
    "contracts_pdf",
    "course_of",
    "draw_up",
    "draw_up_amendment",
    "earlier_settings",
    "edit_contract",
    "example_name",
    "handout_pdf",
    "list_contracts",
    "list_documents",
    "load_contract",
    "mark_printed",
    "move_copies",
    "planned_figures",
    "preview",
    "return_to_draft",
    "scan_filed",
    "sign",
    "void",
]

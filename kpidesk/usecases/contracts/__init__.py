"""Responsibility contracts: drawn up, printed, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.usecases.contracts.copies import copy_steps, move_copies, scan_filed
from kpidesk.usecases.contracts.drafting import DrawnUp, blank_targets, draw_up, edit_contract
from kpidesk.usecases.contracts.listing import ContractDetails, load_contract
from kpidesk.usecases.contracts.printing import (
    BOTH,
    contract_pdf,
    contracts_pdf,
    preview,
)
from kpidesk.usecases.contracts.states import mark_printed, return_to_draft, sign, void
from kpidesk.usecases.lists import ContractRow, list_contracts
from kpidesk.usecases.printout import Printout

if TYPE_CHECKING:
    from kpidesk.documents.pictures import Pages as Pages

__all__ = [
    "BOTH",
    "ContractDetails",
    "ContractRow",
    "DrawnUp",
    "Printout",
    "blank_targets",
    "contract_pdf",
    "contracts_pdf",
    "copy_steps",
    "draw_up",
    "edit_contract",
    "list_contracts",
    "load_contract",
    "mark_printed",
    "move_copies",
    "preview",
    "return_to_draft",
    "scan_filed",
    "sign",
    "void",
]

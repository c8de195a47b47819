"""Responsibility contracts: drawn up, printed, signed."""

from __future__ import annotations

from kpidesk.usecases.contracts.drafting import DrawnUp, blank_targets, draw_up, edit_contract
from kpidesk.usecases.contracts.listing import (
    ContractDetails,
    ContractRow,
    list_contracts,
    load_contract,
)
from kpidesk.usecases.contracts.printing import (
    BOTH,
    Pages,
    Printout,
    contract_pdf,
    contracts_pdf,
    preview,
)
from kpidesk.usecases.contracts.states import mark_printed, return_to_draft, sign, void

__all__ = [
    "BOTH",
    "ContractDetails",
    "ContractRow",
    "DrawnUp",
    "Pages",
    "Printout",
    "blank_targets",
    "contract_pdf",
    "contracts_pdf",
    "draw_up",
    "edit_contract",
    "list_contracts",
    "load_contract",
    "mark_printed",
    "preview",
    "return_to_draft",
    "sign",
    "void",
]

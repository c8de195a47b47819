"""Hands for the tests of the page 责任书: what an officer does again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from kpidesk.core.people import PersonId
from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.contracts import ContractsPage, output
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from kpidesk.ui.pages.contracts.targets import TargetsPanel
from kpidesk.usecases import contracts as cases

Settle = Callable[[Desk], None]
TODAY = date(2026, 3, 2)
NAMES = ("王䶮", "李𫖯", "𠮷田一郎")
POSTS = ("大客户经理", "大客户专员", "市场总监")


def draw_up(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle, total: str = "1200"
) -> None:
    """Through the dialog: by the scheme of the posts, with a split sales target."""
    dialog = page.draw_up(people=people)
    settle(page.desk)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    type_into(dialog.terms.targets, 0, 1, total)
    dialog.terms.targets._split("sales_plan")
    dialog.accept()
    settle(page.desk)


def type_into(panel: TargetsPanel, row: int, column: int, text: str) -> bool:
    assert panel.model is not None
    return panel.model.setData(panel.model.index(row, column), text)


def open_first(page: ContractsPage, settle: Settle) -> None:
    settle(page.desk)
    page.open_contract(page.model.rows()[0].id)
    settle(page.desk)


def mark_all_printed(page: ContractsPage, settle: Settle) -> None:
    output.mark_printed(page.desk, page.model.rows())
    settle(page.desk)


def stored(page: ContractsPage, settle: Settle, number: int = 0) -> cases.ContractDetails:
    found: list[cases.ContractDetails] = []
    chosen = page.model.rows()[number].id
    page.desk.ask(lambda company: cases.load_contract(company, chosen), found.append)
    settle(page.desk)
    return found[0]


def at_basis(page: ContractsPage, people: tuple[PersonId, ...], settle: Settle) -> DrawUpDialog:
    dialog = page.draw_up(people=people[:1])
    settle(page.desk)
    assert dialog.step == 1
    return dialog


def choose(page: ContractsPage, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialogs: list[QFileDialog] = list(page.findChildren(QFileDialog))
    dialog = dialogs[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()

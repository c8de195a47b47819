"""Closing the dialog of drawing up with something filled in."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpidesk.core.people import PersonId
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.pages.contracts import ContractsPage
from tests.ui.contracts.driver import Settle, type_into
from tests.ui.scoring.scorer import children


def test_giving_up_what_was_filled_in_closes_the_dialog(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle, qtbot: QtBot
) -> None:
    dialog = page.draw_up(people=people[:1])
    settle(page.desk)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    type_into(dialog.terms.targets, 0, 1, "960")
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
        (asked,) = children(dialog, Dialog)
        QTest.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()

"""Paper copies and amendments in the window, and the proof of everything kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.people import PersonId
from kpidesk.ui import printing
from kpidesk.ui.dialogs.proof import ProofDialog, verify
from kpidesk.ui.forms import ChoiceField, DateField, FormDialog, TextField
from kpidesk.ui.pages.contracts import ContractsPage, amending, copying, marking, output
from tests.ui.contracts.driver import (
    TODAY,
    Settle,
    draw_up,
    mark_all_printed,
    open_first,
    stored,
    type_into,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def sign_all(page: ContractsPage, settle: Settle) -> None:
    rows = [one for one in page.model.rows() if one.state is not ContractState.SIGNED]
    dialog = marking.sign(page.desk, page, rows)
    assert dialog is not None
    dialog.accept()
    settle(page.desk)


def move(page: ContractsPage, settle: Settle, to: CopyState, reason: str = "") -> FormDialog:
    dialog = copying.follow_copies(page.desk, page, page.model.rows())
    assert dialog is not None
    _, state, _, why = dialog.form.fields
    assert isinstance(state, ChoiceField)
    assert isinstance(why, TextField)
    state.set_value(to)
    why.set_value(reason)
    dialog.accept()
    settle(page.desk)
    return dialog


def words(page: ContractsPage) -> str:
    labels: list[QLabel] = list(page.view._told.findChildren(QLabel))
    return "\n".join(one.text() for one in labels)


def open_dialog(page: ContractsPage) -> FormDialog:
    dialogs: list[FormDialog] = list(page.findChildren(FormDialog))
    return next(one for one in dialogs if one.isVisible())


def test_copies_of_many_contracts_are_followed_and_listed(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle)
    assert "打印以后才有纸质件" in page.contract_tools.copies.toolTip()
    mark_all_printed(page, settle)
    sign_all(page, settle)
    page.resize(1104, 690)  # beside the navigation, in a window of 1240
    scheme = [one.key for one in page.model.columns].index("scheme")
    assert page.table.columnWidth(scheme) > 180
    texts = [copying.copies_text(one.copies) for one in page.model.rows()]
    assert texts == ["已签", "已签"]
    dialog = copying.follow_copies(page.desk, page, page.model.rows())
    assert dialog is not None
    which, state, day, _ = dialog.form.fields
    assert isinstance(which, ChoiceField)
    assert isinstance(state, ChoiceField)
    assert isinstance(day, DateField)
    assert (which.value(), state.value(), day.value()) == (tuple(Copy), CopyState.SEALED, TODAY)
    which.set_value((Copy.PARTY_B,))
    dialog.accept()
    settle(page.desk)
    assert page.model.rows()[0].copies == (CopyState.SIGNED, CopyState.SEALED)
    assert copying.copies_text(page.model.rows()[0].copies) == "甲已签 乙已盖章"
    page.copies.setCurrentIndex(1 + list(CopyState).index(CopyState.SEALED))
    assert len(page.model.shown()) == 2
    page.copies.setCurrentIndex(1 + list(CopyState).index(CopyState.DELIVERED))
    assert not page.model.shown()


def test_only_the_copies_that_were_ticked_are_printed(
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    printer.setResolution(72)
    monkeypatch.setattr(printing, "choose_printer", lambda *_: printer)
    draw_up(page, people[:2], settle)
    dialog = output.print_contracts(page.desk, page, page.model.rows())
    assert dialog is not None
    dialog.boxes[Copy.PARTY_A].setChecked(False)
    dialog.accept()
    settle(page.desk)
    assert [one.copies for one in page.model.rows()] == [(None, CopyState.PRINTED)] * 2
    assert copying.copies_text(page.model.rows()[0].copies) == "甲未打印 乙已打印"
    follow = copying.follow_copies(page.desk, page, page.model.rows())
    assert follow is not None
    assert follow.form.fields[0].value() == (Copy.PARTY_B,)
    follow.reject()
    open_first(page, settle)
    assert "甲方存：还没有打印" in words(page)


def test_a_step_back_without_a_reason_is_refused_in_the_dialog(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    mark_all_printed(page, settle)
    sign_all(page, settle)
    refused = move(page, settle, CopyState.WAITING)
    assert refused.isVisible()
    refused.form.fields[3].set_value("还没有签，点错了")
    refused.accept()
    settle(page.desk)
    assert page.model.rows()[0].copies == (CopyState.WAITING, CopyState.WAITING)
    open_first(page, settle)
    assert "2026-03-02 待签（还没有签，点错了）" in words(page)


def test_a_signed_contract_is_amended_beside_what_differs(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    assert "还没有签署，可以直接修改" in page.contract_tools.amend.toolTip()
    mark_all_printed(page, settle)
    sign_all(page, settle)
    open_first(page, settle)
    assert "没有补充协议" in words(page)
    dialog = amending.draw_up_amendment(
        page.desk, page, page.chosen(), lambda made: page.open_contract(made.id)
    )
    assert dialog is not None
    day, reason = dialog.form.fields
    assert day.value() == date(2026, 3, 1)
    reason.set_value("市场变化")
    dialog.accept()
    settle(page.desk)
    assert [one.number for one in page.model.rows()] == [
        "大客户部-2026-001",
        "大客户部-2026-001-补1",
    ]
    head = page.view.amendment
    assert head.isVisible()
    assert "还没有改动" in head.told.text()
    panel = page.view.editor.targets
    type_into(panel, 0, 1, "1210")
    type_into(panel, 1, 1, "110")
    settle(page.desk)
    assert "改动了生效日期(2026-03-01)以前开始的月份" in page.view.editor._status.text()
    type_into(panel, 1, 1, "100")
    type_into(panel, 12, 1, "110")
    settle(page.desk)
    assert head.told.text() == (
        "1. 目标“计划销售额”：全期由 1,200 万元调整为 1,210 万元；"
        "其中2026年12月由 100 万元调整为 110 万元。"
    )
    assert stored(page, settle, 1).contract.targets[0].total == Decimal(1210)
    mark_all_printed(page, settle)
    sign_all(page, settle)
    assert "变更内容" in words(page)
    page.view.close_contract()
    open_first(page, settle)
    links: list[QPushButton] = list(page.view._told.findChildren(QPushButton))
    line = next(one for one in links if "补1" in one.text())
    assert line.text() == "大客户部-2026-001-补1　从 2026-03-01 起生效　已签署"
    line.click()
    settle(page.desk)
    assert page.view.contract == page.model.rows()[1].id


def test_another_day_is_asked_for_where_the_change_needs_it(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    mark_all_printed(page, settle)
    sign_all(page, settle)
    open_first(page, settle)
    page.contract_tools.amend.trigger()
    dialog = open_dialog(page)
    dialog.accept()
    settle(page.desk)
    page.view._change_day()
    dialog = open_dialog(page)
    dialog.form.fields[0].set_value(date(2027, 5, 1))
    dialog.accept()
    settle(page.desk)
    assert dialog.isVisible()
    dialog.form.fields[0].set_value(date(2026, 5, 1))
    dialog.accept()
    settle(page.desk)
    assert "从2026年5月1日起生效" in page.view.amendment._since.text()


def test_everything_kept_is_proved_from_the_menu(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle, qtbot: QtBot
) -> None:
    draw_up(page, people[:1], settle)
    mark_all_printed(page, settle)
    verify(page.desk, page)
    settle(page.desk)
    shown: list[ProofDialog] = list(page.findChildren(ProofDialog))
    (whole,) = shown
    assert whole.said.text().startswith("全部完好")
    assert whole.mend_button.isHidden()
    whole.close()
    qtbot.wait(1)

    def tamper(company: object) -> None:
        with company.change("王芳") as work:  # type: ignore[attr-defined]
            work.connection.exec_driver_sql("DROP TRIGGER papers_no_update")
            work.connection.exec_driver_sql("UPDATE papers SET pdf = x'00' WHERE copy = 'party_b'")

    page.desk.ask(tamper, lambda _: None)
    settle(page.desk)
    verify(page.desk, page)
    settle(page.desk)
    shown = list(page.findChildren(ProofDialog))
    found = shown[-1]
    # The broken rule stands first; the paper is named by the last step.
    assert "保护记录的规则被改动过" in found.told.toPlainText()
    assert ("大客户部-2026-001　王䶮　打印件：乙方存（第 1 版）与校验值不符") in found.model.rows()[
        -1
    ].details

"""Printed, signed, back to draft, void; the list by states; files of a batch."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.ui.dialogs.messages import Message, ReasonDialog
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.pages.contracts import ContractsPage, marking, output, saving
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from kpidesk.ui.pages.papers.dialog import PaperDialog
from tests.ui.contracts.driver import (
    TODAY,
    Settle,
    choose,
    draw_up,
    mark_all_printed,
    open_first,
)
from tests.ui.scoring.scorer import children


def test_what_is_not_allowed_is_disabled_and_says_why(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    tools = page.contract_tools
    assert not tools.print.isEnabled()
    assert "请先选中责任书" in tools.print.toolTip()
    draw_up(page, people[:2], settle)
    assert tools.print.isEnabled()
    assert not tools.sign.isEnabled()
    assert "还是草稿，请先打印再登记签署" in tools.sign.toolTip()
    mark_all_printed(page, settle)
    assert tools.sign.isEnabled()
    assert tools.back.isEnabled()


def test_printing_freezes_and_signing_takes_a_day(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle)
    mark_all_printed(page, settle)
    assert {one.printed_on for one in page.model.rows()} == {TODAY}
    dialog = marking.sign(page.desk, page, page.model.rows())
    assert isinstance(dialog, FormDialog)
    day = dialog.form.fields[0]
    day._line.setText("2026-03-01")  # type: ignore[attr-defined]
    dialog.accept()
    assert day.message == "签署日期不能早于 2026-03-02"
    assert {one.state for one in page.model.rows()} == {ContractState.PRINTED}
    day._line.setText("2026年3月2日")  # type: ignore[attr-defined]
    dialog.accept()
    settle(page.desk)
    assert {one.state for one in page.model.rows()} == {ContractState.SIGNED}
    assert "另立补充协议" in page.contract_tools.void.toolTip()


def test_back_to_draft_and_void_ask_for_a_reason(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    mark_all_printed(page, settle)
    assert page.view._left.currentIndex() == 1
    dialog = marking.return_to_draft(page.desk, page, page.model.rows())
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.accept_button.isEnabled()
    dialog._edit.setPlainText("目标写错")
    dialog.accept()
    settle(page.desk)
    assert page.view._left.currentIndex() == 0
    assert page.model.rows()[0].revision == 2
    dialog = marking.void(page.desk, page, page.model.rows())
    assert isinstance(dialog, ReasonDialog)
    dialog._edit.setPlainText("调岗")
    dialog.accept()
    settle(page.desk)
    assert page.model.rows()[0].state is ContractState.VOID
    assert not page.contract_tools.print.isEnabled()


def test_states_filter_the_list_and_count(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle)
    output.mark_printed(page.desk, page.model.rows()[:1])
    settle(page.desk)
    assert list(page.states.texts[:3]) == ["全部 2", "草稿 1", "已打印 1"]
    page.states.choose(2)
    assert [one.person_name for one in page.model.shown()] == ["王䶮"]
    page.states.choose(0)
    page.search.setText("lf")
    assert [one.person_name for one in page.model.shown()] == ["李𫖯"]


def test_a_batch_becomes_one_pdf_with_both_copies(
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
    tmp_path: Path,
) -> None:
    draw_up(page, people[:2], settle)
    saving.save_one_file(page.desk, page, page.model.rows())
    choose(page, tmp_path / "责任书.pdf")
    settle(page.desk)
    text = "".join(one.extract_text() for one in PdfReader(tmp_path / "责任书.pdf").pages)
    assert text.count("甲方存") >= 2
    assert text.count("乙方存") >= 2
    assert "王䶮" in text
    assert "李𫖯" in text
    (asked,) = [one for one in children(page, Message) if one.isVisible()]
    assert asked.windowTitle().startswith("已保存，其中 2 份还是草稿")
    asked.accept()  # it is printed at a shop: what is on the stick is frozen
    settle(page.desk)
    assert {one.state for one in page.model.rows()} == {ContractState.PRINTED}
    saving.save_one_file(page.desk, page, page.model.rows())
    choose(page, tmp_path / "再存.pdf")
    settle(page.desk)
    assert not any(one.isVisible() for one in children(page, Message))
    assert (tmp_path / "再存.pdf").read_bytes() == (tmp_path / "责任书.pdf").read_bytes()


def test_a_batch_becomes_a_file_for_each_copy(
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
    tmp_path: Path,
) -> None:
    draw_up(page, people[:2], settle)
    folder = tmp_path / "责任书"
    folder.mkdir()
    dialog = saving.save_in_folder(page.desk, page, page.model.rows())
    assert dialog is not None
    assert dialog.example.text().startswith("例如：大客户部-2026-001_")
    dialog.accept()
    choose(page, folder)
    settle(page.desk)
    assert len(list(folder.glob("大客户部-2026-00?_*_*方存.pdf"))) == 4


def test_the_names_of_files_are_the_officers_and_remembered(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle, tmp_path: Path
) -> None:
    draw_up(page, people[:1], settle)
    dialog = saving.save_in_folder(page.desk, page, page.model.rows())
    assert dialog is not None
    dialog.pattern.set_value("{工资}")
    assert "“{工资}”不认识，可以用：{编号}" in dialog.example.text()
    assert not dialog.accept_button.isEnabled()
    dialog.pattern.set_value("")
    assert "请填写文件名的格式" in dialog.example.text()
    dialog.pattern.set_value("{姓名}{版本}")
    dialog.accept()
    choose(page, tmp_path)
    settle(page.desk)
    assert {one.name for one in tmp_path.glob("*第1版*.pdf")} == {
        "王䶮第1版.pdf",
        "王䶮第1版（2）.pdf",
    }
    again = saving.save_in_folder(page.desk, page, page.model.rows())
    assert again is not None
    assert again.pattern.value() == "{姓名}{版本}"
    again.reject()


def test_a_batch_for_both_sides_has_an_empty_back_after_an_odd_copy(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle, tmp_path: Path
) -> None:
    draw_up(page, people[:1], settle)
    page.contract_tools.save_duplex.trigger()
    choose(page, tmp_path / "双面.pdf")
    settle(page.desk)
    assert len(PdfReader(tmp_path / "双面.pdf").pages) % 4 == 0


def test_a_list_to_hand_out_by_is_shown_to_print(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle)
    dialog = saving.hand_out(page.desk, page, page.model.rows())
    settle(page.desk)
    assert dialog is not None
    assert dialog.view.canvas.page_count == 1
    assert dialog.print_button.isEnabled()
    dialog.reject()


def test_printing_asks_for_at_least_one_copy(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    dialog = output.print_contracts(page.desk, page, page.model.rows())
    assert dialog is not None
    assert len(dialog.copies) == 2
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not dialog.accept_button.isEnabled()
    dialog.done(0)


def test_other_pages_open_a_contract_or_begin_one(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    chosen = page.model.rows()[0].id
    page.view.close_contract()
    assert page.stack.currentIndex() == 0
    page.show_item(chosen)
    settle(page.desk)
    assert page.view.contract == chosen
    page.view.close_contract()
    page.show_item(("draw_up", people[1:]))
    settle(page.desk)
    dialogs: list[DrawUpDialog] = list(page.findChildren(DrawUpDialog))
    dialog = dialogs[-1]
    assert dialog.people.chosen() == people[1:]
    dialog.done(0)


def test_the_targets_of_the_chosen_are_decomposed_from_the_list(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle)
    page.table.select([one.id for one in page.model.rows()])
    (action,) = [one for one in page.contract_tools.more.menu().actions() if "分解" in one.text()]
    action.trigger()
    settle(page.desk)
    dialogs: list[PaperDialog] = list(page.findChildren(PaperDialog))
    (dialog,) = dialogs
    assert len(dialog.scope_chosen().people) == 2
    dialog.reject()

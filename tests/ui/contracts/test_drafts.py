"""A draft in the window: saved by itself, undone, never lost."""

from __future__ import annotations

from kpidesk.core.people import PersonId
from kpidesk.ui.pages.contracts import ContractsPage
from tests.ui.contracts.driver import (
    Settle,
    draw_up,
    open_first,
    stored,
    type_into,
)


def test_an_edit_is_saved_by_itself_and_can_be_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    type_into(editor.targets, 0, 2, "50")
    settle(page.desk)
    assert stored(page, settle).contract.targets[1].total == 50
    page.undo.undo()
    settle(page.desk)
    assert len(stored(page, settle).contract.targets) == 1
    page.undo.redo()
    settle(page.desk)
    assert stored(page, settle).contract.targets[1].total == 50


def test_what_does_not_add_up_is_kept_but_not_saved_until_it_does(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    type_into(editor.targets, 0, 1, "1300")
    settle(page.desk)
    assert stored(page, settle).contract.targets[0].total == 1200
    assert "尚未保存" in editor._status.text()
    assert not page.may_leave()
    editor.targets._split("sales_plan")
    settle(page.desk)
    assert stored(page, settle).contract.targets[0].total == 1300
    assert page.may_leave()


def test_parameters_and_special_terms_are_saved_and_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    editor = page.view.editor
    assert editor.parameters is not None
    editor.parameters.fields["growth_step"]._line.setText("20")  # type: ignore[attr-defined]
    editor.terms._edit.setPlainText("一、须完成培训 & <b>考试</b>\n\n二、遵守保密约定")
    assert editor.take()
    settle(page.desk)
    contract = stored(page, settle).contract
    assert dict(contract.settings)["growth_step"] == 20
    assert contract.special_terms == ("一、须完成培训 & <b>考试</b>", "二、遵守保密约定")
    page.undo.undo()
    page.undo.undo()
    settle(page.desk)
    contract = stored(page, settle).contract
    assert dict(contract.settings)["growth_step"] == 10
    assert contract.special_terms == ()
    assert editor.terms.raw() == ""


def test_letters_in_a_parameter_keep_the_officer_on_the_page(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    panel = page.view.editor.parameters
    assert panel is not None
    panel.fields["growth_step"]._line.setText("abc")  # type: ignore[attr-defined]
    assert not page.may_leave()
    assert "不是数字" in panel.fields["growth_step"].message
    assert panel.fields["growth_step"].raw() == "abc"
    assert dict(stored(page, settle).contract.settings)["growth_step"] == 10


def test_quick_typing_keeps_what_can_be_undone(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    for total in ("50", "60", "70"):
        type_into(page.view.editor.targets, 0, 2, total)
    settle(page.desk)
    assert page.undo.count() == 3
    assert stored(page, settle).contract.targets[1].total == 70
    page.undo.setIndex(0)
    settle(page.desk)
    assert len(stored(page, settle).contract.targets) == 1


def test_the_preview_follows_an_edit(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    open_first(page, settle)
    before = page.view.preview._asked
    type_into(page.view.editor.targets, 0, 2, "50")
    settle(page.desk)
    assert page.view.preview._asked > before
    page.view.preview.copies.choose(1)
    settle(page.desk)
    assert page.view.preview.pages.canvas.page_count >= 2

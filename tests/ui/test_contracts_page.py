"""责任书: from the choice of people to the signed contract, with real widgets and a real file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.pages.contracts import ContractsPage, marking, output
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from kpidesk.ui.pages.contracts.targets import TargetsPanel
from kpidesk.usecases import contracts as cases
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.company import Company

Settle = Callable[[Desk], None]
TODAY = date(2026, 3, 2)
NAMES = ("王䶮", "李𫖯", "𠮷田一郎")
POSTS = ("大客户经理", "大客户专员", "市场总监")


@pytest.fixture
def people(company_desk: Desk, settle: Settle) -> tuple[PersonId, ...]:
    """Three people whose names have rare characters."""
    made: list[PersonId] = []

    def work(company: Company) -> None:
        who = {"actor": "李梅", "today": TODAY}
        place = people_cases.add_department(company, name="大客户部", **who).id  # type: ignore[arg-type]
        for number, (name, post) in enumerate(zip(NAMES, POSTS, strict=True)):
            added = people_cases.add_person(
                company,
                number=f"K{number:03}",
                name=name,
                department=place,
                post=post,
                **who,  # type: ignore[arg-type]
            )
            made.append(added.id)

    company_desk.ask(work, lambda _: None)
    settle(company_desk)
    return tuple(made)


@pytest.fixture
def page(
    company_desk: Desk, people: tuple[PersonId, ...], settle: Settle, qtbot: QtBot
) -> ContractsPage:
    made = ContractsPage(company_desk)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    settle(company_desk)
    return made


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


# --- drawing up


def test_one_draft_for_each_person_with_exact_months(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:2], settle, "1000")
    rows = page.model.rows()
    assert [one.person_name for one in rows] == list(NAMES[:2])
    assert [one.number for one in rows] == ["大客户部-2026-001", "大客户部-2026-002"]
    assert {one.state for one in rows} == {ContractState.DRAFT}
    assert rows[0].scheme_title == "大客户经理/专员绩效考核指标"
    target = stored(page, settle).contract.targets[0]
    assert sum(target.months) == target.total == 1000
    assert len(page.table.selected_rows()) == 2


def test_a_single_draft_opens_at_once(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    settle(page.desk)
    assert page.view.contract is not None
    assert page.view.preview.pages.canvas.page_count >= 2


def test_nobody_chosen_is_said_and_the_dialog_stays(page: ContractsPage, settle: Settle) -> None:
    dialog = page.draw_up()
    settle(page.desk)
    assert dialog.step == 0
    dialog.accept()
    assert dialog.step == 0
    assert dialog.people._banner.text() == "请至少勾选一个人"
    dialog.done(0)


def test_people_are_found_by_pinyin_initials(page: ContractsPage, settle: Settle) -> None:
    dialog = page.draw_up()
    settle(page.desk)
    dialog.people.search.setText("tyl")
    assert [one.person.name for one in dialog.people.model.shown()] == ["𠮷田一郎"]
    dialog.people._tick_all()
    assert dialog.accept_button.text() == "下一步"
    assert len(dialog.people.chosen()) == 1
    dialog.done(0)


def test_the_thirtieth_of_february_is_refused_at_its_field(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.basis.start._line.setText("2026-02-30")
    dialog.accept()
    assert dialog.step == 1
    assert dialog.basis.start.message == (
        "2026 年 2 月没有 30 日，该月最后一天是 2026-02-28，请改正"
    )
    assert dialog.basis.start.raw() == "2026-02-30"
    dialog.done(0)


def test_a_term_without_a_whole_cycle_is_refused(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.basis.start.set_value(date(2026, 3, 16))
    dialog.basis.length.set_value(dialog.basis.length._options[-1][0])
    dialog.accept()
    assert dialog.step == 1
    assert "没有一个完整的考核周期" in dialog.basis.start.message
    dialog.done(0)


def test_the_post_suggests_scheme_and_role(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people[1:2], settle)
    assert dialog.basis.basis().scheme_id == "account-manager-kpi"
    assert dialog.basis.basis().role == "specialist"
    dialog.done(0)


def test_a_scheme_without_indicators_takes_those_of_another(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="key-account-director")
    settle(page.desk)
    assert dialog.basis.indicators.isVisibleTo(dialog)
    dialog.basis.indicators.set_value("director-annual")
    basis = dialog.basis.basis()
    assert (basis.scheme_id, basis.indicator_id) == ("key-account-director", "director-annual")
    assert basis.scheme.grades is not None
    for _ in range(3):
        dialog.accept()
    settle(page.desk)
    assert stored(page, settle).contract.indicator_scheme == "director-annual"


def test_a_blank_of_the_source_must_be_filled(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.step == 2
    dialog.accept()
    assert dialog.step == 2
    assert dialog.terms.parameters is not None
    field = dialog.terms.parameters.fields["growth_step"]
    assert field.message == "请填写销售增长每档金额"
    field._line.setText("十万")  # type: ignore[attr-defined]
    dialog.accept()
    assert "不是数字" in field.message or "汉字数字" in field.message
    assert field.raw() == "十万"
    dialog.done(0)


def test_weights_that_do_not_add_to_100_are_said_live_and_refused(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="director-annual")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    assert panel.weights is not None
    panel.weights.fields["市场份额"]._line.setText("15")
    assert panel.weights._total.text() == "合计 105%"
    dialog.accept()
    assert dialog.step == 2
    assert "105%" in panel.problem()
    panel.weights.fields["利润率"]._line.setText("5")
    assert panel.weights._total.text() == "合计 100%"
    dialog.accept()
    assert dialog.step == 3
    dialog.done(0)


def test_shares_of_raters_must_add_to_100(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[2:], scheme="director-annual")
    settle(page.desk)
    dialog.accept()
    panel = dialog.terms.parameters
    assert panel is not None
    for name, share in (("self", 20), ("peer", 30), ("superior", 40)):
        panel.fields[f"rater_weight.{name}"].set_value(Decimal(share))
    assert panel._raters.text() == "合计 90%"
    dialog.accept()
    assert dialog.step == 2
    assert "90%" in panel.problem()
    dialog.done(0)


@pytest.mark.parametrize(
    ("typed", "message"),
    [("0", "为零"), ("-5", "不能为负数"), ("12a", "不是数字"), ("一千", "汉字数字")],
)
def test_a_target_that_makes_no_sense_is_refused_in_its_cell(
    typed: str,
    message: str,
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    panel = dialog.terms.targets
    assert panel.model is not None
    assert not type_into(panel, 0, 1, typed)
    index = panel.model.index(0, 1)
    assert message in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert index.data() == typed
    dialog.accept()
    assert dialog.step == 3
    assert "改正标红的格子" in panel.complaint
    dialog.done(0)


def test_months_that_do_not_add_keep_the_dialog_open(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_basis(page, people, settle)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
    dialog.accept()
    panel = dialog.terms.targets
    type_into(panel, 0, 1, "1,200")
    panel._split("sales_plan")
    assert panel._sums["sales_plan"].text() == "已全部分配"
    type_into(panel, 1, 1, "97")
    assert panel._sums["sales_plan"].text() == "未分配 3 万元"
    dialog.accept()
    assert dialog.step == 3
    assert "少 3万元" in panel.complaint
    dialog.go_back()
    dialog.accept()
    assert panel._targets[0].months[0] == 97
    dialog.done(0)


def test_a_second_contract_for_the_same_time_is_refused_and_nothing_typed_is_lost(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    draw_up(page, people[:1], settle)
    page.view.close_contract()
    draw_up(page, people[:2], settle)
    dialog = page.findChild(DrawUpDialog)
    assert isinstance(dialog, DrawUpDialog)
    assert "期限重叠的责任书 大客户部-2026-001" in dialog._banner.text()
    assert dialog.terms.targets._targets[0].total == 1200
    assert len(page.model.rows()) == 1
    dialog.done(0)


def at_basis(page: ContractsPage, people: tuple[PersonId, ...], settle: Settle) -> DrawUpDialog:
    dialog = page.draw_up(people=people[:1])
    settle(page.desk)
    assert dialog.step == 1
    return dialog


# --- a draft


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


# --- states


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


# --- files


def test_a_batch_becomes_one_pdf_with_both_copies(
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
    tmp_path: Path,
) -> None:
    draw_up(page, people[:2], settle)
    output.save_one_file(page.desk, page, page.model.rows())
    choose(page, tmp_path / "责任书.pdf")
    settle(page.desk)
    text = "".join(one.extract_text() for one in PdfReader(tmp_path / "责任书.pdf").pages)
    assert text.count("甲方存") >= 2
    assert text.count("乙方存") >= 2
    assert "王䶮" in text
    assert "李𫖯" in text


def test_a_batch_becomes_a_file_for_each_copy(
    page: ContractsPage,
    people: tuple[PersonId, ...],
    settle: Settle,
    tmp_path: Path,
) -> None:
    draw_up(page, people[:2], settle)
    folder = tmp_path / "责任书"
    folder.mkdir()
    output.save_in_folder(page.desk, page, page.model.rows())
    choose(page, folder)
    settle(page.desk)
    assert len(list(folder.glob("大客户部-2026-00?_*_*方存.pdf"))) == 4


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


def choose(page: ContractsPage, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialogs: list[QFileDialog] = list(page.findChildren(QFileDialog))
    dialog = dialogs[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()


# --- other pages


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

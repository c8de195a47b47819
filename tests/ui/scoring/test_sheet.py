"""What one can ask of a sheet: why, what is missing, recording, overriding, undoing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kpidesk.core.appraisal import AppraisalState
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.forms import FormDialog, MultilineField, NumberField
from tests.ui.scoring.scorer import Scorer, children, cursor, type_in
from tests.ui.scoring.sheets import DIRECTOR


def test_what_the_contract_agrees_on_is_shown_and_not_asked(scorer: Scorer) -> None:
    first = scorer.rows[0]
    assert [one.field.fact for one in first.fields] == ["sales_plan", "sales"]
    assert first.fields[0] not in scorer.fields


def test_a_number_answers_why_down_to_who_entered_what(scorer: Scorer) -> None:
    scorer.page.pane.head._source.setText("销售台账")
    type_in("76")
    scorer.settle()
    scorer.rows[0].score.number.click()
    assert scorer.page.why.isVisible()
    text = scorer.page.why.text()
    assert "实际销售额 = 76万元（李梅 2026-03-02 填写，依据：销售台账）" in text
    assert "条款 R02 原文：“销售完成率25分" in text
    assert "责任书 销售部-2026-001" in text
    QTest.keyClick(scorer.page.why, Qt.Key.Key_Escape)
    assert scorer.page.list.isVisible()


def test_a_score_given_by_hand_answers_with_who_gave_it(scorer: Scorer) -> None:
    scorer.line("score.团队协作").setFocus()
    type_in("9")
    scorer.settle()
    row = next(one for one in scorer.rows if one.row.indicator.name == "团队协作")
    row.score.number.click()
    assert "团队协作得分 = 9.00分（" in scorer.page.why.text()
    assert "李梅 2026-03-02 填写" in scorer.page.why.text()


def test_the_answer_follows_when_the_fact_changes(scorer: Scorer) -> None:
    type_in("76")
    scorer.settle()
    scorer.rows[0].score.number.click()
    scorer.line("sales").setFocus()
    type_in("60")
    scorer.settle()
    assert "75%" in scorer.page.why.text()


def test_missing_things_are_named_and_lead_to_their_fields(scorer: Scorer) -> None:
    sheet = scorer.view.sheet
    names = scorer.page.pane.head.missing_names
    assert "销售完成率 · 实际销售额" in names
    assert len(names) == len(sheet.missing)
    finding = sheet.missing[list(names).index("团队协作 · 得分")]
    scorer.page.pane.go_to(finding)
    assert cursor() is scorer.line("score.团队协作").line


def test_scores_are_recorded_only_when_nothing_is_missing(scorer: Scorer) -> None:
    scorer.page.sheet_tools.finish_button.click()
    dialog = scorer.dialog
    assert "还不能定分" in texts(dialog)
    dialog.reject()
    scorer.fill_in()
    assert scorer.view.sheet.complete
    scorer.page.sheet_tools.finish_button.click()
    scorer.dialog.accept()
    scorer.settle()
    assert scorer.view.appraisal.state is AppraisalState.SCORED
    assert scorer.line("sales").line.isReadOnly()
    assert scorer.page.sheet_tools.reopen_button.isVisible()


def test_after_recording_the_keyboard_goes_on_in_the_list(scorer: Scorer) -> None:
    scorer.fill_in()
    page = scorer.page
    page.sheet_tools.finish_button.setFocus()
    QTest.keyClick(cursor(), Qt.Key.Key_Return)
    QTest.keyClick(scorer.dialog, Qt.Key.Key_Return)
    scorer.settle()
    assert scorer.view.appraisal.state is AppraisalState.SCORED
    assert page.focusWidget() is page.list.table


def test_a_recorded_sheet_is_opened_again_only_with_a_reason(scorer: Scorer) -> None:
    scorer.fill_in()
    scorer.page.sheet_tools.finish_button.click()
    scorer.dialog.accept()
    scorer.settle()
    scorer.page.sheet_tools.reopen_button.click()
    dialog = scorer.dialog
    assert not dialog.accept_button.isEnabled()
    children(dialog, QPlainTextEdit)[0].setPlainText("考勤记录更正")
    dialog.accept_button.click()
    scorer.settle()
    assert scorer.view.appraisal.state is AppraisalState.OPEN
    assert not scorer.line("sales").line.isReadOnly()


def test_a_computed_score_is_overridden_with_a_reason_and_restored(scorer: Scorer) -> None:
    type_in("76")
    scorer.settle()
    cell = scorer.rows[0].score
    cell.override.click()
    dialog = scorer.dialog
    assert isinstance(dialog, FormDialog)
    score = children(dialog.form, NumberField)[0]
    reason = children(dialog.form, MultilineField)[0]
    score.set_value(Decimal(20))
    dialog.accept()
    assert reason.message
    reason.set_value("客户退货已由财务核实")
    dialog.accept()
    scorer.settle()
    assert cell.number.text() == "20.00"
    assert cell.restore.isVisible()
    cell.restore.click()
    scorer.dialog.accept()
    scorer.settle()
    assert cell.number.text() == "24.00"
    assert not cell.restore.isVisible()


def test_an_entry_is_undone_and_redone(scorer: Scorer) -> None:
    type_in("76")
    scorer.settle()
    scorer.line("sales").setFocus()
    type_in("90")
    assert scorer.stored("sales") == Decimal(90)
    scorer.page.undo.undo()
    assert scorer.stored("sales") == Decimal(76)
    assert scorer.line("sales").line.text() == "76"
    scorer.page.undo.redo()
    assert scorer.stored("sales") == Decimal(90)


def test_the_list_finds_people_by_initials_and_state(scorer: Scorer) -> None:
    scorer.page.list.cycle.setCurrentIndex(0)
    scorer.settle()
    scorer.page.list.search.setText("lgd")
    rows = scorer.page.list.table.rows.shown()
    assert [one.person_name for one in rows] == [DIRECTOR]
    scorer.page.list.search.clear()
    scorer.page.list.state.setCurrentText("评分中")
    assert scorer.page.list.table.rows.shown() == ()


def texts(dialog: Dialog) -> str:
    return "\n".join(
        str(one.property("text")) for one in children(dialog, QWidget) if one.property("text")
    )


def test_without_a_target_the_score_is_typed_without_a_reason(scorer: Scorer) -> None:
    scorer.show(DIRECTOR)
    row = next(one for one in scorer.rows if one.row.indicator.name == "市场份额")
    assert [one.field.label for one in row.fields][-1] == "不设目标，直接评分"
    scorer.line("score.市场份额").setFocus()
    type_in("88")
    scorer.settle()
    assert row.score.number.text() == "88.00"
    assert not row.score.override.isVisible()
    target = scorer.line("target.市场份额")
    target.setFocus()
    type_in("20")
    scorer.settle()
    assert "请先清空得分" in target.message.text()
    assert scorer.stored("target.市场份额") is None


def test_the_list_holds_the_chosen_cycle_and_goes_with_the_sheet(scorer: Scorer) -> None:
    shown = scorer.page.list
    cycle = shown.cycle.value
    assert cycle is not None
    assert {one.cycle for one in shown.table.rows.rows()} == {cycle}
    shown.cycle.setCurrentIndex(0)
    scorer.settle()
    everything = shown.table.rows.rows()
    assert len({one.cycle for one in everything}) > 1
    other = next(one for one in everything if one.cycle != cycle)
    shown.cycle.choose(cycle)
    shown.cycle_chosen.emit()
    scorer.settle()
    scorer.page.show_item(other.id)
    scorer.settle()
    assert shown.cycle.value == other.cycle
    assert [one.id for one in shown.table.selected_rows()] == [other.id]

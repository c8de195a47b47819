"""Filling a sheet in by keyboard: a real page, a real company file, real keys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kpidesk.usecases import appraisals
from kpidesk.usecases.company import open_company
from tests.ui.scoring.scorer import Scorer, cursor, type_in
from tests.ui.scoring.sheets import DIRECTOR


def test_enter_goes_through_the_fields_in_printed_order_and_saves_each(scorer: Scorer) -> None:
    assert cursor() is scorer.line("sales").line
    type_in("76")
    assert cursor() is scorer.line("quarter_sales", "2025Q4").line
    type_in("200")
    type_in("235")
    assert scorer.stored("sales") == Decimal(76)
    assert scorer.stored("quarter_sales", "2026Q1") == Decimal(235)
    assert scorer.score("销售完成率") == "24.00"


def test_fields_typed_faster_than_the_worker_saves_all_arrive(scorer: Scorer) -> None:
    for text in ("76", "200", "235", "5", "6", "8", "9"):
        type_in(text)
    assert scorer.stored("score.团队协作") == Decimal(9)
    assert scorer.stored("new_customers_plan") == Decimal(5)


def test_a_word_that_is_being_composed_survives_the_answer_to_the_field_before(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in("76")
    line = scorer.line("quarter_sales", "2025Q4").line
    set_anew: list[str] = []  # Qt takes the word from the input method then
    monkeypatch.setattr(line, "setText", set_anew.append)
    QApplication.sendEvent(line, QInputMethodEvent("er'bai", []))
    scorer.settle()
    assert not set_anew
    chosen = QInputMethodEvent()
    chosen.setCommitString("２００")
    QApplication.sendEvent(line, chosen)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert scorer.stored("quarter_sales", "2025Q4") == Decimal(200)


def test_what_was_confirmed_is_in_the_file_at_once(scorer: Scorer, tmp_path: Path) -> None:
    type_in("76")
    scorer.settle()
    copy = tmp_path / "copy.kpidesk"
    scorer.ask(lambda company: company.file.back_up(copy))
    again = open_company(copy)
    try:
        view = appraisals.load_sheet(again, scorer.view.appraisal.id)
    finally:
        again.close()
    assert [one.value for one in view.appraisal.entries] == [Decimal(76)]


def test_shift_enter_goes_back(scorer: Scorer) -> None:
    type_in("76")
    QTest.keyClick(cursor(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert cursor() is scorer.line("sales").line


@pytest.mark.parametrize(
    ("fact", "text", "says"),
    [
        ("sales", "七十六", "汉字数字"),
        ("sales", "76x", "不是数字"),
        ("score.团队协作", "12", "最高 10 分"),
        ("new_customers", "2.5", "整数"),
    ],
)
def test_a_bad_entry_is_refused_at_its_field_and_stays_there(
    scorer: Scorer, fact: str, text: str, says: str
) -> None:
    target = scorer.line(fact)
    target.setFocus()
    target.line.clear()
    target.line.insert(text)  # Chinese does not come as key events
    QTest.keyClick(target.line, Qt.Key.Key_Return)
    assert says in target.message.text()
    assert target.message.isVisible()
    assert target.line.text() == text
    assert cursor() is target.line
    assert scorer.stored(fact) is None
    assert target.line.text() == text


def test_a_refused_entry_that_is_mended_is_saved(scorer: Scorer) -> None:
    type_in("7b")
    target = scorer.line("sales")
    QTest.keyClick(target.line, Qt.Key.Key_Backspace)
    QTest.keyClick(target.line, Qt.Key.Key_Return)
    assert target.message.isHidden()
    assert scorer.stored("sales") == Decimal(7)


def test_an_emptied_field_is_missing_again(scorer: Scorer) -> None:
    type_in("76")
    scorer.settle()
    target = scorer.line("sales")
    target.setFocus()
    target.line.clear()
    QTest.keyClick(target.line, Qt.Key.Key_Return)
    assert scorer.stored("sales") is None
    assert scorer.view.sheet.result("score.销售完成率") is None


def test_escape_brings_back_what_is_stored(scorer: Scorer) -> None:
    type_in("76")
    scorer.settle()
    target = scorer.line("sales")
    target.setFocus()
    QTest.keyClicks(target.line, "99")
    QTest.keyClick(target.line, Qt.Key.Key_Escape)
    assert target.line.text() == "76"


def test_a_digit_chooses_a_printed_level(scorer: Scorer) -> None:
    target = scorer.choices("score.分析判断能力")
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_2)
    assert scorer.stored("score.分析判断能力") == Decimal("3.5")
    QTest.keyClick(target, Qt.Key.Key_Down)
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert scorer.stored("score.分析判断能力") == Decimal(3)
    assert cursor() is scorer.choices("score.沟通能力")


def test_a_key_that_is_no_level_is_refused(scorer: Scorer) -> None:
    target = scorer.choices("score.分析判断能力")
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_9)
    assert "1、2、3、4" in target.message.text()
    assert scorer.stored("score.分析判断能力") is None


def test_statements_are_ticked_one_by_one_and_none_is_an_answer_too(scorer: Scorer) -> None:
    target = scorer.choices("met.专业知识")
    target.setFocus()
    QTest.keyClicks(target, "13")
    met = scorer.stored("met.专业知识")
    assert met == ("了解公司产品基本知识", "熟练的掌握本岗位所具备的专业知识")
    QTest.keyClick(target, Qt.Key.Key_0)
    assert scorer.stored("met.专业知识") == ()
    assert scorer.score("专业知识") == "0.00"


def test_a_click_on_a_level_chooses_it(scorer: Scorer, qtbot: QtBot) -> None:
    target = scorer.choices("score.沟通能力")
    QTest.mouseClick(target.options[1], Qt.MouseButton.LeftButton)
    assert scorer.stored("score.沟通能力") == Decimal("5.5")


def test_scores_of_several_peers_are_typed_in_one_field(scorer: Scorer) -> None:
    scorer.show(DIRECTOR)
    target = scorer.line("score.团队建设.peer")
    target.setFocus()
    type_in("88 84 91")
    value = scorer.stored("score.团队建设.peer")
    assert value == (Decimal(88), Decimal(84), Decimal(91))
    assert target.line.text() == "88 84 91"


def test_quarters_are_rated_on_their_own(scorer: Scorer) -> None:
    scorer.show(DIRECTOR)
    stages = scorer.page.pane.head.stage
    assert [stages.itemText(n) for n in range(stages.count())][:2] == ["年终", "2026年第1季度"]
    stages.setCurrentIndex(1)
    stages.activated.emit(1)
    scorer.settle()
    scorer.line("score.销售额达成率.self", "2026Q1").setFocus()
    type_in("90")
    assert scorer.stored("score.销售额达成率.self", "2026Q1") == Decimal(90)


def test_what_is_typed_is_taken_when_the_page_is_left(scorer: Scorer) -> None:
    QTest.keyClicks(cursor(), "76")
    assert scorer.page.may_leave()
    assert scorer.stored("sales") == Decimal(76)


def test_what_was_refused_keeps_the_officer_on_the_sheet(scorer: Scorer) -> None:
    first = scorer.view.appraisal.id
    type_in("7x")
    scorer.page.list.step(1)
    scorer.settle()
    assert scorer.view.appraisal.id == first
    assert "还没有保存" in scorer.page.banner.text()
    assert scorer.line("sales").line.text() == "7x"
    QTest.keyClick(cursor(), Qt.Key.Key_Escape)
    assert scorer.page.may_leave()

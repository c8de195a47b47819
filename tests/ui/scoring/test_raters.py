"""Keys counted; raters, exempt indicators, the second entry, the scan beside the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from kpidesk.core.exemption import Handling
from kpidesk.core.period import CYCLE
from kpidesk.core.second_entry import DoubleEntry
from kpidesk.ui.forms import ChoiceField, MultilineField, NamesField
from kpidesk.ui.pages.scoring.many_raters import ManyRatersDialog
from kpidesk.ui.pages.scoring.rater_field import ChoosingDialog
from kpidesk.ui.pages.scoring.raters import RatersDialog
from kpidesk.ui.pages.scoring.score_cell import NO_SCORE, ZERO_SCORE
from kpidesk.ui.pages.scoring.second import DifferencesDialog
from kpidesk.ui.widgets import Badge
from kpidesk.usecases import appraisals, filing, people
from kpidesk.usecases import company as company_cases
from kpidesk.usecases.company import Company
from tests.ui.scoring.scorer import Scorer, children, cursor, type_in
from tests.ui.scoring.sheets import DIRECTOR, MANAGERS

MOST_KEYS = 20


@dataclass
class KeyCounter(QObject):
    """Counts every key that the program really gets, the digits and the point aside."""

    pressed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and watched.isWidgetType():
            assert isinstance(event, QKeyEvent)
            is_first = watched is QApplication.focusWidget()  # a parent may see it again
            if is_first and event.text() not in tuple("0123456789."):
                self.pressed.append(event.text())
        return False


@pytest.fixture
def keys(qapp: QApplication) -> Iterator[KeyCounter]:
    counter = KeyCounter()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


def press(*keys_: Qt.Key) -> None:
    for key in keys_:
        QTest.keyClick(cursor(), key)


def test_twelve_values_take_thirteen_keys_besides_the_digits(
    scorer: Scorer, keys: KeyCounter
) -> None:
    scorer.page.list.table.setFocus()
    press(Qt.Key.Key_Return)
    scorer.settle()
    for text in ("76", "200", "235", "5", "6", "8", "9", "12", "2", "1", "24", "0"):
        type_in(text)
    scorer.settle()
    assert scorer.view.sheet.complete
    assert len(keys.pressed) == 13 <= MOST_KEYS
    assert cursor() is scorer.page.sheet_tools.finish_button


def test_twelve_scores_of_three_raters_of_whom_two_are_peers_take_at_most_twenty(
    scorer: Scorer, keys: KeyCounter
) -> None:
    scorer.show(DIRECTOR)
    rated = [one for one in scorer.fields if one.field.rater]
    first = rated[0]
    first.setFocus()
    keys.pressed.clear()
    for text in ("90", "85 80", "88") * 3:  # 12 scores: one of each, and of two peers
        type_in(text)
    scorer.settle()
    stored = [scorer.stored(*one.key) for one in rated[:9]]
    assert sum(len(one) if isinstance(one, tuple) else 1 for one in stored) == 12
    assert len(keys.pressed) == 12 <= MOST_KEYS


# --- raters


def pick(line: QLineEdit, part: str) -> None:
    """Type a part of a name, a number or pinyin, and take the marked one."""
    line.setFocus()
    QTest.keyClicks(line, part)
    completer = cast("NamesField", line.parentWidget())._completer
    assert completer.popup().isVisible()
    QTest.keyClick(completer.popup(), Qt.Key.Key_Return)


def type_into(scorer: Scorer, fact: str, text: str) -> None:
    line = scorer.line(fact).line
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    scorer.settle()


def test_raters_are_named_and_their_scores_told_apart(scorer: Scorer) -> None:
    scorer.show(DIRECTOR)
    leaf = next(one.field.fact for one in scorer.fields if one.field.fact.endswith(".peer"))
    scorer.line(leaf).setFocus()
    QTest.keyClick(
        cursor(),
        Qt.Key.Key_R,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = scorer.dialog
    assert isinstance(dialog, RatersDialog)
    scorer.settle()
    peer, superior = children(dialog, QLineEdit)
    assert f"自评：{DIRECTOR}（本人）" in {one.text() for one in children(dialog, QLabel)}
    pick(peer, "zw")
    pick(peer, "002")
    assert peer.text() == "张伟、䶮小玲、"
    QTest.keyClicks(superior, "Li Mei")  # nobody of the company: typed as it is
    dialog.accept()
    scorer.settle()
    type_into(scorer, leaf, "85")
    assert "登记了 2 位考核人，填了 1 个分数" in scorer.line(leaf).message.text()
    type_into(scorer, leaf, "85 75")
    assert scorer.stored(leaf) == (Decimal(85), Decimal(75))
    assert "2 人评分（不记名）" in scorer.line(leaf).line.toolTip()
    assert "张伟" not in scorer.line(leaf).line.toolTip()


# --- not rated, zero, exempt


def test_not_rated_zero_and_exempt_look_different(scorer: Scorer) -> None:
    scorer.line("score.团队协作").setFocus()
    type_in("0")
    scorer.settle()
    rows = {one.row.indicator.name: one for one in scorer.rows}
    assert rows["团队协作"].score.number.text() == "0.00"
    for name, words in (("沟通能力", {NO_SCORE}), ("团队协作", {ZERO_SCORE})):
        shown = {one.text() for one in children(rows[name].score, QLabel) if one.isVisible()}
        assert shown == words
    QTest.mouseClick(rows["沟通能力"].score.exempt, Qt.MouseButton.LeftButton)
    dialog = scorer.dialog
    (handling,) = children(dialog, ChoiceField)
    (reason,) = children(dialog, MultilineField)
    dialog.accept()
    assert dialog.isVisible()
    assert handling.message == "请选择“沟通能力”（6分）的权重"
    handling.set_value(Handling.OUTSIDE)
    reason.set_value("产假")
    dialog.accept()
    scorer.settle()
    rows = {one.row.indicator.name: one for one in scorer.rows}
    marks = {one.text() for one in children(rows["沟通能力"].score, Badge) if one.isVisible()}
    assert marks == {"免考核"}
    told = "\n".join(one.text() for one in children(rows["沟通能力"].entry, QLabel))
    assert "免考核（不计分，总分不折算），理由：产假（李梅" in told
    QTest.mouseClick(rows["沟通能力"].score.appraise, Qt.MouseButton.LeftButton)
    scorer.settle()
    assert scorer.field("score.沟通能力").is_empty


# --- a second time


def want(company: Company, mode: DoubleEntry, scorer: Scorer) -> None:
    desk = scorer.page.desk
    profile = replace(company_cases.company_profile(company), double_entry=mode)
    company_cases.save_profile(company, profile, actor=desk.officer, today=desk.today)


def test_a_sheet_is_typed_a_second_time_and_what_differs_is_settled(scorer: Scorer) -> None:
    page = scorer.page
    scorer.ask(lambda company: want(company, DoubleEntry.ANOTHER, scorer))
    scorer.fill_in()
    page.second.begin()
    scorer.settle()
    bar = page.second.bar
    assert cursor() is bar.typist
    assert all(one.is_empty for one in scorer.fields)
    assert "还有 12 项没有录入" in "".join(one.text() for one in children(bar, QLabel))
    QTest.keyClicks(bar.typist, "Wang")
    page.pane.focus_first_empty()
    for text in ("67", "200", "235", "5", "6", "8", "9", "12", "2", "1", "24", "0"):
        type_in(text)
    scorer.settle()
    assert cursor() is bar.compare_button
    press(Qt.Key.Key_Return)
    scorer.settle()
    dialog = scorer.dialog
    assert isinstance(dialog, DifferencesDialog)
    told = [one.text() for one in children(dialog, QLabel)]
    assert {"67", "76", "李梅", "Wang"} <= set(told)
    first, second = (one for one in dialog.buttons if isinstance(one, QPushButton))
    assert (first.accessibleName(), second.accessibleName()) == (
        "实际销售额：以第一次为准", "实际销售额：以第二次为准",
    )  # fmt: skip
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    scorer.settle()
    scorer.settle()  # compared again: now they agree, and the second time ends
    assert not bar.isVisible()
    assert scorer.stored("sales") == Decimal(76)
    assert "以第一次为准" in scorer.line("sales").line.toolTip()
    assert "两次录入一致" in {one.text() for one in children(page.pane.head, Badge)}


# --- from the scan


def test_the_filed_scan_stands_beside_the_sheet_and_names_what_is_read(
    scorer: Scorer, tmp_path: Path
) -> None:
    page, desk = scorer.page, scorer.page.desk
    sheet = scorer.view.appraisal.id

    def file_it(company: Company) -> int:
        paper = tmp_path / "评分表.pdf"
        paper.write_bytes(appraisals.blank_sheet_pdf(company, sheet))
        received = filing.receive_scans(company, [paper], actor="李梅", today=desk.today)
        return received.files[0].complete

    page.show_scan()
    scorer.settle()
    assert not page.beside.view.isVisible()
    page.close_scan()
    assert scorer.ask(file_it) == 1  # of two pages
    page.show_scan()
    scorer.settle()
    assert page.beside.view.isVisible()
    assert page.beside.view.canvas.page_count == 2
    scorer.line("sales").setFocus()
    type_in("76")
    scorer.settle()
    view = scorer.ask(lambda company: appraisals.load_sheet(company, sheet, stage=CYCLE))
    assert [one.source for one in view.appraisal.entries] == ["扫描件“评分表.pdf”第 1 页"]
    page.close_scan()
    assert page.pane.head.source == ""
    assert page.list.isVisible()


# --- many people at once


def test_raters_of_everybody_in_the_list_are_named_at_once_and_carried_on(scorer: Scorer) -> None:
    page = scorer.page
    page.list.cycle.setCurrentIndex(0)
    scorer.settle()
    page.sheet_tools._name_many()
    scorer.settle()
    dialog = scorer.dialog
    assert isinstance(dialog, ManyRatersDialog)
    QAbstractItemModelTester(
        dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog
    )
    january = [one for one in dialog.model.rows() if one.row.cycle.key == "2026-01"]
    assert len(january) == 2
    dialog._clear()
    assert not dialog.name_button.isEnabled()
    for one in january:
        dialog._tick(one, True)
    dialog.kind.set_value("peer")
    assert not dialog.name_button.isEnabled()
    dialog.kind.set_value("")
    assert dialog.name_button.text() == "登记 2 张"
    line = dialog.names.findChild(QLineEdit)
    assert line is not None
    dialog.name_button.click()
    assert dialog.names.message == "请填写考核人"
    line.setText("李梅、李梅")
    dialog.name_button.click()
    assert "写了两次" in dialog.names.message
    line.setText("李梅，王强")
    assert {dialog._new(one) for one in january} == {"李梅、王强"}
    dialog.name_button.click()
    scorer.settle()
    assert dialog._banner.text() == "已登记 2 张评分表"
    dialog._tick_all()
    dialog.carry_button.click()
    scorer.settle()
    assert dialog._banner.text().startswith("已登记 22 张评分表")
    named = [one.kinds[0].names for one in dialog.model.rows() if one.row.cycle.key == "2026-12"]
    assert named == [("李梅", "王强")] * 2
    dialog.accept()


def test_each_ones_superior_is_one_choice_for_all_and_people_are_ticked_in_a_list(
    scorer: Scorer,
) -> None:
    page = scorer.page

    def set_superior(company: Company) -> None:
        rows = {one.person.name: one.person for one in people.list_people(company)}
        under = replace(rows[MANAGERS[0]], superior=rows[DIRECTOR].id)
        people.edit_person(company, under, actor="李梅", today=page.desk.today)

    scorer.ask(set_superior)
    page.sheet_tools._name_many()
    scorer.settle()
    dialog = scorer.dialog
    assert isinstance(dialog, ManyRatersDialog)
    dialog.kind.set_value("")
    dialog.names.superior_button.click()
    dialog._clear()
    chosen = {}
    for one in dialog.model.rows():
        if one.row.cycle.key == "2026-01":
            dialog._tick(one, True)
            chosen[one.row.person_name] = dialog._new(one)
    assert chosen[MANAGERS[0]] == DIRECTOR
    assert "没有登记在职的上级" in chosen[MANAGERS[1]]
    dialog.name_button.click()
    scorer.settle()
    told = dialog._banner.text()
    assert told.startswith("已登记 1 张评分表；1 张没有登记")
    assert f"{MANAGERS[1]}（2026-01）" in told
    named = {one.row.person_name: one.kinds[0].names for one in dialog._chosen()}
    assert named == {MANAGERS[0]: (DIRECTOR,), MANAGERS[1]: ()}
    dialog.names.write(["外聘专家"])
    dialog.names.choose_button.click()
    choosing = dialog.names.findChild(ChoosingDialog)
    assert isinstance(choosing, ChoosingDialog)
    QTest.keyClicks(choosing.step.search, "003")
    assert [one.person.name for one in choosing.step.model.shown()] == [DIRECTOR]
    choosing.step._tick_all()
    choosing.accept()
    assert dialog.names.value() == ("外聘专家", DIRECTOR)


def test_what_waits_for_the_second_entry_is_marked_and_filtered(scorer: Scorer) -> None:
    desk = scorer.page.desk
    scorer.fill_in()
    profile = scorer.ask(company_cases.company_profile)
    desk.act(
        lambda one: company_cases.save_profile(
            one, replace(profile, double_entry=DoubleEntry.ANYBODY), actor="李梅", today=desk.today
        )
    )
    scorer.settle()
    scorer.page.refresh()
    scorer.page.show_item(("state", appraisals.SheetState.CHECKING))
    scorer.settle()
    [waiting] = scorer.page.list._model.shown()
    assert str(waiting.state) == "待二次录入"
    assert scorer.page.list.state.currentText() == "待二次录入"
    assert "待二次录入" in {one.text() for one in children(scorer.page.pane.head, Badge)}

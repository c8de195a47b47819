from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.errors import NotAllowedError
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog, ask_reason, confirm, show_message
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
    MultilineField,
    NumberField,
    TextField,
)
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.widgets import push_button
from kpidesk.usecases.session import reason_given

ROOT = Path(__file__).resolve().parents[2]
Settle = Callable[[Desk], None]
Typing = Callable[[QWidget, str], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("２０２６－０３－０１", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("20240229", date(2024, 2, 29)),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(
    desk: Desk, qtbot: QtBot, typed: str, value: date | None
) -> None:
    field = DateField(desk.look, "入职日期")
    qtbot.addWidget(field)
    field._line.setText(typed)
    assert field.check()
    assert field.value() == value


def test_an_impossible_day_is_refused_below_its_field_and_stays_typed(
    desk: Desk, qtbot: QtBot
) -> None:
    field = DateField(desk.look, "期满日")
    qtbot.addWidget(field)
    field._line.setText("2026-02-30")
    assert not field.check()
    assert "2 月没有 30 日" in field.message
    assert field.raw() == "2026-02-30"
    field._line.setText("2026-02-28")
    assert field.message == "", "the complaint goes as soon as the text is mended"


def test_a_day_can_be_chosen_in_the_calendar(desk: Desk, qtbot: QtBot) -> None:
    field = DateField(desk.look, "签署日期", least=date(2026, 1, 1))
    qtbot.addWidget(field)
    field.show()
    field.set_value(date(2026, 3, 1))
    field.open_calendar()
    assert field._calendar is not None
    assert field._calendar.selectedDate() == QDate(2026, 3, 1)
    field._calendar.clicked.emit(QDate(2025, 12, 31))
    assert not field.check()
    assert "不能早于 2026-01-01" in field.message


def test_numbers_are_exact_and_bounded(qtbot: QtBot) -> None:
    field = NumberField("完成率", unit="%", least=Decimal(0), most=Decimal(200), places=1)
    qtbot.addWidget(field)
    for typed, value in (("95.5％", "95.5"), ("１００", "100"), ("95", "95")):
        field._line.setText(typed)
        assert field.value() == Decimal(value)
    for typed, message in (
        ("-1", "不能小于 0%"),
        ("200.1", "不能大于 200%"),
        ("0.25", "最多 1 位小数"),
        ("abc", "不是数字"),
    ):
        field._line.setText(typed)
        assert not field.check()
        assert message in field.message


def test_a_long_list_is_searched_and_a_stranger_refused(qtbot: QtBot) -> None:
    field = ChoiceField("直属上级", [(1, "张伟"), (2, "李䶮")], searchable=True, none="（无）")
    qtbot.addWidget(field)
    assert field.value() is None
    field._box.setEditText("李䶮")
    assert field.value() == 2
    field._box.setEditText("李四")
    assert not field.check()
    assert "没有“李四”" in field.message
    field.set_value(1)
    field.set_options([(1, "张伟（大客户部）"), (3, "王芳")])
    assert field.value() == 1


def test_the_wheel_over_a_list_scrolls_the_form_and_chooses_nothing(
    window: QWidget, qtbot: QtBot
) -> None:
    field = ChoiceField("算法", [(1, "满一档才计"), (2, "按比例计")], required=True)
    field.setParent(window)
    field.set_value(1)
    field.show()
    field._box.setFocus()
    middle = QPointF(field._box.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(field._box.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field._box, turn)
    assert field.value() == 1
    assert not turn.isAccepted()


def test_a_form_checks_everything_at_once_and_goes_to_the_first_mistake(
    desk: Desk, qtbot: QtBot
) -> None:
    form = Form(desk.look)
    qtbot.addWidget(form)
    name = form.add(TextField("姓名", required=True, most=3), half=True)
    target = form.add(NumberField("目标值", required=True), half=True)
    note = form.add(MultilineField("备注", most=5))
    tick = form.add(CheckField("参加考核"))
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    note._edit.setPlainText("一二三四五六")
    tick.set_value(True)
    assert not form.check()
    assert (name.message, target.message) == ("请填写姓名", "请填写目标值")
    assert "最多 5 个字，现在有 6 个" in note.message
    assert name._line.hasFocus()
    assert tick.value()
    assert form.is_dirty
    form.settle()
    assert not form.is_dirty


class Saving(SavingDialog):
    """Saves on the worker; refuses the first time."""

    refusals = 1

    def start(
        self, done: Callable[[object], object], failed: Callable[[Exception], object]
    ) -> None:
        def work() -> str:
            if self.refusals:
                self.refusals -= 1
                raise NotAllowedError("工号已有人使用")
            return "saved"

        self.desk.tasks.run(work, done, failed, owner=self)


def test_a_refused_form_stays_open_with_the_reason_and_everything_that_was_typed(
    desk: Desk, window: QWidget, settle: Settle, type_text: Typing, qtbot: QtBot
) -> None:
    form = Form(desk.look)
    name = form.add(TextField("姓名", required=True))
    dialog = Saving(desk, window, "新增人员", form, save="新增")
    dialog.open()
    dialog.accept()
    assert name.message == "请填写姓名"
    type_text(name._line, "王𬭎")
    dialog.accept_button.click()
    settle(desk)
    assert dialog.isVisible()
    assert form._banner.text() == "工号已有人使用"
    assert name.value() == "王𬭎"
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()


def test_closing_a_form_with_something_typed_asks_first(
    desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    form = Form(desk.look)
    name = form.add(TextField("姓名"))
    dialog = Saving(desk, window, "新增人员", form, save="新增")
    dialog.open()
    name._line.setText("张伟")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    question = cast("Dialog", dialog.findChild(Dialog))
    with qtbot.waitSignal(dialog.rejected):
        question.accept_button.click()


def test_messages_show_what_looks_like_markup_as_it_is(
    desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    text = "<b>张伟</b> 5<x<10 & 更多"
    dialog = show_message(desk, window, "提示", text)
    found = cast("list[QLabel]", dialog.findChildren(QLabel))
    formats = {label.textFormat() for label in found if label.text()}
    assert formats == {Qt.TextFormat.PlainText}
    assert text in {label.text() for label in found}
    dialog.accept()


def test_a_dangerous_question_names_its_action_and_enter_does_not_do_it(
    desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    done: list[int] = []
    ask: dict[str, Any] = {"title": "删除部门？", "text": "", "action": "删除部门"}
    dialog = confirm(desk, window, then=lambda: done.append(1), danger=True, **ask)
    assert dialog.accept_button.text() == "删除部门"
    assert not dialog.accept_button.isDefault()
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
    assert done == []
    safe = confirm(desk, window, then=lambda: done.append(1), safe=True, **ask)
    assert not safe.accept_button.isDefault()
    QTest.keyClick(safe, Qt.Key.Key_Return)
    assert done == []
    plain = confirm(desk, window, then=lambda: done.append(1), **ask)
    assert plain.focusWidget() is plain.accept_button  # what Enter does is what is marked
    QTest.keyClick(plain, Qt.Key.Key_Return)
    assert done == [1]


def test_an_action_waits_for_its_reason(window: QWidget, type_text: Typing) -> None:
    reasons: list[str] = []
    dialog = ask_reason(window, title="作废", text="", action="作废", then=reasons.append)
    assert not dialog.accept_button.isEnabled()
    type_text(dialog._edit, "  录入有误 ")
    dialog.accept_button.click()
    assert reasons == ["录入有误"]


def test_a_part_that_only_one_option_has_chooses_it(qtbot: QtBot) -> None:
    field = ChoiceField(
        "直属上级",
        [(3, "李㛃 QM003（大客户总监）"), (9, "张䶮 QM009（大客户经理）")],
        searchable=True,
        none="（无）",
    )
    qtbot.addWidget(field)
    line = field._box.lineEdit()
    assert line is not None
    line.setText("QM009")
    assert field.value() == 9
    line.setFocus()
    line.editingFinished.emit()
    assert field.raw() == "张䶮 QM009（大客户经理）"
    line.setText("大客户")
    with pytest.raises(ValueError, match="直属上级中没有“大客户”"):
        field.value()
    line.setText("")
    assert field.value() is None


def test_a_button_shows_the_and_sign_of_a_name(desk: Desk, qtbot: QtBot) -> None:
    made = push_button(desk.look, "R&D部-2026-001", lambda: None, kind="link")
    qtbot.addWidget(made)
    assert made.text() == "R&&D部-2026-001"
    assert made.shortcut().isEmpty()


def test_a_share_of_one_reads_in_percent_beside_the_field_as_it_is_typed(qtbot: QtBot) -> None:
    field = NumberField("提成比例", share=True)
    qtbot.addWidget(field)

    def beside() -> list[str]:
        labels: list[QLabel] = list(field.findChildren(QLabel))
        return [one.text() for one in labels if one.text().startswith("即")]

    field.set_value(Decimal("0.04"))
    assert beside() == ["即 4%"]
    field._line.setText("4")
    assert beside() == ["即 400%"]
    for nothing in ("", "四"):
        field._line.setText(nothing)
        assert beside() == []


def test_a_paste_that_is_far_too_long_is_refused_whole_and_at_once(qtbot: QtBot) -> None:
    field = MultilineField("经过")
    qtbot.addWidget(field)
    field.show()
    field.set_value("已有的文字")
    area = cast("QPlainTextEdit", field.findChild(QPlainTextEdit))
    for text in ("很" * 25_000_000, "很\n" * 1_000_000):
        mime = QMimeData()
        mime.setText(text)
        area.insertFromMimeData(mime)
        assert field.raw() == "已有的文字"
        assert "太长了，没有粘贴" in field.message
    mime = QMimeData()
    mime.setHtml("<b>粗</b><img src='file:///etc/passwd'>")
    mime.setText("<b>粗</b>")
    area.insertFromMimeData(mime)
    assert field.raw() == "<b>粗</b>已有的文字"


def test_a_reason_is_no_longer_than_the_log_takes(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReasonDialog(parent, "作废？", "", "作废")
    dialog._edit.setPlainText("长" * 2001)
    assert not dialog.accept_button.isEnabled()
    assert "最多 2000 个字" in dialog._said.text()
    dialog._edit.setPlainText("长" * 2000)
    assert dialog.accept_button.isEnabled()
    assert not dialog._said.text()
    with pytest.raises(NotAllowedError, match="最多 2000 个字"):
        reason_given("长" * 2001, "作废")


def test_tips_come_from_us_or_are_made_plain() -> None:
    """Qt guesses markup in tips: what users wrote must not be taken for it."""
    told: list[str] = []
    for path in (ROOT / "kpidesk" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                wrong = node.func.attr == "setToolTip" and not _is_ours(node.args[0])
                if wrong and (path.name, ast.unparse(node.args[0])) not in FINE:
                    told.append(f"{path.name}:{node.lineno} {ast.unparse(node.args[0])}")
    assert told == []


FINE = {
    ("navigation.py", "f'{entry.name}（{key}）' if key else entry.name"),  # pages
    ("tools.py", "button.toolTip()"),  # of a button of ours
    ("menu.py", "HINTS[paper]"),
}


def _is_ours(text: ast.expr) -> bool:
    match text:
        case ast.Constant():
            return True
        case ast.IfExp():
            return _is_ours(text.body) and _is_ours(text.orelse)
        case ast.Call(func=ast.Name(id="plain_tip")):
            return True
        case ast.Name():
            return text.id.isupper() or text.id == "tip"  # a parameter: who calls writes it
        case _:
            return False

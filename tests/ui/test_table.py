from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look import Theme, Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.table.copying import table_mime
from kpidesk.ui.table.exporting import table_values
from kpidesk.ui.table.frozen import FrozenColumns
from kpidesk.ui.table.model import TONE, WRONG

Settle = Callable[[Desk], None]
Typing = Callable[[QWidget, str], None]


@dataclass(frozen=True)
class Score:
    number: int
    name: str
    points: Decimal | None


PEOPLE = (
    Score(1, "张伟", Decimal(9)),
    Score(2, "李䶮", Decimal(100)),
    Score(3, "王芳", None),
    Score(4, "赵<b>敏</b>", Decimal(25)),
)


class Sheet:
    """Four people whose points are entered; what is asked for is kept and shown anew."""

    def __init__(self, desk: Desk) -> None:
        self.asked: list[tuple[str, str]] = []
        self.desk = desk
        self.model = RowsModel(
            [
                Column("name", "姓名", lambda row: row.name, stretch=True),
                Column(
                    "points",
                    "得分",
                    lambda row: "" if row.points is None else str(row.points),
                    right=True,
                    edit=self.enter,
                    sort=lambda row: row.points,
                ),
                Column(
                    "state",
                    "状态",
                    lambda row: "缺分" if row.points is None else "",
                    tone=lambda row: Tone.WARN if row.points is None else None,
                    tip=lambda row: row.name,
                ),
            ],
            key=lambda row: row.number,
        )
        self.model.show(PEOPLE)

    def enter(self, row: Score, text: str) -> None:
        points = parse_decimal(text)
        self.asked.append((row.name, text))
        rows = tuple(
            replace(known, points=points) if known.number == row.number else known
            for known in self.model.rows()
        )
        self.desk.tasks.run(lambda: rows, self.model.show)

    def names(self) -> list[str]:
        return [row.name[:2] for row in self.model.shown()]


@pytest.fixture
def sheet(desk: Desk) -> Sheet:
    return Sheet(desk)


@pytest.fixture
def view(desk: Desk, sheet: Sheet, qtbot: QtBot) -> TableView[Score]:
    made = TableView(desk, sheet.model, "test", cells=True)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def editor(view: TableView[Score]) -> QLineEdit:
    made = cast("list[QLineEdit]", view.viewport().findChildren(QLineEdit))
    found = [line for line in made if line.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_model_keeps_every_rule_of_qt_while_it_is_sorted_filtered_and_reloaded(
    sheet: Sheet,
) -> None:
    tester = QAbstractItemModelTester(
        sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    sheet.model.sort(1)
    sheet.model.filter_text("张")
    sheet.model.filter_text("")
    sheet.model.show(PEOPLE[:2])
    sheet.model.show([])
    sheet.model.show(PEOPLE)
    tester.deleteLater()


def test_sorting_is_by_value_and_what_has_none_comes_last_both_ways(sheet: Sheet) -> None:
    sheet.model.sort(1, Qt.SortOrder.AscendingOrder)
    assert sheet.names() == ["张伟", "赵<", "李䶮", "王芳"]
    sheet.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert sheet.names() == ["李䶮", "赵<", "张伟", "王芳"]
    sheet.model.sort(-1)
    assert sheet.names() == ["张伟", "李䶮", "王芳", "赵<"]


def test_a_filter_needs_every_word_in_some_column(sheet: Sheet) -> None:
    sheet.model.filter_text("王 缺分")
    assert sheet.names() == ["王芳"]
    sheet.model.filter_text("w", lambda row: "wang fang" if row.number == 3 else "")
    assert sheet.names() == ["王芳"]
    sheet.model.filter_text("")
    sheet.model.filter_rows(lambda row: row.points is not None)
    assert "王芳" not in sheet.names()
    assert sheet.model.is_filtered


def test_a_reload_keeps_the_place_of_rows_while_the_same_ones_are_shown(sheet: Sheet) -> None:
    sheet.model.sort(1)
    sheet.model.show([replace(row, points=Decimal(50) - row.number) for row in PEOPLE])
    assert sheet.names() == ["张伟", "赵<", "李䶮", "王芳"], "no row jumps under the cursor"


def test_enter_and_down_go_on_to_the_next_cell_with_its_editor_open(
    view: TableView[Score], sheet: Sheet, qtbot: QtBot, settle: Settle, type_text: Typing
) -> None:
    view.setCurrentIndex(sheet.model.index(0, 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    for text, key in (("95", Qt.Key.Key_Return), ("８８．５", Qt.Key.Key_Down)):
        type_text(editor(view), text)
        QTest.keyClick(editor(view), key)
    settle(sheet.desk)
    assert sheet.asked == [("张伟", "95"), ("李䶮", "８８．５")]
    assert sheet.model.row(1).points == Decimal("88.5")
    assert view.currentIndex().row() == 2
    assert editor(view).text() == ""


def test_digits_go_into_the_cell_that_was_clicked_and_nowhere_else(
    view: TableView[Score], sheet: Sheet
) -> None:
    def click(row: int, column: int) -> None:
        where = view.visualRect(sheet.model.index(row, column)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    view.setCurrentIndex(sheet.model.index(2, 1))
    click(2, 1)  # it has the cursor already, and is no slow double click
    QTest.keyClicks(view, "1")
    assert view.currentIndex() == sheet.model.index(2, 1)
    assert editor(view).text() == "1"
    QTest.keyClick(editor(view), Qt.Key.Key_Escape)
    sheet.model.show([*PEOPLE[:3], replace(PEOPLE[3], name="4号")])
    click(0, 0)  # nothing can be typed there, and another row begins like that
    QTest.keyClicks(view, "4")
    assert view.currentIndex() == sheet.model.index(0, 0)


def test_what_is_being_typed_survives_a_reload(
    view: TableView[Score], sheet: Sheet, qtbot: QtBot
) -> None:
    view.setCurrentIndex(sheet.model.index(2, 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(editor(view), "77")
    sheet.model.show([replace(row, name=row.name + "*") for row in PEOPLE])
    assert editor(view).text() == "77"


def compose(widget: QWidget, text: str) -> None:
    """What an input method shows under the cursor before a word is chosen."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def test_a_word_that_is_being_composed_on_a_cell_opens_its_editor(
    view: TableView[Score], sheet: Sheet, settle: Settle, type_text: Typing
) -> None:
    view.setCurrentIndex(sheet.model.index(0, 1))
    view.setFocus()
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    compose(view, "９")
    line = editor(view)
    compose(line, "９５")
    assert line.text() == "", "what was there is typed over, what is not chosen is not there yet"
    type_text(line, "９５")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(sheet.desk)
    assert sheet.asked == [("张伟", "９５")]
    assert sheet.model.row(0).points == Decimal(95)


def test_a_word_that_is_being_composed_survives_a_reload(
    view: TableView[Score], sheet: Sheet, type_text: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.setCurrentIndex(sheet.model.index(2, 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    line = editor(view)
    compose(line, "jiu'shi")
    set_anew: list[str] = []  # Qt takes the word from the input method then
    monkeypatch.setattr(line, "setText", set_anew.append)
    sheet.model.show([replace(row, name=row.name + "*") for row in PEOPLE])
    assert not set_anew
    type_text(line, "90")
    assert line.text() == "90"


def test_a_refused_text_stays_in_its_cell_with_the_reason_and_the_cursor(
    view: TableView[Score], sheet: Sheet, type_text: Typing, qtbot: QtBot
) -> None:
    view.setCurrentIndex(sheet.model.index(0, 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    type_text(editor(view), "九十五")
    QTest.keyClick(editor(view), Qt.Key.Key_Return)
    index = sheet.model.index(0, 1)
    assert index.data() == "九十五"
    assert "汉字数字" in index.data(WRONG)
    assert sheet.model.refusals
    assert view.currentIndex() == index
    assert editor(view).text() == "九十五"
    QTest.keyClicks(editor(view), "95")
    QTest.keyClick(editor(view), Qt.Key.Key_Return)
    assert not sheet.model.refusals
    assert sheet.asked == [("张伟", "95")]


def test_a_refusal_that_comes_later_from_the_worker_is_shown_at_its_cell(sheet: Sheet) -> None:
    index = sheet.model.index(1, 1)
    assert sheet.model.setData(index, "120")
    sheet.model.refuse(2, "points", "不能超过满分 100")
    assert index.data() == "120"
    assert index.data(WRONG) == "不能超过满分 100"


def test_typing_the_same_text_asks_for_nothing(sheet: Sheet) -> None:
    assert sheet.model.setData(sheet.model.index(0, 1), "9")
    assert sheet.asked == []


def test_cells_without_an_edit_refuse_one(sheet: Sheet) -> None:
    assert not sheet.model.setData(sheet.model.index(0, 0), "改名")
    assert not sheet.model.flags(sheet.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_tips_and_copies_never_take_names_for_markup(
    view: TableView[Score], sheet: Sheet, qapp: QApplication
) -> None:
    tip = sheet.model.index(3, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip
    view.selectAll()
    view.copy(with_titles=True)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().splitlines()[0] == "姓名\t得分\t状态"
    assert mime.text().splitlines()[4] == "赵<b>敏</b>\t25\t"
    assert "&lt;b&gt;敏" in mime.html()


def test_hidden_columns_are_not_copied(view: TableView[Score]) -> None:
    view.memory.set_shown(1, shown=False)
    view.selectAll()
    assert view.selected_cells(with_titles=True)[0] == ["姓名", "状态"]


def test_selection_and_cursor_stay_with_their_people_when_rows_come_and_go(
    desk: Desk, sheet: Sheet, qtbot: QtBot
) -> None:
    view = TableView(desk, sheet.model, "rows")
    qtbot.addWidget(view)
    view.select([2, 4])
    assert [row.number for row in view.selected_rows()] == [2, 4]
    sheet.model.show([PEOPLE[3], Score(9, "新人", None), PEOPLE[1]])
    assert {row.number for row in view.selected_rows()} == {2, 4}
    current = view.current_row()
    assert current is not None
    assert current.number == 2


def test_widths_order_and_sorting_are_there_again_next_time(
    desk: Desk, sheet: Sheet, qtbot: QtBot
) -> None:
    first = TableView(desk, sheet.model, "remembered")
    qtbot.addWidget(first)
    first.horizontalHeader().resizeSection(1, 177)
    first.horizontalHeader().moveSection(2, 0)
    first.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    first.memory.keep()
    again = Sheet(desk)
    second = TableView(desk, again.model, "remembered")
    qtbot.addWidget(second)
    assert second.horizontalHeader().sectionSize(1) == 177
    assert second.horizontalHeader().logicalIndex(0) == 2
    assert again.names()[0] == "李䶮"


def test_an_empty_table_says_the_next_step_and_a_filtered_one_that_nothing_matches(
    view: TableView[Score], sheet: Sheet
) -> None:
    seen = []
    view.set_empty("还没有人员", "先录入人员。", "新增人员", lambda: seen.append(1))
    sheet.model.show([])
    assert view._empty.isVisible()
    view._empty._button.click()
    assert seen == [1]
    sheet.model.show(PEOPLE)
    assert not view._empty.isVisible()
    sheet.model.filter_text("没有这个人")
    assert view._empty.isVisible()
    assert "没有符合条件" in view._empty._title.text()


def test_in_a_low_place_the_words_of_an_empty_table_are_whole(
    view: TableView[Score], sheet: Sheet
) -> None:
    view.set_empty("还没有结果", "填好上面的数字，这里就有得分。")
    sheet.model.show([])
    empty = view._empty
    assert empty._picture.isVisible()
    view.setFixedHeight(view.height() - view.viewport().height() + 56)
    QTest.qWait(1)
    assert not empty._picture.isVisible()
    for part in (empty._title, empty._hint):
        assert part.height() >= part.sizeHint().height()
        assert empty.rect().contains(part.geometry())
    view.setFixedHeight(400)
    QTest.qWait(1)
    assert empty._picture.isVisible()


def test_enter_and_double_click_open_a_row_that_cannot_be_typed_into(
    view: TableView[Score], sheet: Sheet, qtbot: QtBot
) -> None:
    view.setCurrentIndex(sheet.model.index(1, 0))
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].name == "李䶮"


def test_a_badge_has_its_tone(sheet: Sheet) -> None:
    assert sheet.model.index(2, 2).data(TONE) == Tone.WARN
    assert sheet.model.index(0, 2).data(TONE) is None


def test_a_column_is_filtered_by_one_of_its_texts_or_by_words_and_its_heading_says_so(
    view: TableView[Score], sheet: Sheet
) -> None:
    QAbstractItemModelTester(sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sheet.model.filter_column("state", lambda text: text == "缺分")
    assert sheet.names() == ["王芳"]
    marks = [
        sheet.model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole)
        for n in range(3)
    ]
    assert [one is not None for one in marks] == [False, False, True]
    sheet.model.filter_column("name", lambda text: "伟" in text)
    assert sheet.names() == []
    assert view._empty.isVisible()
    view._empty._button.click()
    assert len(sheet.names()) == 4
    assert sheet.model.filtered_columns == ()


def entries(menu: QMenu) -> dict[str, QAction]:
    """The entries of a menu, those of its submenus too."""
    menus = [menu, *cast("list[QMenu]", menu.findChildren(QMenu))]
    return {action.text(): action for one in menus for action in one.actions()}


def test_the_menu_of_a_heading_sorts_filters_hides_and_restores(
    view: TableView[Score], sheet: Sheet
) -> None:
    header = view.horizontalHeader()

    def opened(number: int) -> dict[str, QAction]:
        place = QPoint(header.sectionViewportPosition(number) + 5, 5)
        header.customContextMenuRequested.emit(place)
        menu = cast("QMenu", QApplication.activePopupWidget())
        found = entries(menu)
        menu.close()
        return found

    opened(1)["降序"].trigger()
    assert sheet.names()[0] == "李䶮"
    opened(2)["缺分　1"].trigger()
    assert sheet.names() == ["王芳"]
    opened(2)["清除列的筛选"].trigger()
    opened(0)["包含文字…"].trigger()
    dialog = cast("Dialog", QApplication.activeModalWidget())
    line = cast("QLineEdit", dialog.findChild(QLineEdit))
    line.setText("李")
    dialog.accept_button.click()
    assert sheet.names() == ["李䶮"]
    opened(1)["隐藏“得分”"].trigger()
    assert header.isSectionHidden(1)
    header.moveSection(2, 0)
    opened(0)["恢复原来的列"].trigger()
    assert not header.isSectionHidden(1)
    assert [header.visualIndex(n) for n in range(3)] == [0, 1, 2]


def test_a_table_is_copied_with_its_headings_by_keys(view: TableView[Score]) -> None:
    view.selectAll()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_C, modifiers)
    assert QGuiApplication.clipboard().text().startswith("姓名\t得分\t状态\n张伟\t9\t")


class Painted(QObject):
    """Sees how high the parts are that a viewport paints."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.heights: list[int] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.heights.append(event.rect().height())
        return False


def months_table(desk: Desk, qtbot: QtBot) -> tuple[RowsModel[int], TableView[int], FrozenColumns]:
    """Three hundred rows of fourteen columns, the first three of which stay."""
    columns: list[Column[int]] = [
        Column(str(number), f"{number}月", str, right=True) for number in range(14)
    ]
    model: RowsModel[int] = RowsModel(columns, key=lambda row: row)
    table: TableView[int] = TableView(desk, model, "months")
    qtbot.addWidget(table)
    frozen = FrozenColumns(desk.look, table, 3)
    model.show(range(300))
    table.resize(800, 400)
    with qtbot.waitExposed(table):
        table.show()
    return model, table, frozen


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_scrolling_paints_only_what_comes_into_view(
    desk: Desk, qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    _, table, frozen = months_table(desk, qtbot)
    before = desk.look.theme
    desk.look.change(qapp, theme, desk.look.scale)
    QTest.qWait(1)
    seen = [Painted(table), Painted(frozen)]
    for step in range(1, 11):
        table.verticalScrollBar().setValue(step * 7)
        QTest.qWait(1)
    desk.look.change(qapp, before, desk.look.scale)
    for one in seen:
        assert len(one.heights) == 10
        assert set(one.heights) == {7}
    assert frozen.verticalScrollBar().value() == 70


def test_columns_that_stay_stand_before_those_that_scroll(desk: Desk, qtbot: QtBot) -> None:
    model, table, frozen = months_table(desk, qtbot)
    first, bar = model.index(0, 3), table.horizontalScrollBar()
    assert (bar.minimum(), bar.value()) == (frozen.room, frozen.room)
    assert table.visualRect(first).left() == 0
    assert table.viewport().x() == frozen.geometry().right() + 1
    bar.setValue(bar.maximum())
    assert table.visualRect(model.index(0, 13)).right() == table.viewport().width() - 1
    frozen.horizontalHeader().resizeSection(0, 200)
    assert table.columnWidth(0) == 200
    QTest.qWait(1)  # tables put themselves right once all is said
    assert table.viewport().x() == frozen.geometry().right() + 1
    table.memory.set_shown(1, shown=False)
    assert frozen.isColumnHidden(1)
    table.memory.set_shown(1, shown=True)
    assert frozen.columnWidth(1) == table.columnWidth(1) > 0
    QTest.qWait(1)
    bar.setValue(0)
    assert table.visualRect(first).left() == 0
    table.resize(3000, 400)
    QTest.qWait(1)
    assert bar.minimum() == bar.maximum() == frozen.room
    assert not bar.isVisible()


def test_columns_that_stay_scroll_to_rows_that_have_just_come(desk: Desk, qtbot: QtBot) -> None:
    wide: list[Column[Score]] = [Column(f"c{n}", f"列{n}", lambda one: one.name) for n in range(12)]
    model: RowsModel[Score] = RowsModel(wide, key=lambda one: one.number)
    table = TableView(desk, model, "grow", cells=True)
    qtbot.addWidget(table)
    frozen = FrozenColumns(desk.look, table, 1)
    table.resize(400, 300)
    with qtbot.waitExposed(table):
        table.show()
    model.show([Score(n, f"人{n}", None) for n in range(4)])
    QTest.qWait(1)
    model.show([Score(n, f"人{n}", None) for n in range(30)])
    table.doItemsLayout()  # the table knows its new rows before its other half does
    table.scrollToBottom()
    assert table.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: frozen.verticalScrollBar().value() > 0)
    last = model.index(29, 5)
    assert frozen.visualRect(model.index(29, 0)).y() == table.visualRect(last).y()


def test_no_text_that_is_copied_becomes_a_formula_or_loses_its_noughts() -> None:
    texts = ["=HYPERLINK(1)", "@SUM", "-1+2", "-1,200.50", "+3.5", "0012", "9" * 18, "1234", "赵"]
    mime = table_mime([texts])
    assert mime.text().split("\t") == [
        "'=HYPERLINK(1)", "'@SUM", "'-1+2", "-1,200.50", "+3.5", "0012", "9" * 18, "1234", "赵",
    ]  # fmt: skip
    cells = mime.html().split("<td")[1:]
    kept = [text for text, cell in zip(texts, cells, strict=True) if "mso-number-format" in cell]
    assert kept == ["=HYPERLINK(1)", "@SUM", "-1+2", "0012", "9" * 18]


def test_a_column_of_percentages_is_exported_as_numbers_and_a_dash_as_nothing(
    desk: Desk, qtbot: QtBot
) -> None:
    columns: tuple[Column[str], ...] = (
        Column("share", "完成率", lambda one: one, right=True),
        Column("name", "姓名", lambda one: one),
    )
    model: RowsModel[str] = RowsModel(columns, key=lambda one: one)
    view = TableView(desk, model, "percent")
    qtbot.addWidget(view)
    model.show(["95%", "100.5%", "—"])
    assert table_values(view) == (
        ["完成率（%）", "姓名"],
        [[Decimal(95), "95%"], [Decimal("100.5"), "100.5%"], [None, "—"]],
    )


def test_a_table_is_exported_by_its_key_where_the_menu_is_out_of_reach(
    view: TableView[Score],
) -> None:
    QTest.keyClick(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    [dialog] = cast("list[QFileDialog]", view.window().findChildren(QFileDialog))
    assert dialog.windowTitle() == "导出为 Excel"
    dialog.reject()

"""The page 目标: typed, split, locked and pasted like a sheet; published with a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target_plan import TargetPlan
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import Message
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.importing import ImportDialog
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.targets import TargetsPage, members
from kpidesk.ui.pages.targets.grid import TargetGrid
from kpidesk.ui.pages.targets.history import HistoryDialog
from kpidesk.ui.pages.targets.splitting import CopyDialog, SplitDialog
from kpidesk.ui.table.model import INK, WRONG
from kpidesk.usecases import contracts, people, targets
from kpidesk.usecases.company import Company
from kpidesk.usecases.targets import PlanKey, PlanState, Shape
from tests.exchange.books import write_book
from tests.ui.conftest import TODAY

Settle = Callable[[Desk], None]
Some = TypeVar("Some", bound=Dialog)
KEY = PlanKey("account-manager-kpi", "", "sales_plan", Period.months(2026, 1, 12))
WHO: dict[str, Any] = {"actor": "李梅", "today": TODAY}
_FLAGS = QItemSelectionModel.SelectionFlag


@dataclass
class Planner:
    """Hands and eyes on the page. Rows: 0 company, 1 华东部, 2–4 people, 5 华南部, 6 a person."""

    page: TargetsPage
    settle_desk: Settle

    def settle(self) -> None:
        """Wait until everything was answered and shown."""
        for _ in range(3):
            self.settle_desk(self.page.desk)
            QTest.qWait(1)

    @property
    def grid(self) -> TargetGrid:
        """The grid as it is now."""
        assert self.page.grid is not None
        return self.page.grid

    def at(self, row: int, column: str) -> None:
        """Put the cursor on a cell."""
        index = self.grid.rows.index(row, self.grid.rows.column(column))
        self.grid.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect)

    def choose(self, rows: range, first: str, last: str) -> None:
        """Choose a block."""
        model = self.grid.rows
        self.at(rows[0], first)
        for row in rows:
            for column in range(model.column(first), model.column(last) + 1):
                self.grid.selectionModel().select(model.index(row, column), _FLAGS.Select)

    def keys(self, text: str, *, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type over the cell with the cursor, and confirm."""
        QTest.keyClicks(self.grid, text[:1])
        editor = self.editor()
        editor.insert(text[1:])  # key events know only Latin letters
        QTest.keyClick(editor, end)
        self.settle()

    def editor(self) -> QLineEdit:
        """The line that is open in a cell."""
        lines = cast("list[QLineEdit]", self.grid.findChildren(QLineEdit))
        return next(one for one in lines if one.isVisible() and one.property("kind") == "cell")

    def press(self, key: Qt.Key, control: bool = True, *, shifted: bool = False) -> None:  # noqa: FBT001, FBT002 - a key
        """Press a key on the grid."""
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        if shifted:
            held |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.grid, key, held)
        self.settle()

    def text(self, row: int, column: str) -> str:
        """What a cell shows."""
        model = self.grid.rows
        return str(model.index(row, model.column(column)).data() or "")

    def row(self, row: int, *columns: str) -> list[str]:
        """What some cells of a row show."""
        return [self.text(row, column) for column in columns]

    def place(self) -> tuple[int, str]:
        """Where the cursor is."""
        here = self.grid.currentIndex()
        return here.row(), self.grid.rows.columns[here.column()].key

    def dialog(self, kind: type[Some]) -> Some:
        """The dialog that is open."""
        self.settle()
        found = cast("list[Some]", self.page.findChildren(kind))
        return [one for one in found if one.isVisible()][-1]

    def said(self) -> str:
        """What the message that is open says."""
        message = self.dialog(Message)
        labels = cast("list[QLabel]", message.findChildren(QLabel))
        message.accept()
        return " ".join(one.text() for one in labels)

    def stored(self) -> TargetPlan:
        """The plan as the company file has it."""
        found: list[TargetPlan] = []
        self.page.desk.ask(lambda company: targets.load_view(company, KEY).plan, found.append)
        self.settle()
        return found[0]

    def paste(self, text: str) -> None:
        """Paste a text."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V)

    def split(self, shape: Shape = Shape.EVEN) -> None:
        """Split what is chosen, by the button."""
        self.page.tool_bar.split()
        dialog = self.dialog(SplitDialog)
        dialog.shape.set_value(shape)
        dialog.accept()
        self.settle()


@pytest.fixture
def staff(company_desk: Desk, settle: Settle) -> tuple[PersonId, ...]:
    """Two departments with four account managers."""
    made: list[PersonId] = []

    def work(company: Company) -> None:
        for unit, names in (("华东部", ("张伟", "李䶮", "王芳")), ("华南部", ("赵敏",))):
            place = people.add_department(company, name=unit, **WHO).id
            for name in names:
                added = people.add_person(
                    company,
                    number=f"K{len(made):03}",
                    name=name,
                    department=place,
                    post="大客户经理",
                    **WHO,
                )
                made.append(added.id)

    company_desk.ask(work, lambda _: None)
    settle(company_desk)
    return tuple(made)


@pytest.fixture
def planner(
    company_desk: Desk, staff: tuple[PersonId, ...], settle: Settle, qtbot: QtBot
) -> Planner:
    page = TargetsPage(company_desk)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show_item(KEY)
    page.show()
    qtbot.waitExposed(page)
    made = Planner(page, settle)
    made.settle()
    made.grid.setFocus()
    return made


def test_the_grid_is_a_sound_model(planner: Planner) -> None:
    QAbstractItemModelTester(planner.grid.rows, planner.grid)
    assert [planner.text(n, "name").strip() for n in range(7)] == [
        "全公司",
        "华东部",
        "张伟",
        "李䶮",
        "王芳",
        "华南部",
        "赵敏",
    ]
    assert planner.place() == (0, "total")
    titles = [one.title for one in planner.grid.rows.columns]
    assert titles[:4] == ["姓名", "未分配", "全年", "1月"]
    assert titles[-5:] == ["一季度", "二季度", "三季度", "四季度", "责任书"]


def test_enter_goes_down_tab_right_and_what_is_typed_is_saved(planner: Planner) -> None:
    planner.at(2, "total")
    planner.keys("1,200")
    assert planner.place() == (3, "total")
    planner.keys("2４万元", end=Qt.Key.Key_Tab)
    assert planner.place() == (3, "m0")
    assert planner.row(2, "total", "rest") == ["1,200", "1,200"]
    assert planner.grid.rows.index(2, 1).data(INK) is not None
    planner.press(Qt.Key.Key_Return, control=False)
    planner.press(Qt.Key.Key_Right, control=False)
    assert planner.place() == (4, "m1")
    totals = [one.total for one in planner.stored().lines]
    assert totals == [Decimal(1200), Decimal(24), None, None]
    assert planner.text(0, "total") == "1,224"
    assert planner.page.state.text() == "草稿"
    planner.press(Qt.Key.Key_F2, control=False)
    editor = planner.editor()
    QTest.keyClicks(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    planner.settle()
    assert "abc" in str(planner.grid.currentIndex().data(WRONG))


def test_a_company_figure_is_split_over_people_and_months_to_the_fen(planner: Planner) -> None:
    planner.at(0, "total")
    planner.keys("1000.01")
    assert planner.page.to_people.text() == "未分到人 1,000.01 万元"
    assert planner.page.to_months.isHidden()
    assert planner.place() == (1, "total")  # Enter went on to a row without a figure
    planner.split()
    assert planner.row(0, "total", "rest") == ["1,000.01", "0.00"]
    assert planner.row(2, "total", "rest", "m0") == ["250.01", "0.00", "20.84"]
    assert planner.row(3, "total") == ["250.00"]
    assert planner.page.to_people.text() == "已全部分到人"
    assert planner.page.to_months.text() == "已全部分到月"
    assert sum(one.assigned for one in planner.stored().lines) == Decimal("1000.01")
    planner.page.undo.undo()
    planner.settle()
    assert planner.text(2, "total") == ""
    assert planner.stored().total == Decimal("1000.01")
    planner.page.undo.redo()
    planner.settle()
    assert planner.text(2, "m0") == "20.84"
    planner.at(2, "m0")
    planner.keys("30.84")
    assert planner.page.to_months.text() == "多分到月 10 万元"
    planner.page.tool_bar.publish_button.click()
    labels = cast("list[QLabel]", planner.dialog(FormDialog).findChildren(QLabel))
    said = [one.text() for one in labels]
    assert any("合计 1,000.01 万元；多分到月 10 万元。" in one for one in said)


def test_without_any_figure_splitting_says_where_to_put_one(planner: Planner) -> None:
    told: list[str] = []
    planner.page.desk.told.connect(told.append)
    planner.page.tool_bar.split()
    planner.settle()
    assert "先在“全年”一列填" in told[-1]


def test_a_locked_cell_stays_when_the_rest_is_split_anew(planner: Planner) -> None:
    planner.at(2, "total")
    planner.keys("120")
    planner.at(2, "m3")
    planner.keys("54")
    planner.at(2, "m3")
    planner.press(Qt.Key.Key_L, shifted=True)
    planner.choose(range(2, 4), "total", "total")
    planner.split()
    assert planner.row(2, "m2", "m3", "m4", "q1", "rest") == ["6", "54", "6", "66", "0"]
    planner.at(2, "m3")
    planner.press(Qt.Key.Key_L, shifted=True)
    planner.choose(range(2, 4), "total", "total")
    planner.split()
    assert planner.text(2, "m3") == "10"


def test_cells_are_cleared_and_filled_by_keys(planner: Planner) -> None:
    planner.at(2, "m0")
    planner.keys("7")
    planner.choose(range(2, 5), "m0", "m0")
    planner.press(Qt.Key.Key_D)
    assert [planner.text(n, "m0") for n in range(2, 5)] == ["7", "7", "7"]
    planner.choose(range(2, 5), "m0", "m11")
    planner.press(Qt.Key.Key_R)
    assert planner.row(4, "m11", "q3", "total") == ["7", "21", "84"]
    planner.at(4, "m11")
    planner.press(Qt.Key.Key_Delete, control=False)
    assert planner.row(4, "m11", "q3", "total") == ["", "14", "77"]
    planner.press(Qt.Key.Key_R)
    assert planner.text(4, "m11") == "7"
    planner.at(6, "m0")
    planner.press(Qt.Key.Key_D)
    assert planner.text(6, "m0") == "7"  # the person above, not the department's sum


def test_a_block_from_excel_is_pasted_whole_or_not_at_all(planner: Planner) -> None:
    block = "\n".join("\t".join(["￥1,000"] + ["1"] * 11) for _ in range(3))
    planner.at(2, "m0")
    planner.paste(block)
    assert planner.row(4, "m0", "m11", "total") == ["1,000", "1", "1,011"]
    assert planner.page.undo.undoText() == "粘贴 36 个数"
    before = planner.page.plan
    planner.at(2, "m0")
    planner.paste("1\t二\n2\t-3")
    texts = planner.said()
    assert "第 1 行第 2 列（张伟 2月）" in texts
    assert "第 2 行第 2 列（李䶮 2月）：目标不能为负数" in texts
    assert planner.page.plan == before
    planner.at(4, "m0")
    planner.paste("5\n6\n7")  # the second falls on the sum of a department
    assert "第 2 行第 1 列（华南部 1月）：这一格不能填写" in planner.said()
    assert planner.page.plan == before


def test_the_search_finds_by_pinyin_and_people_can_stand_without_departments(
    planner: Planner,
) -> None:
    planner.page.search.setText("zw")
    assert [planner.text(n, "name").strip() for n in range(planner.grid.rows.rowCount())] == [
        "全公司",
        "华东部",
        "张伟",
    ]
    planner.page.search.clear()
    planner.page.grouped.setChecked(False)
    assert planner.grid.rows.rowCount() == 5


def test_publishing_asks_about_drafts_and_later_for_the_reason(
    planner: Planner, staff: tuple[PersonId, ...]
) -> None:
    desk = planner.page.desk

    def draw_up(company: Company) -> object:
        return contracts.draw_up(
            company,
            people=[staff[0]],
            scheme=KEY.scheme,
            role="account_manager",
            term=KEY.period,
            settings={"growth_step": Decimal(10)},
            **WHO,
        )

    desk.act(draw_up)
    planner.settle()
    planner.choose(range(2, 4), "total", "total")
    planner.at(2, "total")
    planner.keys("1200")
    planner.choose(range(2, 4), "total", "total")
    planner.split()
    assert planner.text(2, "state") == "草稿，与计划不同"
    planner.page.tool_bar.publish_button.click()
    planner.dialog(FormDialog).accept()
    planner.settle()
    assert planner.text(2, "state") == "草稿"
    assert planner.page.state.text() == "已发布（第 1 次）"
    assert not planner.page.tool_bar.publish_button.isEnabled()
    planner.at(3, "total")
    planner.keys("600")
    assert planner.page.state.text() == "修订中（第 1 次）"
    planner.choose(range(3, 5), "total", "total")
    planner.split()
    planner.page.tool_bar.publish_button.click()
    dialog = planner.dialog(FormDialog)
    dialog.accept()
    assert dialog.isVisible()  # the reason is missing
    dialog.form.fields[0].set_value("新客户并入")
    dialog.accept()
    planner.settle()
    planner.page.tool_bar.show_history()
    history = planner.dialog(HistoryDialog)
    assert [one.reason for one in history.past.rows()] == ["新客户并入", ""]
    assert history.changes.rowCount() == 13
    QAbstractItemModelTester(history.changes, history)
    history.accept()
    planner.page.tool_bar.print_plan()
    planner.dialog(DocumentDialog).reject()


def test_the_menu_says_which_figures_it_prints(planner: Planner) -> None:
    tools = planner.page.tool_bar
    assert "未发布" in tools.own.text()
    planner.at(0, "total")
    planner.keys("1200")
    planner.split()
    planner.page.tool_bar.publish_button.click()
    planner.dialog(FormDialog).accept()
    planner.settle()
    assert tools.own.text() == "目标计划分解表…"
    assert not tools.published.isVisible()
    planner.at(2, "total")
    planner.keys("99")
    assert "含未发布的改动" in tools.own.text()
    assert tools.published.isVisible()


def test_an_import_of_targets_leads_to_its_plan_and_the_next_step(
    planner: Planner, tmp_path: Path
) -> None:
    page = planner.page
    gone: list[tuple[str, Any]] = []
    page.desk.going.connect(lambda key, what: gone.append((key, what)))
    book = write_book(tmp_path / "目标.xlsx", [["姓名", "全年"], ["张伟", 120], ["王芳", 90]])
    page.import_table()
    dialog = planner.dialog(ImportDialog)
    assert dialog.source.into.currentText().startswith("目标计划：大客户经理")
    dialog.read(book)
    planner.settle()
    for _ in range(3):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        planner.settle()
    ((where, what),) = gone
    assert where == "targets"
    page.show_item(what)
    planner.settle()
    assert page.view is not None
    assert page.view.state is PlanState.DRAFT
    assert "发布…" in page.banner.text()
    assert planner.row(2, "name", "total")[1] == "120"


def test_a_printed_contract_is_shown_locked(planner: Planner, staff: tuple[PersonId, ...]) -> None:
    planner.at(2, "total")
    planner.keys("1200")
    planner.choose(range(2, 4), "total", "total")
    planner.split()

    def issue(company: Company) -> object:
        made = contracts.draw_up(
            company,
            people=[staff[0]],
            scheme=KEY.scheme,
            role="account_manager",
            term=KEY.period,
            settings={"growth_step": Decimal(10)},
            **WHO,
        )
        return contracts.mark_printed(company, made.ids, **WHO)

    planner.page.desk.act(issue)
    planner.settle()
    assert planner.row(2, "state", "total", "m0") == ["已打印", "1,200", "100"]
    model = planner.grid.rows
    cell = model.index(2, model.column("m0"))
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert "补充协议" in str(cell.data(Qt.ItemDataRole.ToolTipRole))
    planner.choose(range(2, 5), "m0", "m2")
    planner.press(Qt.Key.Key_Delete, control=False)
    assert planner.text(2, "m0") == "100"


def test_last_year_is_copied_and_the_season_is_kept(planner: Planner) -> None:
    before = PlanKey(KEY.scheme, "", KEY.fact, Period.months(2025, 1, 12))

    def earlier(company: Company) -> object:
        plan = targets.load_view(company, before).plan
        lines = [one.put(-1, Decimal(100)).put(0, Decimal(100)) for one in plan.lines]
        return targets.save_plan(company, plan.with_lines(lines), **WHO)

    planner.page.desk.ask(earlier, lambda _: None)
    planner.page.tool_bar.copy_last_year()
    dialog = planner.dialog(CopyDialog)
    dialog.percent.set_value(Decimal(12))
    dialog.accept()
    planner.settle()
    assert planner.row(6, "total", "m0", "rest") == ["112", "112", "0"]
    planner.page.tool_bar.change_season()
    season = planner.dialog(FormDialog)
    assert season.form.fields[0].value() == Decimal("8.34")
    area = season.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() == 0, "all twelve months are seen"
    assert season.height() <= 700  # what a screen of 768 lines leaves
    season.form.fields[0].set_value(Decimal(9))
    season.accept()
    planner.settle()
    assert season.isVisible()  # 100.66 %
    season.form.fields[1].set_value(Decimal("7.68"))
    season.accept()
    planner.settle()
    planner.choose(range(6, 7), "total", "total")
    planner.split(Shape.SEASON)
    assert planner.row(6, "m0", "m1", "rest") == ["10.08", "8.60", "0.00"]


def test_people_are_left_out_and_added_again(planner: Planner) -> None:
    row = planner.grid.rows.row(6)
    members.leave_out(planner.page, [row])
    planner.settle()
    assert planner.grid.rows.rowCount() == 5
    assert planner.stored().left_out == (row.person.id,) if row.person else ()
    members.add(planner.page)
    dialog = planner.dialog(members.AddDialog)
    dialog.accept()
    assert dialog.isVisible()  # nobody is chosen
    dialog.who.set_value(row.person.id if row.person else None)
    dialog.accept()
    planner.settle()
    assert planner.text(6, "name").strip() == "赵敏"


def test_unpublished_changes_are_given_up(planner: Planner) -> None:
    planner.at(2, "total")
    planner.keys("12")
    planner.choose(range(2, 4), "total", "total")
    planner.split()
    planner.page.tool_bar.publish_button.click()
    planner.dialog(FormDialog).accept()
    planner.settle()
    planner.at(2, "total")
    planner.keys("24")
    assert planner.page.view is not None
    assert planner.page.view.state is PlanState.REVISING
    planner.page.tool_bar.give_up.trigger()
    planner.dialog(Message).accept()
    planner.settle()
    assert planner.text(2, "total") == "12"

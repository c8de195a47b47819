"""A scheme is edited in the window as the officer does it: keys, mouse, undo, publishing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, cast

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.aggregation import PointsSum, WeightedTree
from kpidesk.core.editing.kinds import beginnings, rule_words
from kpidesk.core.editing.tree import indicator_of
from kpidesk.core.period import Period
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.forms import NumberField, TextField
from kpidesk.ui.pages.schemes import SchemesPage, drafting
from kpidesk.ui.pages.schemes.drafting import PublishDialog
from kpidesk.ui.pages.schemes.editor.editor import SchemeEditor
from kpidesk.ui.pages.schemes.editor.formula import FormulaField
from kpidesk.ui.pages.schemes.editor.listed import ListedSection
from kpidesk.ui.pages.schemes.editor.plain import BasicsSection, FormSection, GradesSection
from kpidesk.ui.pages.schemes.replay import ReplayDialog, cost_text
from kpidesk.ui.table.exporting import table_values
from kpidesk.usecases import editing
from kpidesk.usecases.company import open_company
from kpidesk.usecases.replaying import Replayed, ReplayRow, Side

Settle: TypeAlias = Callable[[Desk], None]
WEIGHTED, POINTS = "key-account-weighted", "account-manager-kpi"


@pytest.fixture
def page(company_desk: Desk, settle: Settle, qtbot: QtBot) -> SchemesPage:
    made = SchemesPage(company_desk)
    qtbot.addWidget(made)
    made.resize(1040, 680)
    made.show()
    settle(company_desk)
    return made


def begin(page: SchemesPage, settle: Settle, scheme: str = WEIGHTED) -> SchemeEditor:
    page.table.select([scheme])
    settle(page.desk)
    page.view.edit_button.menu().actions()[0].trigger()
    settle(page.desk)
    assert page.editor is not None
    return page.editor


def section(editor: SchemeEditor, title: str) -> QWidget:
    editor.tabs.choose(editor.tabs.texts.index(title))
    return editor.shown


def named(parent: QWidget, name: str) -> QAbstractButton:
    """The button of a name; the newest, where old ones wait to be deleted."""
    buttons = cast("list[QAbstractButton]", parent.findChildren(QAbstractButton))
    return [one for one in buttons if name in (one.accessibleName(), one.text())][-1]


def rest(editor: SchemeEditor, settle: Settle, qtbot: QtBot) -> None:
    """Typing rests for a moment: it becomes a change, is saved, and is checked."""
    editor.take()
    editor.save()
    settle(editor.desk)
    qtbot.waitUntil(lambda: editor.flaws.is_current, timeout=5000)
    settle(editor.desk)


def test_a_weight_is_typed_into_the_tree_and_undone(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle)
    tree = editor.indicators.tree
    QAbstractItemModelTester(tree.model, QAbstractItemModelTester.FailureReportingMode.Fatal, tree)
    assert tree.current == "销售额"
    assert tree.sum.text() == "合计 100%"
    tree.view.setCurrentIndex(tree.model.index(0, 1))
    QTest.keyClick(tree.view, Qt.Key.Key_F2)
    box = tree.view.findChild(QLineEdit)
    assert box is not None
    box.selectAll()
    QTest.keyClicks(box, "40")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.current().indicators[0].worth == Decimal(40), timeout=3000)
    assert tree.sum.text() == "合计 110%，应为 100%"
    assert tree.model.data(tree.model.index(0, 1)) == "40%"
    tree.fill.click()
    assert tree.sum.text() == "合计 100%"
    assert page.undo.undoText() == "按比例凑足"
    page.undo.undo()
    page.undo.undo()
    assert indicator_of(editor.current(), "销售额").worth == Decimal(30)
    page.undo.redo()
    tree.even.click()
    assert {one.worth for one in editor.current().leaves()} == {Decimal(20)}
    rest(editor, settle, qtbot)
    assert editor.is_saved


def test_indicators_come_go_and_move_by_keys_and_by_dropping(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle, POINTS)
    tree = editor.indicators.tree
    QAbstractItemModelTester(tree.model, QAbstractItemModelTester.FailureReportingMode.Fatal, tree)
    tree.choose("团队协作")
    QTest.keyClick(tree.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    names = [one.name for one in indicator_of(editor.current(), "定性").children]
    assert names == ["团队协作", "市场信息收集"]
    QTest.keyClick(tree.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert tree.current == "团队协作 2"
    QTest.keyClick(tree.view, Qt.Key.Key_Delete)
    assert "团队协作 2" not in [one.name for one in editor.current().walk()]
    model = tree.model
    dragged = model.mimeData([model.find("销售完成率")])
    action = Qt.DropAction.MoveAction
    assert not model.dropMimeData(dragged, action, -1, 0, model.find("定性"))
    assert indicator_of(editor.current(), "定性").children[-1].name == "销售完成率"
    model.dropMimeData(dragged, action, 0, 0, QModelIndex())
    assert editor.current().indicators[0].name == "销售完成率"
    model.dropMimeData(dragged, action, -1, 0, model.find("团队协作"))
    assert indicator_of(editor.current(), "定性").children[1].name == "销售完成率"
    model.dropMimeData(model.mimeData([model.find("定量")]), action, -1, 0, model.find("定量"))
    assert "它自己" in editor.banner.text()
    tree.add_dimension.click()
    assert tree.current.startswith("新维度")
    QTest.keyClick(tree.view, Qt.Key.Key_Escape)
    tree.choose("定量")
    tree.add.click()
    assert indicator_of(editor.current(), "定量").children[-1].name == tree.current
    tree.model.renamed.emit(tree.current, "回款率")
    assert tree.current == "回款率"
    tree.model.weighed.emit("回款率", "不是数")
    assert editor.banner.isVisible()
    assert not model.dropMimeData(QMimeData(), action, 0, 0, QModelIndex())
    assert model.columnCount() == 2


def test_the_clause_and_the_picture_follow_what_is_typed(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle, POINTS)
    panel = editor.indicators.panel
    editor.show_indicator("销售完成率")
    beside = editor.printed
    assert "以 100% 为标准，达到标准得 25 分。" in beside.text
    curve = beside.chart.curve
    assert curve is not None
    standard = panel.form.field("考核标准")
    assert isinstance(standard, NumberField)
    line = standard.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "90")
    qtbot.waitUntil(lambda: "以 90% 为标准" in beside.text, timeout=3000)
    assert beside.chart.curve != curve
    assert page.undo.undoText() == "修改“销售完成率”的考核标准"
    beside.chart.grab()
    QTest.mouseMove(beside.chart, beside.chart.rect().center())
    line.selectAll()
    line.setText("好")
    assert not editor.take()
    assert standard.message
    page.undo.undo()
    rest(editor, settle, qtbot)


def test_another_kind_of_rule_brings_its_figures(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle, POINTS)
    editor.show_indicator("市场信息收集")
    panel = editor.indicators.panel
    panel.kind.set_value("完成率计分")
    assert "市场信息收集目标" in [one.label for one in editor.current().facts]
    unit = panel.form.lists[0].forms[0].field("单位")
    assert isinstance(unit, TextField)
    unit.set_value("条")
    box = unit.findChild(QLineEdit)
    assert box is not None
    box.setText("份")
    assert editor.take()
    assert editor.current().facts[-2].unit == "份"
    rest(editor, settle, qtbot)
    assert any("单位是" in text for text in editor.flaws.texts)
    for one in beginnings(editor.current(), "市场信息收集"):
        panel.kind.set_value(rule_words(one.rule).title)
        panel.grab()
    assert panel.kind.value() == "自定公式"
    formula = panel.form.field("得分公式")
    assert isinstance(formula, FormulaField)
    formula.edit.setPlainText("满分 × 没有这个")
    assert editor.take()
    assert "没有这个" in formula.message
    assert formula.edit.extraSelections()
    formula.edit.setFocus()
    formula.edit.setPlainText("满分 × 市场")
    formula.edit.moveCursor(formula.edit.textCursor().MoveOperation.End)
    formula.edit.offer()
    assert formula.edit.completer.completionCount() >= 1
    formula.edit.completer.activated.emit("市场信息收集实际")
    assert formula.value() == "满分 × 市场信息收集实际"
    editor.take()


def test_a_number_may_be_left_to_each_contract(page: SchemesPage, settle: Settle) -> None:
    editor = begin(page, settle)
    form = editor.indicators.panel.form
    before = len(editor.current().parameters)
    named(form, "方向：固定").click()
    assert len(editor.current().parameters) == before + 1
    named(form, "方向：可另定").click()
    assert len(editor.current().parameters) == before


def test_every_section_can_be_shown(page: SchemesPage, settle: Settle) -> None:
    editor = begin(page, settle, "key-account-sales-bonus")
    for number in range(len(editor.tabs.texts)):
        editor.tabs.choose(number)
        assert editor.take()
    assert not page.undo.canUndo()


def test_grades_raters_and_lists_are_filled_in(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle)
    grades = section(editor, "等级")
    assert isinstance(grades, GradesSection)
    grades.add.click()
    scale = editor.current().grades
    assert scale is not None
    assert [one.value for one in scale.bands.rows] == ["不合格", "合格", "良好", "优秀"]
    rows = grades.form.lists[0]
    rows.add_button.click()
    assert len(rows.forms) == 5
    top = rows.forms[3].field("下限")
    line = top.findChild(QLineEdit)
    assert line is not None
    line.setText("85")
    assert editor.take()
    after = editor.current().grades
    assert after is not None
    assert after.bands.rows[3].at == Decimal(85)
    line.setText("60")
    assert not editor.take()
    assert "只能出现一次" in top.message
    page.undo.undo()
    grades.remove.click()
    assert editor.current().grades is None
    raters = section(editor, "评分人")
    assert isinstance(raters, FormSection)
    raters.form.lists[0].add_button.click()
    assert [one.label for one in editor.current().raters] == ["上级评"]
    figures = section(editor, "数据项")
    assert isinstance(figures, ListedSection)
    figures.add.click()
    assert editor.current().facts[-1].label == "新数据项"
    assert figures.form.field("名称").value() == "新数据项"
    figures.choose(0)
    for tool in figures.findChildren(QWidget):
        if tool.accessibleName() == "删除":
            QTest.mouseClick(tool, Qt.MouseButton.LeftButton)
    assert "还有规则或公式在用" in editor.banner.text()
    pay = section(editor, "薪酬")
    assert isinstance(pay, ListedSection)
    pay.add.menu().actions()[0].trigger()
    assert len(editor.current().pay) == 1
    expression = pay.form.field("公式")
    assert isinstance(expression, FormulaField)
    expression.edit.setPlainText("总分 × 10元")
    assert editor.take()
    rest(editor, settle, qtbot)


def test_a_fix_of_the_check_up_is_adopted_beside_the_draft(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle, POINTS)
    rest(editor, settle, qtbot)
    errors = editor.side_bar.texts[1]
    QTest.mouseClick(named(editor.flaws, "采用"), Qt.MouseButton.LeftButton)
    rest(editor, settle, qtbot)
    assert page.undo.undoText() == "采用体检的建议"
    assert editor.side_bar.texts[1] != errors


def test_figures_are_tried_at_once(page: SchemesPage, settle: Settle, qtbot: QtBot) -> None:
    editor = begin(page, settle)
    editor.side_bar.choose(2)
    trial = editor.trial
    qtbot.waitUntil(lambda: trial.tried is not None, timeout=5000)
    QAbstractItemModelTester(
        trial.fields, QAbstractItemModelTester.FailureReportingMode.Fatal, trial
    )
    assert trial.fields.rows()
    trial.sample.click()
    qtbot.waitUntil(lambda: "总分" in [one.title for one in trial.results.rows()], timeout=5000)
    assert trial.results.rows()[-1].shown == "100.00分"
    assert trial.why.text()
    place = next(n for n, one in enumerate(trial.fields.rows()) if one.label == "销售额实际")
    assert trial.fields.setData(trial.fields.index(place, 1), "50")
    qtbot.waitUntil(lambda: trial.results.rows()[-1].shown == "85.00分", timeout=5000)
    assert not trial.fields.setData(trial.fields.index(place, 1), "五十")
    settle(page.desk)


def test_a_draft_is_published_after_a_look_at_the_differences(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle)
    editor.indicators.tree.even.click()
    page.publish_button.click()
    settle(page.desk)
    dialog = page.window().findChild(PublishDialog)
    assert dialog is not None
    dialog.accept_button.click()
    settle(page.desk)
    assert page.editor is None
    assert "已发布" in page.banner.text()
    [chosen] = page.table.selected_rows()
    assert chosen.id == f"{WEIGHTED}+1"
    view = page.view
    view.tabs.choose(len(view.tabs.texts) - 1)
    settle(page.desk)
    assert "销售额" in " ".join(
        one.text() for one in view.findChildren(type(page._title)) if "权重" in one.text()
    )


def test_a_draft_with_errors_is_refused_before_anything_else(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, settle)
    editor.indicators.tree.model.weighed.emit("销售额", "40")
    page.publish_button.click()
    settle(page.desk)
    assert page.window().findChild(PublishDialog) is None
    dialog = page.window().findChild(Dialog)
    assert dialog is not None
    assert "还不能发布：有 1 处错误" in dialog.windowTitle()
    editor._fold()
    dialog.accept_button.click()
    assert editor.side_bar.current == 1
    assert editor.flaws.isVisible()


def test_the_whole_of_a_scheme_is_filled_in(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    """The way of adding up, figures made from others, the source and its ambiguities, all pay."""
    editor = begin(page, settle)
    basics = section(editor, "基本")
    assert isinstance(basics, BasicsSection)
    basics.kind.set_value(PointsSum)
    assert isinstance(editor.current().aggregation, PointsSum)
    assert page.undo.undoText() == "总分改为按满分相加"
    assert basics.total.field("满分合计").value() == Decimal(100)
    page.undo.undo()
    assert basics.kind.value() is WeightedTree
    metrics = section(editor, "计算项")
    assert isinstance(metrics, ListedSection)
    metrics.add.menu().actions()[1].trigger()
    assert editor.current().metrics[-1].name == "新计算项"
    name = metrics.form.field("名称").findChild(QLineEdit)
    assert name is not None
    name.setText("投诉率")
    assert editor.take()
    assert editor.current().metrics[-1].name == "投诉率"
    source = section(editor, "原文")
    assert isinstance(source, ListedSection)
    count = len(editor.current().rules)
    source.add.click()
    assert len(editor.current().rules) == count + 1
    readings = section(editor, "歧义")
    assert isinstance(readings, ListedSection)
    readings.add.click()
    assert editor.current().ambiguities[-1].phrase == "请填写原文"
    pay = section(editor, "薪酬")
    assert isinstance(pay, ListedSection)
    for action in pay.add.menu().actions():
        before = editor.current()
        action.trigger()
        if action.isSeparator():
            continue
        assert len(editor.current().pay) > len(before.pay), action.text()
        page.undo.undo()
    rest(editor, settle, qtbot)


def test_a_draft_waits_in_the_list(page: SchemesPage, settle: Settle, qtbot: QtBot) -> None:
    editor = begin(page, settle)
    editor.indicators.tree.even.click()
    page.close_editor()
    settle(page.desk)
    [chosen] = page.table.selected_rows()
    assert chosen.draft is not None
    assert chosen.text == "　└ 草稿"
    page.draft_view.grab()
    page.draft_view.open_button.click()
    settle(page.desk)
    assert page.editor is not None
    assert {one.worth for one in page.editor.current().leaves()} == {Decimal(20)}
    assert page.may_leave()
    page.close_editor()
    settle(page.desk)
    page.draft_view.discard_button.click()
    dialog = page.window().findChild(Dialog)
    assert dialog is not None
    dialog.accept_button.click()
    settle(page.desk)
    assert not any(one.draft for one in page.model.rows())


def test_a_scheme_begins_empty_or_as_a_copy_with_a_name(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    dialog = drafting.ask_title(page.desk, page, "", "", page.edit_draft)
    title = dialog.form.fields[0]
    assert isinstance(title, TextField)
    title.set_value("销售部方案")
    dialog.accept_button.click()
    settle(page.desk)
    assert page.editor is not None
    assert page.editor.current().title == "销售部方案"
    page.close_editor()
    settle(page.desk)
    [chosen] = page.table.selected_rows()
    assert chosen.text == "销售部方案"


def test_schemes_go_to_files_and_come_from_them(
    page: SchemesPage, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "方案.toml"
    editor = begin(page, settle)
    path.write_text(editing.toml_of(editor.current()), encoding="utf-8")
    page.close_editor()
    settle(page.desk)
    today = page.desk.today
    page.desk.act(
        lambda one: editing.import_draft(one, path, actor="李梅", today=today), page.edit_draft
    )
    settle(page.desk)
    assert page.editor is not None
    assert page.editor.current().title.endswith(" 2")


def test_last_years_figures_go_through_a_draft(
    desk: Desk, settle: Settle, sample_file: Path, qtbot: QtBot
) -> None:
    desk.tasks.run(lambda: open_company(sample_file), lambda one: desk.set_company(one, "李梅"))
    settle(desk)
    page = SchemesPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle(desk)
    page.table.select([next(one.id for one in page.model.rows() if one.draft)])
    page.draft_view.open_button.click()
    settle(desk)
    page.replay_button.click()
    settle(desk)
    dialog = page.findChild(ReplayDialog)
    assert dialog is not None
    assert len(dialog.model.rows()) > 80
    assert dialog.cost.text().startswith("得分平均")
    titles, rows = table_values(dialog.table)
    assert "新得分" in titles
    assert isinstance(rows[0][titles.index("新得分")], Decimal)


def test_cost_is_told_in_yuan() -> None:
    year = Period.parse("2026")
    row = ReplayRow("甲", "1", "部", year, Side(pay=Decimal(1000)), Side(pay=Decimal("900.5")))
    told = cost_text(Replayed((row,)))
    assert told == "薪酬合计：原方案 1,000.00 元，草稿 900.50 元，减少 99.50 元"
    nothing = ReplayRow("甲", "1", "部", year, Side(Decimal(1)), Side())
    assert cost_text(Replayed((nothing,))) == "没有算出可以比较的得分。"


def test_the_clause_is_seen_whole(page: SchemesPage, settle: Settle, qtbot: QtBot) -> None:
    editor = begin(page, settle, POINTS)
    words = editor.printed.words
    for name in ("销售增长率", "专业知识", "团队协作", "销售完成率"):
        editor.show_indicator(name)  # at once, not only after a moment
        assert words.height() >= words.heightForWidth(words.width())

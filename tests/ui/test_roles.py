"""Who signs in sees what their role is for: pages, commands, and nothing that is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.users import Role
from kpidesk.store import audit
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.gate import keep_hidden
from kpidesk.ui.look import Look
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.pages.results.review.batches import BatchesDialog
from kpidesk.ui.pages.results.review.decision import DecisionDialog
from kpidesk.ui.pages.scoring import ScoringPage
from kpidesk.ui.pages.settings import SettingsPage
from kpidesk.ui.search.giving import page_commands
from kpidesk.ui.search.needs import NEEDS
from kpidesk.ui.settings_store import SettingsStore
from kpidesk.ui.table import TableView
from kpidesk.ui.users.sign_in import SignInDialog
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import lists, people, users
from kpidesk.usecases.access import ACCESS
from kpidesk.usecases.company import open_company
from kpidesk.usecases.session import Company
from tests.usecases.role_trials import DEPARTMENT, NAMES, PASSWORD, WHO

Settle = Callable[[Desk], None]
CHANGES = (
    *(
        "新增",
        "添加",
        "拟定",
        "登记",
        "作废",
        "退回",
        "定分",
        "重新打开",
        "发布",
        "分解…",
        "保存公司",
    ),
    *("结算", "冲销", "归档", "不归档", "提交", "校准…", "记一件事", "修改", "删", "导入"),
)
"""What the words of buttons and commands begin with that change something."""


@pytest.fixture(scope="module")
def shared_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company with a user of each role."""
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("角色") / "公司.kpidesk"))
    company = open_company(path)
    departments = {
        one.department.name: one.department.id for one in people.list_departments(company)
    }
    ids = {one.person.name: one.person.id for one in people.list_people(company)}
    for role, name in NAMES.items():
        led: dict[str, Any] = {}
        if role is Role.HEAD:
            led = {"department": departments[DEPARTMENT], "person": ids[name]}
        users.add_user(company, name=name, role=role, password=PASSWORD, **led, **WHO)
    company.close()
    return path


@pytest.fixture
def window(
    look: Look, shared_file: Path, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The window in which the file is being opened: it asks who is there."""
    path = Path(shutil.copy(shared_file, tmp_path))
    desk = Desk(look, SettingsStore(tmp_path / "settings.ini"), lambda: WHO["today"], tmp_path)
    made = MainWindow(desk, CompanyFiles(desk, tmp_path / "样例.kpidesk"))
    qtbot.addWidget(made)
    made.resize(1240, 728)
    made.show()
    made.files.open(made, path)
    settle(desk)
    yield made
    made.close()


def asking(window: MainWindow) -> SignInDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignInDialog)
    assert dialog.parentWidget() is window
    return dialog


def sign_in(window: MainWindow, settle: Settle, role: Role, password: str = PASSWORD) -> None:
    """As one does it: choose oneself, type, Enter."""
    dialog = asking(window)
    known = users.who_may_sign_in(company_of(window))
    place = next(one for one in known if one.role is role)
    dialog.who.set_value(place.id)
    dialog.password.line.setText(password)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(window.desk)


def company_of(window: MainWindow) -> Company:
    assert window.desk.company is not None
    return window.desk.company


def offered(top: QWidget) -> set[str]:
    """The words of every button and command that can be seen."""
    buttons = cast("list[QPushButton]", top.findChildren(QPushButton))
    seen = [one for one in buttons if one.isVisible()]
    words = {one.text() for one in seen if one.menu() is None}
    for menu in [cast("QMenu | None", one.menu()) for one in seen]:
        words |= {one.text() for one in (menu.actions() if menu else []) if one.isVisible()}
    return words


def test_nothing_of_the_company_is_shown_before_somebody_signs_in(
    window: MainWindow, settle: Settle
) -> None:
    dialog = asking(window)
    assert not window.navigation.isVisible()
    assert window.page is None
    sign_in(window, settle, Role.READER, "not the password")
    assert dialog.isVisible()
    assert dialog.banner.text() == "密码不对，请重新输入"
    assert window.page is None
    sign_in(window, settle, Role.READER)
    assert window.navigation.isVisible()
    assert window.status._user.text() == "审计（只读）"
    assert window.desk.officer == "审计"


def test_whoever_leaves_without_signing_in_leaves_the_file(
    window: MainWindow, settle: Settle
) -> None:
    asking(window).reject()
    settle(window.desk)
    assert window.desk.company is None
    assert window.stack.currentWidget() is window._welcome


def test_the_seconds_to_wait_are_counted_down_and_enter_waits_too(
    window: MainWindow, settle: Settle
) -> None:
    for _ in range(4):
        sign_in(window, settle, Role.HEAD, "not the password")
    dialog = asking(window)
    assert "1 秒后再试" in dialog.banner.text()
    assert not dialog.accept_button.isEnabled()
    dialog._count()
    assert dialog.accept_button.isEnabled()
    assert not dialog.banner.text()


ALL_PAGES = [one.key for one in PAGES]
PAGES_OF = {
    Role.MANAGER: ALL_PAGES,
    Role.READER: ALL_PAGES,
    Role.HEAD: ["home", "people", "contracts", "scoring", "results", "reports", "settings"],
}


FINE = {"修改我的密码…", "归档清单…", "归档证明…"}
"""One's own password, and papers."""


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD, Role.READER])
def test_each_role_has_its_pages_and_nothing_on_them_changes_what_it_may_not(
    window: MainWindow, settle: Settle, role: Role
) -> None:
    sign_in(window, settle, role)
    buttons = window.navigation._buttons
    shown = [key for key, one in buttons.items() if one.isVisible()]
    assert shown == PAGES_OF[role]
    for key in ("home", "results") if role is Role.MANAGER else shown:  # else as the reader's
        window.show_page(key)
        settle(window.desk)
        page = window.page
        assert page is not None
        words = {one for one in offered(page) if one.startswith(CHANGES)}
        assert words - FINE == set(), key
        assert not isinstance(QApplication.activeModalWidget(), Dialog), key
    bar = cast("list[QAction]", window.menuBar().findChildren(QAction))
    commands = {one.text() for one in bar if one.isVisible() and one.isEnabled()}
    assert "从 Excel 导入…" not in commands
    assert "切换用户…" in commands
    window.show_page("pay")
    assert (window.page is not None and window.page.title == "薪酬") == (role is not Role.HEAD)


@pytest.fixture
def looking_on(
    look: Look, shared_file: Path, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The file is open elsewhere, and is opened to be looked at only."""
    path = Path(shutil.copy(shared_file, tmp_path))
    elsewhere = open_company(path)
    desk = Desk(look, SettingsStore(tmp_path / "settings.ini"), lambda: WHO["today"], tmp_path)
    made = MainWindow(desk, CompanyFiles(desk, tmp_path / "样例.kpidesk"))
    qtbot.addWidget(made)
    made.show()
    made.files.open(made, path)
    settle(desk)
    cast("Dialog", QApplication.activeModalWidget()).accept()  # 只读打开
    settle(desk)
    yield made
    made.close()
    elsewhere.close()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_whoever_only_looks_signs_in_and_is_offered_nothing_that_changes(
    looking_on: MainWindow, settle: Settle, role: Role
) -> None:
    window, desk = looking_on, looking_on.desk
    assert window.page is None
    sign_in(window, settle, role)
    shown = [key for key, one in window.navigation._buttons.items() if one.isVisible()]
    assert shown == (ALL_PAGES if role is Role.OFFICER else PAGES_OF[role])
    for key in shown:
        window.show_page(key)
        settle(desk)
        page = window.page
        assert page is not None
        words = {one for one in offered(page) if one.startswith((*CHANGES, "选择扫描"))}
        assert words - {"归档清单…", "归档证明…"} == set(), key
        if key == "home":
            said = [one.text() for one in cast("list[QLabel]", page.findChildren(QLabel))]
            assert "只读打开，这里不列待办；要处理请正常打开公司文件。" in said
        fields = cast("list[QLineEdit]", page.findChildren(QLineEdit))
        assert not [one for one in fields if one.accessibleName() == "资料来源" and one.isVisible()]
        for table in cast("list[TableView[Any]]", page.findChildren(TableView)):
            rows, columns = range(table.rows.rowCount()), range(table.rows.columnCount())
            cells = [table.rows.index(row, column) for row in rows for column in columns]
            assert not [one for one in cells if one.flags() & Qt.ItemFlag.ItemIsEditable], key
    bar = cast("list[QAction]", window.menuBar().findChildren(QAction))
    commands = {one.text() for one in bar if one.isVisible() and one.isEnabled()}
    assert not commands & {"从 Excel 导入…", "备份与恢复…", "公司整体导出…"}
    copy = company_of(window).file._copy
    assert copy is not None
    assert copy.is_file()
    window.close()
    assert not copy.parent.exists()


def test_the_officer_has_everything(window: MainWindow, settle: Settle) -> None:
    sign_in(window, settle, Role.OFFICER)
    window.show_page("people")
    settle(window.desk)
    assert {"新增人员", "拟定责任书", "导入…"} <= offered(cast("QWidget", window.page))
    buttons = window.navigation._buttons
    assert [key for key, one in buttons.items() if one.isVisible()] == ALL_PAGES


def test_a_head_types_what_the_superior_judges_and_the_rest_is_read_only(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    sign_in(window, settle, Role.HEAD)
    rows: list[lists.AppraisalRow] = []
    window.desk.ask(lists.list_appraisals, rows.extend)
    settle(window.desk)
    assert {one.department for one in rows} == {DEPARTMENT}
    open_ = next(one for one in rows if one.person_name == "吴𠮷" and one.state == "评分中")
    window.desk.go("scoring", open_.id)
    settle(window.desk)
    page = window.page
    assert isinstance(page, ScoringPage)
    assert page.pane.grid is not None
    fields = {one.field.fact: one for one in page.pane.grid.fields}
    for fact, is_open in (("score.团队协作", True), ("late_times", False), ("sales", False)):
        (line,) = cast("list[QLineEdit]", fields[fact].findChildren(QLineEdit))
        assert line.isReadOnly() is not is_open, fact
    line = cast("QLineEdit", fields["score.团队协作"].findChild(QLineEdit))
    line.setFocus()
    line.setText("8")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(window.desk)
    view = page.pane.view
    assert view is not None
    entry = next(one for one in view.appraisal.entries if one.name == "score.团队协作")
    assert (str(entry.value), entry.entered_by) == ("8", "李㛃")
    qtbot.waitUntil(lambda: not page._list_timer.isActive())
    settle(window.desk)


def test_the_manager_decides_in_their_own_name_and_the_officer_from_a_paper(
    window: MainWindow, settle: Settle
) -> None:
    sign_in(window, settle, Role.MANAGER)
    window.desk.go("results", "batches")
    settle(window.desk)
    dialog = cast("BatchesDialog", QApplication.activeModalWidget())
    assert dialog.decide_button.text() == "审批…"
    dialog.decide()
    settle(window.desk)
    decision = cast("DecisionDialog", QApplication.activeModalWidget())
    assert decision.by.raw() == "秦岳山"
    assert decision.paper is None
    decision.accept()
    settle(window.desk)
    with company_of(window).file.transaction() as connection:
        line = audit.read(connection)
        last = [one for _, one in line][-1]
    assert (last.action, last.actor, last.role) == ("review.approve", "秦岳山", "manager")
    dialog.reject()
    window.switch_user()
    settle(window.desk)
    sign_in(window, settle, Role.OFFICER)
    assert window.status._user.text() == "苏婉宁（人事专员）"


def test_the_first_user_is_added_in_the_settings_and_signed_in(
    company_desk: Desk, settle: Settle, qtbot: QtBot, type_text: Callable[[QWidget, str], None]
) -> None:
    page = SettingsPage(company_desk)
    qtbot.addWidget(page)
    page.show()
    settle(company_desk)
    assert not page.users.own_button.isVisible()
    page.users.add_button.click()
    settle(company_desk)
    dialog = cast("Dialog", QApplication.activeModalWidget())
    lines = [
        one
        for one in cast("list[QLineEdit]", dialog.findChildren(QLineEdit))
        if one.echoMode() is QLineEdit.EchoMode.Password
    ]
    type_text(lines[0], "蓝天 白云 2026")
    type_text(lines[1], "蓝天 白云 2027")
    dialog.accept_button.click()
    assert dialog.isVisible()  # the second is another
    lines[1].setText("蓝天 白云 2026")
    dialog.accept_button.click()
    settle(company_desk)
    company = company_desk.company
    assert company is not None
    assert company.user is not None
    assert (company.user.name, company.user.role) == ("李梅", Role.OFFICER)


def test_what_is_kept_hidden_stays_so(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    button, action = QPushButton("结算", top), QAction("结算", top)
    keep_hidden(button, action)
    top.show()
    button.setVisible(True)
    action.setVisible(True)
    button.setEnabled(True)
    assert not button.isVisible()
    assert not action.isVisible()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.click()
    assert pressed == []


def test_every_command_of_a_page_says_whom_it_is_for() -> None:
    assert {name for entry in PAGES for name in entry.commands} == NEEDS.keys()
    assert set(NEEDS.values()) <= ACCESS.keys()


def test_the_search_offers_what_ones_role_is_for(window: MainWindow, settle: Settle) -> None:
    sign_in(window, settle, Role.HEAD)
    names = {one.name for one in page_commands(window)}
    assert {"空白评分表", "考核报告：打印列表中的"} <= names
    assert not names & {"新增人员", "结算本期", "定分", "导入", "证据包"}

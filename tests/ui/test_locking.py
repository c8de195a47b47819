"""The officer encrypts the file, opens it again, forgets the password, walks away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.recovery_code import code_groups
from kpidesk.core.users import Role
from kpidesk.store import slots
from kpidesk.store.slots import Cost
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import show_message
from kpidesk.ui.locking.code_dialog import CodeDialog
from kpidesk.ui.locking.copies_dialog import CopiesDialog
from kpidesk.ui.locking.open_dialog import OpenDialog
from kpidesk.ui.locking.passwords import PasswordDialog
from kpidesk.ui.locking.screen import ScreenLock, put_idle_minutes
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.settings import SettingsPage
from kpidesk.ui.single_instance import answer
from kpidesk.ui.users.sign_in import SignInDialog
from kpidesk.ui.window import MainWindow
from kpidesk.usecases import locking, users
from kpidesk.usecases.company import create_company, open_company
from kpidesk.usecases.locking import Unlock
from tests.ui.conftest import TODAY

Settle = Callable[[Desk], None]
W = TypeVar("W", bound=QWidget)
PASSWORD = "red beans 2026"  # noqa: S105 - of a file that the test makes
CODE = code_groups(bytes(range(20)))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A company file, not encrypted."""
    company = create_company(
        tmp_path / "星河.kpidesk", name="星河科技有限公司", actor="李梅", today=TODAY
    )
    company.close()
    return company.path


@pytest.fixture
def locked_path(path: Path) -> Path:
    """An encrypted one."""
    company = open_company(path)
    locking.encrypt(company, password=PASSWORD, code=CODE, actor="李梅", today=TODAY)
    company.close()
    return path


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(desk, CompanyFiles(desk, tmp_path / "样例.kpidesk"), PAGES[-1:])
    qtbot.addWidget(made)
    made.show_welcome()
    made.show()
    made.activateWindow()
    yield made
    for lock in (one for one in made.children() if isinstance(one, ScreenLock)):
        lock.unlock()


def shown(kind: type[W]) -> W:
    """The dialog of a kind that is in view."""
    everything = QApplication.topLevelWidgets()
    (found,) = [one for one in everything if isinstance(one, kind) and one.isVisible()]
    return found


def words(widget: QWidget) -> str:
    labels: list[QLabel] = widget.findChildren(QLabel)  # type: ignore[assignment]  # the stubs say Iterable
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget))


def page_of(window: MainWindow) -> SettingsPage:
    page = window.page
    assert isinstance(page, SettingsPage)
    return page


def open_locked(window: MainWindow, settle: Settle, path: Path) -> MainWindow:
    window.files.open(window, path)
    settle(window.desk)
    dialog = shown(OpenDialog)
    QTest.keyClicks(dialog._password.line, PASSWORD)
    QTest.keyClick(dialog._password.line, Qt.Key.Key_Return)
    settle(window.desk)
    return window


def test_the_file_is_encrypted_in_three_steps(
    window: MainWindow, settle: Settle, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "星河_旧.kpidesk").write_bytes(path.read_bytes())
    window.files.open(window, path)
    settle(window.desk)
    card = page_of(window)._lock
    assert "没有加密" in card.state.text()
    card.encrypt_button.click()
    dialog = shown(CodeDialog)
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClicks(dialog.new.second.line, "red beans 2027")
    dialog.accept_button.click()
    assert dialog.new.second.message == "两次输入的密码不一样"
    dialog.new.second.set_value(PASSWORD)
    dialog.accept_button.click()
    assert "第 2 步" in words(dialog)
    for group in dialog.code:
        assert group in words(dialog)
    sheet = dialog.print_sheet()
    settle(window.desk)
    assert sheet.print_button.isEnabled()
    sheet.reject()
    dialog.accept_button.click()
    assert dialog.code[0] not in words(dialog)
    first, second = dialog.groups
    QTest.keyClicks(first._line, dialog.code[dialog.asked[0]].lower())
    QTest.keyClicks(second._line, "ZZZZZ")
    dialog.accept_button.click()
    assert f"第 {dialog.asked[1] + 1} 组" in second.message
    second.set_value(dialog.code[dialog.asked[1]])
    dialog.accept_button.click()
    settle(window.desk)
    assert "已加密" in card.state.text()
    copies = shown(CopiesDialog)
    assert "星河_旧.kpidesk" in copies.shown.toPlainText()
    copies.accept_button.click()
    settle(window.desk)
    window.files.close()
    settle(window.desk)
    for file in (path, tmp_path / "星河_旧.kpidesk"):
        assert locking.needs_password(file)
        open_company(file, Unlock(PASSWORD)).close()
        open_company(file, Unlock(code="".join(dialog.code))).close()


def test_it_opens_by_its_password_and_wrong_ones_are_counted_down(
    window: MainWindow, settle: Settle, locked_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.files.open(window, locked_path)
    settle(window.desk)
    dialog = shown(OpenDialog)
    window.files.open(window, locked_path)  # a second start names it again
    settle(window.desk)
    for _ in range(3):
        dialog._password.set_value("wrong")
        dialog.accept_button.click()
        settle(window.desk)
    assert "请等 1 秒再试" in words(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.accept()
    assert window.desk.tasks.pending == 0
    dialog._switch.click()
    assert dialog.accept_button.isEnabled()  # the code cannot be guessed
    dialog._switch.click()
    assert not dialog.accept_button.isEnabled()
    dialog._wait._tick()
    assert dialog.accept_button.isEnabled()
    monkeypatch.setattr("kpidesk.store.tries.wait_left", lambda *_: 0)
    dialog._password.set_value(PASSWORD)
    dialog.accept_button.click()
    settle(window.desk)
    assert window.windowTitle().startswith("星河科技")
    assert window.desk.settings.recent[0] == locked_path


def test_giving_up_goes_back_to_the_welcome(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    window.files.open(window, locked_path)
    settle(window.desk)
    shown(OpenDialog).reject()
    assert window.stack.currentWidget() is window._welcome
    open_locked(window, settle, locked_path)
    assert window.desk.company is not None


def test_the_recovery_code_opens_it_and_a_new_password_is_set(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    window.files.open(window, locked_path)
    settle(window.desk)
    dialog = shown(OpenDialog)
    dialog._switch.click()
    assert not dialog._password.isVisibleTo(dialog)
    dialog._code._line.setText("-".join(CODE)[:-1])
    dialog.accept_button.click()
    settle(window.desk)
    assert "第 8 组" in words(dialog)
    dialog._code._line.setText(" ".join(CODE).lower())
    dialog.accept_button.click()
    settle(window.desk)
    anew = shown(PasswordDialog)
    assert "请现在设一个新的公司密码" in words(anew)
    assert anew._new is not None
    anew._new.first.set_value("green beans 2027")
    anew._new.second.set_value("green beans 2027")
    anew.accept_button.click()
    settle(window.desk)
    window.files.close()
    settle(window.desk)
    open_company(locked_path, Unlock("green beans 2027")).close()


def test_after_the_recovery_code_a_user_signs_in_one_dialog_at_a_time(
    window: MainWindow, settle: Settle, path: Path
) -> None:
    company = open_company(path)
    users.add_user(
        company, name="李梅", role=Role.OFFICER, password=PASSWORD, actor="李梅", today=TODAY
    )
    locking.encrypt(company, password="of the company", code=CODE, actor="李梅", today=TODAY)  # noqa: S106 - of the test
    company.close()
    desk = window.desk
    window.files.open(window, path)
    settle(desk)
    dialog = shown(OpenDialog)
    dialog._switch.click()
    dialog._code._line.setText("".join(CODE))
    dialog.accept_button.click()
    settle(desk)
    anew = shown(PasswordDialog)
    assert desk.company is None
    for field in anew.form.fields:
        field.set_value("green beans 2027")
    anew.accept_button.click()
    settle(desk)
    sign_in = shown(SignInDialog)  # and only that
    assert window.page is None
    sign_in.password.set_value(PASSWORD)
    sign_in.accept()
    settle(desk)
    assert desk.officer == "李梅"
    window.files.close()
    settle(desk)
    open_company(path, Unlock("green beans 2027")).close()


def test_the_password_is_changed_the_sheet_printed_and_the_file_decrypted(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    open_locked(window, settle, locked_path)
    card = page_of(window)._lock
    card.change_button.click()
    dialog = shown(PasswordDialog)
    dialog.form.fields[0].set_value("not this one")
    for field in dialog.form.fields[1:]:
        field.set_value("green beans 2027")
    dialog.accept_button.click()
    settle(window.desk)
    assert "密码不对" in words(dialog)
    dialog.form.fields[0].set_value(PASSWORD)
    dialog.accept_button.click()
    settle(window.desk)
    card.sheet_button.click()
    dialog = shown(PasswordDialog)
    dialog.form.fields[0].set_value("green beans 2027")
    dialog.accept_button.click()
    settle(window.desk)
    sheet = shown(DocumentDialog)
    assert sheet.windowTitle() == "恢复单"
    sheet.reject()
    card.decrypt_button.click()
    dialog = shown(PasswordDialog)
    dialog.form.fields[0].set_value("green beans 2027")
    dialog.accept_button.click()
    settle(window.desk)
    assert "没有加密" in card.state.text()
    window.files.close()
    settle(window.desk)
    assert not locking.needs_password(locked_path)


def test_another_code_is_given_after_the_password(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    open_locked(window, settle, locked_path)
    page_of(window)._lock.renew_button.click()
    dialog = shown(CodeDialog)
    dialog.password.set_value("not this one")
    dialog.accept_button.click()
    settle(window.desk)
    assert "密码不对" in words(dialog)
    dialog.password.set_value(PASSWORD)
    dialog.accept_button.click()
    settle(window.desk)
    dialog.accept_button.click()
    for place, field in zip(dialog.asked, dialog.groups, strict=True):
        field.set_value(dialog.code[place])
    dialog.accept_button.click()
    settle(window.desk)
    window.files.close()
    settle(window.desk)
    open_company(locked_path, Unlock(code="".join(dialog.code))).close()


def test_locked_nothing_is_seen_and_unlocked_all_is_where_it_was(
    window: MainWindow, settle: Settle, locked_path: Path, qtbot: QtBot
) -> None:
    desk = open_locked(window, settle, locked_path).desk
    page = page_of(window)
    page._address._line.setText("没有保存的地址")
    dialog = show_message(desk, window, "张三的工资", "18000 元")
    window.menus._lock_screen()
    lock = ScreenLock.of(desk, window)
    assert lock.page is not None
    visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert visible == [window]
    assert "星河" not in window.windowTitle()
    assert "星河" not in words(window)
    assert not page.isVisible()
    assert not window.menuBar().isVisible()
    assert not window.statusBar().isVisible()
    late = show_message(desk, window, "李四的工资", "9000 元")
    qtbot.waitUntil(lambda: not late.isVisible())
    desk.told.emit("王五的工资")
    assert not window.statusBar().isVisible()
    window.setWindowTitle("星河科技有限公司 - 绩效考核台")
    assert "星河" not in window.windowTitle()
    answer(window, "/somewhere/else.kpidesk")
    assert desk.tasks.pending == 0
    assert not window.close()
    assert "没保存" in words(lock.page)
    lock.page.password.set_value("wrong")
    lock.page.button.click()
    settle(desk)
    assert "密码不对" in words(lock.page)
    QTest.keyClicks(lock.page.password.line, PASSWORD)
    QTest.keyClick(lock.page.password.line, Qt.Key.Key_Return)
    settle(desk)
    assert lock.page is None
    assert dialog.isVisible()
    assert late.isVisible()
    assert page.isVisible()
    assert page._address.raw() == "没有保存的地址"
    assert window.windowTitle().startswith("星河科技")
    late.reject()
    dialog.reject()
    page._address._line.setText("")
    assert window.statusBar().isVisible()


def test_it_locks_by_itself_after_a_while_and_every_touch_counts_anew(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    desk = open_locked(window, settle, locked_path).desk
    put_idle_minutes(desk.settings, 5)
    lock = ScreenLock.of(desk, window)
    assert ScreenLock.of(desk, window) is lock
    handle = window.windowHandle()
    lock._follow(handle)
    lock._idle.stop()
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert lock._idle.isActive()
    assert lock._idle.interval() == 5 * 60_000
    put_idle_minutes(desk.settings, 0)
    QTest.mouseMove(handle)
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert not lock._idle.isActive()
    lock._idle.timeout.emit()
    assert lock.is_locked


def test_a_computer_that_slept_is_found_locked(
    window: MainWindow, settle: Settle, locked_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_locked(window, settle, locked_path).desk
    put_idle_minutes(desk.settings, 5)
    lock = ScreenLock.of(desk, window)
    lock._touched()
    began = lock._since
    monkeypatch.setattr(lock, "now", lambda: began + 299)
    lock._clock.timeout.emit()
    assert not lock.is_locked
    monkeypatch.setattr(lock, "now", lambda: began + 8 * 3600)
    lock._clock.timeout.emit()
    assert lock.is_locked
    lock.unlock()
    handle = window.windowHandle()
    lock._follow(handle)
    monkeypatch.setattr(lock, "now", lambda: began + 16 * 3600)
    QTest.keyClick(handle, Qt.Key.Key_A)  # the first touch comes before the clock
    assert lock.is_locked


def test_while_work_goes_on_the_locked_screen_says_why_it_waits(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    desk = open_locked(window, settle, locked_path).desk
    lock = ScreenLock.of(desk, window)
    go_on = Event()
    desk.act_long("正在检查", lambda _, __: go_on.wait(30))
    lock.lock()
    assert lock.page is not None
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]
    lock.page.password.set_value(PASSWORD)
    lock.page.button.click()
    assert "还有工作没有做完" in words(lock.page)
    go_on.set()
    settle(desk)
    assert not lock.is_locked


def test_in_a_dialog_the_keys_lock_too(
    window: MainWindow, settle: Settle, locked_path: Path
) -> None:
    desk = open_locked(window, settle, locked_path).desk
    lock = ScreenLock.of(desk, window)
    dialog = show_message(desk, window, "张三的工资", "18000 元")
    lock._follow(dialog.windowHandle())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert lock.is_locked
    assert not dialog.isVisible()
    lock.unlock()
    dialog.reject()


def test_a_file_without_a_password_is_not_locked(
    window: MainWindow, settle: Settle, path: Path
) -> None:
    told: list[str] = []
    window.files.open(window, path)
    settle(window.desk)
    window.desk.told.connect(told.append)
    window.menus._lock_screen()
    lock = ScreenLock.of(window.desk, window)
    assert not lock.is_locked
    assert not lock._idle.isActive()
    assert "没有密码可锁" in told[-1]


def test_a_user_opens_the_file_signs_in_and_unlocks_by_one_password(
    window: MainWindow, settle: Settle, path: Path
) -> None:
    company = open_company(path)
    who = {"actor": "李梅", "today": TODAY}
    users.add_user(company, name="李梅", role=Role.OFFICER, password=PASSWORD, **who)  # type: ignore[arg-type]  # a dict of both
    locking.encrypt(company, password="of the company", code=CODE, actor="李梅", today=TODAY)  # noqa: S106 - of the test
    locking.give_slot(company, "李梅", PASSWORD)
    company.close()
    desk = window.desk
    window.files.open(window, path)
    settle(desk)
    dialog = shown(OpenDialog)
    dialog._name._line.setText("李梅")
    dialog._password.set_value(PASSWORD)
    dialog.accept_button.click()
    settle(desk)
    assert desk.company is not None
    assert desk.company.user is not None
    assert desk.officer == "李梅"
    lock = ScreenLock.of(desk, window)
    lock.lock()
    assert lock.page is not None
    lock.page.password.set_value("of the company")
    lock.page.button.click()
    settle(desk)
    assert lock.is_locked
    lock.page.password.set_value(PASSWORD)
    lock.page.button.click()
    settle(desk)
    assert not lock.is_locked
    window.files.close()
    settle(desk)
    window.files.open(window, path)
    settle(desk)
    again = shown(OpenDialog)
    assert again._name.raw() == "李梅"
    again.reject()

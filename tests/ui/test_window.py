from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kpidesk.core.errors import NotAllowedError
from kpidesk.ui.company_files import CompanyFiles
from kpidesk.ui.day_watch import DayWatch
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.error_reporter import ErrorReporter
from kpidesk.ui.first_paint import FirstPaint
from kpidesk.ui.keeping.backup_clock import BackupClock
from kpidesk.ui.keeping.backups import BackupsDialog
from kpidesk.ui.look import Look, Theme
from kpidesk.ui.new_company import NewCompanyDialog
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.pages.settings import SettingsPage
from kpidesk.ui.settings_store import SettingsStore
from kpidesk.ui.warm_up import WarmUp
from kpidesk.ui.window import MainWindow
from kpidesk.usecases.company import company_profile
from tests.ui.conftest import TODAY

Settle = Callable[[Desk], None]


@pytest.fixture
def files(desk: Desk, tmp_path: Path) -> CompanyFiles:
    return CompanyFiles(desk, tmp_path / "样例公司.kpidesk")


@pytest.fixture
def window(desk: Desk, files: CompanyFiles, qtbot: QtBot) -> MainWindow:
    """The window with 设置 as its only page: the others have their own tests."""
    made = MainWindow(desk, files, PAGES[-1:])
    qtbot.addWidget(made)
    made.show_welcome()
    made.show()
    return made


@pytest.fixture
def restored_look(look: Look, qapp: QApplication) -> Iterator[Look]:
    yield look
    look.change(qapp, Theme.LIGHT, 1.0)


def words(dialog: Dialog) -> str:
    labels = cast("list[QLabel]", dialog.findChildren(QLabel))
    return "\n".join(label.text() for label in labels)


def make_company(window: MainWindow, settle: Settle, name: str) -> None:
    window.files.create(window)
    dialog = cast("NewCompanyDialog", window.findChild(NewCompanyDialog))
    dialog._name._line.setText(name)
    dialog._officer._line.setText("李梅")
    dialog.accept_button.click()
    settle(window.desk)


def test_a_new_company_is_made_where_its_name_suggests_and_stands_open(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    make_company(window, settle, "星河/科技有限公司")
    assert window.windowTitle() == "星河/科技有限公司 - 绩效考核台"
    assert (tmp_path / "星河_科技有限公司.kpidesk").is_file()
    assert window.navigation.isVisible()
    assert isinstance(window.page, SettingsPage)
    assert window.desk.officer == "李梅"
    assert window.files.last() == tmp_path / "星河_科技有限公司.kpidesk"


def test_a_file_that_is_there_already_is_refused_in_the_form_and_stays_untouched(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    taken = tmp_path / "星河.kpidesk"
    taken.write_bytes(b"not ours")
    make_company(window, settle, "星河")
    dialog = cast("NewCompanyDialog", window.findChild(NewCompanyDialog))
    assert dialog.isVisible()
    assert dialog.form._banner.text()
    assert taken.read_bytes() == b"not ours"
    assert window.desk.company is None


def test_a_file_that_is_no_company_file_gives_a_reason_and_the_welcome_page_stays(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "笔记.kpidesk"
    path.write_text("这是一个文本文件\n" * 100, encoding="utf-8")
    window.files.open(window, path)
    settle(window.desk)
    dialog = cast("Dialog", window.findChild(Dialog))
    assert "无法打开“笔记.kpidesk”" in words(dialog)
    assert window.desk.company is None
    assert window.stack.currentWidget() is window._welcome


def test_a_file_that_is_asked_for_again_while_it_is_being_opened_opens_once(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    make_company(window, settle, "星河")
    path = tmp_path / "星河.kpidesk"
    window.files.close()
    settle(window.desk)
    window.files.open(window, path)
    window.files.open(window, path)
    settle(window.desk)
    assert window.desk.company is not None
    dialogs = cast("list[Dialog]", window.findChildren(Dialog))
    assert not [one for one in dialogs if one.isVisible()]
    window.files.close()
    settle(window.desk)
    window.files.open(window, path)
    settle(window.desk)
    assert window.desk.company is not None


def test_a_recent_file_that_has_gone_leaves_the_list(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    gone = tmp_path / "没有了.kpidesk"
    window.desk.settings.add_recent(gone)
    window.files.open(window, gone)
    settle(window.desk)
    assert window.desk.settings.recent == ()


def test_another_company_is_opened_only_after_it_could_be_and_pages_begin_anew(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    make_company(window, settle, "甲公司")
    first = window.page
    make_company(window, settle, "乙公司")
    assert window.windowTitle().startswith("乙公司")
    assert window.page is not first
    bad = tmp_path / "坏.kpidesk"
    bad.write_bytes(b"x" * 4096)
    window.files.open(window, bad)
    settle(window.desk)
    assert window.windowTitle().startswith("乙公司"), "the open one stays open"
    window.files.open(window, tmp_path / "甲公司.kpidesk")
    settle(window.desk)
    assert window.windowTitle().startswith("甲公司"), "it was closed properly"


def test_closing_the_company_leads_back_to_the_welcome_page(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    make_company(window, settle, "甲公司")
    window.files.close()
    settle(window.desk)
    assert not window.navigation.isVisible()
    assert window.stack.currentWidget() is window._welcome
    assert window.files.last() is None
    assert window.desk.settings.recent == (tmp_path / "甲公司.kpidesk",)


def test_company_details_are_saved_and_shown_in_the_title(
    window: MainWindow, settle: Settle
) -> None:
    make_company(window, settle, "甲公司")
    page = cast("SettingsPage", window.page)
    settle(window.desk)
    assert page._name.value() == "甲公司"
    page._representative._line.setText("赵敏")
    page._agent._line.setText("周岚")
    page._name._line.setText("甲有限公司")
    assert not page.may_leave(), "what was typed is not lost by leaving"
    page._save.click()
    settle(window.desk)
    assert page.may_leave()
    assert window.windowTitle().startswith("甲有限公司")
    seen: list[str] = []
    window.desk.ask(
        company_profile, lambda profile: seen.extend((profile.representative, profile.agent))
    )
    settle(window.desk)
    assert seen == ["赵敏", "周岚"]


def test_the_place_of_printing_is_remembered_on_this_computer(
    window: MainWindow, settle: Settle
) -> None:
    make_company(window, settle, "甲公司")
    page = cast("SettingsPage", window.page)
    settings = window.desk.settings
    assert settings.print_offset == (Decimal(0), Decimal(0))
    page._right._line.setText("1.5")
    page._down._line.setText("-2")
    assert settings.print_offset == (Decimal("1.5"), Decimal(-2))
    page._right._line.setText("30")
    assert page._right.message
    assert settings.print_offset == (Decimal("1.5"), Decimal(-2))
    settings.put_text("print/right", "NaN")
    settings.put_text("print/down", "99")
    assert settings.print_offset == (Decimal(0), Decimal(0))


def test_a_backup_goes_to_the_chosen_folder(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    make_company(window, settle, "甲公司")
    window.desk.settings.put_text("backup/folder", str(tmp_path / "备份"))
    BackupClock(window.desk, window)
    cast("SettingsPage", window.page)._show_backups()
    settle(window.desk)
    dialog = cast("BackupsDialog", window.findChild(BackupsDialog))
    dialog.make()
    settle(window.desk)
    (made,) = (tmp_path / "备份").rglob("*.kpidesk")
    assert [one.path for one in dialog.model.rows()] == [made]
    assert "已备份" in window.statusBar().currentMessage()


def test_the_window_closes_the_file_and_comes_back_as_it_was(
    window: MainWindow, settle: Settle, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    make_company(window, settle, "甲公司")
    window.resize(960, 700)
    window.close()
    desk = Desk(look, window.desk.settings, lambda: window.desk.today, tmp_path)
    files = CompanyFiles(desk, tmp_path / "样例公司.kpidesk")
    again = MainWindow(desk, files, PAGES[-1:])
    qtbot.addWidget(again)
    assert again.size() == window.size()
    last = files.last()
    assert last is not None
    files.open(again, last)
    settle(desk)
    assert again.windowTitle().startswith("甲公司")
    again.close()


def test_theme_and_text_size_change_at_once_and_are_remembered(
    window: MainWindow, settle: Settle, restored_look: Look, qapp: QApplication
) -> None:
    make_company(window, settle, "甲公司")
    page = cast("SettingsPage", window.page)
    before = qapp.font().pointSizeF()
    page._theme.set_value(Theme.DARK)
    page._size.set_value(1.3)
    assert restored_look.theme is Theme.DARK
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.3)
    assert qapp.palette().window().color().lightness() < 60
    assert window.desk.settings.theme is Theme.DARK
    assert window.desk.settings.text_scale == 1.3


def test_ctrl_and_a_number_show_a_page(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    make_company(window, settle, "甲公司")
    window.stack.setCurrentWidget(window._waiting)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keySequence(window, "Ctrl+1")
    assert isinstance(window.page, SettingsPage)


def test_an_error_that_nobody_expected_is_told_and_logged(
    window: MainWindow,
    settle: Settle,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reporter = ErrorReporter(window.desk, lambda: window, tmp_path / "kpidesk.log")
    try:
        _ = 1 // 0
    except ZeroDivisionError as problem:
        with caplog.at_level(logging.CRITICAL):
            reporter.excepthook(type(problem), problem, problem.__traceback__)
            reporter.excepthook(type(problem), problem, problem.__traceback__)
    dialogs = cast("list[Dialog]", window.findChildren(Dialog))
    assert len(dialogs) == 1, "one dialog, however often it happens"
    assert "没有保存" in words(dialogs[0])
    assert "错误报告" in words(dialogs[0])
    assert len(caplog.records) == 2


def test_a_refusal_of_a_use_case_is_told_in_its_own_words(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    reporter = ErrorReporter(window.desk, lambda: window, tmp_path / "kpidesk.log")
    assert reporter.parent() is window.desk

    def refuse() -> None:
        raise NotAllowedError("责任书已经签署，请用补充协议变更")

    window.desk.tasks.run(refuse)
    settle(window.desk)
    dialog = cast("Dialog", window.findChild(Dialog))
    assert "责任书已经签署，请用补充协议变更" in words(dialog)


def test_a_new_day_shows_the_page_anew_and_the_same_day_does_not(
    look: Look, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    days = [TODAY]
    desk = Desk(look, SettingsStore(tmp_path / "settings.ini"), lambda: days[0], tmp_path)
    window = MainWindow(desk, CompanyFiles(desk, tmp_path / "样例公司.kpidesk"), PAGES[:1])
    qtbot.addWidget(window)
    window.show()
    watch = DayWatch(window)
    watch.look()
    make_company(window, settle, "星河科技有限公司")
    assert window.page is not None

    def shown() -> str:
        assert window.page is not None
        labels = cast("list[QLabel]", window.page.findChildren(QLabel))
        return "\n".join(one.text() for one in labels)

    qtbot.waitUntil(lambda: "2026年3月2日" in shown())
    watch.look()
    assert desk.tasks.pending == 0, "nothing was asked for"
    days[0] = TODAY + timedelta(days=1)
    watch.look()
    qtbot.waitUntil(lambda: "2026年3月3日" in shown())
    settle(desk)
    desk.close()


def test_what_waits_for_the_first_paint_is_done_once(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    FirstPaint(window, lambda: done.append("painted"))
    assert not done
    window.repaint()
    window.repaint()
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(20)
    assert done == ["painted"]


def test_a_window_that_is_not_painted_goes_on_all_the_same(qtbot: QtBot) -> None:
    hidden, done = QLabel(), list[str]()
    qtbot.addWidget(hidden)
    FirstPaint(hidden, lambda: done.append("late"))
    qtbot.waitUntil(lambda: done == ["late"], timeout=5000)


def test_other_pages_are_got_ready_while_nothing_else_is_done(
    desk: Desk, files: CompanyFiles, settle: Settle, qtbot: QtBot
) -> None:
    window = MainWindow(desk, files, PAGES[-3:])
    qtbot.addWidget(window)
    window.show_welcome()
    window.show()
    warm = WarmUp(window)
    qtbot.wait(300)
    assert not warm.is_done, "without a company there is nothing to get ready for"
    make_company(window, settle, "星河科技")
    qtbot.waitUntil(lambda: warm.is_done, timeout=20_000)
    assert {one.module for one in PAGES} <= sys.modules.keys()
    assert "kpidesk.documents.year_charts" in sys.modules
    assert list(window._pages) == [one.key for one in PAGES[-3:]]
    assert window.page is window._pages["pay"]
    assert [key for key, one in window._pages.items() if not one._is_stale] == ["pay"]

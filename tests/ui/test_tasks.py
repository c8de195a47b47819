from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.errors import NotAllowedError
from kpidesk.ui.desk import Desk
from kpidesk.ui.progress_panel import ProgressPanel
from kpidesk.ui.tasks import Progress, Task, Tasks

Settle = Callable[[Desk], None]


def test_work_runs_on_the_worker_and_the_answer_comes_on_the_windows_thread(
    desk: Desk, settle: Settle
) -> None:
    seen: list[object] = []
    here = threading.current_thread()
    desk.tasks.run(
        threading.current_thread,
        lambda worker: seen.extend([worker.name, threading.current_thread() is here]),
    )
    settle(desk)
    assert seen == ["kpidesk-worker", True]


def test_answers_come_in_the_order_of_the_questions(desk: Desk, settle: Settle) -> None:
    seen: list[int] = []
    for number in range(50):
        desk.tasks.run(partial(int, number), seen.append)
    settle(desk)
    assert seen == list(range(50))


def test_an_error_goes_to_who_asked_or_else_to_the_officer(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise NotAllowedError("已签署")

    seen: list[Exception] = []
    desk.tasks.run(refuse, failed=seen.append)
    settle(desk)
    assert str(seen[0]) == "已签署"
    with qtbot.waitSignal(desk.tasks.unhandled) as shown:
        desk.tasks.run(refuse)
    assert shown.args is not None
    assert str(shown.args[0]) == "已签署"


def test_the_answer_to_a_page_that_has_gone_is_dropped(
    desk: Desk, settle: Settle, qapp: QApplication
) -> None:
    page = QWidget()
    seen: list[object] = []
    gate = threading.Event()
    desk.tasks.run(gate.wait, seen.append, owner=page)
    page.deleteLater()
    qapp.sendPostedEvents()
    qapp.processEvents()
    del page
    gate.set()
    settle(desk)
    assert seen == []


def test_the_window_is_told_of_work_that_takes_longer_than_a_blink(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    gate = threading.Event()
    with qtbot.waitSignal(desk.tasks.busy_changed) as busy:
        desk.tasks.run(gate.wait)
    assert busy.args == [True]
    with qtbot.waitSignal(desk.tasks.busy_changed) as busy:
        gate.set()
    assert busy.args == [False]
    settle(desk)


def test_long_work_shows_how_far_it_is_and_stops_when_cancelled(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    panels: list[ProgressPanel] = []

    def watch(task: Task[object]) -> None:
        panels.append(ProgressPanel(window, task))

    desk.tasks.long_started.connect(watch)

    def work(progress: Progress) -> int:
        done = 0
        while not progress.cancelled:
            done += 1
            progress.step(min(done, 29), 30, "张伟")
        return done

    results: list[int] = []
    desk.tasks.run_long("生成责任书", work, results.append)
    qtbot.waitUntil(panels[0].isVisible)
    qtbot.waitUntil(lambda: panels[0]._count.text().endswith("/ 30"))
    panels[0].accept_button.click()
    settle(desk)
    assert results[0] > 1


def test_nothing_is_taken_on_after_the_end_and_what_was_asked_is_finished(qtbot: QtBot) -> None:
    tasks, done, told = Tasks(), threading.Event(), list[object]()
    tasks.run(done.set, told.append)
    tasks.close()
    assert done.is_set()
    qtbot.wait(20)
    assert not told, "an answer came to a window that has gone"
    with pytest.raises(RuntimeError):
        tasks.run(done.set)


def test_a_company_is_needed_to_read_or_write(desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="没有打开公司文件"):
        desk.ask(lambda company: company, print)

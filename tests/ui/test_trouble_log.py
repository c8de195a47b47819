"""The log and the report tell where it went wrong and nobody's data; the next start tells."""

from __future__ import annotations

import ast
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.incident import AttachmentId
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.bug import BugDialog
from kpidesk.ui.error_reporter import ErrorReporter
from kpidesk.ui.errors import message_of
from kpidesk.ui.trouble_log import TroubleLog
from kpidesk.usecases import incidents, lists, people
from kpidesk.usecases.company import open_company
from kpidesk.usecases.keeping.making import Reason, close_company, keep_before, set_places
from kpidesk.usecases.verifying import verify

LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log" / "kpidesk.log"


@pytest.fixture
def started(log: Path) -> Iterator[Path]:
    made = TroubleLog(log)
    made.begin(NOW)
    yield log
    made.end()
    made.let_go()


def refuse() -> None:
    msg = "张三的工资是 12,345 元"
    raise KpiDeskError(msg)


def fail() -> None:
    try:
        refuse()
    except KpiDeskError as problem:
        msg = "李四"
        raise ValueError(msg) from problem


def test_the_log_of_a_day_with_the_sample_holds_no_name_and_no_figure(
    started: Path, whole_sample: Path, tmp_path: Path
) -> None:
    company = open_company(Path(shutil.copy(whole_sample, tmp_path)))
    everybody = people.list_people(company, include_left=True)
    set_places(company, tmp_path / "备份")
    today, actor = date(2026, 3, 2), everybody[0].person.name
    wrong = logging.getLogger("kpidesk.test")
    for row in everybody:
        for attempt in (
            lambda row=row: people.add_person(
                company, number=row.person.number, name=row.person.name, post="x",
                department=row.person.department, actor=actor, today=today,
            ),
            lambda row=row: people.leave_person(
                company, row.person.id, last_day=date(1990, 1, 1), actor=actor, today=today
            ),
            lambda: incidents.attachment(company, AttachmentId(99)),
        ):  # fmt: skip
            try:
                attempt()
            except Exception as problem:  # noqa: BLE001 - as the window does
                wrong.error("an error in a task", exc_info=problem)
                message_of(problem)
    contracts = lists.list_documents(company)
    (tmp_path / "备份").mkdir(exist_ok=True)
    keep_before(company, Reason.SETTLE)
    assert verify(company).broken == ()
    close_company(company)
    text = started.read_text(encoding="utf-8")
    assert text.count("an error in a task") >= len(everybody)
    named = {one.person.name for one in everybody} | {one.person.number for one in everybody}
    named |= {one.number for one in contracts} | {company.name}
    assert [one for one in named if one in text] == []
    # Chinese stands in no line at all: every word for people may hold something.
    assert re.findall(r"[一-鿿]", text.replace("样例", "").replace("备份", "")) == []


def test_what_an_error_in_a_task_was_about_stands_in_no_log_and_in_no_report(
    started: Path, desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot
) -> None:
    """The work itself holds what it is about: its arguments, and those of what it called."""
    ErrorReporter(desk, lambda: None, started)
    gone = QWidget()
    problems: list[Exception] = []

    def pay(name: str, salary: Decimal) -> None:
        time.sleep(0.01)
        msg = f"{name}的工资 {salary} 元"
        raise ValueError(msg)

    desk.tasks.run(partial(pay, "欧阳娜娜", Decimal("18765.43")))
    desk.tasks.run(partial(pay, "欧阳娜娜", Decimal("18765.43")), failed=problems.append)
    desk.tasks.run(partial(pay, "欧阳娜娜", Decimal("18765.43")), owner=gone)
    gone.deleteLater()
    settle(desk)
    parent = QWidget()
    qtbot.addWidget(parent)
    report = BugDialog(desk, parent, problems[0], started).report
    found = started.read_bytes() + report.encode()
    assert b"an error in a task" in found
    assert b"after its page had gone" in found
    assert b"in pay" in found
    for secret in ("欧阳娜娜", "18765.43", "工资"):
        assert secret.encode() not in found
    assert "欧阳娜娜" in "".join(map(str, problems))  # it was there to be written


def test_what_is_logged_is_told_by_its_kind_only() -> None:
    """A log line with a value in it would one day hold a name."""
    told: list[str] = []
    for path in (ROOT / "kpidesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LEVELS
                and ast.unparse(node.func.value) in {"_log", "logging", "log", "logger"}
            ):
                text, *values = node.args
                kinds = [one for one in values if ast.unparse(one) != "type(problem).__name__"]
                if kinds or not isinstance(text, ast.Constant):
                    told.append(f"{path.name}:{node.lineno}")
    assert told == []


def killed(log: Path) -> str:
    """What a start tells that is then killed."""
    made = TroubleLog(log)
    said = made.begin(NOW)
    made.let_go()
    return said


def test_the_next_start_tells_how_the_last_one_ended(log: Path) -> None:
    made = TroubleLog(log)
    assert made.begin(NOW) == ""
    made.end()
    made.let_go()
    assert killed(log) == ""
    said = killed(log)
    assert "2026-03-02 08:05" in said
    assert "没有正常关闭" in said
    assert "没有丢失" in said
    log.with_suffix(".crash").write_text("Fatal Python error: Aborted\n", encoding="utf-8")
    assert "程序自己出错退出了" in killed(log)


def test_a_report_holds_words_and_values_only_when_asked_for(
    desk: Desk, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    try:
        fail()
    except ValueError as problem:
        dialog = BugDialog(desk, parent, problem, log)
    assert "张三" not in dialog.report
    assert "李四" not in dialog.report
    assert "ValueError" in dialog.report
    assert "in fail" in dialog.report
    assert str(Path.home()) not in dialog.report
    dialog.whole.setChecked(True)
    assert "张三的工资是 12,345 元" in dialog.report
    assert dialog.shown.toPlainText() == dialog.report

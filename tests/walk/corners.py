"""What the tour cannot find by itself: an empty company, later steps, what opens from dialogs.

    python -m tests.walk.tour FOLDER --corners

keeps pictures of these instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import xlsxwriter
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from kpidesk.ui.dialogs import confirm, show_message
from kpidesk.ui.dialogs.bug import BugDialog
from kpidesk.ui.importing.dialog import ImportDialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.registry import PAGES
from kpidesk.usecases.importing import Kind
from tests.walk.tour import Calm, Stop, opened

if TYPE_CHECKING:
    from kpidesk.ui.pages.contracts import ContractsPage
    from kpidesk.ui.pages.people import PeoplePage
    from kpidesk.ui.pages.results import ResultsPage
    from kpidesk.ui.pages.schemes import SchemesPage
    from kpidesk.ui.pages.scoring import ScoringPage
    from kpidesk.ui.window import MainWindow

_PATIENCE = 5
_TROUBLED = (
    ("工号", "姓名", "部门", "岗位", "入职日期"),
    ("QM009", "张䶮", "大客户部", "大客户经理", "2017-03-06"),
    ("Z001", "", "没有的部门", "客户经理", "2026-02-30"),
    ("Z001", "周周", "大客户部", "客户经理", "2026-01-05"),
)


def empty_pages(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    """Every page of a company that has just been founded."""
    for entry in PAGES:
        window.desk.go(entry.key)
        calm(window.desk)
        yield Stop(f"empty-{entry.key}", window)


def corners(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    """Of the sample company."""
    for part in (_people, _contracts, _schemes, _scoring, _results, _importing, _messages):
        yield from part(window, calm)


def _press(widget: QWidget | None, text: str) -> Callable[[], object]:
    """Presses the button with a text, once it is asked to."""

    def do() -> None:
        if widget is None:
            raise TypeError(text)
        buttons = cast("list[QPushButton]", widget.findChildren(QPushButton))
        next(one for one in buttons if one.text().startswith(text) and one.isVisible()).click()

    return do


def _page(window: MainWindow, key: str, calm: Calm) -> Any:  # noqa: ANN401 - the page of a key
    window.desk.go(key)
    calm(window.desk)
    return window.page


def _people(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    page: PeoplePage = _page(window, "people", calm)
    row = page.model.rows()[8]
    yield from opened("person", lambda: page.table.opened.emit(row), window, calm)


def _contracts(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    page: ContractsPage = _page(window, "contracts", calm)
    rows = page.model.rows()
    manager = next(one for one in rows if one.person_name == "孙佳怡" and not one.signed_on)
    dialog = page.draw_up(people=[manager.person], scheme="account-manager-kpi")
    calm(window.desk)
    for name in ("parameters", "targets"):
        dialog.accept()
        calm(window.desk)
        yield Stop(f"draw-up-{name}", dialog)
    dialog.done(0)
    calm(window.desk)
    signed = next(one for one in rows if one.signed_on)
    amendment = next(one for one in rows if one.is_amendment)
    for name, one in (("draft", manager), ("signed", signed), ("amendment", amendment)):
        page.open_contract(one.id)
        calm(window.desk)
        yield Stop(f"contract-{name}", window)
        for tab in _tabs(page.view)[1:3] if name == "draft" else ():
            tab.click()
            calm(window.desk)
            yield Stop(f"contract-{name}-{tab.text()}", window)
    page.view.close_contract()
    calm(window.desk)


def _tabs(part: QWidget) -> list[QToolButton]:
    buttons = cast("list[QToolButton]", part.findChildren(QToolButton))
    return [one for one in buttons if one.isCheckable() and one.text() and one.isVisible()]


def _schemes(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    page: SchemesPage = _page(window, "schemes", calm)
    page.show_item(next(one.id for one in page.model.rows() if one.draft is not None))
    calm(window.desk)
    yield Stop("draft", window)
    page.draft_view.open_button.click()
    calm(window.desk)
    if page.editor is None:
        return
    page.editor.show_indicator("新客户开发")
    calm(window.desk)
    for tab in [one.text() for one in _tabs(page.editor)]:
        button = next((one for one in _tabs(page.editor) if one.text() == tab), None)
        if button is not None and button.isEnabled():
            button.click()
            calm(window.desk)
            yield Stop(f"editor-{tab}", window)
    for text in ("发布", "查看改动", "用去年"):
        buttons = cast("list[QPushButton]", page.findChildren(QPushButton))
        found = [one for one in buttons if one.text().startswith(text) and one.isVisible()]
        for one in found[:1]:
            if one.menu() is None and one.isEnabled():
                yield from opened(f"editor-{text}", one.click, window, calm)
    page.close_editor()
    calm(window.desk)


def _scoring(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    page: ScoringPage = _page(window, "scoring", calm)
    for _ in range(_PATIENCE):  # pages paint first, then ask for what they show
        calm(window.desk)
        if page.list.table.rows.rows():
            break
    rows = [one for one in page.list.table.rows.rows() if one.total is None]
    page.show_item(rows[0].id)
    for _ in range(_PATIENCE):
        calm(window.desk)
    yield Stop("sheet-open", window)
    tools = page.sheet_tools
    yield from opened("raters", tools._name_raters, window, calm)
    view = page.pane.view
    if view is not None:
        shown = view.sheet.rows[0]
        yield from opened("override", lambda: tools.override(shown), window, calm)
        yield from opened("exempt", lambda: tools.exempt(shown), window, calm)
        yield from opened("finish-lacking", tools._finish, window, calm)
    yield from opened("warnings", page._tell_warnings, window, calm)
    page.second.begin()
    calm(window.desk)
    yield Stop("second-time", window)
    page.second.end()
    page.show_scan()
    calm(window.desk)
    yield Stop("sheet-beside-scan", window)
    page.close_scan()
    page.pane.head.total.click()
    calm(window.desk)


def _results(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    from kpidesk.usecases.whereabouts import Where

    page: ResultsPage = _page(window, "results", calm)
    page.review.show_batches()
    calm(window.desk)
    batches = QApplication.activeModalWidget()
    yield from opened("decision", _press(batches, "登记审批意见"), window, calm, keep=batches)
    cast("Any", batches).table.select([1])
    yield from opened("publish", _press(batches, "登记公示"), window, calm, keep=batches)
    cast("Any", batches).reject()
    calm(window.desk)
    window.desk.go("results", ("where", Where.APPEALED))
    calm(window.desk)
    page.details.show_tab(3)
    calm(window.desk)
    yield Stop("appealed", window)
    for text in ("记录听取情况", "处理申诉"):
        yield from opened(text, _press(page, text), window, calm)
    window.desk.go("results", ("where", Where.UNCONFIRMED))
    calm(window.desk)
    yield from opened("confirm", page.review.confirm, window, calm)


def _importing(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    path = window.desk.documents / "花名册.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(_TROUBLED):
        sheet.write_row(number, 0, row)
    book.close()
    dialog = ImportDialog(window.desk, window, Kind.PEOPLE, path)
    dialog.open()
    calm(window.desk)
    yield Stop("import-columns", dialog)
    dialog.accept()
    calm(window.desk)
    yield Stop("import-problems", dialog)
    dialog.reject()
    calm(window.desk)


def _messages(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    desk = window.desk
    words = "工作表“花名册”第 3 行 E 列：2026 年 2 月没有 30 日，请改成真实的日期。"
    for tone in (Tone.NEUTRAL, Tone.GOOD, Tone.WARN, Tone.BAD):
        told = partial(show_message, desk, window, "没有读入", words, tone)
        yield from opened(f"message-{tone}", told, window, calm)

    def ask() -> None:
        confirm(
            desk, window, title="放弃修改？", text=words, action="放弃修改", danger=True,
            then=lambda: None,
        )  # fmt: skip

    yield from opened("message-danger", ask, window, calm)

    def break_down() -> None:
        BugDialog(desk, window, ValueError("试试"), desk.documents / "kpidesk.log").open()

    yield from opened("message-bug", break_down, window, calm)

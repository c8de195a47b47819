"""The menu 打印与导出: asked for, looked at, refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.home import HomePage
from kpidesk.ui.pages.papers.dialog import PaperDialog
from kpidesk.ui.pages.results import ResultsPage
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import Banner
from kpidesk.usecases.yearbook.offers import Paper
from tests.ui.scoring.scorer import Settle, children
from tests.ui.scoring.sheets import MANAGERS
from tests.ui.scoring.test_results import complete


@pytest.fixture
def home(scoring_desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[HomePage]:
    page = HomePage(scoring_desk)
    qtbot.addWidget(page)
    page.resize(1230, 690)
    with qtbot.waitExposed(page):
        page.show()
    settle(scoring_desk)
    yield page
    settle(scoring_desk)


@pytest.fixture
def results(scoring_desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[ResultsPage]:
    desk = scoring_desk
    desk.ask(lambda company: complete(company, desk.today), lambda _: None)
    settle(desk)
    page = ResultsPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 690)
    with qtbot.waitExposed(page):
        page.show()
    settle(desk)
    yield page
    settle(desk)


def asked(page: HomePage | ResultsPage, paper: Paper, settle: Settle) -> PaperDialog:
    action = next(one for one in page.papers.menu.actions() if one.text().startswith(paper))
    action.trigger()
    settle(page.desk)
    (dialog,) = children(page, PaperDialog)
    return dialog


def test_a_document_is_shown_from_the_first_page(home: HomePage, settle: Settle) -> None:
    dialog = asked(home, Paper.DECOMPOSITION, settle)
    dialog.accept()
    settle(home.desk)
    (shown,) = children(home, DocumentDialog)
    assert shown.windowTitle() == "目标分解表 2026年"
    assert shown.view.canvas.page_count >= 1
    assert shown.print_button.isEnabled()
    assert shown.save_button.isEnabled()
    shown.reject()


def test_the_cycle_of_the_chosen_result_is_proposed(results: ResultsPage, settle: Settle) -> None:
    dialog = asked(results, Paper.APPROVAL, settle)
    chosen = dialog.period.chosen()
    assert chosen == results.list.selected()[0].cycle
    dialog.accept()
    settle(results.desk)
    (shown,) = children(results, DocumentDialog)
    assert shown.view.canvas.page_count >= 1
    shown.reject()


def test_several_chosen_people_are_proposed_by_name(results: ResultsPage, settle: Settle) -> None:
    results.list.table.select([one.id for one in results.list.shown()])
    settle(results.desk)
    dialog = asked(results, Paper.APPROVAL, settle)
    assert len(dialog.scope_chosen().people) == len(MANAGERS)
    dialog.reject()


def test_a_refusal_is_said_in_the_dialog(home: HomePage, settle: Settle) -> None:
    dialog = asked(home, Paper.APPROVAL, settle)
    dialog.scope.set_options([("没有这个部门", "没有这个部门")])
    dialog.accept()
    settle(home.desk)
    assert "请换一个周期或部门" in children(dialog.form, Banner)[0].text()
    assert not children(home, DocumentDialog)
    dialog.reject()


def test_reports_of_the_list_stand_first_in_the_menu(results: ResultsPage) -> None:
    texts = [one.text() for one in results.papers.menu.actions()]
    assert texts[:2] == ["考核报告：打印列表中的…", "考核报告：列表中的每人一个文件…"]


def test_packs_are_saved_one_file_for_each_chosen_person(
    results: ResultsPage, settle: Settle, tmp_path: Path
) -> None:
    folder = tmp_path / "证据包"
    folder.mkdir()
    told: list[str] = []
    results.desk.told.connect(told.append)
    dialog = asked(results, Paper.EVIDENCE, settle)
    assert len(dialog.scope_chosen().people) == 1
    assert dialog.accept_button.text() == "预览"
    dialog.scope.set_value("销售部")
    assert dialog.accept_button.text() == "每人存为一个文件…"
    dialog.save_in(folder)
    settle(results.desk)
    assert sorted(one.name[:3] for one in folder.iterdir()) == ["001", "002", "003"]
    assert told == [f"已生成 3 份证据包，在 {folder}"]


def test_only_certificates_are_offered_together_or_one_by_one(
    home: HomePage, settle: Settle
) -> None:
    dialog = asked(home, Paper.CERTIFICATE, settle)
    assert dialog.folder_button.isVisibleTo(dialog)
    dialog.close()
    settle(home.desk)
    dialog = asked(home, Paper.ARCHIVE, settle)
    assert not dialog.folder_button.isVisibleTo(dialog)
    assert dialog.scope_chosen().people == frozenset()
    dialog.reject()

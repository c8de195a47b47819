"""方案: what the officer reads of a scheme, and the way from it to a contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store.schemes import pin
from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.schemes import SchemesPage
from kpidesk.ui.pages.schemes.lined import LinedGrid
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import Company
from kpidesk.usecases.trials import try_file

Settle = Callable[[Desk], None]


@pytest.fixture
def page(company_desk: Desk, settle: Settle, qtbot: QtBot) -> SchemesPage:
    made = SchemesPage(company_desk)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    settle(company_desk)
    return made


def choose(page: SchemesPage, scheme: str, section: int, settle: Settle) -> str:
    page.table.select([scheme])
    settle(page.desk)
    page.view.tabs.choose(section)
    QApplication.processEvents()  # a layout shows what was put into it with the next event
    return words(page.view)


def words(widget: QWidget) -> str:
    labels: list[QLabel] = list(widget.findChildren(QLabel))
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget.window()))


def test_the_first_scheme_is_shown_without_a_click(page: SchemesPage) -> None:
    assert page.view.scheme is not None
    assert len(page.model.rows()) >= 3


def test_indicators_are_told_in_the_words_of_the_contract(
    page: SchemesPage, settle: Settle
) -> None:
    text = choose(page, "account-manager-kpi", 0, settle)
    assert "销售完成率" in text
    assert "每低 5 个百分点扣 1 分" in text
    assert "25分" in text
    assert "R02" in text


def test_a_blank_of_the_source_is_marked_as_required(page: SchemesPage, settle: Settle) -> None:
    text = choose(page, "account-manager-kpi", 3, settle)
    assert "必填" in text
    assert "不设上限" in text
    assert "满一档才计；不足一档按一档计；按比例计" in text


def test_an_ambiguity_shows_phrase_question_reading_and_parameter(
    page: SchemesPage, settle: Settle
) -> None:
    text = choose(page, "account-manager-kpi", 4, settle)
    assert "“每低于5%,扣除该项1分”" in text
    assert "满 5 个百分点才计。" in text
    assert "可改选参数：销售完成率不足一档的算法" in text


def test_grades_and_raters_are_told(page: SchemesPage, settle: Settle) -> None:
    assert "80 分及以上，不足 90 分" in choose(page, "key-account-director", 1, settle)
    assert "自评" in choose(page, "director-annual", 1, settle)


def test_source_clauses_carry_their_original_words(page: SchemesPage, settle: Settle) -> None:
    text = choose(page, "director-annual", 5, settle)
    assert "公司全体总监" in text
    assert "原文第 102–117 行" in text


def test_a_scheme_without_indicators_says_what_to_do(page: SchemesPage, settle: Settle) -> None:
    text = choose(page, "key-account-director", 0, settle)
    assert "需另选指标" in text
    assert "请另选一个方案提供指标" in text


def test_a_contract_is_drawn_up_by_the_scheme_in_view(
    page: SchemesPage, settle: Settle, qtbot: QtBot
) -> None:
    choose(page, "director-annual", 0, settle)
    buttons: list[QPushButton] = list(page.findChildren(QPushButton))
    button = next(one for one in buttons if "拟定" in one.text())
    with qtbot.waitSignal(page.desk.going) as going:
        button.click()
    assert going.args == ["contracts", ("draw_up_by", "director-annual")]


def test_another_page_can_ask_for_a_scheme(page: SchemesPage, settle: Settle) -> None:
    page.show_item("key-account-director")
    settle(page.desk)
    assert page.view.scheme is not None
    assert page.view.scheme.id == "key-account-director"


def test_every_section_of_every_scheme_can_be_read(page: SchemesPage, settle: Settle) -> None:
    for row in page.model.rows():
        for number in range(len(page.view.tabs.texts)):
            assert choose(page, row.id, number, settle)
            assert page.view.section() is not None


CHECK_UP = 6


def test_hair_lines_stand_between_the_rows(page: SchemesPage, settle: Settle) -> None:
    choose(page, "account-manager-kpi", 0, settle)
    grids: list[LinedGrid] = list(page.view.findChildren(LinedGrid))
    grid = next(one for one in grids if one.isVisibleTo(page))
    line = QColor(page.desk.look.tokens.line)
    picture = grid.grab().toImage()
    right = picture.width() - 1
    drawn = [y for y in range(picture.height()) if picture.pixelColor(right, y) == line]
    assert len(drawn) == len(grid.rows) - 1


def buttons(page: SchemesPage, text: str) -> list[QPushButton]:
    every: list[QPushButton] = list(page.findChildren(QPushButton))
    return [one for one in every if one.text() == text and one.isVisibleTo(page)]


def checked(page: SchemesPage, scheme: str, settle: Settle) -> str:
    choose(page, scheme, CHECK_UP, settle)
    settle(page.desk)
    QApplication.processEvents()
    return words(page.view)


def test_the_check_up_quotes_what_is_wrong_and_how_bad_it_is(
    page: SchemesPage, settle: Settle
) -> None:
    text = checked(page, "account-manager-kpi", settle)
    assert "错误 1" in text
    assert "满分合计不对：各指标满分合计 85 分，表头写的是 100 分" in text
    assert "原文：“KPI 考核指标100分”" in text
    assert "R01" in text


def test_a_fix_shows_what_it_changes_and_becomes_a_version_of_its_own(
    page: SchemesPage, settle: Settle
) -> None:
    assert "表头的满分：100 分 → 85 分" in checked(page, "account-manager-kpi", settle)
    built_in = page.view.scheme
    buttons(page, "采用")[0].click()
    settle(page.desk)
    QApplication.processEvents()
    settle(page.desk)
    QApplication.processEvents()
    shown = page.view.scheme
    assert shown is not None
    assert shown.title == "大客户经理/专员绩效考核指标（本公司第 1 版）"
    assert page.view.tabs.current == CHECK_UP
    assert "满分合计不对" not in words(page.view)
    assert buttons(page, "采用") == []
    assert "已另存为" in page.banner.text()
    listed = [page.model.data(page.model.index(n, 0)) for n in range(len(page.model.rows()))]
    here = listed.index("　└ 本公司第 1 版")
    assert listed[here - 1] == "大客户经理/专员绩效考核指标"
    assert "满分合计不对" in checked(page, "account-manager-kpi", settle)
    assert page.view.scheme == built_in
    assert page.banner.text() == ""


def keep(company: Company, scheme: Scheme) -> Changes:
    with company.change("李梅") as work:
        assert pin(work.connection, scheme)
    return Changes.SCHEMES


def test_a_scheme_without_flaws_says_so(page: SchemesPage, settle: Settle) -> None:
    sound = replace(builtin_scheme("sales-director"), id="sales-director+1", ambiguities=())
    page.desk.act(lambda company: keep(company, sound))
    settle(page.desk)
    settle(page.desk)
    assert "没有发现矛盾、缺漏或错误" in checked(page, sound.id, settle)


def test_parameters_are_explained_without_words_of_programs(
    page: SchemesPage, settle: Settle
) -> None:
    for row in page.model.rows():
        text = choose(page, row.id, 3, settle)
        assert "none" not in text, row.id
    assert "；0.04 即 4%" in choose(page, "key-account-sales-bonus", 3, settle)
    assert "留空为不设上限" in choose(page, "key-account-weighted", 3, settle) + choose(
        page, "key-account-sales-bonus", 3, settle
    )


def test_a_blank_trial_file_is_saved_for_the_scheme_in_view(
    page: SchemesPage, settle: Settle, tmp_path: Path
) -> None:
    choose(page, "account-manager-kpi", 0, settle)
    [button] = buttons(page, "试算")
    blank = button.menu().actions()[1]
    blank.trigger()
    dialogs: list[QFileDialog] = list(page.findChildren(QFileDialog))
    path = tmp_path / "试算.toml"
    dialogs[-1].fileSelected.emit(str(path))
    dialogs[-1].close()
    settle(page.desk)
    assert try_file(path).scheme.id == "account-manager-kpi"

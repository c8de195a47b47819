"""From recorded to final on the results page: calibrated, submitted, decided, appealed, closed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.appraisal import AppraisalId, Interview, Opinion
from kpidesk.core.grading import GradeScale
from kpidesk.core.period import Period
from kpidesk.core.review.guideline import Guide
from kpidesk.core.review.standing import Review, Stage
from kpidesk.core.tables import Band, Bands
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.forms import ChoiceField, FormDialog
from kpidesk.ui.pages.results import ResultsPage
from kpidesk.ui.pages.results.review.batches import BatchesDialog
from kpidesk.ui.pages.results.review.calibration import CalibrationTable
from kpidesk.ui.pages.results.review.cycles import CyclesDialog
from kpidesk.ui.pages.results.review.decision import DecisionDialog
from kpidesk.ui.pages.results.review.forms import submit_dialog
from kpidesk.ui.pages.results.review.sitting import SittingDialog
from kpidesk.ui.pages.results.review.spread import SpreadDialog
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.usecases import appraisals, reviewing
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import Company, open_company
from kpidesk.usecases.lists import SheetState
from kpidesk.usecases.next_steps import NextStep, by_step, next_step
from kpidesk.usecases.results import ResultRow
from kpidesk.usecases.reviewing import Calibratable, SchemeApproval
from kpidesk.usecases.whereabouts import Where
from tests.ui.conftest import TODAY
from tests.ui.scoring.scorer import Settle, children
from tests.ui.scoring.sheets import MANAGERS
from tests.ui.scoring.test_results import complete

W = TypeVar("W", bound=QWidget)
D = Decimal


@pytest.fixture(scope="session")
def scored_file(sheets_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company with January of both managers recorded, made once."""
    path = Path(shutil.copy(sheets_file, tmp_path_factory.mktemp("scored")))
    company = open_company(path)
    second = complete(company, TODAY)[1]
    appraisals.finish_scoring(company, second, actor="李梅", today=TODAY)
    company.close()
    return path


@pytest.fixture
def page(
    desk: Desk, qtbot: QtBot, settle: Settle, scored_file: Path, tmp_path: Path
) -> Iterator[ResultsPage]:
    path = Path(shutil.copy(scored_file, tmp_path))
    desk.tasks.run(lambda: open_company(path), lambda company: desk.set_company(company, "李梅"))
    settle(desk)
    made = ResultsPage(desk)
    qtbot.addWidget(made)
    made.resize(1230, 690)
    with qtbot.waitExposed(made):
        made.show()
    settle(desk)
    QTest.qWait(1)
    settle(desk)
    yield made
    settle(desk)


def opened(parent: QWidget, kind: type[W], settle: Callable[[], None]) -> W:
    settle()
    (found,) = [one for one in children(parent, kind) if one.isVisible()]
    return found


@pytest.fixture
def wait(page: ResultsPage, settle: Settle) -> Callable[[], None]:
    def waiting() -> None:
        settle(page.desk)
        QTest.qWait(1)
        settle(page.desk)

    return waiting


Wait = Callable[[], None]


def rows(page: ResultsPage) -> dict[str, ResultRow]:
    return {one.person_name: one for one in page.list.model.rows()}


def test_a_sitting_moves_results_with_reasons_and_keeps_the_first(
    page: ResultsPage, wait: Wait
) -> None:
    page.review.calibrate()
    dialog = opened(page, SittingDialog, wait)
    table = dialog.table
    QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not dialog.accept_button.isEnabled()
    total, reason = table.model.column("total"), table.model.column("reason")
    assert table.model.setData(table.model.index(0, total), "80.5")
    assert not table.model.setData(table.model.index(1, total), "-1")
    assert dialog.accept_button.text() == "保存 1 人的校准"
    dialog.accept()
    wait()
    assert "参加人员" in dialog.present.message
    dialog.present.set_value("林国栋、李梅")
    dialog.accept()
    wait()
    assert dialog.isVisible()  # the reason is missing
    assert table.model.setData(table.model.index(0, reason), "市场下滑，全组上调")
    before = rows(page)[MANAGERS[0]].total
    dialog.accept()
    wait()
    row = rows(page)[MANAGERS[0]]
    assert (row.total, row.final_total) == (before, D("80.5"))
    page.list.choose(row.id)
    wait()
    assert page.details._moved.text() == "校准后 80.50"
    page.details.scores.table.select(["calibrated"])
    assert "校准后的总分 80.5分（校准前的总分" in page.details.scores.why.text()
    page.details.show_tab(3)
    wait()
    assert [title for title, _ in page.details.history.texts()] == ["定分", "校准"]


def test_keys_move_people_by_a_grade_and_the_ends_stay(page: ResultsPage, qtbot: QtBot) -> None:
    bounds = ((D(0), "差"), (D(60), "及格"), (D(80), "优秀"))
    bands = Bands(tuple(Band(at, name) for at, name in bounds))
    scale = GradeScale(bands, D(0), D(100), ())
    found = [Calibratable(one, scale) for one in rows(page).values()]
    guides = (Guide("优秀", most=D(20)),)
    table = CalibrationTable(page.desk, found, scale.best_first, guides)
    qtbot.addWidget(table)
    table.resize(900, 400)
    with qtbot.waitExposed(table):
        table.show()
    for line in table.model.rows():
        table._set_total(line, "61")
    assert [one.grade for one in table.model.rows()] == ["及格", "及格"]
    table.table.selectAll()
    table.table.setFocus()
    QTest.keyClick(table.table, Qt.Key.Key_Plus)
    assert [one.grade for one in table.model.rows()] == ["优秀", "优秀"]
    assert table.apart.text() == "优秀 2 人，比指引（≤20%）多 2 人"
    QTest.keyClick(table.table, Qt.Key.Key_Plus)
    assert [one.grade for one in table.model.rows()] == ["优秀", "优秀"]
    for _ in range(3):
        QTest.keyClick(table.table, Qt.Key.Key_Minus)
    assert [one.grade for one in table.model.rows()] == ["差", "差"]
    with pytest.raises(ValueError, match="请填写校准的理由"):
        table.moves()
    column = table.model.column("reason")
    table.model.setData(table.model.index(0, column), "同一理由")
    table.table.setCurrentIndex(table.model.index(0, column))
    table.table.selectAll()
    table.spread_reason()
    assert [one.reason for one in table.moves()] == ["同一理由"] * 2


def test_ranks_count_within_what_is_in_view(page: ResultsPage) -> None:
    column = page.list.model.column("rank")
    told = [page.list.model.index(line, column).data() for line in range(2)]
    assert told in (["1", "2"], ["2", "1"], ["并列1", "并列1"])
    assert "同周期、同方案 2 人" in page.list.model.index(0, column).data(
        Qt.ItemDataRole.ToolTipRole
    )


def submitted(page: ResultsPage, wait: Wait) -> BatchesDialog:
    """Everybody in view submitted; the table that was shown for it is closed."""
    page.review.submit()
    dialog = opened(page, FormDialog, wait)
    dialog.accept()
    batches = opened(page, BatchesDialog, wait)
    wait()
    paper = opened(batches, DocumentDialog, wait)
    assert paper.view.canvas.page_count >= 1
    paper.reject()
    wait()
    return batches


def test_the_cycle_where_the_cursor_is_comes_first_to_be_submitted(page: ResultsPage) -> None:
    earlier, other = rows(page).values()
    later = replace(other, cycle=Period.months(2026, 2, 1))
    for near, cycle in (([earlier], earlier.cycle), ([], later.cycle)):
        made = submit_dialog(page.desk, page, [earlier, later], lambda _: None, near=near)
        assert made.form.fields[0].value() == cycle


def test_a_batch_is_printed_decided_published_and_confirmed(page: ResultsPage, wait: Wait) -> None:
    batches = submitted(page, wait)
    QAbstractItemModelTester(batches.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert batches.model.index(0, batches.model.column("state")).data() == "今天提交"
    assert not batches.publish_button.isEnabled()
    batches.decide()
    decision = opened(batches, DecisionDialog, wait)
    model = decision.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    decision.by.set_value("王总")
    back = model.index(1, model.column("back"))
    assert model.setData(back, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert decision.accept_button.text() == "登记：批准 1 人，退回 1 人"
    decision.accept()
    wait()
    assert decision.isVisible()  # the reason is missing
    model.setData(model.index(1, model.column("reason")), "考勤不符")
    decision.accept()
    wait()
    stages = sorted(str(one.review.stage) for one in rows(page).values())
    assert stages == sorted([str(Stage.APPROVED), str(Stage.RETURNED)])
    assert batches.model.index(0, batches.model.column("state")).data() == "退回 1 人"
    batches._publish()
    form = opened(batches, FormDialog, wait)
    form.form.fields[2].set_value("公告栏张贴")
    form.accept()
    wait()
    (row,) = (one for one in rows(page).values() if one.review.published)
    assert row.review.is_public(page.desk.today)
    batches.reject()
    page.list.show_where(Where.UNCONFIRMED)
    assert [one.id for one in page.list.shown()] == [row.id]
    page.review.confirm()
    opened(page, FormDialog, wait).accept()
    wait()
    assert rows(page)[row.person_name].review.stage is Stage.CONFIRMED
    page.list.show_where(Where.RETURNED)
    assert len(page.list.shown()) == 1


def test_one_button_leads_from_recorded_to_closed(page: ResultsPage, wait: Wait) -> None:
    """It says the step and for how many; each press opens just what the step needs."""
    button, of_one = page.review.next, page.review.next_of_one
    assert (button.main.text(), of_one.main.text()) == ("提交审批 2 份…", "提交审批…")
    button.main.click()
    opened(page, FormDialog, wait).accept()
    batches = opened(page, BatchesDialog, wait)
    wait()
    opened(batches, DocumentDialog, wait).reject()
    batches.reject()
    wait()
    assert button.main.text() == "登记审批意见 2 份…"
    button.main.click()
    decision = opened(page, DecisionDialog, wait)
    decision.by.set_value("王总")
    decision.accept()
    wait()
    assert (button.main.text(), button.other.text()) == ("登记公示 2 份…", "登记确认 2 份…")
    button.main.click()
    form = opened(page, FormDialog, wait)
    form.form.fields[2].set_value("公告栏张贴")
    form.accept()
    wait()
    assert button.main.text() == "登记确认 2 份…"
    assert not button.other.isVisible()
    of_one.main.click()
    opened(page, FormDialog, wait).accept()
    wait()
    assert page.list.selected()[0].review.stage is Stage.CONFIRMED
    page.list.table.selectAll()
    button.main.click()
    opened(page, FormDialog, wait).accept()
    wait()
    assert button.main.text().startswith("关闭周期")
    button.main.click()
    opened(page, CyclesDialog, wait).reject()


def test_a_result_that_came_back_is_mended_first_and_then_submitted(page: ResultsPage) -> None:
    row = next(iter(rows(page).values()))
    review = Review(Stage.RETURNED, since=date(2026, 1, 20))
    back = replace(row, review=review, scored_on=date(2026, 1, 10))
    assert next_step(back) is NextStep.MEND
    assert next_step(replace(back, state=SheetState.READY, scored_on=None)) is NextStep.MEND
    again = replace(back, scored_on=date(2026, 1, 21))
    assert next_step(again) is NextStep.SUBMIT
    appealed = replace(row, review=replace(review, appeal=date(2026, 2, 1)))
    assert next_step(appealed) is NextStep.ANSWER
    assert next_step(replace(row, is_closed=True)) is None
    assert next_step(replace(row, state=SheetState.READY)) is NextStep.FINISH
    assert list(by_step([again, back, row])) == [NextStep.SUBMIT, NextStep.MEND]
    went: list[tuple[str, object]] = []
    page.desk.going.connect(lambda where, what: went.append((where, what)))
    steps = page.review._steps
    steps.do(NextStep.MEND, [back])
    steps.do(NextStep.FINISH, [back, row])
    assert went == [("scoring", row.id), ("scoring", ("these", (row.id, row.id)))]


def approved(company: Company, today: date, ids: list[AppraisalId]) -> Changes:
    who = {"actor": "李梅", "today": today}
    batch = reviewing.submit(company, ids, **who).id  # type: ignore[arg-type]
    assert batch is not None
    return reviewing.decide(company, batch, by="王总", on=today, returned={}, **who)  # type: ignore[arg-type]


def test_an_appeal_is_filed_heard_and_decided_beside_the_result(
    page: ResultsPage, wait: Wait
) -> None:
    desk = page.desk
    ids = [one.id for one in rows(page).values()]
    desk.act(lambda company: approved(company, desk.today, ids))
    wait()
    page.details.show_tab(3)
    history = page.details.history
    wait()
    assert history.appeal_button.isVisible()
    assert not history.answer_button.isVisible()
    history.appeal_button.click()
    form = opened(history, FormDialog, wait)
    form.form.fields[2].set_value("少算一个客户")
    form.accept()
    wait()
    assert not history.appeal_button.isVisible()
    page.list.show_where(Where.APPEALED)
    assert len(page.list.shown()) == 1
    assert page.list.model.index(0, page.list.model.column("state")).data() == "申诉中"
    history.hear_button.click()
    form = opened(history, FormDialog, wait)
    for field, text in zip(form.form.fields[1:], ("林国栋", "出示合同"), strict=True):
        field.set_value(text)
    form.accept()
    wait()
    history.answer_button.click()
    form = opened(history, FormDialog, wait)
    form.form.fields[0].set_value(reviewing.uphold)
    form.form.fields[1].set_value("王总")
    form.form.fields[3].set_value("属实")
    form.accept()
    wait()
    assert [title for title, _ in history.texts()] == [
        "定分", "提交审批", "批准", "申诉", "听取申诉", "申诉成立",
    ]  # fmt: skip
    page.list.show_where(Where.UPHELD)
    assert len(page.list.shown()) == 1


def test_a_filter_stays_when_what_it_hides_was_at_hand(page: ResultsPage, wait: Wait) -> None:
    first, second = page.list.shown()
    desk = page.desk
    desk.act(lambda company: approved(company, desk.today, [second.id]))
    wait()
    page.show_item(first.id)
    wait()
    page.show_item(("where", Where.UNCONFIRMED))
    page.refresh()
    wait()
    assert [one.id for one in page.list.shown()] == [second.id]
    assert page.details.view is not None
    assert page.details.view.appraisal.id == second.id
    page.show_item(first.id)  # asked for by another page: no filter may hide it
    wait()
    assert len(page.list.shown()) == 2


def test_a_cycle_is_closed_with_a_reason_and_opened_again(page: ResultsPage, wait: Wait) -> None:
    page.review.show_cycles()
    dialog = opened(page, CyclesDialog, wait)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    january = Period.months(2026, 1, 1)
    dialog.table.select([january])
    assert dialog.close_button.isEnabled()
    dialog.close_button.click()
    reason(opened(dialog, ReasonDialog, wait), "试行期间不审批")
    wait()
    assert next(one for one in dialog.model.rows() if one.cycle == january).is_closed
    page.list.show_where(Where.CLOSED)
    assert len(page.list.shown()) == 2
    dialog.reopen_button.click()
    reason(opened(dialog, ReasonDialog, wait), "补审批")
    wait()
    assert not any(one.is_closed for one in dialog.model.rows())


def reason(dialog: ReasonDialog, text: str) -> None:
    dialog._edit.setPlainText(text)
    dialog.accept()


def test_the_guideline_is_the_companys_and_told_by_department(
    page: ResultsPage, wait: Wait
) -> None:
    page.review.set_rules()
    dialog = opened(page, FormDialog, wait)
    share = next(one for one in dialog.form.fields if one.title.endswith("不超过"))
    share.set_value(D(20))
    dialog.form.fields[-1].set_value(D(15))
    dialog.accept()
    wait()
    assert page.review.rules is not None
    assert page.review.rules.answer_days == 15
    (guide,) = page.review.rules.guides
    assert guide.most == D(20)
    page.review.show_spread()
    spread = opened(page, SpreadDialog, wait)
    assert next(iter(spread.bars)) == "全部"
    spread.reject()


def test_which_schemes_need_approval_is_the_companys_to_say(page: ResultsPage, wait: Wait) -> None:
    def held() -> dict[str, SchemeApproval]:
        found: list[dict[str, SchemeApproval]] = []
        page.desk.ask(lambda one: dict(reviewing.scheme_approvals(one)), found.append)
        wait()
        return found[0]

    before = held()
    assert {one.rule for one in before.values()} == {None}
    for needed in (True, False, None):
        page.review.set_rules()
        dialog = opened(page, FormDialog, wait)
        fields = {one.title: one for one in dialog.form.fields if isinstance(one, ChoiceField)}
        assert list(fields) == list(before)
        next(iter(fields.values())).set_value(needed)
        dialog.accept()
        wait()
        first, *others = held().values()
        assert (first.rule, first.needed) == (needed, bool(needed))
        assert {one.rule for one in others} <= {None}


def test_what_cannot_be_done_is_said_and_nothing_opens(page: ResultsPage, wait: Wait) -> None:
    told: list[str] = []
    page.desk.told.connect(told.append)
    page.review.confirm()
    assert "没有等待确认的结果" in told[0]
    batches = submitted(page, wait)
    batches.reject()
    wait()
    menu = page.review.button.menu()
    menu.aboutToShow.emit()
    grey = {one.text(): one.toolTip() for one in menu.actions() if not one.isEnabled()}
    assert set(grey) >= {"校准…", "提交总经理审批…", "登记员工确认…"}
    assert "须已定分，且没有提交或批准" in grey["校准…"]
    menu.aboutToHide.emit()
    assert all(one.isEnabled() for one in menu.actions())
    page.review.calibrate()
    wait()
    assert "没有可以校准、提交审批的结果" in told[-1]
    page.review.submit()
    assert "没有可以校准、提交审批的结果" in told[-1]


def interviewed(company: Company, today: date, ids: list[AppraisalId], opinion: Opinion) -> None:
    for one in ids:
        said = Interview(today, "王总", opinion=opinion)
        appraisals.record_interview(company, one, interview=said, actor="李梅", today=today)


def test_what_was_signed_at_the_interview_is_not_asked_again(page: ResultsPage, wait: Wait) -> None:
    desk = page.desk
    first, second = (one.id for one in rows(page).values())
    desk.tasks.run(
        lambda: interviewed(desk.company, desk.today, [first], Opinion.RESERVES)  # type: ignore[arg-type]
    )
    desk.act(lambda company: approved(company, desk.today, [first, second]))
    wait()
    page.review.confirm()
    form = opened(page, FormDialog, wait)
    wait()
    texts = " ".join(one.text() for one in children(form, QLabel))
    assert "其中 1 人在面谈记录里已签署意见（保留意见 1 人），1 人没有" in texts
    form.reject()
    page.review.confirm([one for one in rows(page).values() if one.id == first])
    form = opened(page, FormDialog, wait)
    wait()
    assert form.form.fields[1].value() == "按面谈记录上签署的意见"
    form.accept()
    wait()
    line = next(
        one for one in reviewing_history(page, wait, first) if one.title == reviewing.CONFIRMED
    )
    assert line.text.endswith("签署意见：保留意见")


def reviewing_history(
    page: ResultsPage, wait: Wait, appraisal: AppraisalId
) -> tuple[reviewing.HistoryLine, ...]:
    found: list[reviewing.History] = []
    page.desk.ask(lambda company: reviewing.history(company, appraisal), found.append)
    wait()
    return found[0].lines


def test_a_confirmation_is_taken_over_into_the_interview(page: ResultsPage, wait: Wait) -> None:
    desk = page.desk
    ids = [one.id for one in rows(page).values()]
    desk.act(lambda company: approved(company, desk.today, ids))
    wait()
    page.review.confirm()
    opened(page, FormDialog, wait).accept()
    wait()
    page.details.show_tab(1)
    page.refresh()
    wait()
    view = page.details.interview
    assert view.take_button.isVisible()
    assert "本人在考核报告上签字" in view.take_button.text()
    view.take_button.click()
    wait()
    assert view.opinion.value() is Opinion.AGREES
    assert "已确认" in view.opinion_text.value()
    assert not view.take_button.isVisible()
    assert not view.is_dirty

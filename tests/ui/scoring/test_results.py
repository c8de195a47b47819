"""The results page: the list, reasons, the interview, reports one by one and by the batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.appraisal import (
    AppraisalId,
    Delivery,
    Interview,
    Opinion,
    PlanItem,
    Refusal,
)
from kpidesk.core.follow_up import Outcome, Tracked
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.ui.desk import Desk
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.look import Look, Tone
from kpidesk.ui.pages.results import ResultsPage
from kpidesk.ui.pages.results.distribution import GradeBar
from kpidesk.ui.pages.results.following import LookForm
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import Banner
from kpidesk.usecases import appraisals
from kpidesk.usecases.company import Company
from tests.ui.scoring.scorer import Settle, children
from tests.ui.scoring.sheets import MANAGERS

_PLANNED = ("每周提交拜访计划", date(2026, 4, 30), "助理协助", "周五交表", "张㑇")
_PERFECT = {"sales": Decimal(76), "days_present": Decimal(28), "late_times": Decimal(0)}


def value_for(field: SheetField) -> Decimal | tuple[str, ...]:
    """Something good for any field."""
    if field.fact in _PERFECT:
        return _PERFECT[field.fact]
    match field.kind:
        case FieldKind.STATEMENTS:
            return tuple(one.text for one in field.options)
        case FieldKind.POINTS | FieldKind.LEVEL:
            return field.most or Decimal(0)
        case _:
            return Decimal(80)


def complete(company: Company, today: date) -> tuple[AppraisalId, ...]:
    """Fill in January of both managers; record the first one's scores."""
    rows = [one for one in appraisals.list_appraisals(company) if one.person_name in MANAGERS]
    ids = tuple(one.id for one in rows if one.cycle.start == date(2026, 1, 1))
    for id_ in ids:
        for row in appraisals.load_sheet(company, id_).sheet.rows:
            for field in row.fields:
                if not field.agreed:
                    appraisals.enter(
                        company,
                        id_,
                        name=field.fact,
                        period=field.period,
                        value=value_for(field),
                        actor="李梅",
                        today=today,
                    )
    appraisals.finish_scoring(company, ids[0], actor="李梅", today=today)
    return ids


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
    QTest.qWait(1)
    settle(desk)
    yield page
    settle(desk)


def shown_id(page: ResultsPage) -> AppraisalId:
    assert page.details.view is not None
    return page.details.view.appraisal.id


def stored_interview(page: ResultsPage, settle: Settle) -> Interview:
    settle(page.desk)
    found: list[Interview] = []
    sheet = shown_id(page)
    page.desk.ask(
        lambda company: appraisals.load_sheet(company, sheet).appraisal.interview, found.append
    )
    settle(page.desk)
    return found[0]


def test_everybody_with_a_total_is_listed_and_the_first_is_shown(results: ResultsPage) -> None:
    rows = results.list.shown()
    assert [one.person_name for one in rows] == list(MANAGERS)
    assert [str(one.state) for one in rows] == ["已定分", "可定分"]
    assert shown_id(results) == rows[0].id


def test_each_score_is_explained_when_the_cursor_is_on_it(results: ResultsPage) -> None:
    scores = results.details.scores
    assert "总分 = " in scores.why.text()
    scores.table.select(["score.销售完成率"])
    assert "实际销售额 76万元 ÷ 计划销售额 80万元" in scores.why.text()


def test_an_interview_is_written_down_with_its_plan(
    results: ResultsPage, settle: Settle, qtbot: QtBot
) -> None:
    details = results.details
    details.show_tab(1)
    form = details.interview
    edit(form.held_on, "2026年2月3日")
    edit(form.interviewer, "林国栋")
    form.comment.setFocus()
    form.opinion.set_value(Opinion.AGREES)
    lines = children(form.plan, QLineEdit)
    typed = ("每周提交拜访计划", "周五交表", "张㑇", "2026-4-30", "助理协助")
    for line, text in zip(lines, typed, strict=True):
        line.insert(text)
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    record = stored_interview(results, settle)
    assert record.held_on == date(2026, 2, 3)
    assert record.interviewer == "林国栋"
    assert record.plan == (PlanItem(*_PLANNED),)
    assert not form.is_dirty
    assert results.list.shown()[0].interviewed


def test_the_record_is_printed_as_it_is_stored(results: ResultsPage, settle: Settle) -> None:
    results.details.show_tab(1)
    form = results.details.interview
    assert form.print_button.isEnabled()
    edit(form.interviewer, "林国栋")
    assert not form.print_button.isEnabled()
    form.discard()
    QTest.mouseClick(form.print_button, Qt.MouseButton.LeftButton)
    settle(results.desk)
    (shown,) = children(form, DocumentDialog)
    assert shown.windowTitle().startswith(f"面谈记录 {MANAGERS[0]}")
    assert shown.view.canvas.page_count == 1
    shown.reject()


def edit(field: QWidget, text: str) -> None:
    children(field, QLineEdit)[0].insert(text)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("2026-2-30", "2026 年 2 月没有 30 日"), ("2026-12-31", "还没有到")],
)
def test_an_impossible_day_of_the_interview_is_refused_and_nothing_is_lost(
    results: ResultsPage, settle: Settle, typed: str, says: str
) -> None:
    results.details.show_tab(1)
    form = results.details.interview
    edit(form.interviewer, "林国栋")
    edit(form.held_on, typed)
    form.save()
    settle(results.desk)
    told = form.held_on.message + children(form.form, Banner)[0].text()
    assert says in told
    assert form.is_dirty
    assert stored_interview(results, settle) == Interview()


def test_tab_goes_through_the_plan_line_by_line(
    results: ResultsPage, qtbot: QtBot, settle: Settle
) -> None:
    results.details.show_tab(1)
    interview = results.details.interview
    interview.plan.set_value((PlanItem("拜访客户", None, ""), PlanItem("整理档案", None, "助理")))
    settle(results.desk)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in children(interview.plan, QLineEdit)))
    interview.opinion_text.setFocus()
    passed = []
    for _ in range(13):
        QTest.keyClick(results.window().focusWidget(), Qt.Key.Key_Tab)
        passed.append(results.window().focusWidget().accessibleName())
    assert passed == [
        *("改进事项 1", "改进措施 1", "责任人 1", "完成日期 1", "需要的支持 1", "删去这一项"),
        *("改进事项 2", "改进措施 2", "责任人 2", "完成日期 2", "需要的支持 2", "删去这一项"),
        "改进计划",
    ]


def test_a_line_of_the_plan_with_a_wrong_day_says_which(results: ResultsPage) -> None:
    results.details.show_tab(1)
    plan = results.details.interview.plan
    what, _, _, due, _ = children(plan, QLineEdit)
    what.insert("培训")
    due.insert("下个月")
    assert not plan.check()
    assert "第 1 项的完成日期" in plan.message


def test_an_interview_that_was_not_saved_keeps_the_officer_with_it(
    results: ResultsPage, settle: Settle
) -> None:
    results.details.show_tab(1)
    edit(results.details.interview.interviewer, "林国栋")
    first, second = results.list.shown()
    results.list.table.select([second.id])
    settle(results.desk)
    assert shown_id(results) == first.id
    assert "还没有保存" in results.banner.text()
    assert not results.may_leave()
    results.details.interview.discard()
    assert results.may_leave()
    results.list.table.select([second.id])
    settle(results.desk)
    assert shown_id(results) == second.id


def test_the_report_is_shown_when_it_is_looked_at(results: ResultsPage, settle: Settle) -> None:
    results.details.show_tab(2)
    settle(results.desk)
    assert results.details.report.view.canvas.page_count >= 1
    assert results.details.report.save_button.isEnabled()


def test_reports_are_saved_one_file_for_each_person(
    results: ResultsPage, settle: Settle, tmp_path: Path
) -> None:
    folder = tmp_path / "报告"
    folder.mkdir()
    told: list[str] = []
    results.desk.told.connect(told.append)
    results.save_reports([one.id for one in results.list.shown()], folder)
    settle(results.desk)
    files = sorted(one.name for one in folder.iterdir())
    assert len(files) == len(MANAGERS)
    assert all(any(name in file for file in files) for name in MANAGERS)
    assert all(one.read_bytes().startswith(b"%PDF") for one in folder.iterdir())
    assert told == [f"已生成 2 份报告，在 {folder}"]


def test_the_bar_counts_grades_from_the_best_down(look: Look, qtbot: QtBot) -> None:
    bar = GradeBar(look)
    qtbot.addWidget(bar)
    bar.show_grades(["良好", "优秀", "良好", "", "差"], ("优秀", "良好", "一般", "及格", "差"))
    assert bar.words() == ["优秀 1 份 20%", "良好 2 份 40%", "差 1 份 20%", "无等级 1 份 20%"]
    tones = [tone for _, _, tone in bar.parts]
    assert tones == [Tone.GOOD, Tone.ACCENT, Tone.BAD, None]
    bar.resize(400, 40)
    assert not bar.grab().isNull()
    bar.show_grades(["优秀", *[""] * 91], ("优秀", "良好"))
    assert bar.words() == ["优秀 1 份 1%", "无等级 91 份 99%"]
    bar.show_grades(["", ""], ("优秀", "良好"))
    assert bar.words() == []


def test_a_batch_that_is_cancelled_says_how_far_it_came(
    results: ResultsPage, settle: Settle, tmp_path: Path
) -> None:
    folder = tmp_path / "报告"
    folder.mkdir()
    told: list[str] = []
    results.desk.told.connect(told.append)
    results.desk.tasks.long_started.connect(lambda task: task.progress.cancel())
    results.save_reports([one.id for one in results.list.shown()], folder)
    settle(results.desk)
    made = len(list(folder.iterdir()))
    assert made < len(MANAGERS)
    assert told == [f"已停下：生成了 {made} 份，共 2 份，在 {folder}"]


def test_a_refusal_asks_for_two_witnesses_and_the_delivery(
    results: ResultsPage, settle: Settle
) -> None:
    results.details.show_tab(1)
    form = results.details.interview
    edit(form.held_on, "2026-2-3")
    assert not form.delivery.isVisible()
    form.opinion.set_value(Opinion.REFUSES)
    assert form.delivery.isVisible()
    form.save()
    assert "请填写见证人一" in form.witnesses[0].message
    for field, name in zip(form.witnesses, ("李梅", "李梅"), strict=True):
        edit(field, name)
    form.save()
    assert "同一个人" in children(form.form, Banner)[0].text()
    edit(form.witnesses[1], "二")
    form.delivery.set_value(Delivery.POST)
    edit(form.delivered_on, "2026-2-4")
    edit(form.delivery_note, "EMS 1043")
    form.save()
    record = stored_interview(results, settle)
    assert record.refusal == Refusal(
        ("李梅", "李梅二"), Delivery.POST, date(2026, 2, 4), "EMS 1043"
    )


def test_a_due_item_of_the_plan_is_looked_at_from_the_home_page(
    results: ResultsPage, settle: Settle
) -> None:
    desk, sheet = results.desk, shown_id(results)
    held = Interview(date(2026, 2, 3), plan=(PlanItem("交报表", date(2026, 3, 1)),))
    desk.act(
        lambda company: appraisals.record_interview(
            company, sheet, interview=held, actor="李梅", today=desk.today
        )
    )
    settle(desk)
    results.show_item(("plan", sheet))
    settle(desk)
    (dialog,) = children(results, FormDialog)
    form = dialog.form
    assert isinstance(form, LookForm)
    form.outcome.set_value(Outcome.GOES_ON)
    form.result.set_value("缺两周")
    dialog.accept()
    assert "请填写新的完成日期" in form.until.message
    edit(form.until, "2026-4-1")
    dialog.accept()
    settle(desk)
    found: list[tuple[Tracked, ...]] = []
    desk.ask(lambda company: appraisals.plan_of(company, sheet), found.append)
    settle(desk)
    assert found[0][0].due == date(2026, 4, 1)


def test_plans_shown_one_after_the_other_leave_no_gaps(results: ResultsPage) -> None:
    results.details.show_tab(1)
    plan = results.details.interview.plan
    tall = plan.sizeHint().height()
    for _ in range(20):
        plan.set_value((PlanItem("培训"), PlanItem("拜访")))
    plan.set_value(())
    assert plan.sizeHint().height() == tall


def test_a_year_is_chosen_and_a_result_of_another_found(
    results: ResultsPage, settle: Settle
) -> None:
    box = results.list.year
    assert [box.itemText(place) for place in range(box.count())] == ["全部年度", "2026年"]
    assert box.currentText() == "2026年"
    box.setCurrentIndex(0)
    settle(results.desk)
    assert len(results.list.shown()) == len(MANAGERS)
    box.setCurrentIndex(1)
    wanted = results.list.shown()[1].id
    results.show_item(int(wanted))
    settle(results.desk)
    assert shown_id(results) == wanted
    assert [one.id for one in results.list.selected()] == [wanted]

"""Scoring sheets: entering, overriding, recording, reopening, the interview, the papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.appraisal import AppraisalId, Interview, Opinion, PlanItem
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.facts import FactValue
from kpidesk.core.period import Period
from kpidesk.store.errors import GuardedRecordError
from kpidesk.usecases import appraisals, results
from kpidesk.usecases.appraisals import NewEntry, SheetChange, SheetState
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import first_broken_audit_line, open_company
from kpidesk.usecases.home import Step, overview
from kpidesk.usecases.whereabouts import Where
from tests.usecases.office import Office


@pytest.fixture
def sheet(office: Office) -> AppraisalId:
    """January of the manager."""
    return office.sign(office.draft())[0]


def _row(office: Office, sheet: AppraisalId) -> appraisals.AppraisalRow:
    return next(row for row in appraisals.list_appraisals(office.company) if row.id == sheet)


def test_a_sheet_goes_from_not_started_to_scored(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    assert (_row(office, sheet).state, _row(office, sheet).total) == (SheetState.NOT_STARTED, None)
    office.enter(sheet, "sales", Decimal(120))
    assert _row(office, sheet).state is SheetState.SCORING
    office.complete(sheet)
    row = _row(office, sheet)
    assert (row.state, row.total, row.missing) == (SheetState.READY, Decimal("66.00"), 0)
    change = appraisals.finish_scoring(office.company, sheet, **who)
    assert change.changes is Changes.APPRAISALS
    assert _row(office, sheet).state is SheetState.SCORED


def test_what_is_entered_comes_back_with_who_when_and_from_where(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    change = appraisals.enter(
        office.company, sheet, name="sales", value=Decimal("120.50"), source="财务部3月报表", **who
    )
    (entry,) = appraisals.load_sheet(office.company, sheet).appraisal.entries
    assert change.view.appraisal.entries == (entry,)
    assert (entry.value, entry.entered_by, entry.entered_on, entry.source) == (
        Decimal("120.50"), "王芳", date(2026, 3, 2), "财务部3月报表",
    )  # fmt: skip
    again = appraisals.enter(
        office.company, sheet, name="sales", value=Decimal("120.50"), source="财务部3月报表", **who
    )
    assert again.changes is Changes.NONE
    appraisals.enter(office.company, sheet, name="sales", value=None, **who)
    assert appraisals.load_sheet(office.company, sheet).appraisal.entries == ()


@pytest.mark.parametrize(
    ("name", "value", "period", "said"),
    [
        ("nonsense", Decimal(1), "cycle", "没有数据项“nonsense”"),
        ("new_customers", Decimal("1.5"), "cycle", "不小于零的整数"),
        ("sales", "很多", "cycle", "应为一个数字"),
        ("score.市场信息收集", Decimal("10.5"), "cycle", "应在 0 到 10 分之间"),
        ("score.市场信息收集", Decimal(-1), "cycle", "应在 0 到 10 分之间"),
        ("score.分析判断能力", Decimal("1.7"), "cycle", "只能选印制的等级分"),
        ("met.专业知识", ("胡说",), "cycle", "没有“胡说”这一项"),
        ("quarter_sales", Decimal(1), "2027Q1", "不在考核周期内"),
        ("quarter_sales", Decimal(1), "去年", "不是期间"),
        ("sales_plan", Decimal(1), "cycle", "已在责任书 .* 中约定"),
        ("score.销售完成率", Decimal(5), "cycle", "改写得分"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_of_it_is_stored(  # noqa: PLR0917 - a case each
    office: Office, sheet: AppraisalId, name: str, value: FactValue, period: str, said: str
) -> None:
    office.enter(sheet, "sales", Decimal(100))
    with pytest.raises(KpiDeskError, match=said):
        office.enter(sheet, name, value, period)
    entries = appraisals.load_sheet(office.company, sheet).appraisal.entries
    assert [entry.name for entry in entries] == ["sales"]


def test_a_whole_sheet_is_entered_at_once_or_not_at_all(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    good = [NewEntry("sales", Decimal(120)), NewEntry("late_times", Decimal(0))]
    bad = [*good, NewEntry("score.团队协作", Decimal(11))]
    with pytest.raises(InvalidValueError, match="应在 0 到 10 分之间"):
        appraisals.enter_all(office.company, sheet, entries=bad, **who)
    assert appraisals.load_sheet(office.company, sheet).appraisal.entries == ()
    view = appraisals.enter_all(office.company, sheet, entries=good, **who).view
    assert {one.name for one in view.appraisal.entries} == {"sales", "late_times"}


def test_an_incomplete_sheet_is_not_recorded_and_says_what_is_missing(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowedError, match=r"缺少“实际销售额”[\s\S]*共 11 处"):
        appraisals.finish_scoring(office.company, sheet, **who)


def test_an_override_needs_a_reason_and_can_be_taken_back(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    office.complete(sheet)

    def override(score: str, reason: str) -> SheetChange:
        return appraisals.override(
            office.company,
            sheet,
            indicator="销售完成率",
            score=Decimal(score),
            reason=reason,
            **who,
        )

    with pytest.raises(InvalidValueError, match="必须填写理由"):
        override("5", " ")
    with pytest.raises(InvalidValueError, match="应在 0 到 25 分之间"):
        override("25.01", "退货")
    changed = override("5", "退货").view.sheet.total
    assert changed is not None
    assert changed.text == "42.00"
    assert _row(office, sheet).total == Decimal("42.00")
    restored = appraisals.restore_rule(office.company, sheet, indicator="销售完成率", **who)
    assert restored.view.sheet.total is not None
    assert restored.view.sheet.total.text == "66.00"


def test_a_manual_indicator_is_not_overridden(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowedError, match="直接填写得分"):
        appraisals.override(
            office.company, sheet, indicator="团队协作", score=Decimal(1), reason="x", **who
        )


def test_a_recorded_sheet_is_closed_until_it_is_reopened_with_a_reason(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **who)
    with pytest.raises(NotAllowedError, match="已经定分"):
        office.enter(sheet, "sales", Decimal(1))
    for sql in (
        "UPDATE appraisal_entries SET value = '{}'",
        "DELETE FROM appraisal_entries",
        "UPDATE results SET total = '100'",
        "DELETE FROM results",
        "DELETE FROM appraisals",
    ):
        with pytest.raises(GuardedRecordError), office.company.change("王芳") as work:
            work.connection.exec_driver_sql(sql)
    with pytest.raises(NotAllowedError, match="必须填写理由"):
        appraisals.reopen(office.company, sheet, reason="", **who)
    appraisals.reopen(office.company, sheet, reason="补录退货", **who)
    office.enter(sheet, "sales", Decimal(100))
    appraisals.finish_scoring(office.company, sheet, **who)
    with office.company.read() as connection:
        totals = connection.exec_driver_sql("SELECT total FROM results ORDER BY number").all()
    assert len(totals) == 2
    assert totals[0][0] == "66.00"
    assert first_broken_audit_line(office.company) is None


def test_the_interview_is_kept_in_every_state(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    held = Interview(
        date(2026, 3, 1), "䶮㛃", "关系好", "报表迟交", "继续努力", Opinion.RESERVES, "目标高",
        (PlanItem("每周五交报表", date(2026, 4, 1), "财务部"),),
    )  # fmt: skip
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **who)
    appraisals.record_interview(office.company, sheet, interview=held, **who)
    assert appraisals.load_sheet(office.company, sheet).appraisal.interview == held
    assert _row(office, sheet).interviewed_on == date(2026, 3, 1)
    with pytest.raises(NotAllowedError, match="还没有到"):
        appraisals.record_interview(
            office.company, sheet, interview=Interview(date(2026, 3, 3)), **who
        )


def test_results_list_what_has_come_to_a_total(
    office: Office, sheet: AppraisalId, who: dict[str, Any], tmp_path: Path
) -> None:
    assert results.list_results(office.company) == ()
    office.complete(sheet)
    (row,) = results.list_results(office.company)
    assert (row.state, row.total, row.scored_on) == (SheetState.READY, Decimal("66.00"), None)
    appraisals.finish_scoring(office.company, sheet, **who)
    (row,) = results.list_results(office.company, period=Period.months(2026, 1, 1))
    assert (row.state, row.scored_on, row.scored_by) == (
        SheetState.SCORED, date(2026, 3, 2), "王芳",
    )  # fmt: skip
    assert results.list_results(office.company, period=Period.months(2026, 2, 1)) == ()
    made = results.reports_pdf(office.company, [sheet], folder=tmp_path)
    assert [path.name for path in made.paths] == ["002_𫖯𬭎𠮷_考核报告_2026-01-01至2026-01-31.pdf"]
    assert results.reports_pdf(office.company, [sheet, sheet]).done == 2


def test_a_recorded_result_that_comes_out_otherwise_today_is_not_reported(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **who)
    with office.company.change("某人") as work:
        run = work.connection.exec_driver_sql
        run("DROP TRIGGER appraisal_entries_update_while_open")
        run("UPDATE appraisal_entries SET value = '{\"number\":\"50\"}' WHERE name = 'sales'")
    with pytest.raises(results.ResultChangedError, match=r"score\.销售完成率"):
        results.report_pdf(office.company, sheet)


def test_the_papers_of_a_sheet_are_made(office: Office, sheet: AppraisalId) -> None:
    office.complete(sheet)
    for pdf in (
        appraisals.blank_sheet_pdf(office.company, sheet),
        appraisals.filled_sheet_pdf(office.company, sheet),
        appraisals.blank_sheets_pdf(office.company, [sheet, sheet]).pdf,
        results.report_pdf(office.company, sheet),
    ):
        assert pdf.startswith(b"%PDF")


def test_quarters_of_a_year_are_rated_on_their_own(office: Office, who: dict[str, Any]) -> None:
    contract = office.draft(
        people=[office.director], scheme="director-annual", role="director", settings={}, targets=[]
    )
    (year,) = office.sign(contract)
    view = appraisals.load_sheet(office.company, year, stage="2026Q1")
    for row in view.sheet.rows:
        for field in row.fields:
            change = appraisals.enter(
                office.company, year, name=field.fact, value=Decimal(80), period=field.period,
                stage="2026Q1", **who,
            )  # fmt: skip
    total = change.view.sheet.result("total", "2026Q1")
    assert total is not None
    assert total.text == "80.00"
    assert change.view.sheet.total is None


def test_home_says_where_the_year_stands(office: Office, who: dict[str, Any]) -> None:
    today = date(2026, 3, 2)
    first = overview(office.company, today=today)
    assert [(one.step, one.count) for one in first.todos] == [(Step.DRAW_UP, 2)]
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    then = overview(office.company, today=today)
    ready = then.at[Where.READY]
    assert (then.people, then.signed, len(then.open_ids), ready, then.sheets_ahead) == (
        2, 1, 3, 1, 9,
    )  # fmt: skip
    steps = {one.step: one.names for one in then.todos}
    assert steps[Step.DRAW_UP] == ("䶮㛃",)
    assert steps[Step.SCORE] == ("𫖯𬭎𠮷(2026-02)",)
    assert steps[Step.FINISH] == ("𫖯𬭎𠮷(2026-01)",)


def test_everything_is_there_after_closing_and_opening(office: Office, sheet: AppraisalId) -> None:
    office.complete(sheet)
    before = appraisals.load_sheet(office.company, sheet)
    office.company.close()
    company = open_company(office.company.path)
    after = appraisals.load_sheet(company, sheet)
    assert after.appraisal == before.appraisal
    assert after.scheme == before.scheme
    assert after.sheet.total == before.sheet.total
    company.close()

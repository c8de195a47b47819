"""Results from recorded to final: calibrated, approved, published, confirmed, appealed, closed."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kpidesk.core.annual import Score
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.period import Grain, Period
from kpidesk.core.review.guideline import Guide
from kpidesk.core.review.standing import Review, Stage
from kpidesk.core.review.steps import BatchId
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store.schemes import OWN_MARK, pin
from kpidesk.usecases import appraisals, filing, pay, results, reviewing
from kpidesk.usecases.company import Company
from kpidesk.usecases.lists import ResultRow, list_results
from kpidesk.usecases.reviewing import ApprovalRule, Move, ReviewRules, SchemeApproval
from kpidesk.usecases.verifying import Part, verify, verify_file
from kpidesk.usecases.yearbook.annual import annual_record
from kpidesk.usecases.yearbook.approval import approval_pdf
from kpidesk.usecases.yearbook.scope import Scope
from tests.usecases.office import TODAY, Office

D = Decimal
JANUARY = Period.months(2026, 1, 1)
BOSS = "李雷"


@pytest.fixture
def sheets(office: Office) -> tuple[AppraisalId, AppraisalId]:
    """The January sheets of both people, recorded: 66 of 85 points each."""
    made = []
    for person in (office.manager, office.director):
        sheet, *_ = office.sign(office.draft(people=[person]))
        office.complete(sheet)
        appraisals.finish_scoring(office.company, sheet, **office.who)
        made.append(sheet)
    return made[0], made[1]


def result(office: Office, sheet: AppraisalId) -> ResultRow:
    return next(one for one in list_results(office.company) if one.id == sheet)


def review(office: Office, sheet: AppraisalId) -> Review:
    return result(office, sheet).review


def submit(office: Office, *ids: AppraisalId) -> BatchId:
    made = reviewing.submit(office.company, ids, **office.who)
    assert made.id is not None
    return made.id


def approve(office: Office, batch: BatchId, returned: dict[AppraisalId, str] | None = None) -> None:
    reviewing.decide(
        office.company, batch, by=BOSS, on=TODAY, returned=returned or {}, **office.who
    )


def move(office: Office, *moves: Move, on: date = TODAY) -> None:
    reviewing.calibrate(office.company, moves, present="李雷、王芳", on=on, **office.who)


def words(pdf: bytes) -> str:
    return "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages
    )


def test_a_calibration_stands_on_top_of_the_recorded_result(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    sheet, other = sheets
    move(office, Move(sheet, D("70.5"), "市场下滑，全组上调"))
    row = result(office, sheet)
    assert (row.total, row.final_total) == (D("66.00"), D("70.5"))
    assert appraisals.load_sheet(office.company, sheet).sheet.total.text == "66.00"  # type: ignore[union-attr]
    assert result(office, other).final_total == D("66.00")
    titles = [one.text for one in reviewing.history(office.company, sheet).lines]
    assert titles == [
        "总分 66.00",
        "总分 66.00 → 70.50。理由：市场下滑，全组上调（参加：李雷、王芳）",
    ]
    printed = words(approval_pdf(office.company, Scope(JANUARY)))
    assert "70.50*" in printed
    assert "校准：总分66.00→70.50" in printed
    report = words(results.report_pdf(office.company, sheet))
    assert "校准后：总分66.00→70.50。左边是定分时的结果。" in report
    talk = words(results.interview_pdf(office.company, sheet))
    assert "总分66.00（定分），校准后70.50" in talk
    assert "校准" not in words(results.interview_pdf(office.company, other))
    assert "理由：市场下滑，全组上调（参加：李雷、王芳）" in report
    assert "校准、审批与申诉" not in words(results.report_pdf(office.company, other))
    year = annual_record(office.company, Scope(Period.parse("2026"), today=date(2026, 12, 31)))
    assert year is not None
    (mark,) = next(one.marks for one in year.members if one.marks[0].before)
    assert mark.total == Score(D("70.5"), D(85))
    assert mark.before == (Score(D("66.00"), D(85)), row.grade)
    move(office, Move(sheet, D("66.00"), "复议后恢复"))
    assert result(office, sheet).final_total == D("66.00")
    assert result(office, sheet).review.moved is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "校准的理由"),
        ({"total": D("66.00")}, "没有变化"),
        ({"total": D(-1)}, "不能小于 0"),
        ({"total": D("NaN")}, "请核对"),
        ({"total": D("60.005")}, "最多两位小数"),
        ({"grade": "特优"}, "没有等级"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_none_of_the_sitting_is_kept(
    office: Office,
    sheets: tuple[AppraisalId, AppraisalId],
    changes: dict[str, Any],
    said: str,
) -> None:
    sheet, other = sheets
    good = Move(other, D(70), "上调")
    bad = Move(**{"appraisal": sheet, "total": D(60), "reason": "下调", **changes})
    with pytest.raises(InvalidValueError, match=said):
        move(office, good, bad)
    assert result(office, other).review.moved is None
    with pytest.raises(InvalidValueError, match="还没有调整任何人"):
        move(office)
    with pytest.raises(NotAllowedError, match="还没有到"):
        move(office, good, on=TODAY + timedelta(days=1))


def test_what_is_not_recorded_cannot_be_calibrated_or_submitted(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    appraisals.reopen(office.company, sheets[0], reason="更正", **office.who)
    with pytest.raises(NotAllowedError, match="还没有定分，不能校准"):
        move(office, Move(sheets[0], D(70), "上调"))
    with pytest.raises(NotAllowedError, match="还没有定分，不能提交"):
        submit(office, *sheets)
    with pytest.raises(InvalidValueError, match="没有选中"):
        submit(office)


def test_a_batch_goes_to_the_general_manager_and_comes_back(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    sheet, other = sheets
    batch = submit(office, sheet, other)
    assert review(office, sheet).stage is Stage.WAITING
    (row,) = reviewing.list_batches(office.company)
    assert (row.about, row.waiting, row.days(TODAY + timedelta(days=9))) == ("全公司", 2, 9)
    printed = words(reviewing.batch_pdf(office.company, batch, **office.who))
    assert "第1批提交人：王芳提交日期：2026-03-02" in printed
    with pytest.raises(NotAllowedError, match="已提交总经理审批"):
        appraisals.reopen(office.company, sheet, reason="改一改", **office.who)
    with pytest.raises(NotAllowedError, match="已提交总经理审批"):
        move(office, Move(sheet, D(70), "上调"))
    with pytest.raises(NotAllowedError, match="不能重复提交"):
        submit(office, sheet)
    approve(office, batch, {other: "考勤与记录不符"})
    (row,) = reviewing.list_batches(office.company)
    assert (row.waiting, row.approved, row.returned, row.days(TODAY)) == (0, 1, 1, 0)
    with pytest.raises(NotAllowedError, match="已经登记过审批意见"):
        approve(office, batch)
    with pytest.raises(NotAllowedError, match="已经总经理批准"):
        appraisals.reopen(office.company, sheet, reason="改一改", **office.who)
    appraisals.reopen(office.company, other, reason="更正考勤", **office.who)
    appraisals.finish_scoring(office.company, other, **office.who)
    again = submit(office, other)
    assert review(office, other).number == 2
    assert "定分后重新打开" in words(reviewing.batch_pdf(office.company, again, **office.who))
    approve(office, again)
    assert review(office, other).stage is Stage.APPROVED
    assert [one.about for one in reviewing.list_batches(office.company)] == ["所选 1 人", "全公司"]


def test_the_scan_of_a_signed_table_files_itself(
    office: Office, sheets: tuple[AppraisalId, AppraisalId], tmp_path: Path
) -> None:
    batch = submit(office, *sheets)
    paper = tmp_path / "审批表.pdf"
    paper.write_bytes(reviewing.batch_pdf(office.company, batch, **office.who))
    assert not reviewing.list_batches(office.company)[0].is_filed
    (received,) = filing.receive_scans(office.company, [paper], **office.who).files
    assert received.complete == 1
    assert reviewing.list_batches(office.company)[0].is_filed


def test_a_decision_is_held_to_its_batch(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    sheet, other = sheets
    batch = submit(office, sheet)
    reason = {"by": BOSS, **office.who}
    with pytest.raises(NotAllowedError, match="不在这一批"):
        reviewing.decide(office.company, batch, on=TODAY, returned={other: "x"}, **reason)
    with pytest.raises(InvalidValueError, match="退回的理由"):
        reviewing.decide(office.company, batch, on=TODAY, returned={sheet: " "}, **reason)
    early = TODAY - timedelta(days=1)
    with pytest.raises(NotAllowedError, match="早于提交日期"):
        reviewing.decide(office.company, batch, on=early, returned={}, **reason)
    with pytest.raises(NotAllowedError, match="不能公示"):
        reviewing.publish(
            office.company, batch, start=TODAY, last_day=TODAY, how="张贴", **office.who
        )
    reviewing.decide(office.company, batch, on=TODAY, returned={sheet: "重评"}, **reason)
    assert review(office, sheet).stage is Stage.RETURNED
    assert not review(office, sheet).published


def test_an_upheld_appeal_leads_to_a_corrected_result_beside_the_first(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    company, who, sheet = office.company, office.who, sheets[0]
    rules = ReviewRules((Guide("优秀", most=D(20)),), file_days=3, answer_days=5)
    reviewing.save_review_rules(company, rules, **who)
    assert reviewing.review_rules(company) == rules
    appeal = {"by": "𫖯𬭎𠮷", "on": TODAY, "what": "少算一个新客户", **who}
    with pytest.raises(NotAllowedError, match="还没有批准"):
        reviewing.appeal(company, sheet, **appeal)
    batch = submit(office, *sheets)
    approve(office, batch)
    reviewing.publish(
        company, batch, start=TODAY, last_day=TODAY + timedelta(days=6), how="公告栏张贴", **who
    )
    assert review(office, sheet).is_public(TODAY)
    reviewing.confirm(company, [sheet], on=TODAY, how="本人签字", **who)
    with pytest.raises(NotAllowedError, match="已经登记过确认"):
        reviewing.confirm(company, [sheet], on=TODAY, how="本人签字", **who)
    with pytest.raises(NotAllowedError, match="没有正在处理的申诉"):
        reviewing.dismiss(company, sheet, by=BOSS, on=TODAY, reason="x", **who)
    late = {**who, "today": TODAY + timedelta(days=5)}
    reviewing.appeal(company, sheet, **{**appeal, **late, "on": TODAY + timedelta(days=5)})
    assert review(office, sheet).appeal == TODAY + timedelta(days=10)
    with pytest.raises(NotAllowedError, match="有正在处理的申诉"):
        reviewing.appeal(company, sheet, **{**appeal, **late})
    day = {"on": late["today"], **late}
    reviewing.hear(company, sheet, present="李雷、本人", said="出示了合同", **day)
    reviewing.uphold(company, sheet, by=BOSS, reason="确有一户漏计", **day)
    assert review(office, sheet).stage is Stage.UPHELD
    appraisals.reopen(company, sheet, reason="申诉成立，补记一户", **late)
    appraisals.enter(company, sheet, name="new_customers", value=D(2), **late)
    appraisals.finish_scoring(company, sheet, **late)
    made = reviewing.submit(company, [sheet], **late)
    assert made.id is not None
    reviewing.decide(company, made.id, by=BOSS, returned={}, **day)
    found = reviewing.history(company, sheet)
    assert found.review.corrected
    assert found.review.is_final
    told = [one.title for one in found.lines]
    assert told == [
        "定分", "提交审批", "批准", "公示", "员工确认", "申诉", "听取申诉", "申诉成立",
        "定分", "提交审批", "批准",
    ]  # fmt: skip
    first, second = (one.text for one in found.lines if one.title == "定分")
    assert (first, second[:5]) == ("总分 66.00", "第 2 次")
    assert "（超过申诉期限 2 天）" in next(x.text for x in found.lines if x.title == "申诉")
    assert verify(company).broken == ()


@pytest.mark.parametrize(("end", "title"), [("dismiss", "申诉不成立"), ("withdraw", "撤回申诉")])
def test_an_appeal_that_fails_leaves_the_result(
    office: Office, sheets: tuple[AppraisalId, AppraisalId], end: str, title: str
) -> None:
    company, who, sheet = office.company, office.who, sheets[0]
    approve(office, submit(office, *sheets))
    reviewing.appeal(company, sheet, by="本人", on=TODAY, what="不服", **who)
    by = {"by": BOSS} if end == "dismiss" else {}
    getattr(reviewing, end)(company, sheet, on=TODAY, reason="核对无误", **by, **who)
    assert review(office, sheet).stage is Stage.APPROVED
    assert reviewing.history(company, sheet).lines[-1].title == title


def test_a_closed_cycle_takes_no_change_until_it_is_opened_again(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    company, who = office.company, office.who
    batch = submit(office, sheets[0])
    with pytest.raises(NotAllowedError, match="正在审批或申诉"):
        reviewing.close_cycle(company, JANUARY, **who)
    approve(office, batch)
    with pytest.raises(NotAllowedError, match="䶮㛃的结果还没有批准"):
        reviewing.close_cycle(company, JANUARY, **who)
    with pytest.raises(NotAllowedError, match="才结束"):
        reviewing.close_cycle(company, Period.months(2026, 3, 1), **who)
    with pytest.raises(NotAllowedError, match="没有评分表"):
        reviewing.close_cycle(company, Period.months(2020, 3, 1), **who)
    with pytest.raises(NotAllowedError, match="不需要重新打开"):
        reviewing.reopen_cycle(company, JANUARY, reason="漏了", **who)
    reviewing.close_cycle(company, JANUARY, reason="䶮㛃已离职", **who)
    row = next(one for one in reviewing.list_cycles(company) if one.cycle == JANUARY)
    assert (row.is_closed, row.sheets, row.scored, row.final) == (True, 2, 2, 1)
    for refused in (
        lambda: appraisals.reopen(company, sheets[1], reason="x", **who),
        lambda: move(office, Move(sheets[1], D(70), "上调")),
        lambda: submit(office, sheets[1]),
        lambda: reviewing.confirm(company, [sheets[0]], on=TODAY, how="签字", **who),
        lambda: reviewing.appeal(company, sheets[0], by="x", on=TODAY, what="x", **who),
    ):
        with pytest.raises(NotAllowedError, match="已经关闭"):
            refused()
    with pytest.raises(NotAllowedError, match="已经关闭"):
        reviewing.close_cycle(company, JANUARY, **who)
    reviewing.reopen_cycle(company, JANUARY, reason="补批一人", **who)
    approve(office, submit(office, sheets[1]))
    reviewing.close_cycle(company, JANUARY, **who)


def test_results_of_several_cycles_are_no_batch(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    later = next(
        one.id
        for one in appraisals.list_appraisals(office.company)
        if one.cycle != JANUARY and one.person == office.manager
    )
    with pytest.raises(NotAllowedError, match="同一个考核周期"):
        submit(office, sheets[0], later)


def reviewed(office: Office, sheets: tuple[AppraisalId, AppraisalId]) -> None:
    """A calibration, a decision and an appeal."""
    move(office, Move(sheets[0], D(70), "上调"))
    approve(office, submit(office, *sheets))
    reviewing.appeal(office.company, sheets[0], by="本人", on=TODAY, what="不服", **office.who)


TAMPERED = (
    ("batches_no_update", "UPDATE batches SET body = replace(body, '70', '90')", Part.BATCH),
    ("batches_no_update", "UPDATE batches SET submitted_by = '李四'", Part.BATCH),
    ("batches_no_update", "UPDATE batches SET about = '别处'", Part.BATCH),
    ("batches_no_delete", "DELETE FROM batches", Part.BATCH),
    ("batch_lines_no_delete", "DELETE FROM batch_lines WHERE appraisal_id = 1", Part.BATCH),
    ("batch_lines_no_update", "UPDATE batch_lines SET number = 2", Part.BATCH),
    ("review_steps_no_update", "UPDATE review_steps SET total = '90' WHERE id = 1", Part.REVIEW),
    ("review_steps_no_update", "UPDATE review_steps SET done_on = '2026-01-01'", Part.REVIEW),
    ("review_steps_no_update", "UPDATE review_steps SET sha256 = 'x'", Part.REVIEW),
    ("review_steps_no_update", "UPDATE review_steps SET until = '2027-01-01'", Part.REVIEW),
    ("review_steps_no_update", "UPDATE review_steps SET appraisal_id = 13", Part.REVIEW),
    ("review_steps_no_delete", "DELETE FROM review_steps WHERE kind = 'appeal'", Part.REVIEW),
    (
        "review_steps_no_replace",
        (
            "INSERT INTO review_steps SELECT 99, kind, appraisal_id, batch_id, cycle_start,"
            " cycle_end, day, until, number, total, grade, body, sha256, done_by, done_on"
            " FROM review_steps WHERE id = 1"
        ),
        Part.REVIEW,
    ),
)


def test_what_was_decided_is_found_when_it_was_changed(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    reviewed(office, sheets)
    office.company.close()
    path = office.company.path
    whole = path.read_bytes()
    assert verify_file(path).broken == ()
    for guard, sql, part in TAMPERED:
        with closing(sqlite3.connect(path, isolation_level=None)) as tool:
            query = "SELECT sql FROM sqlite_master WHERE name = ?"
            (kept,) = tool.execute(query, (guard,)).fetchone()
            tool.execute(f"DROP TRIGGER {guard}")
            assert tool.execute(sql).rowcount
            tool.execute(kept)
        assert part in {one.part for one in verify_file(path).broken}, sql
        path.write_bytes(whole)


def test_the_file_itself_keeps_what_is_under_approval(
    office: Office, sheets: tuple[AppraisalId, AppraisalId]
) -> None:
    batch = submit(office, sheets[0])
    office.company.close()
    reopen = "UPDATE appraisals SET state = 'open' WHERE id = ?"
    with closing(sqlite3.connect(office.company.path, isolation_level=None)) as tool:
        with pytest.raises(sqlite3.IntegrityError, match="已提交审批或已批准"):
            tool.execute(reopen, (sheets[0],))
        tool.execute(reopen, (sheets[1],))
        mark = (
            "INSERT INTO review_steps VALUES"
            " (?, ?, NULL, ?, ?, ?, '2026-03-02', NULL, NULL, NULL, NULL, '', '', '', '2026-03-02')"
        )
        tool.execute(mark, (1, "return", batch, None, None))
        tool.execute(reopen, (sheets[0],))
        tool.execute(mark, (2, "close", None, "2026-01-01", "2026-02-01"))
        with pytest.raises(sqlite3.IntegrityError, match="周期已关闭"):
            tool.execute("UPDATE appraisals SET interview = '' WHERE id = ?", (sheets[0],))
        tool.execute("UPDATE appraisals SET plan_due = '2026-05-01' WHERE id = ?", (sheets[0],))
        tool.execute(mark, (3, "reopen", None, "2026-01-01", "2026-02-01"))
        tool.execute("UPDATE appraisals SET interview = '' WHERE id = ?", (sheets[0],))
        for table in ("batches", "batch_lines", "review_steps"):
            again = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 - ours
            for event in (f"DELETE FROM {table}", again):  # noqa: S608 - our own words
                with pytest.raises(sqlite3.IntegrityError, match=r"不能改动|只能追加"):
                    tool.execute(event)


def test_pay_by_scores_waits_for_their_approval(office: Office, who: dict[str, Any]) -> None:
    company, sheet, ref = paid_by_the_total(office)

    def seen() -> pay.PayView:
        return pay.load_pay(company, ref)

    def statement() -> str:
        return words(pay.statements_pdf(company, ref, seen().period.key).pdf)

    (person,) = seen().people
    assert person.state is pay.PayState.READY, "no company without approvals waits for one"
    assert person.estimated == {"bonus"}
    assert seen().unasked == ("𫖯𬭎𠮷",)
    assert "没有登记总经理审批" in statement()
    batch = submit(office, sheet)
    (person,) = seen().people
    assert person.state is pay.PayState.ESTIMATED
    assert "暂估：得分未经审批" in statement()
    with pytest.raises(NotAllowedError, match="已提交，总经理还没有批准"):
        pay.settle_period(company, ref, seen().period.key, **who)
    assert seen().unapproved_at == {Stage.WAITING: 1}
    approve(office, batch)
    (person,) = seen().people
    assert (person.state, person.approval) == (pay.PayState.READY, None)
    assert "审批" not in statement()
    pay.settle_period(company, ref, seen().period.key, **who)
    assert seen().people[0].state is pay.PayState.SETTLED


def test_which_schemes_need_approval_is_a_rule_of_the_company(
    office: Office, who: dict[str, Any]
) -> None:
    company, _, ref = paid_by_the_total(office)
    family = "account-manager-kpi"

    def rule(*needed: bool) -> None:
        rules = ReviewRules(approvals=tuple(ApprovalRule(family, one) for one in needed))
        reviewing.save_review_rules(company, rules, **who)

    def approval() -> tuple[Any, ...]:
        view = pay.load_pay(company, ref)
        return view.approval_rule.rule, bool(view.unapproved), bool(view.unasked)

    # Another scheme's results went to the general manager: that says nothing of this one's.
    another = replace(builtin_scheme(family), id=f"own-1{OWN_MARK}1", version=1)
    with company.change("王芳") as work:
        pin(work.connection, another)
        work.log("scheme.pin", f"scheme:{another.id}@1", after=another)
    other = office.sign(office.draft(people=[office.director], scheme=another.id))[0]
    office.complete(other)
    appraisals.finish_scoring(company, other, **who)
    submit(office, other)
    assert approval() == (None, False, True)
    rule(True)
    assert approval() == (True, True, False)
    (person,) = pay.load_pay(company, ref).people
    assert person.approval is not None
    assert pay.stands_at(person.approval) is Stage.UNSUBMITTED
    with pytest.raises(NotAllowedError, match="还没有提交总经理审批"):
        pay.settle_period(company, ref, pay.load_pay(company, ref).period.key, **who)
    rule(False)
    assert approval() == (False, False, False)
    pay.settle_period(company, ref, pay.load_pay(company, ref).period.key, **who)
    settled = pay.load_pay(company, ref)
    rule(True)
    again = pay.load_pay(company, ref)
    assert [one.lines for one in again.people] == [one.lines for one in settled.people]
    assert again.unapproved == ()
    paper = words(pay.statements_pdf(company, ref, again.period.key).pdf)
    assert "暂估" not in paper
    assert "审批" not in paper
    with pytest.raises(InvalidValueError, match="只能有一条审批规定"):
        rule(True, False)
    [(title, held), *_] = [
        one for one in reviewing.scheme_approvals(company) if one[1].family == family
    ]
    assert (title.endswith("版）"), held) == (False, SchemeApproval(family, True, submitted=False))
    assert verify(company).broken == ()


def paid_by_the_total(office: Office) -> tuple[Company, AppraisalId, pay.GroupRef]:
    """A recorded sheet of January, 66 of 85 points, and pay of ten yuan a point."""
    rule = FormulaPay("bonus", "绩效奖金", "1000元 × 总分 ÷ 100", grain=Grain.CYCLE)
    built_in = builtin_scheme("account-manager-kpi")
    own = replace(built_in, id=f"{built_in.id}{OWN_MARK}1", version=1, pay=(rule,))
    company = office.company
    with company.change("王芳") as work:
        pin(work.connection, own)
        work.log("scheme.pin", f"scheme:{own.id}@{own.version}", after=own)
    (sheet, *_) = office.sign(office.draft(scheme=own.id))
    office.complete(sheet)
    appraisals.finish_scoring(company, sheet, **office.who)
    ref = next(one.ref for one in pay.list_groups(company) if one.ref.cycle == JANUARY)
    return company, sheet, ref


def test_pay_by_the_total_follows_the_calibration_and_posts_the_difference(
    office: Office, who: dict[str, Any]
) -> None:
    company, sheet, ref = paid_by_the_total(office)

    def bonus() -> Decimal:
        (person,) = pay.load_pay(company, ref).people
        (line,) = person.lines
        return Decimal(str(line.figure.value))

    assert bonus() == D("660.00")
    move(office, Move(sheet, D(70), "全组上调"))
    assert bonus() == D("700.00")
    pay.settle_period(company, ref, pay.load_pay(company, ref).period.key, **who)
    approve(office, submit(office, sheet))
    reviewing.appeal(company, sheet, by="本人", on=TODAY, what="少算一户", **who)
    reviewing.uphold(company, sheet, by=BOSS, on=TODAY, reason="属实", **who)
    appraisals.reopen(company, sheet, reason="申诉成立", **who)
    appraisals.enter(company, sheet, name="late_times", value=D(2), **who)
    view = appraisals.finish_scoring(company, sheet, **who).view
    total = Decimal(view.sheet.total.text)  # type: ignore[union-attr]
    assert total != D(70)
    late = pay.load_pay(company, ref)
    assert late.period.is_late
    assert bonus() == total * 10 - D(700)

"""The interview: refusals with their witnesses, the plan and what becomes of it, on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kpidesk.codec import canonical_json
from kpidesk.core.appraisal import (
    AppraisalId,
    Delivery,
    Interview,
    Opinion,
    PlanItem,
    Refusal,
)
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.follow_up import FollowUp, Outcome
from kpidesk.store.errors import GuardedRecordError
from kpidesk.usecases import appraisals, results
from kpidesk.usecases.home import Step, Todo, overview
from kpidesk.usecases.verifying import Part, verify
from tests.usecases.office import TODAY, Office

_PLAN = (PlanItem("每周交报表", date(2026, 3, 1)), PlanItem("参加培训", date(2026, 5, 1)))
_PLANTED = (
    "INSERT INTO plan_looks SELECT 9, appraisal_id, '每周交报表', outcome, result,"
    " looked_on, until, looked_by FROM plan_looks"
)
_HELD = Interview(date(2026, 2, 10), "䶮㛃", plan=_PLAN, place="会议室", participants="王芳")


@pytest.fixture
def sheet(office: Office) -> AppraisalId:
    """January of the manager."""
    return office.sign(office.draft())[0]


@pytest.fixture
def write(office: Office, sheet: AppraisalId, who: dict[str, Any]) -> Callable[[Interview], None]:
    def write_down(interview: Interview) -> None:
        appraisals.record_interview(office.company, sheet, interview=interview, **who)

    return write_down


@pytest.fixture
def look(office: Office, sheet: AppraisalId, who: dict[str, Any]) -> Callable[[FollowUp], None]:
    def look_at(found: FollowUp) -> None:
        appraisals.record_look(office.company, sheet, look=found, **who)

    return look_at


def test_what_was_not_done_is_offered_for_the_next_contract(
    office: Office, write: Callable[[Interview], None], look: Callable[[FollowUp], None]
) -> None:
    write(_HELD)
    look(FollowUp("每周交报表", Outcome.DONE, "交齐", TODAY))
    carried = appraisals.carried_on(office.company, office.manager)
    assert [one.item.what for one in carried] == ["参加培训"]
    assert appraisals.carried_on(office.company, office.director) == ()


def _waiting(office: Office, today: date = TODAY) -> Todo | None:
    found = overview(office.company, today=today).todos
    return next((one for one in found if one.step is Step.PLAN), None)


def test_what_was_written_before_has_the_same_hash_as_before() -> None:
    assert canonical_json(Interview(plan=(PlanItem("培训"),)), Interview) == (
        '{"comment":"","held_on":null,"interviewer":"","opinion":null,"opinion_text":"",'
        '"plan":[{"due":null,"support":"","what":"培训"}],"strengths":"","weaknesses":""}'
    )


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal(("𫖯𬭎𠮷", "王芳")), "本人不能作见证人"),
        (Refusal(("李雷", "王芳"), Delivery.POST, date(2026, 3, 3)), "送达日期.*还没有到"),
    ],
)
def test_a_refusal_is_witnessed_by_others_and_delivered_before_it_is_said(
    write: Callable[[Interview], None], refusal: Refusal, said: str
) -> None:
    with pytest.raises(KpiDeskError, match=said):
        write(Interview(opinion=Opinion.REFUSES, refusal=refusal))


def test_a_refusal_is_on_the_record_the_report_and_comes_back_whole(
    office: Office, sheet: AppraisalId, write: Callable[[Interview], None]
) -> None:
    refused = Interview(
        date(2026, 2, 10),
        opinion=Opinion.REFUSES,
        refusal=Refusal(("李雷", "王芳"), Delivery.POST, date(2026, 2, 11), "EMS 1043"),
    )
    write(refused)
    assert appraisals.load_sheet(office.company, sheet).appraisal.interview == refused
    assert results.interview_pdf(office.company, sheet).startswith(b"%PDF")


def test_a_due_item_waits_on_the_home_page_until_it_was_looked_at(
    office: Office,
    write: Callable[[Interview], None],
    look: Callable[[FollowUp], None],
    sheet: AppraisalId,
) -> None:
    write(_HELD)
    due = _waiting(office)
    assert due is not None
    assert (due.count, due.ids, due.since) == (1, (sheet,), date(2026, 3, 1))
    assert due.names == ("𫖯𬭎𠮷：每周交报表",)
    look(FollowUp("每周交报表", Outcome.GOES_ON, "缺两周", TODAY, date(2026, 4, 1)))
    assert _waiting(office) is None
    later = _waiting(office, date(2026, 5, 1))
    assert later is not None
    assert later.count == 2
    look(FollowUp("每周交报表", Outcome.DONE, "交齐", TODAY))
    (report, _) = appraisals.plan_of(office.company, sheet)
    assert [(one.outcome, one.by) for one in report.looks] == [
        (Outcome.GOES_ON, "王芳"), (Outcome.DONE, "王芳"),
    ]  # fmt: skip
    assert _waiting(office, date(2026, 4, 30)) is None


def test_a_look_is_kept_for_good_and_its_item_with_it(
    office: Office, write: Callable[[Interview], None], look: Callable[[FollowUp], None]
) -> None:
    write(_HELD)
    look(FollowUp("参加培训", Outcome.NOT_DONE, "没有报名", date(2026, 3, 1)))
    with pytest.raises(NotAllowedError, match="“参加培训”已有跟踪记录"):
        write(Interview(date(2026, 2, 10), plan=_PLAN[:1]))
    with pytest.raises(InvalidValueError, match="写了两次"):
        write(Interview(date(2026, 2, 10), plan=(*_PLAN, _PLAN[0])))
    with pytest.raises(InvalidValueError, match="早于上一次跟踪"):
        look(FollowUp("参加培训", Outcome.DONE, "补上", date(2026, 2, 28)))
    with pytest.raises(NotAllowedError, match="还没有到"):
        look(FollowUp("参加培训", Outcome.DONE, "补上", date(2026, 3, 3)))
    with pytest.raises(InvalidValueError, match="没有“胡说”这一项"):
        look(FollowUp("胡说", Outcome.DONE, "补上", TODAY))
    for sql in ("UPDATE plan_looks SET result = '好'", "DELETE FROM plan_looks"):
        with pytest.raises(GuardedRecordError), office.company.change("王芳") as work:
            work.connection.exec_driver_sql(sql)


@pytest.mark.parametrize(
    ("lines", "part", "problem"),
    [
        (
            ["UPDATE appraisals SET interview = replace(interview, '会议室', '食堂')"],
            Part.INTERVIEW,
            "2026-01-01 起的考核的面谈记录与操作日志不符",
        ),
        (
            [
                "DROP TRIGGER plan_looks_no_update",
                "UPDATE plan_looks SET result = '很好'",
            ],
            Part.PLAN,
            "“参加培训”的跟踪记录与操作日志不符",
        ),
        (
            ["DROP TRIGGER plan_looks_no_delete", "DELETE FROM plan_looks"],
            Part.PLAN,
            "“参加培训”的跟踪记录不见了",
        ),
        (
            [_PLANTED],
            Part.PLAN,
            "“每周交报表”的跟踪记录在操作日志里没有",
        ),
    ],
)
def test_a_change_behind_our_back_is_found(  # noqa: PLR0917 - a case each
    office: Office,
    write: Callable[[Interview], None],
    look: Callable[[FollowUp], None],
    lines: list[str],
    part: Part,
    problem: str,
) -> None:
    write(_HELD)
    look(FollowUp("参加培训", Outcome.DONE, "去了", TODAY))
    assert verify(office.company).broken == ()
    with office.company.change("某人") as work:
        for sql in lines:
            work.connection.exec_driver_sql(sql)
    (broken,) = verify(office.company).broken
    assert (broken.part, broken.problem, broken.person) == (part, problem, "𫖯𬭎𠮷")

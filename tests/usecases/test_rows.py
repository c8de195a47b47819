"""Rows changed by SQL behind the seal: each change is found, and what was forged is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.appraisal import Interview, PlanItem
from kpidesk.core.exemption import Handling
from kpidesk.core.filing import PageState
from kpidesk.core.users import Role
from kpidesk.usecases import appraisals, filing
from kpidesk.usecases.inspecting import Mend, inspect, mend
from kpidesk.usecases.keeping.making import set_places
from kpidesk.usecases.users import add_user
from kpidesk.usecases.verifying import verify_file
from tests.soak.rows import every_change, make_file, missed
from tests.usecases.office import Office, fill, make_office
from tests.usecases.test_verify import tool


def test_a_change_of_any_column_of_what_may_be_edited_is_found(tmp_path: Path) -> None:
    path = make_file(tmp_path)
    tables = ("people", "appraisals", "scan_pages")
    changes = every_change(path, 1, tables)
    assert {one.table for one in changes} == set(tables)
    assert list(missed(path, changes)) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with sheets, scans and papers, whose seal somebody has taken off."""
    folder = tmp_path_factory.mktemp("rows")
    office = make_office(folder)
    fill(office, folder)
    view = filing.filing_view(office.company)
    (waiting,) = (one.page.id for one in view.pages if one.page.state is PageState.WAITING)
    filing.discard_pages(office.company, [waiting], reason="空白封面", **office.who)
    office.company.close()
    tool(office.company.path, "DELETE FROM settings WHERE key = 'seal'")
    assert verify_file(office.company.path).broken == ()
    return office.company.path


SHEET = "大客户部-2026-001　𫖯𬭎𠮷　评分表数据："
MORE_RESULTS = (
    "INSERT INTO results SELECT appraisal_id, 3, total, grade, scored_by, scored_on, body, sha256"
    " FROM results WHERE number = 2"
)
STEP = (
    "UPDATE copy_steps SET day = '2026-01-01'"
    " WHERE contract_id = 1 AND number = 1 AND copy = 'party_a'"
)
MORE_PAPERS = (
    "INSERT INTO papers SELECT contract_id, 2, copy, pdf, sha256 FROM papers WHERE contract_id = 1"
)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE people SET left_on = '2026-01-31' WHERE id = 2",
         "𫖯𬭎𠮷　人员登记：离职日期与操作日志不符"),
        ("UPDATE people SET superior_id = NULL, post = '总监' WHERE id = 2",
         "𫖯𬭎𠮷　人员登记：岗位、直属上级与操作日志不符"),
        ("UPDATE departments SET name = '二部'", "大客户部　部门登记：名称与操作日志不符"),
        ("UPDATE settings SET value = replace(value, '李雷', '韩梅') WHERE key = 'company'",
         "公司信息　设置：与操作日志不符"),
        (MORE_RESULTS,
         "大客户部-2026-001　𫖯𬭎𠮷　定分记录：第 3 次定分，在操作日志里没有"),
        (MORE_PAPERS,
         "大客户部-2026-001　𫖯𬭎𠮷　打印件：甲方存（第 2 版）在操作日志里没有"),
        ("DELETE FROM appraisals WHERE id = 5", "第 5 张评分表　评分表数据：这一份不见了"),
        ("UPDATE appraisals SET person_id = 1 WHERE id = 5",
         f"{SHEET}2026-05-01 起的考核的人员与责任书不符"),
        ("UPDATE appraisals SET state = 'scored' WHERE id = 5",
         f"{SHEET}2026-05-01 起的考核的状态与操作日志不符"),
        ("UPDATE appraisals SET total = '99.00' WHERE id = 1",
         f"{SHEET}2026-01-01 起的考核列出的总分或等级与定分记录不符"),
        ("UPDATE scan_pages SET reason = '重复' WHERE state = 'discarded'",
         "扫描.pdf　扫描页的归档：第 1 页的内容或归处与操作日志不符"),
        ("DELETE FROM scan_pages WHERE id = 4",
         "签好的.pdf　扫描页的归档：第 3 页的内容或归处与操作日志不符"),
        ("UPDATE scans SET received_by = '李四' WHERE id = 2",
         "签好的.pdf　扫描件：登记与操作日志不符"),
        (STEP,
         "大客户部-2026-001　𫖯𬭎𠮷　纸质件登记：甲方存（第 1 版）的经过与操作日志不符"),
    ],
)  # fmt: skip
def test_what_was_changed_where_nothing_is_hashed_is_held_to_the_log(
    kept: Path, tmp_path: Path, sql: str, said: str
) -> None:
    path = tmp_path / kept.name
    path.write_bytes(kept.read_bytes())
    tool(path, sql)
    assert [one.text for one in verify_file(path).broken][:1] == [said]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE appraisal_entries SET value = '{\"number\":\"1\"}' WHERE name = 'late_times'",
         "数据"),
        ("UPDATE appraisal_entries SET entered_by = '李四' WHERE name = 'days_present'", "数据"),
        ("DELETE FROM appraisal_entries WHERE name = 'sales'", "数据"),
        ("UPDATE appraisal_overrides SET score = '25'", "改写的得分"),
        ("DELETE FROM appraisal_exemptions", "免考核"),
        ("UPDATE second_entries SET note = '核对过'", "第二次录入"),
    ],
)  # fmt: skip
def test_what_stands_on_an_open_sheet_is_held_to_the_log(
    office: Office, who: dict[str, Any], sql: str, what: str
) -> None:
    """After a recording, too: what was recorded then, and what was put on it since."""
    sheet, *_ = office.sign(office.draft())
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **who)
    appraisals.reopen(office.company, sheet, reason="更正", **who)
    company = office.company
    office.enter(sheet, "late_times", Decimal(2))
    typed: dict[str, Any] = {"name": "sales", "value": Decimal(121), "typist": "李四"}
    appraisals.enter_second(company, sheet, **typed, **who)
    settled: dict[str, Any] = {"name": "sales", "take_second": True, "reason": "核对纸质评分表"}
    appraisals.settle_difference(company, sheet, **settled, **who)
    appraisals.override(
        company, sheet, indicator="销售完成率", score=Decimal(20), reason="总经理批示", **who
    )
    appraisals.exempt(
        company, sheet, indicator="团队协作", handling=Handling.OUTSIDE, reason="借调", **who
    )
    company.close()
    tool(company.path, "DELETE FROM settings WHERE key = 'seal'")
    assert verify_file(company.path).broken == ()
    tool(company.path, sql)
    assert next(one.text for one in verify_file(company.path).broken) == (
        f"{SHEET}2026-01-01 起的考核的{what}与操作日志不符"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE settings SET value = '{}' WHERE key = 'company'",
        "UPDATE users SET name = '' WHERE id = 1",
        "UPDATE users SET role = 'reader', person_id = 4711 WHERE id = 1",
    ],
)
def test_a_file_whose_company_or_users_make_no_sense_is_damaged_and_let_go(
    office: Office, who: dict[str, Any], sql: str
) -> None:
    add_user(office.company, name="王芳", role=Role.OFFICER, password="four small words", **who)  # noqa: S106 - of a made company
    path = office.company.path
    office.company.close()
    tool(path, sql)
    for _ in range(2):  # the second time is not told that the file is in use
        assert verify_file(path).broken != ()


def test_a_look_that_cannot_be_finished_is_a_finding(office: Office) -> None:
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE people SET number = '' WHERE id = 2")
    found = inspect(office.company)
    assert [one.said for one in found.steps if one.name == "列表上的数字"] == [
        "有内容读不出来，已被改动或损坏，请用最近的备份恢复"
    ]
    assert "𫖯𬭎𠮷　人员登记：工号与操作日志不符" in found.steps[-1].details


def test_the_day_of_a_plan_is_computed_anew(
    office: Office, who: dict[str, Any], tmp_path: Path
) -> None:
    sheet, *_ = office.sign(office.draft())
    set_places(office.company, tmp_path / "备份")
    plan = (PlanItem("每周拜访三家客户", date(2026, 6, 1)),)
    talk = Interview(held_on=who["today"], interviewer="䶮㛃", plan=plan)
    appraisals.record_interview(office.company, sheet, interview=talk, **who)
    assert inspect(office.company).mends == ()
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE appraisals SET plan_due = NULL")
    assert inspect(office.company).mends == (Mend.FIGURES,)
    mend(office.company, [Mend.FIGURES], **who)
    assert inspect(office.company).mends == ()

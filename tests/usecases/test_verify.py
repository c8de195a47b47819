"""A byte that was changed in anything kept for good is found, and named."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kpidesk.cli import main
from kpidesk.codec import content_hash
from kpidesk.usecases.verifying import Part, verify, verify_file
from tests.usecases.office import Office, fill
from tests.usecases.tampering import COLUMNS, complaint, kinds_in, random_changes


@pytest.fixture
def path(office: Office, who: dict[str, Any], tmp_path: Path) -> Path:
    """A closed file: two scored sheets, a contract on paper in its second version, a void one."""
    fill(office, tmp_path)
    office.company.close()
    return office.company.path


def test_an_untouched_file_is_whole(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = verify_file(path)
    assert proof.broken == ()
    assert dict(proof.checked)["打印件"] == 8
    assert main(["verify", str(path)]) == 0
    out = capsys.readouterr().out
    assert "责任书存档 4，打印件 8" in out
    assert out.endswith("全部完好\n")


def test_200_changed_bytes_are_found_and_named(path: Path) -> None:
    assert COLUMNS.keys() - kinds_in(path) == {("pay_runs", "body")}
    wrong = [text for one in random_changes(path, 200, 2026) if (text := complaint(path, one))]
    assert wrong == []
    assert verify_file(path).broken == ()


def tool(path: Path, *lines: str) -> None:
    """Somebody's database tool, with the guards taken off and put on again."""
    with closing(sqlite3.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = guards.fetchall()
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
        for line in lines:
            assert connection.execute(line).rowcount > 0
        for _, sql in kept:
            connection.execute(sql)
        connection.commit()


FORGED = (
    "INSERT INTO contracts SELECT 99, 'X', person_id, person_number, person_name, department, post,"
    " scheme_id, scheme_version, indicator_scheme_id, indicator_scheme_version, role, term_start,"
    " term_end, 'signed', 1, '2026-03-02', '2026-03-02', terms, sha256,"
    " amends_id, effective_on, ended_on FROM contracts WHERE id = 1"
)
"""A signed contract that nobody ever printed."""


FORGED_SCAN = (
    "UPDATE scans SET content = x'00', sha256 ="
    " '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' WHERE id = 2"
)
"""Another picture, with the hash that fits it."""


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE papers SET pdf = x'00' WHERE contract_id = 1 AND copy = 'party_b'",
         "大客户部-2026-001　𫖯𬭎𠮷　打印件：乙方存（第 1 版）与校验值不符"),
        ("UPDATE scans SET content = x'00' WHERE id = 2",
         "大客户部-2026-001　𫖯𬭎𠮷　扫描件：扫描文件“签好的.pdf”与校验值不符"),
        ("DELETE FROM papers WHERE contract_id = 1 AND copy = 'party_a'",
         "大客户部-2026-001　𫖯𬭎𠮷　打印件：甲方存（第 1 版）不见了"),
        ("DELETE FROM contracts WHERE id = 1", "大客户部-2026-001　𫖯𬭎𠮷　登记信息：这一份不见了"),
        ("DELETE FROM contracts WHERE id = 2", "大客户部-2027-001　𫖯𬭎𠮷　登记信息：这一份不见了"),
        ("DELETE FROM results", "大客户部-2026-001　𫖯𬭎𠮷　定分记录：第 1 次定分，这一份不见了"),
        ("DELETE FROM appraisals", "第 1 张评分表　评分表数据：这一份不见了"),
        ("UPDATE contracts SET post = '他岗' WHERE id = 1",
         "大客户部-2026-001　𫖯𬭎𠮷　登记信息：岗位与正文不符"),
        (FORGED_SCAN,
         "大客户部-2026-001　𫖯𬭎𠮷　扫描件：扫描文件“签好的.pdf”与操作日志不符"),
        ("DELETE FROM scans WHERE id = 2", "签好的.pdf　扫描件：这一份不见了"),
        ("DELETE FROM schemes", "（第 1 版）　考核方案：这一份不见了"),
        (FORGED, "大客户部-2026-001　𫖯𬭎𠮷　存档封签：打印时的存档不见了"),
        ("DELETE FROM frozen WHERE sequence = 2", "第 2 份存档　存档封签：这一份不见了"),
        ("DELETE FROM audit WHERE sequence = 5", "第 5 条　操作日志：这一条不见了"),
        ("UPDATE contracts SET state = 'signed', signed_on = '2026-03-02' WHERE id = 2",
         "大客户部-2027-001　𫖯𬭎𠮷　登记信息：状态与操作日志不符"),
        ("UPDATE appraisal_entries SET value = '{\"number\":\"999\"}' WHERE name = 'sales'",
         "大客户部-2026-001　𫖯𬭎𠮷　评分表数据：2026-01-01 起的考核 与定分记录不符"),
        ("UPDATE results SET scored_by = '李四' WHERE number = 2",
         "𫖯𬭎𠮷　定分记录：2026-01-01 起的考核 第 2 次定分的经办人与操作日志不符"),
        ("UPDATE results SET scored_on = '2026-01-01' WHERE number = 1",
         "𫖯𬭎𠮷　定分记录：2026-01-01 起的考核 第 1 次定分的日期与操作日志不符"),
    ],
)  # fmt: skip
def test_what_was_done_with_a_tool_is_named(
    path: Path, sql: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(path, sql)
    assert main(["verify", str(path)]) == 1
    assert said in capsys.readouterr().out


def test_a_paper_forged_together_with_its_hash_is_found_against_the_log(path: Path) -> None:
    tool(
        path,
        "UPDATE papers SET pdf = x'255044', sha256 ="
        " '8a8de823d5ed3e12746a62ef169bcf372be0ca44f0a1236abc35df05d96928e1' WHERE contract_id = 1",
    )
    texts = [one.text for one in verify_file(path).broken]
    assert any("打印件" in one and "大客户部-2026-001" in one for one in texts)


def test_a_score_forged_together_with_its_hash_is_computed_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT body, total FROM results ORDER BY number DESC"
        body, total = connection.execute(query).fetchone()
    forged = body.replace(f'"value":"{total}"', '"value":"99.00"')
    assert forged != body
    tool(
        path,
        f"UPDATE results SET body = '{forged}', total = '99.00',"  # noqa: S608 - our own words
        f" sha256 = '{content_hash(forged)}' WHERE number = 2",
        "UPDATE appraisals SET total = '99.00' WHERE state = 'scored'",
    )
    (one,) = verify_file(path).broken
    assert one.text == (
        "大客户部-2026-001　𫖯𬭎𠮷　定分记录：2026-01-01 起的考核重新计算后不同：total"
    )


def test_a_cut_log_is_found_against_the_head_on_paper(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        head = connection.execute("SELECT max(sequence), hash FROM audit").fetchone()
    noted = f"{head[0]}-{head[1][:8]}"
    assert verify_file(path, head=noted).broken == ()
    tool(path, "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")
    (one, *_) = [one for one in verify_file(path, head=noted).broken if one.part is Part.AUDIT]
    assert f"应至少到第 {head[0]} 条" in one.text
    assert main(["verify", str(path), "--head", "abc"]) == 2


def test_a_file_too_damaged_to_open_is_broken_as_a_whole(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER papers_no_update")
    assert main(["verify", str(path)]) == 1
    assert re.search("公司文件：.*保护记录的规则被改动过", capsys.readouterr().out)
    assert main(["verify", str(path.with_name("没有.kpidesk"))]) == 2


def test_it_can_be_cancelled(office: Office) -> None:
    class Impatient:
        cancelled = True

        def step(self, done: int, total: int, text: str = "") -> None:
            assert done == 0, (total, text)

    assert verify(office.company, progress=Impatient()).cancelled

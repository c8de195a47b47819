"""What may not be changed is kept by the file itself, whoever opens it with whatever program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from kpidesk.store.file import CompanyFile

FILL = """
INSERT INTO departments(id, name) VALUES (1, '销售部');
INSERT INTO people(id, number, name, pinyin, department_id, post)
  VALUES (1, '001', '张三', 'zs', 1, '经理');
INSERT INTO schemes VALUES ('plain', 1, '方案', '{}', 'h');
INSERT INTO contracts VALUES
  (1, '1', 1, '001', '张三', '销售部', '经理', 'plain', 1, NULL, NULL, 'r', '2026-01-01',
   '2027-01-01', 'draft', 1, NULL, NULL, '{}', 'h', NULL, NULL, NULL),
  (2, '2', 1, '001', '张三', '销售部', '经理', 'plain', 1, NULL, NULL, 'r', '2026-01-01',
   '2027-01-01', 'printed', 1, '2026-01-05', NULL, '{}', 'h', NULL, NULL, NULL),
  (3, '3', 1, '001', '张三', '销售部', '经理', 'plain', 1, NULL, NULL, 'r', '2026-01-01',
   '2027-01-01', 'signed', 1, '2026-01-05', '2026-01-06', '{}', 'h', NULL, NULL, NULL);
INSERT INTO papers VALUES (3, 1, 'party_a', x'00', 'h');
INSERT INTO frozen VALUES (1, 3, 1, '{}', 'h', '0', 's');
INSERT INTO copy_steps VALUES (3, 1, 'party_a', 1, 'printed', '2026-01-05', '王芳', '');
INSERT INTO audit VALUES (1, '', '王芳', 'x', 'y', NULL, NULL, '', '0', 'h', '');
INSERT INTO appraisals VALUES
  (1, 3, 1, '2026-01-01', '2026-02-01', 'open', '{}', NULL, 0, NULL, NULL, NULL),
  (2, 3, 1, '2026-02-01', '2026-03-01', 'open', '{}', NULL, 0, NULL, NULL, NULL);
INSERT INTO appraisal_entries(appraisal_id, name, period, value, entered_by, entered_on, source)
  VALUES
  (1, 'sales', 'cycle', '1', '王芳', NULL, ''), (2, 'sales', 'cycle', '1', '王芳', NULL, '');
INSERT INTO appraisal_exemptions VALUES (2, '回款', 'full', '因', '王芳', NULL);
INSERT INTO appraisal_raters VALUES (2, 'peer', '[]');
INSERT INTO second_entries VALUES (2, 'sales', 'cycle', '1', '王芳', NULL, '');
INSERT INTO plan_looks VALUES (1, 2, '培训', 'done', '去了', '2026-03-01', NULL, '王芳');
INSERT INTO appraisal_overrides VALUES
  (1, 'sales', '1', '因', '王芳', NULL), (2, 'sales', '1', '因', '王芳', NULL);
UPDATE appraisals SET state = 'scored' WHERE id = 2;
INSERT INTO pay_facts VALUES
  (1, 'plain', 1, 'x', 'cycle', '2026-01-01', '1', '', '', '', '2026-03-01');
INSERT INTO pay_lines VALUES (1, 'plain', 1, NULL, '{}', '', '', '', '2026-03-01');
INSERT INTO pay_runs VALUES
  (1, 'plain', 1, '2026-01', '2026-01-01', '2027-01-01', '王芳', '2026-03-01', '{}', 'h');
INSERT INTO pay_reversals VALUES (1, '因', '王芳', '2026-03-02');
INSERT INTO account_entries VALUES
  (1, 1, 1, '补基数', '2026Q1', '2026Q1', 'add', '5', 'R1', '差额', NULL);
INSERT INTO scans VALUES (1, 'a.pdf', 1, '王芳', '2026-03-01', 'h', x'00');
INSERT INTO scan_pages VALUES (1, 1, 0, 'whole', 0, 'c', 'waiting', '', '王芳', '2026-03-01',
  NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO results VALUES (2, 1, '66.00', 'A', '王芳', '2026-03-01', '{}', 'h');
"""
FORGED = (
    "(?, ?, 1, '001', '张三', '销售部', '经理', 'plain', 1, NULL, NULL, 'r', '2026-01-01',"
    " '2027-01-01', 'draft', 1, NULL, NULL, '{1}', 'h', NULL, NULL, NULL)"
)
"""A contract that would take the place of another, by its id or by its number."""


@pytest.fixture
def tool(company: CompanyFile) -> Iterator[sqlite3.Connection]:
    """Open a filled file in somebody's database tool."""
    company.close()
    with closing(sqlite3.connect(company.path, isolation_level=None)) as connection:
        connection.executescript(FILL)
        yield connection


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE schemes SET body = '{1}'", "方案的版本"),
        ("DELETE FROM schemes", "方案的版本"),
        ("UPDATE results SET total = '100.00'", "定分记录只能追加"),
        ("DELETE FROM results", "定分记录只能追加"),
        ("UPDATE papers SET pdf = x'01'", "打印存档"),
        ("DELETE FROM papers", "打印存档"),
        ("UPDATE pay_facts SET value = '2'", "薪酬数据只能追加"),
        ("DELETE FROM pay_facts", "薪酬数据只能追加"),
        ("UPDATE pay_lines SET body = '{1}'", "薪酬事项只能追加"),
        ("DELETE FROM pay_lines", "薪酬事项只能追加"),
        ("UPDATE pay_runs SET body = '{1}'", "已结算的薪酬不能改动"),
        ("DELETE FROM pay_runs", "已结算的薪酬不能改动"),
        ("UPDATE pay_reversals SET reason = '无'", "冲销记录只能追加"),
        ("DELETE FROM pay_reversals", "冲销记录只能追加"),
        ("UPDATE account_entries SET amount = '6'", "台账只能追加"),
        ("DELETE FROM account_entries", "台账只能追加"),
        ("DELETE FROM contracts WHERE id = 1", "只能作废"),
        ("UPDATE frozen SET body = '{1}'", "存档不能改动"),
        ("DELETE FROM frozen", "存档不能改动"),
        ("UPDATE copy_steps SET state = 'signed'", "登记只能追加"),
        ("DELETE FROM copy_steps", "登记只能追加"),
        ("UPDATE OR REPLACE contracts SET number = '3' WHERE id = 1", "不能顶替"),
        ("UPDATE OR REPLACE contracts SET id = 3 WHERE id = 1", "不能顶替"),
        ("UPDATE OR REPLACE appraisal_entries SET appraisal_id = 2", "已经定分"),
        ("UPDATE contracts SET terms = '{1}' WHERE id = 3", "已签署"),
        ("UPDATE contracts SET state = 'draft', signed_on = NULL WHERE id = 3", "已签署"),
        ("UPDATE contracts SET terms = '{1}' WHERE id = 2", "先退回草稿"),
        ("UPDATE contracts SET person_name = '李四' WHERE id = 2", "先退回草稿"),
        ("UPDATE contracts SET term_end = '2028-01-01' WHERE id = 2", "先退回草稿"),
        ("UPDATE scans SET content = x'01'", "扫描件不能改动"),
        ("DELETE FROM scans", "扫描件不能改动"),
        ("DELETE FROM scan_pages", "扫描的页不能删除"),
        ("UPDATE scan_pages SET codes = 'd'", "读到的内容不能改动"),
        ("UPDATE scan_pages SET sheet = 2", "读到的内容不能改动"),
        ("DELETE FROM appraisals", "评分表不能删除"),
        (
            "INSERT INTO appraisal_entries VALUES (2, 'x', 'cycle', '1', '', NULL, '', '[]')",
            "已经定分",
        ),
        ("UPDATE appraisal_entries SET value = '2' WHERE appraisal_id = 2", "已经定分"),
        ("DELETE FROM appraisal_entries WHERE appraisal_id = 2", "已经定分"),
        ("UPDATE appraisal_exemptions SET reason = '病假'", "已经定分"),
        ("DELETE FROM appraisal_raters", "已经定分"),
        ("UPDATE second_entries SET value = '2'", "已经定分"),
        ("INSERT INTO appraisal_raters VALUES (2, 'self', '[]')", "已经定分"),
        ("UPDATE plan_looks SET result = '没去'", "只能追加"),
        ("INSERT INTO appraisal_overrides VALUES (2, 'x', '1', '因', '', NULL)", "已经定分"),
        ("UPDATE appraisal_overrides SET score = '2' WHERE appraisal_id = 2", "已经定分"),
        ("DELETE FROM appraisal_overrides WHERE appraisal_id = 2", "已经定分"),
    ],
)
def test_what_must_stay_is_refused_to_every_program(
    tool: sqlite3.Connection, sql: str, said: str
) -> None:
    before = list(tool.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match=said):
        tool.execute(sql)
    assert list(tool.iterdump()) == before


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("contracts", FORGED.replace("?, ?", "3, '3'"), "不能顶替"),
        ("contracts", FORGED.replace("?, ?", "9, '3'"), "不能顶替"),
        ("contracts", FORGED.replace("?, ?", "2, '2'"), "不能顶替"),
        ("papers", "(3, 1, 'party_a', x'01', 'h')", "打印存档"),
        ("frozen", "(1, 3, 1, '{1}', 'h', '0', 't')", "存档不能改动"),
        ("frozen", "(2, 3, 1, '{1}', 'h', '0', 't')", "存档不能改动"),
        ("frozen", "(2, 2, 1, '{1}', 'h', '0', 's')", "存档不能改动"),
        ("copy_steps", "(3, 1, 'party_a', 1, 'signed', '2026-01-05', '', '')", "登记只能追加"),
        ("schemes", "('plain', 1, '方案', '{1}', 'h')", "方案的版本"),
        ("results", "(2, 1, '99.00', 'A', '王芳', '2026-03-01', '{}', 'h')", "只能追加"),
        ("audit", "(1, '', '李四', 'x', 'y', NULL, NULL, '', '0', 'i', '')", "日志只能追加"),
        ("audit", "(2, '', '李四', 'x', 'y', NULL, NULL, '', '0', 'h', '')", "日志只能追加"),
        ("appraisals",
         "(2, 3, 1, '2026-02-01', '2026-03-01', 'open', '{}', NULL, 0, NULL, NULL, NULL)",
         "评分表不能顶替"),
        ("appraisals",
         "(9, 3, 1, '2026-02-01', '2026-03-01', 'open', '{}', NULL, 0, NULL, NULL, NULL)",
         "评分表不能顶替"),
    ],
)  # fmt: skip
def test_what_must_stay_is_not_replaced_either(
    tool: sqlite3.Connection, table: str, values: str, said: str
) -> None:
    before = list(tool.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match=said):
        tool.execute(f"INSERT OR REPLACE INTO {table} VALUES {values}")  # noqa: S608 - our own words
    assert list(tool.iterdump()) == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contracts SET terms = '{1}' WHERE id = 1",
        "UPDATE contracts SET state = 'draft', printed_on = NULL, revision = 2 WHERE id = 2",
        "UPDATE contracts SET state = 'signed', signed_on = '2026-01-06' WHERE id = 2",
        "UPDATE contracts SET state = 'void' WHERE id = 2",
        "UPDATE appraisal_entries SET value = '2' WHERE appraisal_id = 1",
        "DELETE FROM appraisal_overrides WHERE appraisal_id = 1",
        "UPDATE scan_pages SET state = 'discarded', reason = '因' WHERE id = 1",
        "UPDATE appraisals SET state = 'open' WHERE id = 2",
        "INSERT INTO results VALUES (2, 2, '67.00', 'A', '王芳', '2026-03-02', '{}', 'h')",
    ],
)
def test_what_the_office_does_every_day_is_not(tool: sqlite3.Connection, sql: str) -> None:
    assert tool.execute(sql).rowcount == 1

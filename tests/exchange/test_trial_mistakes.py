"""A mistake in a trial file is answered in Chinese, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpidesk.core.errors import KpiDeskError
from kpidesk.exchange.trial_file import read_trial
from kpidesk.usecases.trials import try_file

GOOD = """\
title = "One year"
scheme = "director-annual"
certainty = "text"
[cycle]
starts_on = 2024-01-01
[parameters]
rollup = "year_end"
[[people]]
id = "A"
role = "director"
[[people]]
id = "B"
role = "director"
hired_on = 2024-02-01
[facts.A]
"score.团队建设" = { "2024Q1" = 80, "cycle" = 90 }
"target.利润率" = 10
[facts.B]
"score.团队建设" = 70
[expect]
findings = []
[expect.A]
absent = ["total"]
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "a.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_file_without_a_mistake_is_read(tmp_path: Path) -> None:
    trial, scheme = read_trial(write(tmp_path, GOOD))
    assert trial.problems == ()
    assert scheme.id == "director-annual"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            'certainty = "text"',
            "certainty text",
            "第 3 行有语法错误，不是有效的 TOML：名称",
        ),
        ('title = "One year"', 'title = "One year', "第 1 行有语法错误"),
        ('id = "A"', 'id = "A" role', "第 9 行有语法错误，不是有效的 TOML：一行只能写一项"),
        ('"score.团队建设" = 70', "score.团队建设 = 70", "第 19 行有语法错误"),
        ("[expect]", '"score.团队建设" = 71\n[expect]', "同一个名称写了两次"),
        ("absent = [", "absent = [[", "有语法错误"),
        ('scheme = "director-annual"', 'scheme = "director"', "第 2 行：没有内置方案“director”"),
        ('scheme = "director-annual"', "", "缺少 scheme"),
        ('title = "One year"', 'title = ""', "第 1 行：缺少 title"),
        ('title = "One year"', 'title = """a\nb"""', "第 1 行：title 只能写一行"),
        ('certainty = "text"', 'certainty = "sure"', "第 3 行：certainty 应为 text、default、open"),
        ("starts_on = 2024-01-01", 'starts_on = "2024-01-01"', "第 5 行：starts_on"),
        (
            "starts_on = 2024-01-01",
            "starts_on = 2024-01-01T00:00:00",
            "第 5 行：starts_on",
        ),
        ("starts_on = 2024-01-01", "starts_on = 9999-06-01", "a.toml：年份 10000 超出范围"),
        ("starts_on = 2024-01-01", "starts_on = 2024-02-30", "TOML：没有这一天"),
        ("= 70", "= " + "9" * 5000, "a.toml：数字过长，或括号嵌套过深"),
        ("= 70", "= " + "[" * 5000, "a.toml：数字过长，或括号嵌套过深"),
        ("[cycle]\nstarts_on = 2024-01-01", "cycle = 2024", "第 4 行：缺少 [cycle]"),
        ('id = "B"', "id = 7", "第 11 行：[[people]] 的每个人都要有文字的 id 和 role"),
        ("findings = []", 'findings = "refund"', "第 21 行：findings 应为一组文字"),
        ("findings = []", "blocked = 1", "第 21 行：blocked 应为 true 或 false"),
        ("findings = []", "total = 5", "第 21 行：[expect] 没有“total”这一项"),
        ('absent = ["total"]', "absent = 5", "第 23 行：absent 应为一组文字"),
        ('[facts.B]\n"score.团队建设" = 70', "[facts]\nB = 70", "[facts.B] 应为一张表"),
        ('[parameters]\nrollup = "year_end"', "[[parameters]]\nx = 1", "[parameters] 应为一张表"),
    ],
)
def test_a_file_that_is_no_trial_is_refused(
    tmp_path: Path, old: str, new: str, wanted: str
) -> None:
    assert old in GOOD
    with pytest.raises(KpiDeskError) as refused:
        try_file(write(tmp_path, GOOD.replace(old, new, 1)))
    assert wanted in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "code", "wanted"),
    [
        ("[cycle]", "colour = 1\n[cycle]", "unknown-name", "没有“colour”这一项(第 4 行)"),
        ("[cycle]", "note = 1\n[cycle]", "bad-value", "note 应为文字(第 4 行)"),
        ("[parameters]", "end = 1\n[parameters]", "unknown-name", "没有“end”这一项(第 6 行)"),
        ("[parameters]", 'ends_on = "x"\n[parameters]', "bad-value", "ends_on 应为日期"),
        ("[parameters]", "ends_on = 2024-12-30\n[parameters]", "bad-value", "(第 6 行)"),
        ("rollup =", "roll_up =", "unknown-name", "没有参数“roll_up”，请核对名称(第 7 行)"),
        ('"year_end"', '"sum"', "bad-value", "的值 “sum” 不对"),
        ('"year_end"', "[1]", "bad-value", "参数“rollup”应为一个值(第 7 行)"),
        ("hired_on = 2024-02-01", 'hired_on = "2024"', "bad-value", "hired_on 应为日期"),
        ("hired_on = 2024-02-01", "group = 1", "bad-value", "group 应为文字(第 14 行)"),
        ("hired_on = 2024-02-01", "age = 40", "unknown-name", "没有“age”这一项(第 14 行)"),
        ("hired_on = 2024-02-01", "left_on = 2023-01-01\nhired_on = 2024-02-01", "bad-value",
         "早于入职日期(2024-02-01)，请改正其中一个(第 14 行)"),
        ('id = "B"', 'id = "A"', "bad-value", "人员 id “A”重复或不可用(第 12 行)"),
        ('id = "B"', 'id = "team"', "bad-value", "人员 id “team”重复或不可用(第 12 行)"),
        ('id = "B"\nrole = "director"', 'id = "B"\nrole = "boss"', "unknown-name", "(第 13 行)"),
        ('"score.团队建设" = 70', '"score.团队" = 70', "unknown-name",
         "没有数据项“score.团队”，请核对名称(第 19 行)"),
        ('"score.团队建设" = 70', '"score.团队建设" = "优"', "bad-value",
         "“团队建设得分”的值 “优” 不对，应为一个数字(第 19 行)"),
        ('"score.团队建设" = 70', '"score.团队建设" = 1e999999', "bad-value", "“1E+999999” 不对"),
        ('rollup = "year_end"', '"weight.利润率" = 1e999999', "bad-value", "“1E+999999” 不对"),
        ('rollup = "year_end"', f'"weight.利润率" = "{10**30}"', "bad-value", "不对，应为数字"),
        ("[expect]", "[[events.A]]\nkind = 'sale'\non = 2024-02-01\namount = 1e99\n[expect]",
         "bad-value", "事项的“amount”应为一个值"),
        ('"2024Q1" = 80', '"2024Q5" = 80', "bad-value", "“2024Q5”不是期间"),
        ('"2024Q1" = 80', '"2023Q1" = 80', "bad-value", "(第 16 行)"),
        ('"2024Q1" = 80', "each = 80", "bad-value", "“each”不是期间"),
        ("[facts.B]", "[facts.C]", "unknown-name", "“C”不在被考核人之中"),
        ('rollup = "year_end"', '"weight.利润率" = 11', "weights-not-parent", "却是 41%"),
        ("[expect]", "[[events.A]]\nkind = 'sale'\non = 2024-02-01\n[expect]", "unknown-name",
         "没有事项“sale”"),
        ("[expect]", "[[events.A]]\nkind = 'sale'\n[expect]", "bad-value", "缺少 on"),
        ("[expect]", "[[events.A]]\non = 2024-02-01\n[expect]", "bad-value", "缺少 kind"),
        ("[expect]", "[events]\nA = 'sale'\n[expect]", "bad-value", "应为一组事项(第 21 行)"),
    ],
)  # fmt: skip
def test_a_wrong_name_or_value_blocks_the_trial(
    tmp_path: Path, old: str, new: str, code: str, wanted: str
) -> None:
    assert old in GOOD
    outcome = try_file(write(tmp_path, GOOD.replace(old, new, 1)))
    assert outcome.evaluation.blocked
    assert outcome.evaluation.results == {}
    found = [one for one in outcome.evaluation.findings if one.code == code]
    assert any(wanted in one.message for one in found), found


def test_a_score_that_cannot_stand_names_its_line(tmp_path: Path) -> None:
    outcome = try_file(write(tmp_path, GOOD.replace("= 70", "= 101")))
    (found,) = (one for one in outcome.evaluation.findings if one.code == "score-out-of-range")
    assert found.message.endswith("应在 0 到 100 分之间(第 19 行)")


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match="不是 UTF-8"):
        try_file(write(tmp_path, GOOD.replace("One year", "一年").encode("gbk")))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match=r"无法读取\(这是文件夹，不是文件\)"):
        try_file(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match=r"无法读取\(没有这个文件\)"):
        try_file(tmp_path / "none.toml")


def test_a_name_that_no_file_can_have_says_why(tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match=r"无法读取\(.+\)，请检查路径和权限"):
        try_file(tmp_path / ("x" * 5000))


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert not try_file(write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).evaluation.blocked

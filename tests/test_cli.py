"""`kpidesk trial` as a person at a terminal meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpidesk.cli import main
from kpidesk.cli.plain import plain_digits
from kpidesk.exchange.builtin import builtin_ids

GOOD = """title = "One year"
scheme = "key-account-director"
certainty = "text"
[cycle]
starts_on = 2024-01-01
[[people]]
id = "A"
role = "director"
[facts.A]
final_score = 89.5
[expect.A]
grade = "良好"
"""


def write(folder: Path, text: str, name: str = "a.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_trial_prints_its_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trial", write(tmp_path, GOOD)]) == 0
    shown = capsys.readouterr().out
    assert "A total = 89.50" in shown
    assert "A grade = 良好" in shown
    assert "[ambiguous-clause]" in shown


def test_an_explanation_names_clause_source_and_original_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trial", "--explain", write(tmp_path, GOOD)]) == 0
    shown = capsys.readouterr().out
    assert "考核最终得分 = 89.50分  〔R02〕  ［a.toml 第 10 行］" in shown
    assert "“良好”的下限 = 按标准对照 考核最终得分 89.50分 = 80分  〔R02〕" in shown
    assert "〔R02〕 原文：由此划分优秀" in shown


def test_json_holds_results_findings_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, GOOD)
    assert main(["trial", "--json", path]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert list(one) == ["file", "scheme", "blocked", "results", "findings"]
    assert one["file"] == path
    assert one["scheme"] == "key-account-director"
    assert one["blocked"] is False
    assert one["results"] == {"A": {"total": "89.50", "grade": "良好"}}
    assert list(one["findings"][0]) == ["code", "subject", "name", "period", "message"]


def test_json_with_explanations_adds_the_derivations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trial", "--json", "--explain", write(tmp_path, GOOD)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["derivations"]["A"]["total"] == ["考核最终得分 = 89.50分  〔R02〕"]


def test_json_gives_periods_where_a_result_has_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dimensions = ("业务绩效", "管理绩效", "个人能力", "企业文化传承")
    facts = "\n".join(f'"score.{one}" = {{ cycle = 80, "2024Q2" = 70 }}' for one in dimensions)
    text = GOOD.replace("key-account-director", "director-annual")
    text = text.replace("final_score = 89.5", facts).replace('grade = "良好"', "")
    assert main(["trial", "--json", write(tmp_path, text)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["results"]["A"]["total"] == {"2024Q2": "70.00", "cycle": "80.00"}
    assert one["results"]["A"]["points.业务绩效"] == "32.00"


def test_a_check_says_every_difference_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = GOOD.replace('[expect.A]\ngrade = "良好"', """[expect]
findings = ["missing-fact"]
absent_findings = ["ambiguous-clause"]
blocked = true
[expect.A]
grade = "优秀"
total = "89.51"
full_points = 3
absent = ["total", "grade@cycle"]""")  # fmt: skip
    status = main(["trial", "--check", write(tmp_path, GOOD), write(tmp_path, wrong, "b.toml")])
    shown = capsys.readouterr().out
    assert status == 1
    for difference in (
        "A 的 grade：应为 优秀，算出 良好",
        "A 的 total：应为 89.51，算出 89.50",
        "A 的 full_points：应为 3，没有算出",
        "A 的 total(cycle)：不应算出，却算出 89.50",
        "A 的 grade(cycle)：不应算出，却算出 良好",
        "应报告 missing-fact，没有报告",
        "不应报告 ambiguous-clause，却报告了",
        "应当阻止计算，却算出了结果",
    ):
        assert f"✗ b.toml：{difference}" in shown
    assert "1 passed, 1 failed" in shown


def test_a_check_in_json_keeps_the_json_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, GOOD.replace("良好", "优秀"))
    assert main(["trial", "--check", "--json", path]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["scheme"] == "key-account-director"
    assert "应为 优秀" in shown.err


def test_a_check_that_holds_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trial", "--check", write(tmp_path, GOOD)]) == 0
    assert "1 passed, 0 failed" in capsys.readouterr().out


def test_numbers_are_compared_by_value(tmp_path: Path) -> None:
    for wanted in ("89.5", '"89.50"', '"89.5"', "89.500"):
        text = GOOD.replace('grade = "良好"', f"total = {wanted}")
        assert main(["trial", "--check", write(tmp_path, text)]) == 0
    for wanted in ("true", '"八十九"', "89", "2024-01-01"):
        text = GOOD.replace('grade = "良好"', f"total = {wanted}")
        assert main(["trial", "--check", write(tmp_path, text)]) == 1


def test_an_unreadable_file_does_not_hide_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["trial", "--check", str(tmp_path / "none.toml"), write(tmp_path, GOOD)])
    shown = capsys.readouterr()
    assert status == 2
    assert "无法读取" in shown.err
    assert "1 passed, 1 failed" in shown.out


def test_a_blocked_trial_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = GOOD.replace("final_score = 89.5", "final_score = true")
    assert main(["trial", write(tmp_path, text)]) == 0
    shown = capsys.readouterr().out
    assert "计算被阻止" in shown
    assert "total" not in shown


def test_the_schemes_are_listed_with_what_each_computes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schemes"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {row[0] for row in rows} == set(builtin_ids())
    by_id = {row[0]: row[1:] for row in rows}
    assert by_id["account-manager-kpi"] == [
        "大客户经理/专员绩效考核指标",
        "原文第 231–232 行",
        "指标得分、总分",
    ]
    computed = {name: row[-1] for name, row in by_id.items()}
    assert computed["service-director-growth"] == "指标得分、总分、等级"
    assert computed["key-account-director"] == "总分（填写得分）、等级"
    assert computed["key-account-metrics"] == "指标数值、指标得分、总分（须先填写权重）"
    assert computed["key-account-sales-bonus"] == "薪酬"
    assert computed["sales-director"] == "不能计算（原文缺失）"


def test_a_reader_that_has_seen_enough_gets_no_traceback() -> None:
    """kpidesk schemes | head -1: what was not read is not said to be well."""
    code = (
        "import os, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "from kpidesk.cli import main\n"
        "sys.exit(main(['schemes']))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


FLAWLESS = """id = "own"
version = 1
title = "公司方案"
contract_title = "责任书"
source_lines = ""
cycle = "year"
[[roles]]
name = "seller"
title = "销售"
[aggregation]
kind = "points_sum"
declared = 100
normalise = { parameter = "normalise" }
[[parameters]]
name = "normalise"
label = "折算百分制"
kind = "flag"
meaning = ""
default = false
[[indicators]]
name = "业绩"
worth = 100
rule = { kind = "manual" }
"""


def test_a_check_up_groups_flaws_by_severity_with_clause_and_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lint", "account-manager-kpi"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("大客户经理/专员绩效考核指标（account-manager-kpi）：错误 1，警告 ")
    order = [lines.index(one) for one in ("错误", "警告", "提示")]
    assert order == sorted(order)
    assert lines[order[0] + 1].startswith("  ［满分合计不对］〔R01〕各指标满分合计 85 分")
    assert lines[order[0] + 2] == "      原文：KPI 考核指标100分"
    assert lines[order[0] + 3] == "      可以这样改：把表头的满分改为 85 分"
    assert "    95.01% → 25 分" in lines


def test_a_check_up_of_a_file_without_errors_ends_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", write(tmp_path, FLAWLESS)]) == 0
    assert capsys.readouterr().out == "公司方案（own）：错误 0，警告 0，提示 0\n"
    paying = f'{FLAWLESS}[[pay]]\nkind = "formula_pay"\nresult = "x"\nlabel = "工资"\n'
    path = write(tmp_path, f'{paying}expression = "3000元 − 100元"\n')
    assert main(["lint", path, "--minimum-wage", "2,320元"]) == 0
    assert "可能低于当地最低工资 2,320 元/月" in capsys.readouterr().out


def test_a_check_up_speaks_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "service-director-ten-point", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["scheme"] == "service-director-ten-point"
    first = found["flaws"][0]
    assert (first["severity"], first["kind"]) == ("error", "contradiction")
    assert {"value": "89.99 分", "applies": "良好"} in found["lines"][0]["points"]


@pytest.mark.parametrize("which", ["nothing-known", "missing.toml"])
def test_a_check_up_of_nothing_readable_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    name = str(tmp_path / which) if which.endswith("toml") else which
    assert main(["lint", name]) == 2
    assert capsys.readouterr().err
    assert main(["lint", write(tmp_path, FLAWLESS.replace("worth", "wroth"))]) == 2
    assert "是不是“worth”？" in capsys.readouterr().err


def test_a_minimum_wage_that_is_no_number_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["lint", "sales-director", "--minimum-wage", "两千"])
    assert ended.value.code == 2
    assert "两千" in capsys.readouterr().err


def test_an_explained_trial_says_once_what_is_equally_true_of_several_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = Path(__file__).parent / "cases" / "bank-account-manager" / "031-hired-mid-year.toml"
    message = "缺少“贷款日均”（2024），请填写后再计算；未填的不按零处理"
    counts = {}
    for option in ("--explain", "--check", "--json"):
        main(["trial", option, str(case)])
        counts[option] = capsys.readouterr().out.count(message)
    assert counts == {"--explain": 1, "--check": 2, "--json": 2}


def test_amounts_are_grouped_for_readers_and_plain_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = Path(__file__).parent / "cases" / "client-department" / "001-one-fen-above.toml"
    grouped = re.compile(r"\d,\d{3}")
    main(["trial", "--explain", str(case)])
    assert grouped.search(capsys.readouterr().out)
    main(["trial", "--explain", "--json", str(case)])
    printed = capsys.readouterr().out
    assert not grouped.search(printed)
    assert any(json.loads(printed)[0]["derivations"].values())
    for options, found in (([], "不足 2,900 元"), (["--json"], "不足 2900 元")):
        main(["lint", "client-department", "--minimum-wage", "2320", *options])
        assert found in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("为 1,234.50 元", "为 1234.50 元"),
        ("−8,000,000元、3,000元", "−8000000元、3000元"),
        ("1,2 和 12,34 和 1,2345", "1,2 和 12,34 和 1,2345"),
    ],
)
def test_only_thousands_are_taken_together(text: str, plain: str) -> None:
    assert plain_digits(text) == plain

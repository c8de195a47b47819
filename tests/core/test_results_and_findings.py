"""How results and findings are shown to people, and how a trial is judged against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kpidesk.core.explain import show_figure, show_money
from kpidesk.core.figure import POINTS, YUAN, Figure, Unit, given
from kpidesk.core.findings import Code, Effect, Finding, condensed, shared
from kpidesk.core.results import Evaluation, Result, ResultValue, Table
from kpidesk.core.settings import Choice, Parameter, ParameterKind, SettingValue
from kpidesk.core.trial import Absent, Expectation, Expected, differences, equal

SCORE = given("24.00", POINTS, "销售完成率得分")
PAID = given("1234.50", YUAN, "当季奖金")
OPEN = Table((("2024Q1", PAID), ("2024Q2", given("0.00", YUAN, "差额"))))


def result(value: ResultValue, name: str = "total", period: str = "cycle") -> Result:
    return Result("A", name, period, value)


def outcome(
    *results: Result, findings: Sequence[Finding] = (), blocked: bool = False
) -> Evaluation:
    by_key = {(one.subject, one.name, one.period): one for one in results}
    return Evaluation(by_key, tuple(findings), blocked=blocked)


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        (SCORE, "24.00", "24.00分"),
        (PAID, "1234.50", "1,234.50元"),
        ("优秀", "优秀", "优秀"),
        (True, "是", "是"),
        (False, "否", "否"),
        (OPEN, "2024Q1：1234.50、2024Q2：0.00", "2024Q1：1234.50、2024Q2：0.00"),
        (Table(), "无", "无"),
        (("2024Q1", "2024Q2"), "2024Q1、2024Q2", "2024Q1、2024Q2"),
        ((), "无", "无"),
        (date(2024, 3, 31), "2024-03-31", "2024-03-31"),
    ],
)
def test_a_result_is_shown_as_people_write_it(value: ResultValue, text: str, shown: str) -> None:
    one = result(value)
    assert (one.text, one.shown) == (text, shown)


def test_a_result_is_called_as_its_figure_or_else_by_its_name() -> None:
    assert result(SCORE).title == "销售完成率得分"
    assert Result("A", "grade", "cycle", "优秀", SCORE).title == "销售完成率得分"
    assert result("优秀", "grade").title == "grade"
    assert result(given(1, POINTS, ""), "total").title == "total"


def test_a_result_of_a_known_line_is_called_and_said_as_the_line_is() -> None:
    paid = Result("A", "release", "cycle", "each", label="补发方式", said="补足一季，补发一季")
    assert (paid.title, paid.shown, paid.text) == ("补发方式", "补足一季，补发一季", "each")


def missing(period: str, message: str = "缺少“实际销售额”（{}）", **more: str) -> Finding:
    name = more.get("name", "sales")
    return Finding(
        more.get("code", Code.MISSING_FACT),  # type: ignore[arg-type]
        Effect.WITHHOLDS,
        message.format(period),
        "A",
        name,
        period,
    )


def test_what_is_missing_in_many_periods_is_said_once() -> None:
    told = condensed([missing("2024-02"), missing("2024-03"), missing("2024-04", name="cost")])
    assert [one.message for one in told] == [
        "缺少“实际销售额”（2024-02 至 2024-03，共 2 个期间）",
        "缺少“实际销售额”（2024-04）",
    ]


def test_what_is_missing_is_told_from_the_first_period_whatever_came_up_first() -> None:
    told = condensed([missing("2024Q1"), missing("2023Q4"), missing("2024Q2")])
    assert [one.message for one in told] == ["缺少“实际销售额”（2023Q4 至 2024Q2，共 3 个期间）"]


def test_findings_that_differ_in_more_than_the_period_are_all_said() -> None:
    others = [
        missing("2024-02", code=Code.ZERO_TARGET),
        missing("2024-03", code=Code.ZERO_TARGET),
        missing("2024-02", "没有填写“实际销售额”"),
    ]
    assert condensed(others) == tuple(others)


def test_the_very_same_finding_is_said_once() -> None:
    twice = [missing("cycle", "参数没有填写"), missing("cycle", "参数没有填写")]
    assert condensed(twice) == (twice[0],)


def warning(subject: str, message: str = "条款有歧义。") -> Finding:
    return Finding(Code.AMBIGUOUS_CLAUSE, Effect.WARNS, message, subject, "x", "cycle")


def test_what_is_equally_true_of_several_people_is_said_once_with_their_names() -> None:
    told = shared([warning("张三"), warning("李四"), warning("张三", "另一条。"), warning("王五")])
    assert [(one.subject, one.message) for one in told] == [
        ("", "条款有歧义。涉及：张三、李四、王五。"),
        ("张三", "另一条。"),
    ]


def test_what_is_true_of_the_team_or_the_cycle_stands_alone() -> None:
    told = shared([warning("team"), warning("张三"), warning("cycle"), warning("李四")])
    assert [one.subject for one in told] == ["team", "", "cycle"]


def test_of_many_people_the_first_are_named_and_all_counted() -> None:
    [told] = shared([warning(f"员工{number}", "没有数据") for number in range(1, 31)])
    assert told.message.startswith("没有数据；涉及：员工1、员工2、")
    assert told.message.endswith("、员工12等 30 人。")


def test_what_one_person_lacks_in_many_periods_is_merged_before_people_are() -> None:
    lacks = [replace(missing(period), subject=who) for who in "AB" for period in ("Q1", "Q2")]
    [told] = shared(lacks)
    assert told.message == "缺少“实际销售额”（Q1 至 Q2，共 2 个期间）；涉及：A、B。"


CHOICE = Parameter(
    "steps", "档", ParameterKind.CHOICE, "", choices=(Choice("whole", "满一档才计"),), unit="分"
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (False, "否"),
        (Decimal("2.50"), " 2.50分"),
        ("none", "不设限"),
        ("whole", "“满一档才计”"),
        ("other", "“other”"),
    ],
)
def test_a_value_of_a_parameter_is_said_in_words(value: SettingValue, text: str) -> None:
    assert CHOICE.text(value) == text


# -- trials -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wanted", "same"),
    [
        (SCORE, Decimal(24), True),
        (SCORE, "24.0", True),
        (SCORE, Decimal(25), False),
        (SCORE, "优秀", False),
        (SCORE, True, False),
        ("优秀", "优秀", True),
        ("优秀", "良好", False),
        (True, True, True),
        (True, "是", False),
        (("a", "b"), ("a", "b"), True),
        (("a", "b"), ("b", "a"), False),
        (date(2024, 3, 31), date(2024, 3, 31), True),
        (date(2024, 3, 31), "2024-03-31", True),
        (date(2024, 3, 31), "2024-04-01", False),
        (OPEN, {"2024Q1": Decimal("1234.5"), "2024Q2": "0"}, True),
        (OPEN, {"2024Q1": Decimal("1234.5")}, False),
        (OPEN, {"2024Q1": Decimal(1), "2024Q2": Decimal(0)}, False),
        (OPEN, Decimal(1234), False),
    ],
)
def test_numbers_are_compared_by_value_and_all_else_as_it_is(
    value: ResultValue, wanted: Expected, *, same: bool
) -> None:
    assert equal(result(value), wanted) is same


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Decimal("1E+1"), "10"),
        (True, "是"),
        (False, "否"),
        ((), "无"),
        (("a", Decimal(2)), "a、2"),
        ({}, "无"),
        ({"2024Q1": Decimal(3)}, "2024Q1：3"),
        (date(2024, 3, 31), "2024-03-31"),
        ("优秀", "优秀"),
    ],
)
def test_a_wrong_result_is_told_beside_what_was_expected(wanted: Expected, shown: str) -> None:
    expected = Expectation(results=(("A", "total", "cycle", wanted),))
    assert list(differences(expected, outcome(result(SCORE)))) == [
        f"A 的 total：应为 {shown}，算出 24.00"
    ]
    assert list(differences(expected, outcome())) == [f"A 的 total：应为 {shown}，没有算出"]


def test_a_result_of_another_period_is_named_with_it() -> None:
    expected = Expectation(results=(("A", "bonus", "2024Q1", Decimal(1)),))
    assert list(differences(expected, outcome(result(PAID, "bonus", "2024Q2")))) == [
        "A 的 bonus(2024Q1)：应为 1，没有算出"
    ]


def test_what_came_out_as_expected_is_no_difference() -> None:
    expected = Expectation(
        results=(("A", "total", "cycle", Decimal(24)),),
        absent=(Absent("A", "grade"), Absent("A", "total", "2024Q1")),
        findings=("missing-fact",),
        absent_findings=("refund",),
    )
    assert list(differences(expected, outcome(result(SCORE), findings=[missing("2024Q1")]))) == []


def test_a_result_that_must_not_be_there_is_told_in_each_of_its_periods() -> None:
    there = outcome(result(SCORE, period="2024Q1"), result(SCORE, period="2024Q2"))
    assert list(differences(Expectation(absent=(Absent("A", "total"),)), there)) == [
        "A 的 total(2024Q1)：不应算出，却算出 24.00",
        "A 的 total(2024Q2)：不应算出，却算出 24.00",
    ]
    only = Expectation(absent=(Absent("A", "total", "2024Q2"),))
    assert len(list(differences(only, there))) == 1


def test_findings_that_lack_or_should_not_be_there_are_told() -> None:
    expected = Expectation(findings=("refund",), absent_findings=("missing-fact",))
    assert list(differences(expected, outcome(findings=[missing("2024Q1")]))) == [
        "应报告 refund，没有报告",
        "不应报告 missing-fact，却报告了",
    ]


@pytest.mark.parametrize(
    ("expected", "says"),
    [(True, "应当阻止计算，却算出了结果"), (False, "计算被阻止，应当算出结果")],
)
def test_a_block_is_compared_too(*, expected: bool, says: str) -> None:
    there = outcome(blocked=not expected)
    assert list(differences(Expectation(blocked=expected), there)) == [says]


def test_the_figure_of_a_result_answers_why() -> None:
    assert isinstance(result(SCORE).derivation, Figure)
    assert result("优秀").derivation is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(600), "600"),
        (Decimal("1234.5"), "1,234.50"),
        (Decimal("-1234567.89"), "-1,234,567.89"),
        (Decimal("-0.5"), "-0.50"),
        (Decimal("1000.005"), "1,000.005"),
        (Fraction(10000, 3), "≈3,333.333333"),
    ],
)
def test_amounts_have_their_thousands_set_apart(value: Decimal | Fraction, text: str) -> None:
    assert show_money(value) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (given(Decimal("1234.5"), YUAN, "奖金"), "1,234.50元"),
        (given(Decimal("12345.5"), Unit("万元"), "销售额"), "12,345.5万元"),
        (given(Decimal(1500), Unit("元", "件"), "单价"), "1,500元/件"),
        (given(Decimal(1500), Unit("户"), "客户"), "1500户"),
        (given(Decimal("1234.567"), YUAN, "奖金").rounded(2), "1,234.57元"),
    ],
)
def test_only_money_is_grouped_in_derivations(figure: Figure, text: str) -> None:
    assert show_figure(figure) == text

"""A formula is read as people write it, computed exactly, and refused with a place and a reason."""

from __future__ import annotations

import time
import tracemalloc
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpidesk.core.explain import explain
from kpidesk.core.figure import RATIO, Figure, Unit
from kpidesk.core.figure import given as given_figure
from kpidesk.core.formula.compute import Computer
from kpidesk.core.formula.parse import MOST_PARTS, parse
from kpidesk.core.formula.place import Place
from kpidesk.core.formula.tree import (
    MOST_DEPTH,
    Both,
    Call,
    Comparison,
    Either,
    FormulaError,
    Function,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Percent,
    Product,
    Sign,
    Sum,
)
from kpidesk.core.formula.values import Term
from kpidesk.core.formula.words import printed, quoted
from kpidesk.core.period import Grain

HERE = Place("A", Grain.CYCLE)


class Known:
    """Values by name, as a formula is given them; months and people are two of each."""

    def __init__(self, values: dict[str, tuple[str, str]]) -> None:
        self.values = values
        self.zeros: list[str] = []

    def value(self, name: Name, place: Place) -> Term | None:
        del place
        if name.text not in self.values:
            return None
        value, unit = self.values[name.text]
        first, _, per = unit.partition("/")
        return Term(given_figure(value, Unit(first, per), name.text))

    def months(self, node: Node, place: Place) -> tuple[Place, ...]:
        del node
        return (place, place)

    def shifted(self, place: Place, function: Function) -> Place:
        del function
        return place

    def group(self, node: Node, place: Place) -> tuple[Place, ...]:
        del node
        return (Place("A", place.grain), Place("B", place.grain))

    def no_divisor(self, divisor: Figure, text: str, place: Place) -> None:
        del divisor, place
        self.zeros.append(text)


def outcome(text: str, **values: tuple[str, str]) -> tuple[Term | None, list[str]]:
    """The value of a formula, and its problems."""
    source = Known(values)
    computer = Computer(source)
    term = computer.run(parse(text, frozenset(values)), HERE)
    return term, [*map(str, computer.problems), *source.zeros]


def value(text: str, **values: tuple[str, str]) -> Figure:
    term, problems = outcome(text, **values)
    assert term is not None, problems
    assert not problems
    return term.figure


def complaint(text: str) -> str:
    with pytest.raises(FormulaError) as refused:
        parse(text)
    return str(refused.value)


# -- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("计提奖金 × (80% + 20% × KPI奖金系数)", "计提奖金 × (80% + 20% × KPI奖金系数)"),
        ("１，０００＋２", "1000 + 2"),
        ("1,000,000.5*3", "1000000.5 × 3"),
        (".5 - 1", "0.5 − 1"),
        ("5万元 ÷ 2", "5万元 ÷ 2"),
        ("1.5亿", "15000万"),
        ("销售额×5 %", "销售额 × 5%"),
        ("if(实际≥目标，基本工资，基本工资×80%)", "如果(实际 ≥ 目标，基本工资，基本工资 × 80%)"),
        ("若（甲>=乙；甲；乙）", "如果(甲 ≥ 乙，甲，乙)"),
        ("甲大于80且乙不低于90或丙≠1", "甲 > 80 且 乙 ≥ 90 或 丙 ≠ 1"),
        ("甲 小于等于 1 AND 乙 <> 2 or 丙!=3", "甲 ≤ 1 且 乙 ≠ 2 或 丙 ≠ 3"),
        ("非(甲 = 乙) 且 not 丙==1", "非(甲 = 乙) 且 非(丙 = 1)"),
        ("max(0,100)", "最大(0，100)"),
        ("最大((1,000), 2)", "最大(1000，2)"),
        ("Round(甲/乙, 2)", "四舍五入(甲 ÷ 乙，2)"),
        ("取整(甲) + ceil(乙) + 进位(丙)", "取整(甲) + 进位(乙) + 进位(丙)"),
        ("-5 + +3", "−5 + 3"),
        ("−(甲 – 乙)", "−(甲 − 乙)"),
        ("“KPI 系数” × 「非 常」", "“KPI 系数” × “非 常”"),
        ("合计(回款) - 上期(回款) + 去年同期(回款)", "合计(回款) − 上期(回款) + 去年同期(回款)"),
        ("(80+20×K)%", "(80 + 20 × K)%"),
        ("(甲 或 乙) 且 丙", "(甲 或 乙) 且 丙"),
        ("甲 - (乙 - 丙)", "甲 − (乙 − 丙)"),
        ("甲 / (乙 * 丙)", "甲 ÷ (乙 × 丙)"),
        ("((甲))", "甲"),
        ("score.团队建设.peer + 1", "score.团队建设.peer + 1"),
        ("abs(甲)", "绝对值(甲)"),
    ],
)
def test_a_formula_reads_as_people_write_it(text: str, read: str) -> None:
    assert printed(parse(text)) == read
    assert printed(parse(read)) == read


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("", 1, "公式是空的"),
        ("   ", 1, "公式是空的"),
        ("= 甲 + 乙", 1, "不要以等号开头"),
        ("甲 +", 4, "后面应有数字或名称"),
        ("甲 × * 乙", 5, "这里应写数字、名称或左括号"),
        ("(甲 + 乙", 7, "还缺 1 个右括号"),
        ("甲)", 2, "多了一个右括号"),
        ("()", 2, "右括号前面缺少"),
        ("最大()", 4, "右括号前面缺少"),
        ("甲 + 最大(乙, )", 11, "右括号前面缺少"),
        ("甲, 乙", 2, "逗号只用在函数的括号里"),
        ("甲 < 乙 < 丙", 7, "甲 ≤ 乙 且 乙 < 丙"),
        ("甲%", 2, "% 只能接在数字或右括号后面"),
        ("2(甲)", 2, "相乘请写 ×"),
        ("甲 乙", 3, "缺少运算符"),
        ("甲 (乙)", 3, "缺少运算符"),
        ("max(1,200)", 5, "请写 1200，或分开写 1，200"),
        ("if(甲>1,1,000,2)", 8, "请写 1000，或分开写 1，000"),
        ("12,34", 1, "请写成 1234.5 或 1,234.5"),
        ("1.2.3", 1, "不是数字"),
        ("3次", 2, "数字后面只能接"),
        ("1e5", 2, "数字后面只能接"),
        ("5万万", 3, "数字后面只能接"),
        ("1" * 29, 1, "数字太长"),
        ("甲^2", 2, "没有乘方"),
        ("甲**2", 3, "这里应写数字"),
        ("甲 & 乙", 3, "请写 且"),
        ("甲#", 2, "看不懂“#”"),
        ("“甲", 1, "缺少“””"),
        ("“ ” + 1", 1, "引号里是空的"),
        ("[甲]", 1, "请用圆括号"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_write(text: str, at: int, says: str) -> None:
    message = complaint(text)
    assert message.startswith(f"公式第 {at} 个字：")
    assert says in message


def test_a_known_name_may_hold_words_that_are_operators_elsewhere() -> None:
    names = frozenset({"高于目标的天数", "应收-已收", "达到", "甲"})
    found = parse("高于目标的天数 × 应收-已收 + 甲大于1", names)
    assert printed(found) == "“高于目标的天数” × “应收-已收” + 甲 > 1"
    assert printed(parse("达到 × 2", names)) == "“达到” × 2"


def test_a_longer_name_is_not_cut_at_a_known_one() -> None:
    assert parse("实际销售额", frozenset({"实际"})) == Name("实际销售额")
    assert parse("target_total", frozenset({"target"})) == Name("target_total")


def test_names_that_hold_quotes_are_quoted_with_others() -> None:
    assert quoted("他说“好”的次数") == '"他说“好”的次数"'
    assert parse(quoted("他说“好”的次数")) == Name("他说“好”的次数")
    assert parse(quoted("完成#率")) == Name("完成#率")


# -- computing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result", "unit"),
    [
        ("1 ÷ 3 × 3", "1", ""),
        ("基本 × 80%", "4000", "元"),
        ("基本 × (80% + 20% × 系数)", "4900", "元"),
        ("基本 − 50 × 次数", "4850", "元"),
        ("基本 × 得分 ÷ 100", "4250", "元"),
        ("基本 + 销售 × 10000", "805000", "元"),
        ("基本 + 600元", "5600", "元"),
        ("单价 × 次数", "90", "元"),
        ("次数 × 单价", "90", "元"),
        ("基本 ÷ 次数 × 次数", "5000", "元"),
        ("完成 × 90%", "81", "%"),
        ("完成 ÷ 2", "45", "%"),
        ("完成 ÷ 完成", "1", ""),
        ("基本 ÷ 完成 × 完成", "5000", "元"),
        ("1 − 完成", "0.1", ""),
        ("系数 + 完成", "1.8", ""),
        ("100 × 完成", "90", ""),
        ("完成 ÷ 次数 × 次数", "0.9", "次"),
        ("2 ÷ 次数", Fraction(2, 3), ""),
        ("1 ÷ 单价", Fraction(1, 30), ""),
        ("(次数 × 10)%", "30", "%"),
        ("销售 + 20万元", "100", "万元"),
        ("20万元 + 销售", "100", "万元"),
        ("最大(0, 基本 − 6000)", "0", "元"),
        ("最小(次数, 2, 5)", "2", "次"),
        ("最大(1，200)", "200", ""),
        ("单价 × 次数 × 次数", "270", "元"),
        ("得分 × 次数", "255", "次"),
        ("基本 ÷ 单价", Fraction(500, 3), ""),
        ("绝对值(2 − 5) + 绝对值(5 − 2)", "6", ""),
        ("取整(−2.5) + 进位(−2.5)", "-5", ""),
        ("取整(7 ÷ 3) + 进位(7 ÷ 3)", "5", ""),
        ("四舍五入(2.675, 2)", "2.68", ""),
        ("四舍五入(−0.5)", "-1", ""),
        ("−次数 + 1", "-2", "次"),
        ("如果(基本 ≥ 5000 且 次数 < 3, 1, 2)", "2", ""),
        ("如果(基本 > 5000 或 次数 = 3, 1, 2)", "1", ""),
        ("如果(非(次数 ≠ 3), 基本, 0)", "5000", "元"),
        ("如果(销售 ≥ 80万元, 1, 0)", "1", ""),
        ("如果(81万元 ≤ 销售, 1, 0)", "0", ""),
        ("如果(完成 ≥ 90%, 1, 0)", "1", ""),
        ("如果(次数 大于 2 且 次数 小于等于 3, 1, 0)", "1", ""),
        ("合计(次数) + 平均(次数)", "9", "次"),
        ("团队合计(基本)", "10000", "元"),
        ("占比(基本)", "50", "%"),
        ("上期(次数) + 去年同期(次数)", "6", "次"),
    ],
)
def test_a_formula_gives_its_exact_value_with_the_unit_that_is_known(
    text: str, result: str | Fraction, unit: str
) -> None:
    figure = value(
        text,
        基本=("5000", "元"),
        系数=("0.9", ""),
        次数=("3", "次"),
        得分=("85", "分"),
        销售=("80", "万元"),
        单价=("30", "元/次"),
        完成=("90", "%"),
    )
    assert figure.value == (Fraction(result) if isinstance(result, str) else result)
    assert str(figure.unit) == unit


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("基本 + 次数", "单位不同：元 与 次"),
        ("如果(基本 > 次数, 1, 2)", "单位不同：元 与 次"),
        ("基本 × 基本", "元 × 元 没有意义"),
        ("基本 + 销售", "万元与元不能直接相加减"),
        ("如果(销售 > 80万, 1, 2)", "“销售”的单位是 万元"),
        ("如果(完成 > 0.9, 1, 2)", "也写成百分数，例如 90%"),
        ("如果(完成 > 90, 1, 2)", "也写成百分数，例如 90%"),
        ("完成 + 次数", "单位不同：% 与 次"),
        ("(完成)%", "已有单位 %"),
        ("如果(基本, 1, 2)", "这里应是条件"),
        ("1 + (基本 > 2)", "这里应是数，不是条件"),
        ("如果(基本 > 2, 1)", "要写 3 项，现有 2 项"),
        ("最大(1)", "要写 2 到 50 项，现有 1 项"),
        ("四舍五入(基本, 次数)", "0 到 6 的整数"),
        ("四舍五入(基本, 7)", "0 到 6 的整数"),
        ("基本 ÷ (次数 − 3)", "次数 − 3"),
        ("占比(次数 − 3)", "团队合计(次数 − 3)"),
        ("占比(次数 − 5)", "团队合计(次数 − 5)"),
    ],
)
def test_what_cannot_be_computed_is_a_finding(text: str, says: str) -> None:
    term, problems = outcome(
        text, 基本=("5000", "元"), 次数=("3", "次"), 销售=("80", "万元"), 完成=("90", "%")
    )
    assert term is None
    assert len(problems) == 1
    assert says in problems[0]


def test_every_mistake_is_named_at_once() -> None:
    term, problems = outcome(
        "(甲 + 乙) × (甲 > 丙)", 甲=("1", "元"), 乙=("1", "天"), 丙=("1", "分")
    )
    assert term is None
    assert len(problems) == 2


@pytest.mark.parametrize(
    "text",
    [
        "缺 + 1", "缺 × 2", "−缺", "(缺)%", "如果(缺 > 1, 1, 2)", "如果(1 > 0, 缺, 2)",
        "最大(缺, 1)", "绝对值(缺)", "四舍五入(缺)", "合计(缺)", "占比(缺)", "非(缺 > 1)",
        "如果(1 > 0 且 缺 > 1, 1, 2)", "如果(缺 > 1 或 1 > 0, 1, 2)",
    ],
)  # fmt: skip
def test_what_is_missing_gives_no_value(text: str) -> None:
    assert outcome(text) == (None, [])


def test_only_the_branch_that_counts_is_asked_for() -> None:
    assert value("如果(1 > 2 且 缺 > 1, 缺, 3)").value == 3
    assert value("如果(2 > 1 或 缺 > 1, 3, 缺)").value == 3


def test_the_derivation_says_every_step_and_the_condition() -> None:
    figure = value(
        "如果(实际 ≥ 目标, 基本, 基本 × 四舍五入(实际 ÷ 目标, 2))",
        实际=("2", "万元"), 目标=("3", "万元"), 基本=("100", "元"),
    )  # fmt: skip
    lines = [f"{'  ' * one.depth}{one.text}" for one in explain(figure.named("工资"))]
    assert lines == [
        (
            "工资 = 基本 100元 × 四舍五入(实际 ÷ 目标，2) 0.67"
            "（实际 2万元 ≥ 目标 3万元 不成立） = 67元"
        ),
        (
            "  四舍五入(实际 ÷ 目标，2) = 实际 2万元 ÷ 目标 3万元"
            " ≈ 0.666667，四舍五入保留2位小数 = 0.67"
        ),
    ]


# -- any tree -----------------------------------------------------------------------------------

numbers = st.decimals(0, 1000, places=2)
leaves: st.SearchStrategy[Node] = numbers.map(Literal) | st.sampled_from("甲乙丙").map(Name)
VALUES = {"甲": Fraction(7, 2), "乙": Fraction(-3), "丙": Fraction(0)}


def bigger(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    marked = st.tuples(st.booleans(), nodes)
    rows = st.tuples(nodes, st.lists(marked, min_size=1, max_size=3)).map(
        lambda row: ((False, row[0]), *row[1])
    )
    compared = st.builds(Comparison, st.sampled_from(Sign), nodes, nodes)
    tests = (
        compared
        | compared.map(Not)
        | st.lists(compared, min_size=2, max_size=3).map(lambda some: Both(tuple(some)))
        | st.lists(compared, min_size=2, max_size=3).map(lambda some: Either(tuple(some)))
    )
    one = st.sampled_from([Function.ABSOLUTE, Function.FLOOR, Function.CEILING])
    two = st.sampled_from([Function.LEAST, Function.MOST])
    return (
        rows.map(Sum)
        | rows.map(Product)
        | nodes.map(Negative)
        | st.builds(lambda name, node: Call(name, (node,)), one, nodes)
        | st.builds(lambda name, a, b: Call(name, (a, b)), two, nodes, nodes)
        | st.builds(lambda a, b, c: Call(Function.IF, (a, b, c)), tests, nodes, nodes)
    )


trees = st.recursive(leaves, bigger, max_leaves=10)


def truth_of(node: Node) -> bool:
    match node:
        case Comparison(sign, left, right):
            one, other = plainly(left), plainly(right)
            return {
                Sign.LESS: one < other,
                Sign.NOT_ABOVE: one <= other,
                Sign.ABOVE: one > other,
                Sign.NOT_BELOW: one >= other,
                Sign.EQUAL: one == other,
                Sign.NOT_EQUAL: one != other,
            }[sign]
        case Not(of):
            return not truth_of(of)
        case Both(parts):
            return all(truth_of(one) for one in parts)
        case Either(parts):
            return any(truth_of(one) for one in parts)
        case _:
            raise AssertionError(node)


def plainly(node: Node) -> Fraction:  # noqa: C901, PLR0912 - one case for each kind of node
    """The value of a tree by Python's own fractions; ZeroDivisionError as they raise it."""
    match node:
        case Literal(number):
            return Fraction(number)
        case Name(text):
            return VALUES[text]
        case Sum(terms):
            return sum(
                (-plainly(one) if minus else plainly(one) for minus, one in terms), Fraction()
            )
        case Product(factors):
            product = Fraction(1)
            found = [(over, plainly(one)) for over, one in factors]
            for over, one in found:
                product = product / one if over else product * one
            return product
        case Negative(of):
            return -plainly(of)
        case Call(Function.ABSOLUTE, (one,)):
            return abs(plainly(one))
        case Call(Function.FLOOR, (one,)):
            return Fraction(plainly(one).__floor__())
        case Call(Function.CEILING, (one,)):
            return Fraction(plainly(one).__ceil__())
        case Call(Function.LEAST, (one, other)):
            return min(plainly(one), plainly(other))
        case Call(Function.MOST, (one, other)):
            return max(plainly(one), plainly(other))
        case Call(Function.IF, (test, if_so, if_not)):
            return plainly(if_so) if truth_of(test) else plainly(if_not)
        case _:
            raise AssertionError(node)


@settings(max_examples=300)
@given(trees)
def test_any_tree_prints_as_text_that_computes_to_the_value_of_plain_fractions(tree: Node) -> None:
    text = printed(tree)
    again = parse(text)
    assert printed(again) == text
    names = {name: (str(Decimal(number.numerator) / number.denominator), "")
             for name, number in VALUES.items()}  # fmt: skip
    source = Known(names)
    computer = Computer(source)
    term = computer.run(again, HERE)
    try:
        wanted = plainly(tree)
    except ZeroDivisionError:
        assert term is None
        assert source.zeros
        return
    assert term is not None, computer.problems
    assert Fraction(term.figure.value) == wanted
    assert term.figure.unit == RATIO


# -- hostile text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(" * 5_000 + "1" + ")" * 4_999, "最多 2000 个"),
        ("(" * 900 + "1" + ")" * 900, "嵌套超过"),
        ("-" * 1_999 + "1", "嵌套超过"),
        ("非(" * 600 + "1>0" + ")" * 100, "嵌套超过"),
        ("最大(1, " * 250 + "1" + ")" * 200, "嵌套超过"),
        ("9*" * 999 + "9", "太长了，最多 150 项"),
        ("1+" * 999 + "9", "太长了，最多 150 项"),
        ("甲 " * 5_000, "最多 2000 个"),
        ("9" * 10_000, "最多 2000 个"),
        ("“" * 2_000, "引号没有成对"),
        ("1," * 900, "不是数字"),
    ],
)  # fmt: skip
def test_hostile_text_is_refused_within_bounds(text: str, says: str) -> None:
    parse("1")  # the grammar itself is loaded
    tracemalloc.start()
    began = time.process_time()
    try:
        assert says in complaint(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert time.process_time() - began < 5


def test_the_deepest_and_the_longest_formula_that_is_allowed_works() -> None:
    deep = "(" * (MOST_DEPTH - 1) + "1" + ")" * (MOST_DEPTH - 1)
    assert value(deep).value == 1
    long = "+".join(["1"] * (MOST_PARTS - 1))
    assert value(long).value == MOST_PARTS - 1
    zigzag = "1" + "-1+1" * ((MOST_PARTS - 2) // 2)
    assert len(explain(value(zigzag).named("数"))) == 1


def test_growth_through_repeated_multiplication_is_refused() -> None:
    huge = " × ".join(["9999999999999999999999999999"] * 12)
    term, problems = outcome(huge)
    assert term is None
    assert "超过 300 位" in problems[0]


def test_sums_within_sums_are_refused_before_they_explode() -> None:
    deep = "合计(" * 20 + "甲" + ")" * 20
    began = time.process_time()
    term, problems = outcome(deep, 甲=("1", "元"))
    assert term is None
    assert "5000 步以上" in problems[0]
    assert time.process_time() - began < 5


def test_percent_of_a_percent_in_brackets_is_kept() -> None:
    assert printed(Percent(Sum(((False, Literal(Decimal(1))), (False, Name("甲")))))) == "(1 + 甲)%"

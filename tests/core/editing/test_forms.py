"""Every record of a scheme as a form: words for each field, values in and out, lists."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import get_args

import pytest

from kpidesk.core.aggregation import Aggregation, PointsSum, WeightedScaled, WeightedTree
from kpidesk.core.clauses import Prose
from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.editing.blank import blank_scheme
from kpidesk.core.editing.changes import changes
from kpidesk.core.editing.curve import curve_of
from kpidesk.core.editing.fields import As
from kpidesk.core.editing.form import (
    FIELDS,
    Entry,
    Heading,
    Kind,
    Part,
    Rows,
    form_of,
    shape_of,
    words_of,
)
from kpidesk.core.editing.formulas import formula_at, names_for, problems_at
from kpidesk.core.editing.kinds import beginnings, rule_words, with_rule
from kpidesk.core.editing.metric_kinds import NEW_METRIC, measure_words, with_metric
from kpidesk.core.editing.pay_kinds import NEW_PAY, with_pay
from kpidesk.core.editing.places import at, put, records, words_in
from kpidesk.core.editing.rows import (
    with_grades,
    with_moved_row,
    with_row,
    without_grades,
    without_row,
)
from kpidesk.core.editing.total_kinds import NEW_TOTAL, total_words, with_total
from kpidesk.core.editing.tree import indicator_of, path_of
from kpidesk.core.editing.words import pay_title, pay_words, record_title
from kpidesk.core.editing.writing import (
    as_parameter,
    as_stated,
    free_parameter,
    with_printed_grades,
    written,
)
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.check_up import check_up
from kpidesk.core.measures import Absence, Proportion
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.pooling.rules import PartsSum, PoolByShare
from kpidesk.core.paying.rules import FormulaPay, PayRule, PayTotal
from kpidesk.core.period import Grain
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import FactSpec, Role, Scheme
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.scoring.rules import (
    Attainment,
    Deduction,
    Formula,
    Level,
    LevelSelect,
    PerUnit,
    ScoringRule,
    Step,
    StepDeviation,
)
from kpidesk.core.settings import NONE, Ref
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme

EMPTY = blank_scheme("own-1", "方案")
COMMON = NEW_PAY[0]
POINTS = builtin_scheme("account-manager-kpi")
WEIGHTED = builtin_scheme("key-account-weighted")
EVERY = [builtin_scheme(one) for one in builtin_ids()]


def entries(parts: tuple[Part, ...]) -> list[Entry]:
    found: list[Entry] = []
    for part in parts:
        if isinstance(part, Entry):
            found.append(part)
        elif isinstance(part, Rows):
            found += [one for row in part.rows for one in entries(row)]
    return found


def entry(scheme: Scheme, path: tuple[str | int, ...], label: str) -> Entry:
    return next(one for one in entries(form_of(scheme, path)) if one.label == label)


def test_every_field_of_every_record_has_words() -> None:
    families = (*get_args(ScoringRule), *get_args(PayRule))
    for record in {*families, *(type(one) for each in EVERY for one in records(each))}:
        if record.__name__ == "Ref":
            continue
        assert {one.name for one in fields(record)} == FIELDS[record].keys(), record
    for record, words in FIELDS.items():
        nested = [name for name, one in words.items() if one.how is not As.HIDDEN and not one.label]
        for name in nested:  # a field without a label stands for the form below it
            assert name in ("measure", "bands"), (record, name)


@pytest.mark.parametrize("scheme", EVERY, ids=lambda one: one.id)
def test_every_part_of_every_scheme_can_be_filled_in(scheme: Scheme) -> None:
    """Each value can be read, and written back without changing anything."""
    places: list[tuple[str | int, ...]] = [(), ("aggregation",)]
    places += [("pay", n) for n in range(len(scheme.pay))]
    for leaf in scheme.leaves():
        places += [path_of(scheme, leaf.name), (*path_of(scheme, leaf.name), "rule")]
        curve_of(scheme, leaf)
    seen = 0
    for place in places:
        for one in entries(form_of(scheme, place)):
            seen += 1
            assert one.label, one
            value = None if one.kind is Kind.LIMIT and one.value == NONE else one.value
            if value is not None or one.optional or one.kind is Kind.LIMIT:
                assert written(scheme, one, value) == scheme, one
    assert seen or scheme.lost


def test_a_form_looks_alike_whatever_is_filled_in() -> None:
    path = (*path_of(POINTS, "专业知识"), "rule")
    before = form_of(POINTS, path)
    one = entry(POINTS, path, "描述")
    after = form_of(written(POINTS, one, "别的"), path)
    assert shape_of(before) == shape_of(after)
    assert before != after
    assert shape_of((Heading("甲"),)) == (Heading("甲"),)


def test_a_value_may_become_a_parameter_and_be_stated_again() -> None:
    leaf = next(one for one in WEIGHTED.leaves() if isinstance(one.rule, Attainment))
    path = (*path_of(WEIGHTED, leaf.name), "rule")
    direction = entry(WEIGHTED, path, "方向")
    free = as_parameter(WEIGHTED, direction, leaf.name)
    made = free.parameters[-1]
    assert (made.label, made.default) == (f"{leaf.name}：方向", "up")
    assert [one.text for one in made.choices] == ["越多越好", "越少越好"]
    held = entry(free, path, "方向")
    assert (held.parameter, held.either) == (made.name, True)
    assert written(free, held, "down").parameters[-1].default == "down"
    assert as_stated(free, held) == WEIGHTED
    assert as_parameter(WEIGHTED, direction, "").parameters[-1].label == "方向"


def test_a_parameter_that_others_use_stays() -> None:
    leaf = next(one for one in WEIGHTED.leaves() if isinstance(one.rule, Attainment))
    path = (*path_of(WEIGHTED, leaf.name), "rule")
    cap = entry(WEIGHTED, path, "最高分")
    after = as_stated(WEIGHTED, cap)
    assert WEIGHTED.parameter(cap.parameter) in after.parameters
    rule = indicator_of(after, leaf.name).rule
    assert isinstance(rule, Attainment)
    assert rule.cap == Decimal(100)


def test_a_parameter_that_clauses_name_is_no_longer_named_once_it_is_stated() -> None:
    path = (*path_of(POINTS, "销售增长率"), "rule")
    start = entry(POINTS, path, "起点分")
    after = as_stated(POINTS, start)
    assert after.parameter("growth_start") is None
    assert all("growth_start" not in one.parameters for one in after.ambiguities)


def test_a_blank_cannot_be_stated() -> None:
    path = (*path_of(POINTS, "销售增长率"), "rule")
    size = entry(POINTS, path, "一档是多少")
    with pytest.raises(InvalidValueError, match="还没有填"):
        as_stated(POINTS, size)


def test_names_of_parameters_are_free() -> None:
    one = replace(POINTS.parameters[0], name="parameter_2")
    assert free_parameter(replace(POINTS, parameters=(one,))) == "parameter_3"


def test_a_limit_is_left_blank_for_none() -> None:
    path = (*path_of(POINTS, "销售完成率"), "rule")
    cap = entry(POINTS, path, "最高分")
    assert cap.value == NONE
    set_ = written(POINTS, cap, Decimal(30))
    assert written(set_, entry(set_, path, "最高分"), None) == POINTS


def test_a_label_in_use_is_followed_by_formulas() -> None:
    scheme = replace(
        EMPTY,
        facts=(FactSpec("sales", "销售额", "元"),),
        pay=(FormulaPay("a", "提成", "销售额 × 5%"),),
    )
    after = written(scheme, entry(scheme, ("facts", 0), "名称"), "回款额")
    assert after.pay == (FormulaPay("a", "提成", "回款额 × 5%"),)
    with pytest.raises(InvalidValueError, match="请填写名称"):
        written(scheme, entry(scheme, ("facts", 0), "名称"), " ")
    with pytest.raises(InvalidValueError, match="请填写公式"):
        written(scheme, entry(scheme, ("pay", 0), "公式"), None)


def test_words_become_what_the_field_holds() -> None:
    assert written(EMPTY, entry(EMPTY, (), "考核周期"), "quarter").cycle is Grain.QUARTER
    assert written(EMPTY, entry(EMPTY, (), "期中评估"), None).stages is None
    total = replace(EMPTY, pay=(PayTotal("t", "合计", ()),), facts=(FactSpec("a", "甲", "元"),))
    split = with_pay(total, COMMON[2])
    part = entry(split, ("pay", 1), "考核系数")
    assert written(split, part, None) == split
    assert words_of(EMPTY, "title").label == "方案名称"


def test_grades_are_printed_as_their_bounds_say() -> None:
    rows = form_of(EMPTY, ("grades",))
    assert entries(rows)
    bound = next(one for one in entries(rows) if one.value == Decimal(80))
    after = written(EMPTY, bound, Decimal(95))
    assert after.grades is not None
    assert [one.value for one in after.grades.bands.rows] == ["不合格", "合格", "优秀", "良好"]
    assert after.grades.printed[-1] == "95 分及以上"
    assert after.grades.printed[0] == "0 分及以上，不足 60 分"
    with pytest.raises(InvalidValueError, match="只能出现一次"):
        written(EMPTY, bound, Decimal(90))
    more = with_row(EMPTY, ("grades", "bands", "rows"))
    assert more.grades is not None
    assert more.grades.bands.rows[-1].at == Decimal(95)
    less = without_row(more, ("grades", "bands", "rows"), 4)
    assert less == EMPTY
    high = written(EMPTY, entry(EMPTY, ("grades",), "最高分"), Decimal(90))
    top = with_row(high, ("grades", "bands", "rows")).grades
    assert top is not None
    assert top.bands.rows[-1].at == Decimal(91)
    none = without_grades(EMPTY)
    assert none.grades is None
    assert with_grades(none) == EMPTY
    assert with_printed_grades(none) is none
    assert with_grades(EMPTY) is EMPTY
    assert form_of(none, (), ("grades",)) == ()


def test_every_list_can_grow_and_shrink() -> None:
    raters = with_row(with_row(EMPTY, ("raters",)), ("raters",))
    shares = [raters.parameter(one.share.parameter) for one in raters.raters]
    assert [one.default for one in shares if one] == [Decimal(100), Decimal(0)]
    assert without_row(without_row(raters, ("raters",), 1), ("raters",), 0) == EMPTY
    roles = with_row(EMPTY, ("roles",))
    assert [one.name for one in roles.roles] == ["role_1", "role_2"]
    assert without_row(roles, ("roles",), 1) == EMPTY
    with pytest.raises(InvalidValueError, match="至少要留一项"):
        without_row(EMPTY, ("roles",), 0)
    for name in ("facts", "parameters", "contract"):
        more = with_row(EMPTY, (name,))
        assert len(at(more, (name,))) == len(at(EMPTY, (name,))) + 1
        assert without_row(more, (name,), len(at(EMPTY, (name,)))) == EMPTY
    items = with_row(EMPTY, ("contract", 0, "items"))
    assert len(items.contract[0].items) == 2
    assert without_row(items, ("contract", 0, "items"), 1) == EMPTY
    swapped = with_moved_row(items, ("contract", 0, "items"), 1, 0)
    assert swapped.contract[0].items == items.contract[0].items[::-1]


def test_rows_of_rules_are_like_the_last() -> None:
    path = (*path_of(POINTS, "员工出勤率"), "rule", "items")
    rule = indicator_of(POINTS, "员工出勤率").rule
    assert isinstance(rule, Deduction)
    table = next(n for n, one in enumerate(rule.items) if not isinstance(one, PerUnit))
    more = with_row(POINTS, (*path, table, "ranges"))
    last = at(more, (*path, table, "ranges"))[-1]
    assert (last.least, last.most) == (Decimal(7), Decimal(9))
    count = len(at(more, (*path, table, "ranges")))
    assert without_row(more, (*path, table, "ranges"), count - 1) == POINTS
    assert len(at(with_row(POINTS, path), path)) == len(rule.items) + 1
    tables = with_moved_row(POINTS, path, table, len(rule.items) - 1)
    assert len(at(with_row(tables, path), path)) == len(rule.items) + 1
    days_last = with_moved_row(POINTS, path, 1 - table, len(rule.items) - 1)
    assert isinstance(at(with_row(days_last, path), path)[-1], PerUnit)
    levels = (*path_of(POINTS, "专业知识"), "rule", "items")
    assert at(with_row(POINTS, levels), levels)[-1] == Level(Decimal(0), "请填写")


def test_figures_in_use_stay() -> None:
    number = next(n for n, one in enumerate(POINTS.facts) if one.name == "sales")
    with pytest.raises(InvalidValueError, match="还有规则或公式在用"):
        without_row(POINTS, ("facts",), number)
    named = replace(
        EMPTY,
        facts=(FactSpec("a", "甲", "元", roles=("role_2",)),),
        roles=(*EMPTY.roles, replace(EMPTY.roles[0], name="role_2")),
        contract=(ContractSection(Slot.PAY, "薪酬", (ContractItem("每月 {parameter_1} 元"),)),),
    )
    named = with_row(named, ("parameters",))
    with pytest.raises(InvalidValueError, match="不能删"):
        without_row(named, ("parameters",), 0)
    with pytest.raises(InvalidValueError, match="还有薪酬项目或数据项在用"):
        without_row(named, ("roles",), 1)
    paid = replace(
        EMPTY,
        facts=(FactSpec("a", "甲", "元"),),
        parameters=with_row(EMPTY, ("parameters",)).parameters,
        pay=(FormulaPay("x", "奖", "甲 × 新参数"), FormulaPay("y", "倍", "奖 × 2")),
    )
    for name in ("facts", "parameters"):
        with pytest.raises(InvalidValueError, match="还有规则或公式在用"):
            without_row(paid, (name,), 0)


def test_every_kind_of_pay_can_be_begun_and_is_sound() -> None:
    """Each alone in an empty scheme, with what it rests on; nothing is left to mend."""
    kinds = [kind for group in NEW_PAY for kind in group]
    assert set(kinds) == set(get_args(PayRule))
    for kind in kinds:
        scheme = with_pay(EMPTY, kind)
        assert isinstance(scheme.pay[-1], kind)
        for place in range(len(scheme.pay)):
            assert form_of(scheme, ("pay", place))
        flaws = [one.message for one in check_up(scheme).flaws]
        assert flaws == [], kind
        for sentence in Prose(scheme, {}).pay():
            assert not sentence.startswith(("：", "的", "按团队")), sentence
            assert "、、" not in sentence
    again = with_pay(with_pay(EMPTY, kinds[-1]), kinds[-1])
    assert len(again.pay) == 3


def test_common_kinds_of_pay_find_what_is_there() -> None:
    scheme = EMPTY
    for kind in COMMON:
        scheme = with_pay(scheme, kind)
    assert {one.message for one in check_up(scheme).flaws if one.fix is None} == set()
    assert [one.name for one in scheme.facts] == ["salary"]
    assert with_pay(scheme, COMMON[2]).facts == scheme.facts
    parts = with_row(scheme, ("pay", 2, "parts"))
    assert len({one.standard for one in at(parts, ("pay", 2, "parts"))}) == 3
    lines = with_row(scheme, ("pay", 3, "lines"))
    assert len(at(lines, ("pay", 3, "lines"))) == 2
    roles = with_row(with_row(scheme, ("roles",)), ("pay", 1, "amounts"))
    assert [one.role for one in at(roles, ("pay", 1, "amounts"))] == ["role_1", "role_2"]
    first = with_pay(EMPTY, PayTotal)
    assert at(first, ("pay", 0, "lines"))[0].result == "pay"
    bare = with_pay(EMPTY, COMMON[0])
    assert without_row(bare, ("pay",), 0) == EMPTY


def test_pay_of_a_department_knows_its_leader() -> None:
    led = replace(EMPTY, roles=(*EMPTY.roles, Role("head", "主管", at_most=1)))
    commission = with_pay(led, Commission).pay[0]
    assert isinstance(commission, Commission)
    assert (commission.members, commission.others) == (("role_1",), ("head",))
    shared = with_pay(with_pay(led, Commission), ShareOfSum)
    assert [type(one) for one in shared.pay] == [Commission, ShareOfSum]
    assert shared.roles == led.roles
    alone = replace(EMPTY, roles=(Role("head", "主管", at_most=1),))
    only = with_pay(alone, Commission).pay[0]
    assert isinstance(only, Commission)
    assert (only.members, only.others) == (("head",), ())
    deducted = put(with_pay(EMPTY, Commission), ("pay", 0, "taken_out", "source"), "deduct")
    assert "团队提成从员工的提成中划出，员工按扣除 20% 后的金额核发。" in Prose(deducted, {}).pay()
    spread_alone = with_pay(alone, DiscretionaryDistribution)
    assert "由公司决定各人比例" in "".join(Prose(spread_alone, {}).pay())
    left = replace(with_pay(led, Commission), facts=(), pay=())
    assert with_pay(left, Commission).events == left.events
    twice = with_pay(with_pay(led, Receipts), Receipts)
    assert len({one.result for one in twice.pay if isinstance(one, Receipts)}) == 2
    assert with_pay(shared, ShareOfSum).pay[:2] == shared.pay
    both = with_pay(with_pay(shared, ConditionalBase), CatchUp)
    assert [type(one) for one in both.pay[2:]] == [ConditionalBase, CatchUp]
    spread = with_pay(with_pay(led, OverTarget), DiscretionaryDistribution)
    assert len(spread.pay) == 3


def test_pay_that_cannot_stand_beside_another_is_refused() -> None:
    quota = with_pay(EMPTY, QuarterlyBaseTarget)
    with pytest.raises(InvalidValueError, match="只能有一项"):
        with_pay(quota, QuarterlyBaseTarget)
    with pytest.raises(InvalidValueError, match="请另建一个方案"):
        with_pay(with_pay(EMPTY, ConditionalBase), QuarterlyBaseTarget)
    assert "新入职的" in "".join(Prose(quota, {}).pay())
    nobody = put(quota, ("pay", 0, "free", "roles"), ())
    assert "新入职的" not in "".join(Prose(nobody, {}).pay())
    beside = with_pay(quota, ConditionalBase)
    assert [one.name for one in beside.facts if one.name.startswith("target")] == [
        "target", "target", "target_1", "target_1",
    ]  # fmt: skip


def test_items_of_a_pool_are_called_otherwise_and_still_added_up() -> None:
    pooled = with_pay(EMPTY, PartsSum)
    more = with_pay(pooled, PoolByShare)
    names = [one.name for rule in more.pay if isinstance(rule, PoolByShare) for one in rule.items]
    assert names == ["业务存量", "业务增量", "业务存量 2", "业务增量 2"]
    one = next(each for each in entries(form_of(pooled, ("pay", 0))) if each.value == "业务存量")
    after = written(pooled, one, "贷款存量")
    assert at(after, ("pay", 1, "added"))[0] == "pay.贷款存量"
    offered = next(
        each for each in entries(form_of(after, ("pay", 1))) if each.label == "相加的项目"
    )
    assert "贷款存量" in [each.text for each in offered.choices]
    rows = with_row(pooled, ("pay", 0, "items"))
    assert at(rows, ("pay", 0, "items"))[-1].name == "业务增量 2"


def test_figures_made_from_others_come_and_go() -> None:
    for kind in NEW_METRIC:
        scheme = with_metric(EMPTY, kind)
        assert measure_words(kind)
        made = scheme.metrics[0]
        assert (made.name, record_title(made)) == ("新计算项", "新计算项")
        assert entries(form_of(scheme, ("metrics", 0)))
        assert without_row(scheme, ("metrics",), 0) == EMPTY
        assert [one for one in check_up(scheme).flaws if one.kind is not FlawKind.UNUSED] == []
    two = with_metric(with_metric(EMPTY, NEW_METRIC[0]), NEW_METRIC[0])
    assert [one.name for one in two.metrics] == ["新计算项", "新计算项 2"]
    used = replace(two, pay=(FormulaPay("a", "奖", "新计算项 × 新计算项的实际"),))
    with pytest.raises(InvalidValueError, match="还有规则或公式在用"):
        without_row(used, ("metrics",), 0)
    after = written(used, entry(used, ("metrics", 0), "名称"), "增长")
    assert after.pay == (FormulaPay("a", "奖", "增长 × 新计算项的实际"),)
    held = written(two, entry(two, ("metrics", 0), "为哪个指标计算"), "新指标")
    assert held.metrics[0].indicator == "新指标"


def test_attainment_may_rest_on_a_figure_made_from_others() -> None:
    scheme = with_metric(EMPTY, NEW_METRIC[1])
    attainment = next(islice(beginnings(scheme, "新指标"), 2, 3))
    scheme = with_rule(scheme, "新指标", attainment)
    path = (*path_of(scheme, "新指标"), "rule")
    actual = entry(scheme, path, "实际")
    assert ("metric_1", "新计算项（计算项）") in [(one.value, one.text) for one in actual.choices]
    after = written(scheme, actual, "metric_1")
    asked = facts_of(indicator_of(after, "新指标"), after)
    assert set(asked) == {"target.新指标", "metric_1.part", "metric_1.whole"}
    flaws = [one for one in check_up(after).flaws if one.kind is FlawKind.NAME]
    assert flaws == []


def test_clauses_of_the_source_are_numbered_and_referred_to() -> None:
    scheme = with_row(with_row(EMPTY, ("rules",)), ("rules",))
    assert [one.id for one in scheme.rules] == ["R01", "R02"]
    assert record_title(scheme.rules[0]) == "R01 请填写规定"
    path = path_of(scheme, "新指标")
    clause = entry(scheme, path, "依据原文")
    held = written(scheme, clause, "R02")
    assert indicator_of(held, "新指标").clause == "R02"
    renamed = written(held, entry(held, ("rules", 1), "编号"), "R07")
    assert indicator_of(renamed, "新指标").clause == "R07"
    assert without_row(without_row(renamed, ("rules",), 1), ("rules",), 0) == EMPTY
    with pytest.raises(InvalidValueError, match="名称重复"):
        written(held, entry(held, ("rules", 1), "编号"), "R01")
    with pytest.raises(InvalidValueError, match="请填写编号"):
        written(held, entry(held, ("rules", 1), "编号"), " ")
    said = written(held, entry(held, ("rules", 0), "规定了什么"), "按月考核")
    assert said.rules[0].statement == "按月考核"
    assert [one.what for one in changes(held, said)] == ["原文 R01"]


def test_clauses_with_several_readings_are_filled_in() -> None:
    scheme = with_row(with_row(EMPTY, ("ambiguities",)), ("parameters",))
    scheme = replace(
        scheme,
        parameters=(replace(scheme.parameters[0], ambiguity="A001"),),
        pay=(FormulaPay("bonus", "奖金", "1"),),
    )
    path = ("ambiguities", 0)
    assert record_title(scheme.ambiguities[0]) == "A001 请填写原文"
    results = entry(scheme, path, "影响哪些结果")
    assert [one.text for one in results.choices] == [
        "工作业绩得分", "新指标得分", "总分", "等级", "奖金",
    ]  # fmt: skip
    of_scores = written(scheme, results, ("total",))
    assert (of_scores.ambiguities[0].results, of_scores.ambiguities[0].pays) == (("total",), False)
    of_pay = written(scheme, results, ("bonus",))
    assert of_pay.ambiguities[0].pays
    with pytest.raises(InvalidValueError, match="分开写"):
        written(scheme, results, ("total", "bonus"))
    kind = written(scheme, entry(scheme, path, "属于哪一类"), "missing")
    assert kind.ambiguities[0].flaw is FlawKind.MISSING
    assert written(kind, entry(kind, path, "属于哪一类"), None) == scheme
    chosen = written(scheme, entry(scheme, path, "由哪些参数决定"), (scheme.parameters[0].name,))
    assert chosen.ambiguities[0].parameters == (scheme.parameters[0].name,)
    renamed = written(scheme, entry(scheme, path, "编号"), "A009")
    assert renamed.parameters[0].ambiguity == "A009"
    assert without_row(scheme, ("ambiguities",), 0).parameters[0].ambiguity == ""


def test_scores_add_up_in_every_way() -> None:
    levels = with_rule(EMPTY, "新指标", next(islice(beginnings(EMPTY, "新指标"), 1, 2)))
    assert set(NEW_TOTAL) == set(get_args(Aggregation))
    for kind in NEW_TOTAL:
        assert total_words(kind)[0]
        after = with_total(levels, kind)
        assert type(after.aggregation) is kind
        flaws = [one for one in check_up(after).flaws if one.kind is not FlawKind.GAP]
        assert flaws == [], (kind, flaws)
        back = with_total(after, WeightedTree)
        assert replace(back, grades=levels.grades) == levels
    assert with_total(levels, WeightedTree) is levels
    ten = indicator_of(with_total(levels, WeightedScaled), "新指标").rule
    assert isinstance(ten, LevelSelect)
    assert [one.points for one in ten.levels] == [Decimal(10), Decimal(8), Decimal(6), Decimal(4)]
    half = next(each for each in EVERY if any(one.is_divided for one in each.walk()))
    points = with_total(half, PointsSum)
    divided = next(one for one in half.walk() if one.is_divided)
    same = indicator_of(points, divided.name)
    assert not same.is_divided
    assert sum(one.points for one in same.children) == divided.points


def test_records_have_titles() -> None:
    for scheme in EVERY:
        for rule in scheme.pay:
            assert record_title(rule) == pay_title(rule)
            assert pay_title(rule).endswith(f"（{pay_words(type(rule))}）")
        for fact in scheme.facts:
            assert fact.label in record_title(fact)
        for parameter in scheme.parameters:
            assert record_title(parameter) == parameter.label
        for section in scheme.contract:
            assert record_title(section) == section.heading


def test_every_kind_of_rule_can_be_begun_and_drawn() -> None:
    made = [one.rule for one in beginnings(EMPTY, "新指标")]
    assert {type(one) for one in made} == set(get_args(ScoringRule))
    titles = [rule_words(one).title for one in made]
    assert len(set(titles)) == len(titles)
    drawn = 0
    for one in beginnings(EMPTY, "新指标"):
        after = with_rule(EMPTY, "新指标", one)
        flaws = [each for each in check_up(after).flaws if each.kind is not FlawKind.GAP]
        assert flaws == [], (one, flaws)
        curve = curve_of(after, indicator_of(after, "新指标"))
        drawn += curve is not None
        back = with_rule(after, "新指标", next(iter(beginnings(after, "新指标"))))
        assert back == EMPTY
    assert drawn == len(made) - 2  # not those by hand, nor yes and no


def test_a_figure_that_both_kinds_ask_for_keeps_its_words() -> None:
    by_ratio = list(islice(beginnings(EMPTY, "新指标"), 2, 4))
    one = with_rule(EMPTY, "新指标", by_ratio[0])
    mine = written(one, entry(one, ("facts", 0), "单位"), "万元")
    after = with_rule(mine, "新指标", by_ratio[1])
    assert after.facts[0].unit == "万元"
    customers = next(b for b in beginnings(mine, "新指标") if "新客户" in rule_words(b.rule).title)
    assert [one.unit for one in with_rule(mine, "新指标", customers).facts] == ["户", "户"]


def test_figures_of_different_units_are_an_error_and_no_picture() -> None:
    one = with_rule(EMPTY, "新指标", list(beginnings(EMPTY, "新指标"))[2])
    mixed = written(one, entry(one, ("facts", 0), "单位"), "户")
    [flaw] = check_up(mixed).flaws
    assert "单位是元，“新指标目标”却是户" in flaw.message
    assert curve_of(mixed, indicator_of(mixed, "新指标")) is None
    customers = next(b for b in beginnings(EMPTY, "新指标") if "新客户" in rule_words(b.rule).title)
    two = with_rule(EMPTY, "新指标", customers)
    other = written(two, entry(two, ("facts", 1), "单位"), "")
    [flaw] = check_up(other).flaws
    assert "单位是空白，“新指标计划”却是户" in flaw.message


def test_a_picture_needs_what_it_measures() -> None:
    rule = list(beginnings(EMPTY, "新指标"))[2].rule
    bare = put(EMPTY, (*path_of(EMPTY, "新指标"), "rule"), rule)
    assert curve_of(bare, indicator_of(bare, "新指标")) is None
    fixed = put(EMPTY, (*path_of(EMPTY, "新指标"), "rule"), Formula("满分"))
    assert curve_of(fixed, indicator_of(fixed, "新指标")) is None
    alone = replace(fixed, facts=(FactSpec("a", "甲", "分"),))
    alone = put(alone, (*path_of(EMPTY, "新指标"), "rule"), Formula("甲"))
    drawn = curve_of(alone, indicator_of(alone, "新指标"))
    assert drawn is not None
    assert drawn.across == "甲"
    levels = put(
        EMPTY,
        (*path_of(EMPTY, "新指标"), "rule"),
        LevelSelect((Level(Decimal(5), "好"), Level(Decimal(2), "差"))),
    )
    bars = curve_of(levels, indicator_of(levels, "新指标"))
    assert bars is not None
    assert bars.texts == ("好", "差")


def test_other_measures_are_drawn_too() -> None:
    days = FactSpec("days", "出勤天数", "天")
    part, whole = FactSpec("part", "好的", "件"), FactSpec("whole", "全部", "件")
    step = Step(Decimal(1))
    for measure, facts in (
        (Absence("days"), (days,)),
        (Proportion("part", "whole"), (part, whole)),
    ):
        rule = StepDeviation(measure, Decimal(5), step, step)
        scheme = put(EMPTY, (*path_of(EMPTY, "新指标"), "rule"), rule)
        scheme = replace(scheme, facts=facts)
        assert curve_of(scheme, indicator_of(scheme, "新指标")) is not None


def test_a_formula_knows_its_names_and_its_mistakes() -> None:
    scheme = replace(
        EMPTY,
        facts=(FactSpec("sales", "销售额", "元"),),
        pay=(FormulaPay("a", "提成", "销售额 × 5%"),),
    )
    place = formula_at(scheme, ("pay", 0, "expression"))
    assert "销售额" in names_for(place)
    assert problems_at(scheme, place, "销售额 × 5%") == ()
    [problem] = problems_at(scheme, place, "100 + 没有的")
    assert problem.at == 6
    scored = put(scheme, (*path_of(EMPTY, "新指标"), "rule"), Formula("满分"))
    where = (*path_of(EMPTY, "新指标"), "rule", "expression")
    assert formula_at(scored, where).name == "score.新指标"


def test_a_reference_to_a_parameter_that_is_gone_has_no_field() -> None:
    one = replace(EMPTY, raters=(Rater("self", "自评", Ref("nowhere")),))
    labels = [each.label for each in entries(form_of(one, (), ("raters",)))]
    assert labels == ["评分人"]


def test_words_of_a_value_are_found_in_all_of_it() -> None:
    def words(value: object) -> set[str]:
        return set(words_in(value))

    assert "sales" in words(POINTS.indicators)
    assert not is_dataclass(1)
    assert words(3) == set()

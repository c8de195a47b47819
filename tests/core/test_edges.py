"""What an evaluation says at its edges: blanks, values out of range, lines that do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.aggregation import EnteredTotal, NoTotal, WeightedScaled, WeightedTree
from kpidesk.core.agreed import agreed_facts
from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.event_kinds import EventField, EventFieldKind, EventKind
from kpidesk.core.facts import TEAM, Appraisee, Event, EventValue, Fact, Facts, FactValue, Subject
from kpidesk.core.findings import Code
from kpidesk.core.grading import GradeScale
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Proportion
from kpidesk.core.names import result_names
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import FactSpec, Role, Scheme
from kpidesk.core.scoring.rules import (
    Beyond,
    Deduction,
    Manual,
    PerUnit,
    Range,
    RangeTable,
    ScoringRule,
    Step,
    StepDeviation,
)
from kpidesk.core.settings import Parameter, ParameterKind, Ref, SettingValue
from kpidesk.core.tables import Band, Bands
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme

BLANK = Parameter("blank", "空白", ParameterKind.NUMBER, "由公司填写")
TIMES = FactSpec("times", "迟到次数", "次")
DAYS = FactSpec("days", "出勤天数", "天")
Given = Mapping[tuple[str, str], FactValue]


def scheme_of(rule: ScoringRule, **more: object) -> Scheme:
    """A scheme of one weighted indicator by a rule."""
    made = Scheme(
        "trial",
        1,
        "试",
        "试责任书",
        "1",
        (Role("seller", "销售"),),
        Grain.MONTH,
        WeightedTree(),
        (Indicator("甲", Decimal(100), rule=rule),),
        facts=(TIMES, DAYS, FactSpec("part", "部分", "件"), FactSpec("whole", "总数", "件")),
        parameters=(BLANK,),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def run(
    scheme: Scheme,
    given: Given,
    settings: Mapping[str, SettingValue] | None = None,
    ledgers: Mapping[Subject, Sequence[Event]] | None = None,
) -> Evaluation:
    facts = [Fact("A", name, value, key) for (name, key), value in given.items()]
    return evaluate(
        scheme,
        cycle=cycle_of(scheme, settings or {}, date(2026, 4, 1)),
        people=(Appraisee("A", scheme.roles[0].name),),
        facts=Facts.of(facts, ledgers),
        settings=settings or {},
    )


def score(outcome: Evaluation, name: str = "score.甲") -> str | None:
    result = outcome.get("A", name)
    return None if result is None else result.text


def codes(outcome: Evaluation) -> list[Code]:
    return [one.code for one in outcome.findings]


def messages(outcome: Evaluation) -> str:
    return "\n".join(one.message for one in outcome.findings)


# -- rules ------------------------------------------------------------------------------------


def by_share(size: Decimal | Ref) -> StepDeviation:
    return StepDeviation(Proportion("part", "whole"), Decimal(50), Step(size), Step(size))


@pytest.mark.parametrize(("part", "points"), [(40, "98.00"), (50, "100.00"), (60, "102.00")])
def test_points_by_steps_from_a_standard_take_any_figure_in_percent(part: int, points: str) -> None:
    given = {("part", "cycle"): Decimal(part), ("whole", "cycle"): Decimal(100)}
    outcome = run(scheme_of(by_share(Decimal(5))), given)
    assert score(outcome) == points
    assert outcome.get("A", "attainment.甲") is None


@pytest.mark.parametrize("part", [40, 60])
def test_a_step_whose_size_nobody_filled_gives_no_score(part: int) -> None:
    given = {("part", "cycle"): Decimal(part), ("whole", "cycle"): Decimal(100)}
    outcome = run(scheme_of(by_share(Ref("blank"))), given)
    assert score(outcome) is None
    assert codes(outcome) == [Code.MISSING_PARAMETER]


def test_at_the_standard_the_size_of_a_step_does_not_matter() -> None:
    given = {("part", "cycle"): Decimal(50), ("whole", "cycle"): Decimal(100)}
    assert score(run(scheme_of(by_share(Ref("blank"))), given)) == "100.00"


def test_days_off_that_nobody_filled_leave_absence_open() -> None:
    rule = Deduction((PerUnit(Absence("days", Ref("blank")), Decimal(1)),))
    outcome = run(scheme_of(rule), {("days", "cycle"): Decimal(20)})
    assert score(outcome) is None
    assert outcome.get("A", "required_days") is None
    assert codes(outcome) == [Code.MISSING_PARAMETER]


@pytest.mark.parametrize(
    ("beyond", "points"),
    [(Beyond.LAST_TIER, "95.00"), (Beyond.NEXT_TIER, "90.00"), (Beyond.ZERO, "0.00")],
)
def test_above_the_only_tier_of_a_table_the_next_one_is_as_large(
    beyond: Beyond, points: str
) -> None:
    table = RangeTable("times", (Range(Decimal(1), Decimal(3), Decimal(5)),), beyond)
    outcome = run(scheme_of(Deduction((table,))), {("times", "cycle"): Decimal(4)})
    assert score(outcome) == points
    assert Code.BEYOND_TABLE in codes(outcome)


# -- totals and grades ------------------------------------------------------------------------


def test_a_mix_whose_shares_the_scheme_does_not_name_gives_no_year() -> None:
    mix = scheme_of(
        Manual(), cycle=Grain.YEAR, stages=Grain.QUARTER, aggregation=WeightedTree(rollup="mix")
    )
    keys = ("cycle", "2026Q2", "2026Q3", "2026Q4", "2027Q1")
    outcome = run(mix, {("score.甲", key): Decimal(80) for key in keys})
    assert score(outcome, "total") is None
    second = outcome.get("A", "total", "2026Q2")
    assert second is not None
    assert second.text == "80.00"


def test_a_scaled_total_needs_every_score() -> None:
    ten = builtin_scheme("service-director-ten-point")
    given = {(f"score.{one.name}", "cycle"): Decimal(8) for one in ten.leaves()}
    assert score(run(ten, given), "total") == "80.00"
    given.popitem()
    outcome = run(ten, given)
    assert score(outcome, "total") is None
    assert Code.MISSING_FACT in codes(outcome)


def test_without_a_threshold_no_advice_is_given_and_the_lack_is_said() -> None:
    rule = WeightedScaled(Decimal(10), Decimal(50), advice_threshold=Ref("blank"))
    scheme = scheme_of(Manual(), aggregation=rule)
    outcome = run(scheme, {("score.甲", "cycle"): Decimal(5)})
    assert score(outcome, "total") == "50.00"
    assert outcome.get("A", "advice") is None
    assert codes(outcome) == [Code.MISSING_PARAMETER]


def graded(total: int, least: int, first: int) -> Evaluation:
    bands = Bands((Band(Decimal(first), "合格"), Band(Decimal(90), "优秀")))
    scale = GradeScale(bands, Decimal(least), Decimal(95), ("60～89", "90～95"))
    return run(scheme_of(Manual(), grades=scale), {("score.甲", "cycle"): Decimal(total)})


def test_a_computed_total_above_the_scale_keeps_its_value_and_gets_the_highest_grade() -> None:
    outcome = graded(98, 60, 60)
    assert (score(outcome, "total"), score(outcome, "grade")) == ("98.00", "优秀")
    assert codes(outcome) == [Code.SCORE_CLAMPED]


def test_a_total_below_the_lowest_grade_is_said_to_have_none() -> None:
    outcome = graded(50, 0, 60)
    assert (score(outcome, "total"), score(outcome, "grade")) == (None, None)
    assert codes(outcome) == [Code.SCORE_OUT_OF_RANGE]
    assert "得分 50 够不到最低的等级“合格”（60 分起）" in messages(outcome)


@pytest.mark.parametrize(
    ("scheme", "names"),
    [
        ("account-manager-kpi", ("full_points", "total", "total_of_100")),
        ("director-annual", ("total",)),
        ("key-account-director", ("total",)),
        ("service-director-ten-point", ("weighted_score", "score_of_50", "total")),
        ("marketing-director", ()),
    ],
)
def test_the_foot_of_the_sheet_has_the_totals_of_the_scheme(
    scheme: str, names: tuple[str, ...]
) -> None:
    assert result_names(builtin_scheme(scheme)) == names


@pytest.mark.parametrize(
    ("aggregation", "full", "scored"),
    [
        (WeightedTree(), 100, True),
        (EnteredTotal("final"), 100, True),
        (WeightedScaled(Decimal(10), Decimal(50)), 10, True),
        (NoTotal(), 100, False),
        (NoTotal(by_points=True), 40, False),
    ],
)
def test_full_points_are_those_of_the_way_to_the_total(
    aggregation: WeightedTree | EnteredTotal | WeightedScaled | NoTotal,
    full: int,
    *,
    scored: bool,
) -> None:
    leaf = Indicator("甲", Decimal(40), rule=Manual())
    scheme = scheme_of(Manual(), indicators=(leaf,), aggregation=aggregation)
    assert scheme.full_points(leaf) == full
    assert scheme.is_scored is scored


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"facts": (TIMES, TIMES, DAYS)}, "数据项名称重复：times"),
        ({"parameters": (BLANK, BLANK)}, "参数名称重复：blank"),
        ({"events": (EventKind("a", "甲", ()),) * 2}, "事项名称重复：a"),
    ],
)
def test_a_scheme_does_not_use_a_name_twice(more: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidValueError, match=f"方案“试”的{says}"):
        scheme_of(Manual(), **more)


def test_a_figure_too_large_to_be_meant_blocks() -> None:
    rule = Deduction((RangeTable("times", (Range(Decimal(1), Decimal(3), Decimal(5)),)),))
    outcome = run(scheme_of(rule), {("times", "cycle"): Decimal("1e19")})
    assert outcome.blocked
    assert "“迟到次数”的值过大，或小数位过多" in messages(outcome)


# -- dated lines ------------------------------------------------------------------------------

VISIT = EventKind(
    "visit",
    "拜访",
    (
        EventField("hours", "小时", EventFieldKind.NUMBER),
        EventField("customer", "客户", EventFieldKind.TEXT),
        EventField("signed", "是否签约", EventFieldKind.FLAG),
        EventField("due", "约定日", EventFieldKind.DATE),
    ),
)
DAY = date(2026, 4, 3)
GOOD: dict[str, EventValue] = {
    "hours": Decimal(2),
    "customer": "乙公司",
    "signed": True,
    "due": date(2026, 5, 1),
}


def visits(subject: str = "A", **more: object) -> Evaluation:
    """A trial with one visit."""
    line = Event(subject, "visit", DAY, tuple(GOOD.items()))
    changed = replace(line, **more)  # type: ignore[arg-type]
    return run(scheme_of(Manual(), events=(VISIT,)), {}, ledgers={subject: (changed,)})


def test_a_line_with_all_its_fields_is_taken() -> None:
    assert not visits().blocked


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("hours", "事项“拜访”的小时应为数字"),
        ("customer", "事项“拜访”的客户应为文字"),
        ("signed", "事项“拜访”的是否签约应为是或否(true/false)"),
        ("due", "事项“拜访”的约定日应为日期"),
    ],
)
def test_a_field_with_another_kind_of_value_is_refused(field: str, says: str) -> None:
    wrong: EventValue = Decimal(1) if field != "hours" else "两小时"
    outcome = visits(values=tuple({**GOOD, field: wrong}.items()))
    assert outcome.blocked
    assert says in messages(outcome)


def test_lines_of_somebody_unknown_are_refused() -> None:
    outcome = visits("B")
    assert outcome.blocked
    assert "“B”不在被考核人之中，不能有事项" in messages(outcome)


def test_only_a_line_of_the_team_is_shared() -> None:
    assert "只有团队的事项可以按比例分给几个人(shares)" in messages(
        visits(shares=(("A", Decimal(100)),))
    )


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({"A": 60, "B": 40}, "事项分给了“B”，但他不在被考核人之中"),
        ({"A": -10}, "“A”的比例 -10% 不能为负数"),
        ({"A": 90}, "2026-04-03 的事项各人比例合计为 90%，应为 100%"),
    ],
)
def test_shares_of_a_line_are_of_known_people_and_whole(shares: dict[str, int], says: str) -> None:
    parts = tuple((who, Decimal(part)) for who, part in shares.items())
    assert says in messages(visits(TEAM, shares=parts))


def test_a_chain_ends_with_the_last_figure_that_has_a_period() -> None:
    chain = builtin_scheme("key-account-sales-bonus")
    keys = ("2026Q1", "2026Q3", "没有期间")
    facts = Facts.of([Fact("A", "target", Decimal(1), key) for key in keys])
    assert cycle_of(chain, {}, date(2026, 1, 1), facts=facts).period.last_day == date(2026, 9, 30)


# -- contracts --------------------------------------------------------------------------------


def agreed(scheme: Scheme, target: Target, cycle: str) -> list[str]:
    contract = Contract(
        id=ContractId(1),
        number="销售部-2026-001",
        scheme=scheme.id,
        scheme_version=1,
        role=scheme.roles[0].name,
        party_a=PartyA("甲公司"),
        party_b=PartyB(PersonId(1), "王芳", "001", "销售部", "总监"),
        term=Period.parse("2026"),
        targets=(target,),
    )
    facts = agreed_facts(scheme, contract, Period.parse(cycle), "A")
    return [str(one.value) for one in facts]


def test_a_target_that_the_scheme_does_not_know_is_no_fact() -> None:
    assert agreed(scheme_of(Manual()), Target("other", "别的", "元", Decimal(9)), "2026") == []


@pytest.mark.parametrize(("adds_up", "values"), [(True, []), (False, ["9"])])
def test_a_figure_of_the_whole_term_holds_in_a_part_only_where_it_does_not_add_up(
    values: list[str], *, adds_up: bool
) -> None:
    scheme = scheme_of(Manual(), facts=(replace(TIMES, plan=True),))
    target = Target("times", "迟到次数", "次", Decimal(9), adds_up=adds_up)
    assert agreed(scheme, target, "2026Q2") == values
    assert agreed(scheme, target, "2026") == ["9"]


TERMS = builtin_scheme("key-account-director")
SHEET = builtin_scheme("account-manager-kpi")


def test_a_scheme_that_lost_its_indicators_takes_those_of_another() -> None:
    bound = with_indicators(TERMS, SHEET)
    assert needs_indicators(TERMS)
    assert not needs_indicators(bound)
    assert [one.name for one in bound.leaves()] == [one.name for one in SHEET.leaves()]
    attendance = next(one for one in bound.leaves() if one.name == "员工出勤率")
    assert attendance.clause == "指标R10"
    assert isinstance(attendance.rule, Deduction)
    tables = [one.clause for one in attendance.rule.items if isinstance(one, RangeTable)]
    assert tables == ["指标R11"]
    assert bound.grades == TERMS.grades


@pytest.mark.parametrize(
    ("terms", "indicators", "says"),
    [
        (SHEET, SHEET, "自己有指标，不能再套用"),
        (TERMS, builtin_scheme("marketing-director"), "没有指标，请另选一个提供指标的方案"),
        (
            TERMS,
            replace(SHEET, parameters=(*SHEET.parameters, replace(BLANK, name="gap_policy"))),
            "两个方案的参数重名：gap_policy，不能合用",
        ),
    ],
)
def test_schemes_that_do_not_fit_together_are_refused(
    terms: Scheme, indicators: Scheme, says: str
) -> None:
    with pytest.raises(InvalidValueError, match=says):
        with_indicators(terms, indicators)

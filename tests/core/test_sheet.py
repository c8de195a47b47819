"""The scoring sheet asks for what its rules are made from, and shows what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry, Override
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.facts import FactValue
from kpidesk.core.findings import Code
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.sheet import SUBJECT, Sheet, SheetRow, make_sheet, opening_stage
from kpidesk.core.sheet_fields import FieldKind, FieldMaker, SheetField
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme

MANAGER = builtin_scheme("account-manager-kpi")
DIRECTOR = builtin_scheme("director-annual")
GROWTH = builtin_scheme("service-director-growth")
RATERS: dict[str, SettingValue] = {
    "rater_weight.self": Decimal(20),
    "rater_weight.peer": Decimal(0),
    "rater_weight.superior": Decimal(80),
}
WHOLE: dict[tuple[str, str], FactValue] = {
    ("sales_plan", CYCLE): Decimal(80),
    ("sales", CYCLE): Decimal(80),
    ("quarter_sales", "2025Q4"): Decimal(100),
    ("quarter_sales", "2026Q1"): Decimal(140),
    ("new_customers_plan", CYCLE): Decimal(3),
    ("new_customers", CYCLE): Decimal(3),
    ("score.市场信息收集", CYCLE): Decimal(9),
    ("score.团队协作", CYCLE): Decimal(8),
    ("met.专业知识", CYCLE): ("了解公司产品基本知识", "熟悉本行业及本市场的模式"),
    ("score.分析判断能力", CYCLE): Decimal("3.5"),
    ("score.沟通能力", CYCLE): Decimal(6),
    ("days_present", CYCLE): Decimal(24),
    ("late_times", CYCLE): Decimal(2),
}


def contract_of(
    scheme: Scheme, settings: dict[str, SettingValue], targets: tuple[Target, ...], term: str
) -> Contract:
    return Contract(
        id=ContractId(1),
        number="销售部-2026-001",
        scheme=scheme.id,
        scheme_version=1,
        role=scheme.roles[0].name,
        party_a=PartyA("甲公司"),
        party_b=PartyB(PersonId(1), "王芳", "001", "销售部", "客户经理"),
        term=Period.parse(term),
        targets=targets,
        settings=tuple(settings.items()),
    )


def appraisal_of(entries: dict[tuple[str, str], FactValue], cycle: str) -> Appraisal:
    day = date(2026, 2, 3)
    made = (Entry(name, value, key, "李强", day, "台账") for (name, key), value in entries.items())
    return Appraisal(
        AppraisalId(1), ContractId(1), PersonId(1), Period.parse(cycle), entries=tuple(made)
    )


def sheet_of(
    scheme: Scheme,
    entries: dict[tuple[str, str], FactValue] | None = None,
    *,
    settings: dict[str, SettingValue] | None = None,
    targets: tuple[Target, ...] = (),
    cycle: str = "2026",
    stage: str = CYCLE,
    overrides: tuple[Override, ...] = (),
) -> Sheet:
    contract = contract_of(scheme, settings or {}, targets, "2026")
    appraisal = replace(appraisal_of(entries or {}, cycle), overrides=overrides)
    return make_sheet(scheme, contract, appraisal, stage=stage)


def row(sheet: Sheet, name: str) -> SheetRow:
    return next(one for one in sheet.rows if one.indicator.name == name)


def asked(sheet: Sheet, name: str) -> list[tuple[str, str, str]]:
    """Label, kind and period of every field of a row."""
    return [(one.label, one.kind.value, one.period) for one in row(sheet, name).fields]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (
            "销售完成率",
            [("计划销售额", "number", CYCLE), ("实际销售额", "number", CYCLE)],
        ),
        (
            "销售增长率",
            [("上季销售额", "number", "2025Q4"), ("本季销售额", "number", "2026Q1")],
        ),
        (
            "新客户开发",
            [("计划开发新客户", "number", CYCLE), ("新开发客户", "count", CYCLE)],
        ),
        ("市场信息收集", [("得分", "points", CYCLE)]),
        ("专业知识", [("专业知识达到的各项", "statements", CYCLE)]),
        ("沟通能力", [("得分", "level", CYCLE)]),
        ("员工出勤率", [("出勤天数", "number", CYCLE), ("迟到次数", "count", CYCLE)]),
    ],
)
def test_a_rule_asks_for_the_facts_that_it_is_made_from(
    name: str, fields: list[tuple[str, str, str]]
) -> None:
    assert asked(sheet_of(MANAGER, cycle="2026-02"), name) == fields


def test_a_whole_sheet_has_its_total_and_nothing_is_missing() -> None:
    sheet = sheet_of(MANAGER, WHOLE, settings={"growth_step": Decimal(20)}, cycle="2026-02")
    assert sheet.complete
    assert sheet.missing == ()
    # 25 + 2 + 5 + 9 + 8 + (4 + 3) + 3.5 + 6 + (5 − 0 − 1)
    assert sheet.total is not None
    assert sheet.total.text == "69.50"
    assert sheet.grade is None
    assert [one.code for one in sheet.warnings if one.name == "full_points"] == [
        Code.POINTS_NOT_100
    ]
    field = row(sheet, "销售完成率").fields[1]
    assert (field.text, field.origin.source, field.origin.entered_by) == ("80", "台账", "李强")


def test_a_sheet_that_lacks_a_figure_says_so_in_its_row() -> None:
    lacking = {key: value for key, value in WHOLE.items() if key[0] != "sales"}
    sheet = sheet_of(MANAGER, lacking, settings={"growth_step": Decimal(20)}, cycle="2026-02")
    assert not sheet.complete
    there = row(sheet, "销售完成率")
    assert there.score is None
    assert [one.code for one in there.findings] == [Code.MISSING_FACT]
    assert sheet.missing == there.findings


def test_a_score_by_hand_stands_in_its_row_with_its_reason() -> None:
    by_hand = Override("销售完成率", Decimal(20), "合同已签未入账")
    there = row(sheet_of(MANAGER, cycle="2026-02", overrides=(by_hand,)), "销售完成率")
    assert there.override == by_hand
    assert there.score is not None
    assert there.score.text == "20.00"
    assert there.measured
    assert not row(sheet_of(MANAGER, cycle="2026-02"), "沟通能力").measured


def test_only_raters_with_a_share_are_asked() -> None:
    fields = row(sheet_of(DIRECTOR, settings=RATERS), "团队建设").fields
    assert [one.rater for one in fields] == ["自评", "上级评"]
    assert [one.most for one in fields] == [Decimal(100), Decimal(100)]


def test_in_a_quarter_for_which_there_is_no_figure_a_score_is_asked() -> None:
    sheet = sheet_of(DIRECTOR, stage="2026Q2")
    assert asked(sheet, "销售额达成率") == [("得分", "points", "2026Q2")]


def test_a_quarter_asks_for_its_own_figures_and_those_of_the_quarter_before() -> None:
    sheet = sheet_of(GROWTH, {("score.客户满意度", "2026Q2"): Decimal(80)}, stage="2026Q2")
    assert asked(sheet, "客户关怀计划") == [
        ("客户数量（2026Q1）", "number", "2026Q1"),
        ("客户数量（2026Q2）", "number", "2026Q2"),
    ]
    assert {kind for _, kind, _ in asked(sheet, "团队绩效")} == {"flag"}
    score = row(sheet, "客户满意度").score
    assert score is not None
    assert (score.period, score.text) == ("2026Q2", "80.00")


def test_growth_over_a_year_asks_for_the_quarter_a_year_before() -> None:
    settings: dict[str, SettingValue] = {"growth_base": "same_period_last_year"}
    sheet = sheet_of(GROWTH, settings=settings, stage="2026Q2")
    assert [period for _, _, period in asked(sheet, "客户关怀计划")] == ["2025Q2", "2026Q2"]


def test_the_year_of_a_scheme_by_quarters_asks_for_nothing_and_shows_their_scores() -> None:
    sheet = sheet_of(GROWTH, {("score.客户满意度", "2026Q2"): Decimal(80)})
    there = row(sheet, "客户满意度")
    assert there.fields == ()
    assert [one.text for one in there.stages] == ["80.00"]


def test_a_rated_indicator_asks_for_points_in_place_of_figures() -> None:
    weighted = builtin_scheme("key-account-weighted")
    assert asked(sheet_of(weighted), "客户满意度") == [("得分", "points", CYCLE)]
    measured = sheet_of(weighted, settings={"method.客户满意度": "measured"})
    found = asked(measured, "客户满意度")
    assert [kind for _, kind, _ in found] == ["number", "number", "points"]
    assert found[-1][0] == "不设目标，直接评分"


def test_an_agreed_target_is_shown_and_one_that_was_typed_stands_in_its_place() -> None:
    target = Target("target.销售额达成率", "销售额目标", "万元", Decimal(900))
    shown = row(sheet_of(DIRECTOR, targets=(target,)), "销售额达成率").fields[0]
    assert shown.agreed
    assert (shown.text, shown.origin.source) == ("900", "责任书 销售部-2026-001")
    entries: dict[tuple[str, str], FactValue] = {("target.销售额达成率", CYCLE): Decimal(800)}
    typed = row(sheet_of(DIRECTOR, entries, targets=(target,)), "销售额达成率").fields[0]
    assert not typed.agreed
    assert typed.text == "800"


@pytest.mark.parametrize(
    ("base", "before"), [("previous_period", "2025Q4"), ("same_period_last_year", "2025Q1")]
)
def test_a_metric_that_grows_asks_for_its_base(base: str, before: str) -> None:
    metrics = builtin_scheme("key-account-metrics")
    sheet = sheet_of(metrics, settings={"growth_base": base}, cycle="2026Q1")
    periods = [period for _, _, period in asked(sheet, "销售增长率")]
    assert before in periods
    assert "2026Q1" in periods


def test_a_dimension_has_no_field() -> None:
    dimension = MANAGER.indicators[0]
    contract = contract_of(MANAGER, {}, (), "2026")
    maker = FieldMaker(MANAGER, contract, appraisal_of({}, "2026-02"), SUBJECT)
    assert list(maker.fields(dimension, dimension.points)) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("76.50"), "76.5"),
        (True, "是"),
        (False, "否"),
        ("同意", "同意"),
        (("甲", "乙"), "甲、乙"),
        ((Decimal(80), Decimal("90.0")), "80、90"),
    ],
)
def test_a_field_shows_what_was_entered(value: FactValue | None, text: str) -> None:
    assert SheetField("fact", "数据", "", FieldKind.NUMBER, value).text == text


def test_amounts_of_money_are_read_with_their_thousands_set_apart() -> None:
    field = SheetField("x", "回款", "元", FieldKind.NUMBER, Decimal("1234567.5"))
    assert (field.shown, field.text) == ("1,234,567.50", "1234567.5")
    assert replace(field, unit="万元").shown == "1,234,567.5"
    assert replace(field, unit="户").shown == field.text
    assert replace(field, value=None).shown == ""


def opening(scheme: Scheme, entries: dict[tuple[str, str], FactValue]) -> str:
    contract = contract_of(scheme, {}, (), "2026")
    return opening_stage(scheme, contract, appraisal_of(entries, "2026"))


def test_filling_in_goes_on_with_the_first_stage_that_is_not_complete() -> None:
    entries: dict[tuple[str, str], FactValue] = {}
    contract = contract_of(GROWTH, {}, (), "2026")
    for stage in ("2026Q1", "2026Q2", "2026Q3", "2026Q4"):
        assert opening(GROWTH, entries) == stage
        sheet = make_sheet(GROWTH, contract, appraisal_of(entries, "2026"), stage=stage)
        for one in (field for row in sheet.rows for field in row.fields):
            is_flag = one.kind is FieldKind.FLAG
            entries[one.fact, one.period] = True if is_flag else Decimal(10)
    assert opening(GROWTH, entries) == CYCLE


def test_a_cycle_that_asks_for_something_is_filled_in_itself() -> None:
    assert opening(DIRECTOR, {}) == CYCLE
    assert opening(MANAGER, {}) == CYCLE

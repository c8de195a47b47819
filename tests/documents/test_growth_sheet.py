"""A sheet whose quarters are measured: on paper and as the officer fills it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.contract import Contract, ContractId, PartyB
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.filled_sheet import filled_sheet_pdf
from kpidesk.exchange.builtin import builtin_scheme
from tests.documents.samples import COMPANY, STAMP, entry, text_of

SCHEME = builtin_scheme("service-director-growth")
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
CONTRACT = Contract(
    ContractId(20),
    "客服部-2026-001",
    SCHEME.id,
    1,
    "service_director",
    COMPANY,
    PartyB(PersonId(5), "林客服", "E0050", "客服部", "客户服务总监", "周建国"),
    YEAR,
    settings=(
        ("satisfaction_growth_target", Decimal(10)),
        ("customer_growth_target", Decimal(5)),
    ),
)
ENTERED = (
    entry("satisfaction_index", Decimal(80), "2025Q4"),
    entry("satisfaction_index", Decimal(84), "2026Q1"),
    entry("customers", Decimal(200), "2025Q4"),
    entry("customers", Decimal(210), "2026Q1"),
    entry("conforms.客户问题解决率", True, "2026Q1"),
    entry("conforms.服务水平", True, "2026Q1"),
    entry("conforms.客户投诉量", False, "2026Q1"),
)
OPEN = Appraisal(AppraisalId(9), ContractId(20), PersonId(5), YEAR)
FIRST = replace(OPEN, entries=ENTERED)


def _sheet(appraisal: Appraisal, stage: str = CYCLE, contract: Contract = CONTRACT) -> Sheet:
    return make_sheet(SCHEME, contract, appraisal, stage=stage)


def _asked(sheet: Sheet) -> list[list[tuple[str, str, str]]]:
    return [[(one.label, one.period, one.text) for one in row.fields] for row in sheet.rows]


def test_a_quarter_asks_for_its_figures_and_those_that_growth_starts_from() -> None:
    assert _asked(_sheet(FIRST, "2026Q1")) == [
        [
            ("季度满意度指数（2025Q4）", "2025Q4", "80"),
            ("季度满意度指数（2026Q1）", "2026Q1", "84"),
        ],
        [("客户数量（2025Q4）", "2025Q4", "200"), ("客户数量（2026Q1）", "2026Q1", "210")],
        [
            ("客户问题解决率", "2026Q1", "是"),
            ("服务水平", "2026Q1", "是"),
            ("客户投诉量", "2026Q1", "否"),
        ],
    ]


def test_a_base_of_last_year_is_asked_for_where_growth_starts_from_it() -> None:
    over_a_year = replace(
        CONTRACT, settings=(*CONTRACT.settings, ("growth_base", "same_period_last_year"))
    )
    asked = _asked(_sheet(OPEN, "2026Q3", over_a_year))
    assert [period for _, period, _ in asked[0]] == ["2025Q3", "2026Q3"]


def test_a_quarter_shows_its_scores_total_and_grade() -> None:
    sheet = _sheet(FIRST, "2026Q1")
    assert [row.score.text for row in sheet.rows if row.score] == ["50.00", "100.00", "66.67"]
    total, grade = sheet.result("total", "2026Q1"), sheet.result("grade", "2026Q1")
    assert total is not None
    assert grade is not None
    assert (total.text, grade.text) == ("71.67", "良好")
    assert not sheet.complete


def test_the_year_asks_for_nothing_and_shows_what_the_quarters_gave() -> None:
    sheet = _sheet(FIRST)
    assert _asked(sheet) == [[], [], []]
    assert [[(one.period, one.text) for one in row.stages] for row in sheet.rows] == [
        [("2026Q1", "50.00")],
        [("2026Q1", "100.00")],
        [("2026Q1", "66.67")],
    ]


def test_the_blank_form_of_a_quarter_has_a_place_for_every_figure() -> None:
    blank = blank_sheet_pdf(_sheet(OPEN, "2026Q1"), CONTRACT, SCHEME, stamp=STAMP, stage="2026Q1")
    text = text_of(blank)
    for wanted in ("季度满意度指数（2025Q4）", "客户数量（2026Q1）", "服务水平：", "不符合"):
        assert wanted in text


def test_the_filled_forms_give_the_quarter_and_the_year() -> None:
    quarter = filled_sheet_pdf(
        _sheet(FIRST, "2026Q1"), CONTRACT, SCHEME, stamp=STAMP, stage="2026Q1"
    )
    assert all(one in text_of(quarter) for one in ("客户投诉量：否", "66.67", "71.67", "良好"))
    year = text_of(filled_sheet_pdf(_sheet(FIRST), CONTRACT, SCHEME, stamp=STAMP))
    assert all(one in year for one in ("2026Q1：50.00分", "2026Q1：66.67分"))

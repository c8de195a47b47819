from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest

from kpidesk.core.appraisal import Appraisal
from kpidesk.core.contract import Contract
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.filled_sheet import filled_sheet_pdf
from kpidesk.documents.stamp import Stamp, read_code
from tests.documents.samples import (
    DIRECTOR,
    MANAGER,
    MM,
    codes_of,
    director_appraisal,
    director_contract,
    entry,
    manager_appraisal,
    manager_contract,
    page_texts,
    schemes,
    text_of,
)

STAMP = Stamp("S", 2, 1, "0a1b2c3d")


def blank(
    scheme: Scheme = MANAGER,
    contract: Contract | None = None,
    appraisal: Appraisal | None = None,
) -> bytes:
    contract = contract or manager_contract()
    sheet = make_sheet(scheme, contract, appraisal or manager_appraisal())
    return blank_sheet_pdf(sheet, contract, scheme, stamp=STAMP)


def filled(
    scheme: Scheme = MANAGER,
    contract: Contract | None = None,
    appraisal: Appraisal | None = None,
) -> bytes:
    contract = contract or manager_contract()
    sheet = make_sheet(scheme, contract, appraisal or manager_appraisal())
    return filled_sheet_pdf(sheet, contract, scheme, stamp=STAMP)


def test_the_blank_sheet_shows_targets_and_rules_but_no_figure_that_was_entered() -> None:
    text = text_of(blank())
    assert "计划销售额：80万元" in text
    assert "实际销售额：" in text
    assert "76万元" not in text
    assert "68.00" not in text
    assert "了解公司产品基本知识" in text


def test_the_blank_sheet_has_a_column_for_every_kind_of_rater() -> None:
    text = text_of(blank(DIRECTOR, director_contract(), director_appraisal()))
    assert "数据自评互评上级评得分" in text
    assert "88" not in text.replace("80～89", "")


def test_the_filled_sheet_shows_scores_data_and_who_entered_them() -> None:
    text = text_of(filled())
    for said in ("实际销售额：76万元", "24.00", "68.00", "录入：李慧", "依据：评分表第2页"):
        assert said in text


def test_the_filled_sheet_shows_each_raters_points() -> None:
    text = text_of(filled(DIRECTOR, director_contract(), director_appraisal()))
    assert "9588、9186" in text
    assert "优秀" in text


def test_an_override_is_shown_with_its_reason() -> None:
    text = text_of(filled())
    assert "改写得分，理由：" in text
    assert "延后入账" in text


def test_what_is_missing_is_marked_and_never_zero() -> None:
    appraisal = replace(manager_appraisal(), entries=(entry("sales", Decimal(76)),), overrides=())
    text = text_of(filled(appraisal=appraisal))
    assert "出勤天数：缺" in text
    assert "总分缺" in text


def test_ticks_stand_only_beside_what_was_met() -> None:
    def strokes(pdf: bytes) -> int:
        with pdfplumber.open(BytesIO(pdf)) as document:
            slanted = [
                line
                for page in document.pages
                for line in page.lines
                if abs(line["x1"] - line["x0"]) > 0.5 and abs(line["bottom"] - line["top"]) > 0.5
            ]
        return len(slanted)

    assert strokes(blank()) == 0
    assert strokes(filled()) == 2 * (2 + 1 + 1)  # two statements met, two levels chosen


@pytest.mark.parametrize(("scheme", "contract", "appraisal"), schemes())
def test_everybody_signs_on_a_page_with_the_total(
    scheme: Scheme, contract: Contract, appraisal: Appraisal
) -> None:
    for pdf in (blank(scheme, contract, appraisal), filled(scheme, contract, appraisal)):
        last = page_texts(pdf)[-1]
        for said in ("总分", "被考核人：", "直属领导：", "人力资源部：", "总经理："):
            assert said in last


@pytest.mark.parametrize(("scheme", "contract", "appraisal"), schemes())
def test_nothing_is_printed_outside_the_frame_and_every_page_has_its_code(
    scheme: Scheme, contract: Contract, appraisal: Appraisal
) -> None:
    for pdf in (blank(scheme, contract, appraisal), filled(scheme, contract, appraisal)):
        with pdfplumber.open(BytesIO(pdf)) as document:
            total = len(document.pages)
            for page in document.pages:
                drawn = (*page.chars, *page.rects, *page.lines, *page.curves)
                assert all(one["x1"] <= page.width - 25 * MM for one in drawn)
                assert all(one["bottom"] <= page.height - 10 * MM for one in drawn)
        for number, codes in enumerate(codes_of(pdf), 1):
            code = read_code(codes[0])
            assert code is not None
            assert (code.page, code.total, code.stamp.kind) == (number, total, "S")


def test_a_quarter_is_named_on_its_sheet() -> None:
    contract, appraisal = director_contract(), director_appraisal()
    sheet = make_sheet(DIRECTOR, contract, appraisal, stage="2026Q2")
    pdf = blank_sheet_pdf(sheet, contract, DIRECTOR, stamp=STAMP, stage="2026Q2")
    assert "2026年第2季度阶段评估" in text_of(pdf)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert filled() == filled()
    assert blank() == blank()

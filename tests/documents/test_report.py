from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest

from kpidesk.core.appraisal import Appraisal, Interview, Opinion
from kpidesk.core.contract import Contract
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.chart import Month, Series
from kpidesk.documents.report import report_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import (
    DIRECTOR,
    MANAGER,
    MM,
    codes_of,
    director_appraisal,
    director_contract,
    manager_appraisal,
    manager_contract,
    page_texts,
    schemes,
    text_of,
)

STAMP = Stamp("R", 2, 3, "0a1b2c3d")


def report(
    scheme: Scheme = MANAGER,
    contract: Contract | None = None,
    appraisal: Appraisal | None = None,
    history: Sequence[Series] = (),
) -> bytes:
    contract, appraisal = contract or manager_contract(), appraisal or manager_appraisal()
    sheet = make_sheet(scheme, contract, appraisal)
    return report_pdf(sheet, appraisal, contract, scheme, history=history, stamp=STAMP)


def test_it_gives_person_period_total_and_every_score() -> None:
    text = text_of(report())
    for said in ("𬭎䶮", "E0013", "2026年3月", "68.00", "80万元", "76万元"):
        assert said in text
    sheet = make_sheet(MANAGER, manager_contract(), manager_appraisal())
    for row in sheet.rows:
        assert row.score is not None
        assert f"{row.indicator.name}{row.worth}" in text
        assert row.score.text in text


def test_it_gives_the_grade_and_its_scale() -> None:
    text = text_of(report(DIRECTOR, director_contract(), director_appraisal()))
    assert "优秀" in text
    assert "等级标准：优秀90～100分" in text


def test_every_computed_score_is_explained_down_to_the_figures_and_the_clause() -> None:
    text = text_of(report())
    for said in (
        "销售完成率得分=满分25分−扣分1分=24.00分",
        "销售完成率=实际销售额76万元÷计划销售额80万元×100%=95%",
        "条款R02：",
        "录入：李慧2026-04-03依据：评分表第2页",
    ):
        assert said in text


def test_an_override_is_marked_and_explained() -> None:
    text = text_of(report())
    assert "3.00*" in text
    assert "改写理由：回款因客户系统故障延后入账" in text


def test_interview_plan_and_opinion_are_printed() -> None:
    text = text_of(report())
    for said in ("2026年4月10日", "客户档案完整", "续约谈判拖延", "态度认真", "每档金额偏高",
                 "每周拜访3家重点客户", "2026-06-30", "市场部提供资料"):  # fmt: skip
        assert said in text


def test_without_an_interview_there_is_room_to_write() -> None:
    held, empty = manager_appraisal(), replace(manager_appraisal(), interview=Interview())
    assert "保留意见（请说明理由）" in text_of(report(appraisal=empty))
    assert len(page_texts(report(appraisal=empty))) >= len(page_texts(report(appraisal=held)))


@pytest.mark.parametrize(("opinion", "ticks"), [(None, 0), (Opinion.AGREES, 2)])
def test_only_a_given_opinion_is_ticked(opinion: Opinion | None, ticks: int) -> None:
    interview = replace(manager_appraisal().interview, opinion=opinion)
    pdf = report(appraisal=replace(manager_appraisal(), interview=interview))
    with pdfplumber.open(BytesIO(pdf)) as document:
        slanted = [
            line
            for page in document.pages
            for line in page.lines
            if abs(line["x1"] - line["x0"]) > 0.5 and abs(line["bottom"] - line["top"]) > 0.5
        ]
    assert len(slanted) == ticks


def test_missing_figures_are_named_and_no_total_is_invented() -> None:
    appraisal = replace(manager_appraisal(), entries=(), overrides=())
    text = text_of(report(appraisal=appraisal))
    assert "缺少：" in text
    assert "总分缺" in text


def test_bars_are_as_long_as_scores_are_high() -> None:
    with pdfplumber.open(BytesIO(report())) as document:
        bars = [
            rect["width"]
            for page in document.pages
            for rect in page.rects
            if rect["fill"] and abs(rect["height"] - 3.6 * MM) < 0.1
        ]
    tracks, lengths = bars[:18:2], bars[1:18:2]
    assert len(set(map(round, tracks))) == 1
    assert lengths[0] / tracks[0] == pytest.approx(24 / 25, abs=0.01)
    assert lengths[2] / tracks[2] == pytest.approx(6 / 5, abs=0.01)  # above full points


def test_a_history_is_drawn_month_by_month() -> None:
    months = tuple(
        Month(f"{n}月", Decimal(80), Decimal(60 + n) if n < 10 else None) for n in range(1, 13)
    )
    text = text_of(report(history=(Series("销售额", "万元", months),)))
    assert "销售额（万元）" in text
    assert "12月" in text
    assert "69" in text


@pytest.mark.parametrize(("scheme", "contract", "appraisal"), schemes())
def test_signatures_close_the_report_and_every_page_has_its_code(
    scheme: Scheme, contract: Contract, appraisal: Appraisal
) -> None:
    pdf = report(scheme, contract, appraisal)
    last = page_texts(pdf)[-1]
    assert "被考核人意见" in last
    assert "总经理：" in last
    assert all(len(codes) == 1 for codes in codes_of(pdf))
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            drawn = (*page.chars, *page.rects, *page.lines)
            assert all(one["x1"] <= page.width - 25 * MM for one in drawn)


def test_hostile_comments_are_printed_as_they_are() -> None:
    hostile = "<script>alert(1)</script>&amp;" * 3 + "长" * 5000
    interview = replace(manager_appraisal().interview, comment=hostile)
    text = text_of(report(appraisal=replace(manager_appraisal(), interview=interview)))
    assert "<script>alert(1)</script>&amp;" in text
    assert text.count("长") >= 5000


def test_the_same_appraisal_gives_the_same_bytes() -> None:
    assert report() == report()

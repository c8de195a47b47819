"""The longest and the shortest, and text that means harm: all of it is laid out by the rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from kpidesk.core.appraisal import Appraisal, Interview
from kpidesk.core.contract import Contract, Copy, PartyA
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Level, LevelSelect, Manual
from kpidesk.core.sheet import make_sheet
from kpidesk.core.target import Target
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.filled_sheet import filled_sheet_pdf
from kpidesk.documents.interview_record import interview_pdf
from kpidesk.documents.report import report_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.layout import faults, foot_gap, pages_of
from tests.documents.samples import (
    MANAGER,
    STAMP,
    codes_of,
    manager_appraisal,
    manager_contract,
    page_texts,
    text_of,
)

HOSTILE = (
    '<font color="red" size="40">红</font> <b>&amp; & &#60; <para> '
    '<img src="file:///etc/passwd" width="900"/> {0} %s \\n $(id) <!-- --> ]]>'
)
UNSEEN = "\u202e反\u202c\u200b\u2066向\u2069\x00\x07\x1b[31m\ufeff"
KINDS = ("contract", "blank", "filled", "report", "interview")


def made(
    kind: str,
    contract: Contract | None = None,
    scheme: Scheme = MANAGER,
    appraisal: Appraisal | None = None,
) -> bytes:
    contract, appraisal = contract or manager_contract(), appraisal or manager_appraisal()
    sheet = make_sheet(scheme, contract, appraisal)
    stamp = Stamp("R", 2, 1, "0a1b2c3d")
    match kind:
        case "contract":
            return contract_pdf(contract, scheme, copy=Copy.PARTY_B, stamp=STAMP)
        case "blank":
            return blank_sheet_pdf(sheet, contract, scheme, stamp=stamp)
        case "filled":
            return filled_sheet_pdf(sheet, contract, scheme, stamp=stamp)
        case "report":
            return report_pdf(sheet, appraisal, contract, scheme, stamp=stamp)
        case _:
            return interview_pdf(sheet, appraisal, contract, scheme, stamp=stamp)


def forty_rows() -> Scheme:
    leaves = tuple(
        Indicator(
            f"第{number}项指标的名称相当长，写满两行以上才算完",
            Decimal("2.5"),
            rule=Manual("按月度工作计划的完成情况评定，分别说明数量、质量、时限和成本四个方面" * 2),
            definition="当月按期完成的工作项数占计划项数的比例",
            source="部门月报",
        )
        for number in range(1, 41)
    )
    return replace(MANAGER, indicators=(Indicator("全部指标", Decimal(100), children=leaves),))


@cache
def twelve_levels() -> Scheme:
    levels = tuple(
        Level(Decimal(12 - number), f"第{number + 1}档：能够独立完成本岗位的全部工作，" * 3)
        for number in range(12)
    )
    leaf = Indicator("专业能力", Decimal(12), rule=LevelSelect(levels))
    return replace(MANAGER, indicators=(leaf, *MANAGER.indicators))


@pytest.mark.parametrize("kind", KINDS)
def test_forty_indicators_of_long_names(kind: str) -> None:
    pdf = made(kind, scheme=forty_rows())
    assert faults(pages_of(pdf)) == []
    if kind != "interview":
        assert "第40项指标" in text_of(pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_twelve_levels_of_a_rubric(kind: str) -> None:
    pdf = made(kind, scheme=twelve_levels())
    assert faults(pages_of(pdf)) == []
    if kind in {"contract", "blank", "filled"}:
        assert all(f"第{number}档：" in text_of(pdf) for number in range(1, 13))


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_posts_of_sixty_characters(kind: str) -> None:
    contract = manager_contract()
    long = replace(
        contract,
        number="华北大区重点行业客户经营管理与服务中心-2026-001",
        party_a=PartyA("北京华远智造科技发展有限公司" * 4, "欧阳" * 15, "中关村" * 30),
        party_b=replace(
            contract.party_b,
            name="买买提·阿卜杜拉" * 7,
            post="高级大客户经理" * 9,
            department="华北大区" * 15,
            superior="欧阳𠮷" * 20,
        ),
    )
    pdf = made(kind, long)
    assert faults(pages_of(pdf)) == []
    assert "高级大客户经理高级大客户经理" in text_of(pdf)


@pytest.mark.parametrize("count", [1, 3])
def test_clauses_of_five_thousand_characters(count: int) -> None:
    clause = "乙方应当按照双方确认的工作计划开展工作，" * 250
    pages = pages_of(made("contract", replace(manager_contract(), special_terms=(clause,) * count)))
    assert faults(pages) == []
    assert all(foot_gap(page) < 24 for page in pages[:-1])


@pytest.mark.parametrize("kind", ["report", "interview"])
def test_comments_of_five_thousand_characters(kind: str) -> None:
    talk = Interview(None, "", "长" * 5000, "处" * 5000, "评" * 5000, None, "见" * 5000)
    pdf = made(kind, appraisal=replace(manager_appraisal(), interview=talk))
    assert faults(pages_of(pdf)) == []
    assert all(text_of(pdf).count(one) >= 5000 for one in "长处评见")


def test_forty_targets_of_fifteen_months() -> None:
    months = tuple(Decimal(number) for number in range(1, 16))
    targets = tuple(
        Target(f"target.{number}", f"第{number}项目标的名称相当长", "万元", Decimal(120), months)
        for number in range(40)
    )
    pdf = made("contract", replace(manager_contract(), targets=targets))
    assert faults(pages_of(pdf)) == []
    assert "第39项目标" in text_of(pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shortest(kind: str) -> None:
    contract = replace(
        manager_contract(),
        number="1",
        party_a=PartyA("甲"),
        targets=(),
        settings=(),
        special_terms=(),
    )
    contract = replace(
        contract,
        party_b=replace(
            contract.party_b, name="乙", number="", department="", post="", superior=""
        ),
    )
    leaf = Indicator("一", Decimal(100), rule=Manual(""))
    scheme = replace(MANAGER, indicators=(leaf,), contract=(), grades=None)
    blank = replace(manager_appraisal(), entries=(), overrides=(), interview=Interview())
    pdf = made(kind, contract, scheme, blank)
    assert faults(pages_of(pdf)) == []
    assert len(page_texts(pdf)) <= (2 if kind in {"contract", "report"} else 1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [HOSTILE, UNSEEN, "&", "<b>", "\t\n\r\n "], ids=range(5))
def test_hostile_text_everywhere_is_printed_as_it_is_or_not_at_all(kind: str, text: str) -> None:
    contract = manager_contract()
    talk = replace(manager_appraisal().interview, comment=text, strengths=text, interviewer=text)
    hostile = replace(
        contract,
        number=f"甲{text}"[:60],
        party_a=PartyA(f"甲{text}"[:60] if text.isprintable() else "甲", text, text),
        party_b=replace(
            contract.party_b, name=f"乙{text}", number=text, department=text, post=text
        ),
        special_terms=(text, text),
        targets=(Target("t", f"目标{text}", "万元", Decimal(5)),),
    )
    scheme = replace(MANAGER, contract_title=f"责任书{text}", title=f"方案{text}")
    appraisal = replace(manager_appraisal(), interview=talk)
    pdf = made(kind, hostile, scheme, appraisal)
    pages = pages_of(pdf)
    assert faults(pages) == []
    assert not {"\u202e", "\x00", "\x1b"} & {one.text for page in pages for one in page.chars}
    assert all(len(codes) == 1 for codes in codes_of(pdf))
    if text is HOSTILE:
        assert "".join(HOSTILE.split()) in text_of(pdf)
    if text is UNSEEN:
        assert "反向" in text_of(pdf)

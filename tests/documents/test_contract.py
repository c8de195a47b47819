from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest
from pypdf import PdfReader

from kpidesk.core.contract import Contract, Copy
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Manual
from kpidesk.core.target import Target
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.fonts import MissingGlyphError
from kpidesk.documents.stamp import PageCode, read_code
from kpidesk.exchange.builtin import builtin_scheme
from tests.documents.samples import (
    COMPANY,
    DIRECTOR,
    MANAGER,
    MM,
    STAMP,
    codes_of,
    director_contract,
    manager_contract,
    page_texts,
    text_of,
)


def printed(
    contract: Contract | None = None, scheme: Scheme = DIRECTOR, copy: Copy | None = None
) -> bytes:
    return contract_pdf(contract or director_contract(), scheme, copy=copy, stamp=STAMP)


def test_it_names_parties_term_targets_and_months() -> None:
    text = text_of(printed())
    for said in (
        "大客户总监绩效考核目标责任书",
        "编号：大客户部-2026-001",
        "北京华远智造科技有限公司",
        "2026年3月1日至2027年2月28日",
        "销售额目标",
        "2026.03",
        "2027.02",
        "66.67",
        "月度分解表",
    ):
        assert said in text


def test_it_states_every_indicator_with_its_worth_and_rule() -> None:
    text = text_of(printed(manager_contract(), MANAGER))
    for leaf in MANAGER.leaves():
        assert leaf.name in text
    assert "每低5个百分点扣1分" in text
    assert "满分合计85分" in text


def test_indicators_that_count_for_nothing_have_no_column_of_weights() -> None:
    library = builtin_scheme("key-account-indicator-library")
    contract = replace(
        director_contract(), scheme=library.id, role="department", targets=(), settings=()
    )
    text = text_of(printed(contract, library))
    assert "考核指标评分标准" in text
    assert "各指标分别计算，不合成总分。" in text
    assert "商务费用控制" in text


def test_grades_raters_and_the_schemes_own_clauses_are_there() -> None:
    text = text_of(printed())
    assert "自评20%，互评30%，上级评50%" in text
    assert "90分及以上" in text
    assert "本责任书一式两份，公司与大客户总监各执一份。" in text


def test_a_scheme_without_own_clauses_gets_the_usual_ones() -> None:
    assert "甲乙双方各执一份，具有同等效力" in text_of(printed(manager_contract(), MANAGER))


def test_duties_goals_and_worked_examples_are_there() -> None:
    text = text_of(printed())
    assert "如实提供考核所需的数据" in text
    assert "团队建设（10%）、内部管理（10%）" in text
    assert (
        "销售额目标800万元×100%=90%；销售额达成率得分=满分100分×销售额达成率完成率90%=90.00分"
        in text
    )


def test_a_scheme_that_names_its_goals_itself_has_them_once() -> None:
    for name in ("marketing-director", "account-manager-kpi"):
        scheme = builtin_scheme(name)
        contract = replace(
            manager_contract(), scheme=name, role=scheme.roles[0].name, targets=(), settings=()
        )
        assert text_of(printed(contract, scheme)).count("、管理目标") == 1


def test_without_a_representative_there_is_room_for_who_signs() -> None:
    contract = replace(director_contract(), party_a=replace(COMPANY, representative=""))
    assert "法定代表人或授权代表住所" in text_of(printed(contract))


def test_an_authorised_person_signs_instead_of_the_representative() -> None:
    both = replace(COMPANY, representative="赵敏", agent="周岚")
    text = text_of(printed(replace(director_contract(), party_a=both)))
    assert "法定代表人赵敏" in text
    assert "授权代表周岚" in text
    assert "授权代表（签字）：" in text
    alone = text_of(printed(replace(director_contract(), party_a=replace(both, representative=""))))
    assert "授权代表周岚" in alone
    assert "法定代表人" not in alone


def test_special_terms_are_printed_word_for_word() -> None:
    contract = replace(director_contract(), special_terms=("试用期内不考核市场份额。",))
    assert "试用期内不考核市场份额。" in text_of(printed(contract))


@pytest.mark.parametrize(("copy", "mark"), [(Copy.PARTY_A, "甲方存"), (Copy.PARTY_B, "乙方存")])
def test_the_copy_mark_stands_on_every_page(copy: Copy, mark: str) -> None:
    assert all(mark in page for page in page_texts(printed(copy=copy)))


def test_without_a_copy_there_is_no_mark() -> None:
    text = text_of(printed())
    assert "甲方存" not in text
    assert "乙方存" not in text


@pytest.mark.parametrize("copy", [None, *Copy])
def test_every_page_has_a_code_that_names_document_copy_and_page(copy: Copy | None) -> None:
    pdf = printed(copy=copy)
    total = len(PdfReader(BytesIO(pdf)).pages)
    for number, codes in enumerate(codes_of(pdf), 1):
        assert len(codes) == 1
        expected = PageCode(
            replace(STAMP, short_hash="9F8E7D6C", audit_head=""), copy, number, total
        )
        assert read_code(codes[0]) == expected


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = page_texts(printed())
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page


def test_the_right_margin_is_free_for_the_straddle_seal() -> None:
    with pdfplumber.open(BytesIO(printed(copy=Copy.PARTY_A))) as document:
        for page in document.pages:
            free = page.width - 25 * MM
            drawn = (*page.chars, *page.rects, *page.lines, *page.curves)
            assert drawn
            assert all(one["x1"] <= free for one in drawn)
            assert all(one["x0"] >= 27 * MM for one in drawn)
            assert all(one["top"] >= 10 * MM for one in drawn)
            assert all(one["bottom"] <= page.height - 10 * MM for one in drawn)


@pytest.mark.parametrize("clauses", range(0, 24, 3))
def test_the_signatures_never_stand_alone_on_a_page(clauses: int) -> None:
    terms = tuple(f"第{number}项特别约定，双方均已知悉并同意遵守。" for number in range(clauses))
    pages = page_texts(printed(replace(director_contract(), special_terms=terms)))
    last = pages[-1]
    assert "法定代表人或授权代表（签字）" in last
    assert "（以下无正文）" in last
    before = last.split("（以下无正文）")[0]
    assert "各执一份。" in before or "自签订之日起开始实施。" in before


def test_there_is_blank_room_for_a_company_seal() -> None:
    with pdfplumber.open(BytesIO(printed())) as document:
        words = document.pages[-1].extract_words()
    party = next(one for one in words if one["text"].startswith("甲方（盖章）："))
    hint = next(one for one in words if "盖章处" in one["text"])
    assert hint["top"] - party["bottom"] >= 45 * MM


def test_an_empty_foot_of_a_page_is_marked_so_that_nothing_can_be_added() -> None:
    marked = 0
    for clauses in range(0, 16, 2):
        terms = ("经双方确认，本条款另行协商。",) * clauses
        pages = page_texts(printed(replace(director_contract(), special_terms=terms)))
        marked += sum("本页以下空白" in page for page in pages[:-1])
        assert "本页以下空白" not in pages[-1]
    assert marked


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert printed() == printed()


def test_title_author_language_and_bookmarks_are_set() -> None:
    reader = PdfReader(BytesIO(printed()))
    assert reader.metadata is not None
    assert reader.metadata.title == "大客户总监绩效考核目标责任书（欧阳𠮷）"
    assert reader.metadata.author == "北京华远智造科技有限公司"
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    marks = [one for one in reader.outline if not isinstance(one, list)]
    assert "七、考核指标与评分标准" in [str(one.title) for one in marks]
    for mark in marks[1:]:
        page = reader.get_destination_page_number(mark)
        assert page is not None
        assert str(mark.title) in reader.pages[page].extract_text()


def test_hostile_text_is_printed_as_it_is() -> None:
    hostile = '<b>粗体</b> & <img src="file:///etc/passwd"/> 5<x<10 <para> &lt; %s {0} \\n'
    contract = replace(director_contract(), special_terms=(hostile,))
    assert "".join(hostile.split()) in text_of(printed(contract))


def test_a_clause_of_five_thousand_characters_runs_over_pages_whole() -> None:
    clause = "".join(chr(0x4E00 + number % 2000) for number in range(5000))
    pdf = printed(replace(director_contract(), special_terms=(clause,)))
    bodies = [page.split(f"第{number}页")[0] for number, page in enumerate(page_texts(pdf), 1)]
    foot = "北京华远智造科技有限公司大客户总监绩效考核目标责任书编号"
    assert clause in "".join(body.split(foot)[0] for body in bodies)


def test_forty_indicators_run_over_pages_under_repeated_heads() -> None:
    leaves = tuple(
        Indicator(f"指标{number:02}", Decimal("2.5"), rule=Manual("按月度工作计划的完成情况评定"))
        for number in range(40)
    )
    scheme = replace(MANAGER, indicators=(Indicator("全部指标", Decimal(100), children=leaves),))
    pages = page_texts(printed(manager_contract(), scheme))
    text = "".join(pages)
    assert all(leaf.name in text for leaf in leaves)
    with_rows = [page for page in pages if "按月度工作计划" in page]
    assert len(with_rows) > 1
    assert all("考核指标满分评分标准" in page for page in with_rows)


def test_a_rule_taller_than_a_page_is_cut_inside_its_row() -> None:
    leaf = Indicator("超长指标", Decimal(100), rule=Manual("逐条核对。" * 900))
    scheme = replace(MANAGER, indicators=(leaf,))
    assert text_of(printed(manager_contract(), scheme)).count("逐条核对。") >= 880


def test_posts_of_sixty_characters_wrap_in_their_cell() -> None:
    post = "华北大区" * 15
    assert post[:20] in text_of(printed(director_contract(post=post)))


def test_a_term_of_fifteen_months_prints_all_its_months() -> None:
    months = tuple(Decimal(number) for number in range(101, 116))
    target = Target("target.销售额达成率", "销售额目标", "万元", sum(months, Decimal(0)), months)
    contract = replace(director_contract(), targets=(target,))
    text = text_of(printed(contract))
    assert all(str(month) in text for month in months)


def test_a_name_that_cannot_be_printed_is_refused_with_its_character() -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+1F600"):
        printed(director_contract("张😀"))

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest

from kpidesk.core.contract import Contract, ContractState
from kpidesk.core.decomposition import Decomposition, decompose
from kpidesk.core.target import Target, split_target
from kpidesk.documents.decomposition import decomposition_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import MM, codes_of, manager_contract, page_texts, text_of

STAMP = Stamp("T", 202601, 1, "0a1b2c3d")


def person(name: str, total: int = 960, **changes: object) -> Contract:
    made = manager_contract(name)
    targets = (
        Target(
            "sales_plan", "计划销售额", "万元", Decimal(total), split_target(Decimal(total), 12)
        ),
        Target("share", "市场份额目标", "%", Decimal("12.5"), adds_up=False),
    )
    return replace(made, targets=targets, state=ContractState.SIGNED, **changes)  # type: ignore[arg-type]  # terms


def table(*contracts: Contract, without: tuple[str, ...] = ()) -> Decomposition:
    return decompose(contracts or (person("𬭎䶮"), person("欧阳若曦", 1200)), without=without)


def made() -> bytes:
    return decomposition_pdf(table(), stamp=STAMP)


def test_it_gives_each_month_of_each_person_and_the_sums() -> None:
    text = text_of(made())
    for said in ("目标分解表", "𬭎䶮", "欧阳若曦", "计划销售额（万元）", "2026.01", "2026.12"):
        assert said in text
    assert "80" * 12 + "9600" in text
    assert "合计" + "180" * 12 + "2,1600" in text
    assert "不分月12.5—" in text


def test_what_is_not_assigned_is_named() -> None:
    open_target = Target("sales_plan", "计划销售额", "万元", Decimal(500))
    contract = replace(person("甲"), targets=(open_target,))
    text = text_of(decomposition_pdf(table(contract, without=("乙（市场部）",)), stamp=STAMP))
    assert "不分月500500" in text
    assert "目标尚未分配：乙（市场部）" in text


def test_a_draft_is_marked_and_explained() -> None:
    text = text_of(
        decomposition_pdf(table(replace(person("甲"), state=ContractState.DRAFT)), stamp=STAMP)
    )
    assert "大客户部-2026-002草稿" in text
    assert "尚未打印签署" in text


def test_pages_lie_on_their_side_each_with_head_and_code_and_the_signatures_at_the_end() -> None:
    contracts = [person(f"员工{number}") for number in range(40)]
    pdf = decomposition_pdf(table(*contracts), stamp=STAMP)
    pages = page_texts(pdf)
    assert len(pages) > 3
    with pdfplumber.open(BytesIO(pdf)) as opened:
        assert all(page.width > page.height for page in opened.pages)
    assert all("姓名2026.01" in page and "计划销售额" in page for page in pages[:3])
    for title in ("编制人：", "部门负责人：", "人力资源部：", "总经理："):
        assert [number for number, page in enumerate(pages) if title in page] == [len(pages) - 1]
    assert all(len(found) == 1 for found in codes_of(pdf))


@pytest.mark.parametrize("total", [1, 999_999_999_999])
def test_the_widest_figures_stay_on_one_line_inside_the_margins(total: int) -> None:
    pdf = decomposition_pdf(table(person("长" * 60, total, number="X-1")), stamp=STAMP)
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            assert all(one["x0"] > 28 * MM - 1 for one in page.chars)
            assert all(one["x1"] < page.width - 26 * MM + 1 for one in page.chars)
    assert f"{split_target(Decimal(total), 12)[0]:,f}".rstrip("0").rstrip(".") in text_of(pdf)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert made() == made()

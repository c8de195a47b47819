"""Sample values that the tests of documents print, and ways to read what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import pypdfium2
import zxingcpp
from PIL import Image

from kpidesk.core.appraisal import (
    Appraisal,
    AppraisalId,
    Entry,
    Interview,
    Opinion,
    Override,
    PlanItem,
)
from kpidesk.core.combine import with_indicators
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.facts import FactValue
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Manual
from kpidesk.core.target import Target, split_target
from kpidesk.documents.pictures import Pages
from kpidesk.documents.stamp import Stamp
from kpidesk.exchange.builtin import builtin_scheme

STAMP = Stamp("C", 12, 1, "9f8e7d6c", "3fa9c1")
COMPANY = PartyA("北京华远智造科技有限公司", "周建国", "北京市海淀区中关村东路 18 号")
MANAGER = builtin_scheme("account-manager-kpi")
DIRECTOR = with_indicators(
    builtin_scheme("key-account-director"), builtin_scheme("director-annual")
)
MM = 72 / 25.4


def director_contract(name: str = "欧阳𠮷", post: str = "大客户总监") -> Contract:
    """A year from March with targets by month and rater shares."""
    return Contract(
        ContractId(12),
        "大客户部-2026-001",
        DIRECTOR.id,
        1,
        "director",
        COMPANY,
        PartyB(PersonId(1), name, "E0012", "大客户部", post, "周建国"),
        Period(date(2026, 3, 1), date(2027, 3, 1)),
        targets=(
            Target(
                "target.销售额达成率",
                "销售额目标",
                "万元",
                Decimal(800),
                split_target(Decimal(800), 12),
            ),
            Target("target.市场份额", "市场份额目标", "%", Decimal("12.5")),
            Target("target.利润率", "利润率目标", "%", Decimal(18)),
        ),
        settings=(
            ("rater_weight.self", Decimal(20)),
            ("rater_weight.peer", Decimal(30)),
            ("rater_weight.superior", Decimal(50)),
        ),
    )


def manager_contract(name: str = "𬭎䶮") -> Contract:
    """A calendar year of monthly appraisals."""
    return Contract(
        ContractId(13),
        "大客户部-2026-002",
        MANAGER.id,
        1,
        "account_manager",
        COMPANY,
        PartyB(PersonId(2), name, "E0013", "大客户部", "大客户经理", "欧阳𠮷"),
        Period.parse("2026"),
        targets=(
            Target(
                "sales_plan", "计划销售额", "万元", Decimal(960), split_target(Decimal(960), 12)
            ),
            Target("new_customers_plan", "计划开发新客户", "户", Decimal(24), (Decimal(2),) * 12),
        ),
        settings=(("growth_step", Decimal(10)),),
    )


def entry(name: str, value: FactValue, period: str = "cycle") -> Entry:
    """A figure as the officer typed it."""
    return Entry(name, value, period, "李慧", date(2026, 4, 3), "评分表第2页")


def manager_appraisal() -> Appraisal:
    """March 2026, complete, one score overridden, the interview held."""
    return Appraisal(
        AppraisalId(2),
        ContractId(13),
        PersonId(2),
        Period.parse("2026-03"),
        entries=(
            entry("sales", Decimal(76)),
            entry("quarter_sales", Decimal(230), "2026Q1"),
            entry("quarter_sales", Decimal(205), "2025Q4"),
            entry("new_customers", Decimal(3)),
            entry("score.市场信息收集", Decimal(8)),
            entry("score.团队协作", Decimal(9)),
            entry("met.专业知识", ("了解公司产品基本知识", "熟练的掌握本岗位所具备的专业知识")),
            entry("score.分析判断能力", Decimal("3.5")),
            entry("score.沟通能力", Decimal("5.5")),
            entry("days_present", Decimal(26)),
            entry("late_times", Decimal(2)),
        ),
        overrides=(
            Override(
                "销售增长率", Decimal(3), "回款因客户系统故障延后入账", "李慧", date(2026, 4, 4)
            ),
        ),
        interview=Interview(
            date(2026, 4, 10),
            "欧阳𠮷",
            "客户档案完整",
            "续约谈判拖延",
            "态度认真",
            Opinion.RESERVES,
            "每档金额偏高",
            (PlanItem("每周拜访 3 家重点客户", date(2026, 6, 30), "市场部提供资料"),),
        ),
    )


def director_appraisal() -> Appraisal:
    """The whole year, every indicator rated by self, peers and superior."""
    rated = [leaf.name for leaf in DIRECTOR.leaves() if isinstance(leaf.rule, Manual)]
    raters: tuple[tuple[str, FactValue], ...] = (
        ("self", Decimal(95)),
        ("peer", (Decimal(88), Decimal(91))),
        ("superior", Decimal(86)),
    )
    return Appraisal(
        AppraisalId(1),
        ContractId(12),
        PersonId(1),
        director_contract().term,
        entries=(
            entry("actual.销售额达成率", Decimal(764)),
            entry("actual.市场份额", Decimal("11.2")),
            entry("actual.利润率", Decimal("17.1")),
            *(entry(f"score.{name}.{rater}", v) for name in rated for rater, v in raters),
        ),
    )


def schemes() -> tuple[tuple[Scheme, Contract, Appraisal], ...]:
    """Both kinds of scheme with a contract and a complete appraisal."""
    return (
        (DIRECTOR, director_contract(), director_appraisal()),
        (MANAGER, manager_contract(), manager_appraisal()),
    )


def text_of(pdf: bytes) -> str:
    """All text of a PDF, pages one after the other, without spaces and line ends."""
    return "".join(page_texts(pdf))


@cache
def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page in the order it was written, without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append("".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    return tuple(texts)


def codes_of(pdf: bytes, dpi: int = 150) -> Iterator[list[str]]:
    """The QR codes on each page, read from its picture."""
    with Pages(pdf) as pages:
        for number in range(pages.page_count):
            made = pages.render(number, dpi / 72)
            size = (made.width, made.height)
            image = Image.frombuffer("RGB", size, made.pixels, "raw", "BGRX", made.stride, 1)
            yield [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]

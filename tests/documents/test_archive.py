from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kpidesk.core.dossier import Archive, Dossier, Filed, Item, Kind
from kpidesk.core.period import Period
from kpidesk.documents.archive import certificate_pdf, list_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import codes_of, page_texts, text_of

Make = Callable[[str], bytes]
YEAR = Period.parse("2026")
NOTE = "评分表评分中：到“评分”补齐数据并定分"
ITEMS = (
    Item(
        Kind.CONTRACT,
        "大客户部-2026-002　甲方存",
        Filed.FILED,
        "公司文件　打印存档第 1 版",
        "ab12" * 16,
    ),
    *(
        Item(Kind.SHEET, f"2026年{n}月", Filed.FILED, "公司文件　定分记录", "cd34" * 16)
        for n in range(1, 12)
    ),
    Item(Kind.SHEET, "2026年12月", Filed.MISSING, note=NOTE),
    Item(Kind.PAY, "大客户部-2026-002", Filed.NOT_NEEDED, note="方案不计算薪酬"),
)
ONE = Dossier("华远公司", "𬭎䶮", "E0013", "大客户部", "大客户经理", YEAR, ITEMS)
WHOLE = replace(ONE, name="欧阳𠮷", number="E0012", items=ITEMS[:5])


def certificate(one: Dossier = ONE) -> bytes:
    return certificate_pdf(one, stamp=Stamp("A", 202601, 1, "0a1b2c3d"))


def archive(*dossiers: Dossier, without: tuple[str, ...] = ("张三（总经办）",)) -> bytes:
    record = Archive("华远公司", "全公司", YEAR, dossiers or (ONE, WHOLE), without)
    return list_pdf(record, stamp=Stamp("L", 202601, 1, "0a1b2c3d"))


def test_the_certificate_says_what_is_filed_where_and_its_hash() -> None:
    text = text_of(certificate())
    assert "𬭎䶮（工号E0013，大客户部，大客户经理）2026年度绩效考核的材料" in text
    assert "应归档13项，已归档12项，尚缺1项" in text
    assert "1目标责任书大客户部-2026-002甲方存已归档公司文件打印存档第1版AB12AB12AB12AB12" in text
    assert "14薪酬核算大客户部-2026-002不适用——" in text


def test_the_certificate_says_what_is_missing_and_how_to_come_by_it() -> None:
    text = text_of(certificate())
    assert "13评分表2026年12月缺——" in text
    assert f"评分表2026年12月1{NOTE}" in text
    assert "没有缺项" in text_of(certificate(WHOLE))
    assert "补办办法" not in text_of(certificate(WHOLE))


def test_the_list_counts_each_kind_for_each_person() -> None:
    text = text_of(archive())
    assert "共2人，材料齐全1人，有缺项1人" in text
    assert "𬭎䶮E0013—1／1——11／12—————1" in text
    assert "欧阳𠮷E0012—1／1——4／4—————齐全" in text
    assert "15／16" in text  # the sheets of both
    assert f"𬭎䶮评分表2026年12月{NOTE}" in text
    assert "没有责任书和评分表的1人：张三（总经办）" in text


def test_signatures_stay_whole_and_pages_have_their_codes() -> None:
    many = [replace(ONE, name=f"员工{n}", number=f"E{n}") for n in range(50)]
    for pdf, kind in ((certificate(), "A"), (archive(*many), "L")):
        pages = page_texts(pdf)
        assert all(one in pages[-1] for one in ("归档人：", "复核人：", "人力资源部负责人："))
        assert all(found[0].startswith(f"KPI1:{kind}:202601:") for found in codes_of(pdf))
    assert len(page_texts(archive(*many))) > 3

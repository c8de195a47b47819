from __future__ import annotations

from kpidesk.core.dossier import Archive, Dossier, Filed, Item, Kind, Lack, lacks
from kpidesk.core.period import Period

YEAR = Period.parse("2026")
ITEMS = (
    Item(Kind.CONTRACT, "X-001", Filed.FILED, "公司文件", "ab" * 32),
    Item(Kind.SHEET, "1月", Filed.FILED),
    Item(Kind.SHEET, "2月", Filed.MISSING, note="去评分"),
    Item(Kind.SHEET, "3月", Filed.MISSING, note="去评分"),
    Item(Kind.SHEET, "4月", Filed.MISSING, note="补齐"),
    Item(Kind.PAY, "X-001", Filed.NOT_NEEDED, note="方案不计算薪酬"),
)


def dossier(*items: Item) -> Dossier:
    return Dossier("公司", "甲", "E1", "销售部", "经理", YEAR, items)


def test_what_is_not_needed_counts_neither_as_filed_nor_as_missing() -> None:
    made = dossier(*ITEMS)
    assert (made.needed, made.filed, len(made.missing)) == (5, 2, 3)
    assert made.count(Kind.PAY) == (0, 0)
    assert made.count(Kind.SHEET) == (1, 4)


def test_what_is_missing_is_said_once_for_each_reason() -> None:
    assert lacks(ITEMS) == (
        Lack(Kind.SHEET, ("2月", "3月"), "去评分"),
        Lack(Kind.SHEET, ("4月",), "补齐"),
    )


def test_an_archive_counts_over_all_files() -> None:
    made = Archive("公司", "全公司", YEAR, (dossier(*ITEMS), dossier(*ITEMS[:2])))
    assert made.count(Kind.SHEET) == (2, 5)
    assert made.complete == 1

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.annual import Annual, Mark, Member, Score
from kpidesk.core.period import Period
from kpidesk.documents.annual import annual_pdf
from kpidesk.documents.labels import length_within, places
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.trend import _scale
from tests.documents.samples import codes_of, page_texts, text_of

STAMP = Stamp("Y", 202601, 1, "0a1b2c3d")
YEAR = Period.parse("2026")
MONTHS = tuple(Period.months(2026, month, 1) for month in range(1, 13))
NAMES = ("业务绩效", "管理绩效", "个人能力", "企业文化传承")


def mark(cycle: Period, points: int, grade: str = "良好") -> Mark:
    dimensions = tuple(
        (name, Score(Decimal(points + n), Decimal(100))) for n, name in enumerate(NAMES)
    )
    return Mark(cycle, Score(Decimal(points), Decimal(100)), grade, dimensions)


def member(name: str, first: int, *, department: str = "大客户部", recorded: int = 12) -> Member:
    marks = tuple(mark(cycle, first + number) for number, cycle in enumerate(MONTHS[:recorded]))
    return Member(name, f"E-{name}", department, "经理", "大客户经理考核", MONTHS, marks)


TEAM = (member("𬭎䶮", 70), member("欧阳𠮷", 65), member("王芳", 80, recorded=10))
OTHERS = (member("李四", 60, department="市场部"),)


def annual(
    department: str = "", members: tuple[Member, ...] = TEAM, without: tuple[str, ...] = ()
) -> Annual:
    return Annual("华远公司", department, YEAR, members, (*TEAM, *OTHERS), without)


def pdf(record: Annual) -> bytes:
    return annual_pdf(record, stamp=STAMP)


def made() -> bytes:
    return pdf(annual("大客户部"))


def test_the_year_in_figures_stands_first() -> None:
    page = page_texts(pdf(annual(members=(*TEAM, *OTHERS))))[0]
    assert "参加考核4人" in page
    assert "46／48" in page
    assert "95.8%" in page
    assert "大客户部376.8%84.5%70.5%363494.4%" in page


def test_a_department_is_compared_with_the_company() -> None:
    text = text_of(made())
    assert "2026年度范围：大客户部" in text
    assert "大客户部全公司" in text
    assert "各部门" not in text


def test_trend_and_dimensions_give_their_figures() -> None:
    text = text_of(pdf(annual()))
    assert "大客户经理考核：各周期平均得分率" in text
    for name in NAMES:
        assert name in text
    assert all(f"{month}月" in text for month in range(1, 13))
    assert "71.7" in text  # the mean of January: 70, 65 and 80


def test_means_of_few_are_marked_and_the_foot_says_why() -> None:
    text = text_of(pdf(annual(members=(*TEAM, *OTHERS))))
    assert "市场部165.5%※" in text
    assert "大客户部376.8%※" not in text
    assert "人数少于3人，平均数即可推知个人得分" in text
    assert "仅供人力资源部和审批人使用" in text


def test_gains_and_losses_are_named() -> None:
    falling = replace(
        TEAM[0], name="降一", marks=tuple(mark(cycle, 90 - n) for n, cycle in enumerate(MONTHS))
    )
    text = text_of(pdf(annual(members=(*TEAM, falling))))
    assert "下半年平均与上半年平均相比" in text
    assert "降一-6.0" in text
    assert "𬭎䶮+6.0" in text


def test_last_year_is_compared_where_it_is_known() -> None:
    before = (mark(Period.parse("2025"), 60),)
    text = text_of(pdf(annual(members=tuple(replace(one, earlier=before) for one in TEAM))))
    assert "与上年全年平均相比" in text
    assert "75.5%60.0%良好" in text


def test_what_is_missing_is_named() -> None:
    text = text_of(pdf(annual(without=("赵六（总经办）",))))
    assert "王芳大客户部11月、12月" in text
    assert "全年没有评分表的1人：赵六（总经办）" in text


def test_a_year_without_results_says_only_what_is_missing() -> None:
    text = text_of(pdf(annual(members=(member("甲", 1, recorded=0),))))
    assert "已定分0份" in text
    assert "得分分布" not in text


def test_two_dimensions_are_a_table_and_two_cycles_no_trend() -> None:
    few = tuple(
        replace(one, marks=tuple(replace(m, dimensions=m.dimensions[:2]) for m in one.marks[:2]))
        for one in TEAM
    )
    text = text_of(pdf(annual(members=few)))
    assert "不画走势" in text
    assert "业务绩效72.2%" in text


def test_signatures_stay_whole_on_the_last_page_and_every_page_has_its_code() -> None:
    for count in (1, 9, 25, 60):
        people = tuple(member(f"员工{n}", 50 + n % 40, recorded=n % 13) for n in range(count))
        printed = pdf(annual(members=people))
        pages = page_texts(printed)
        assert all(title in pages[-1] for title in ("编制人：", "人力资源部：", "总经理："))
        assert all(len(found) == 1 for found in codes_of(printed))


@pytest.mark.parametrize(
    "values", [("0",), ("77.8", "82.6"), ("100",), ("-3", "130"), ("59.9", "60"), ("0", "100"),
               ("0", "2600")]
)  # fmt: skip
def test_the_scale_holds_all_values_in_few_steps(values: tuple[str, ...]) -> None:
    numbers = [Decimal(one) for one in values]
    low, high, step = _scale(numbers)
    assert low <= min(numbers)
    assert high > max(numbers)
    assert (high - low) % step == 0
    assert 1 <= (high - low) // step <= 6


def test_what_counts_is_the_calibrated_result_and_what_was_recorded_stands_below() -> None:
    first, *others = TEAM
    *marks, last = first.marks
    moved = replace(
        last, total=Score(Decimal(100), Decimal(100)), grade="优秀", before=(last.total, "良好")
    )
    text = text_of(pdf(annual(members=(replace(first, marks=(*marks, moved)), *others))))
    assert "77.1%校准前75.5%" in text.replace("\n", "").replace(" ", "")
    assert "优秀校准前良好" in text.replace("\n", "").replace(" ", "")
    assert "按校准后的有效得分" in text
    assert "校准前" not in text_of(made())


@given(
    heights=st.lists(st.integers(0, 100), min_size=2, max_size=12),
    others=st.lists(st.integers(0, 100), min_size=2, max_size=12),
)
def test_no_line_runs_through_a_figure_where_there_is_room(
    heights: list[int], others: list[int]
) -> None:
    across = 32.0
    dots = [((n + 0.5) * across, 20.0 + one) for n, one in enumerate(heights)]
    line = [((n + 0.5) * across, 20.0 + one) for n, one in enumerate(others)]
    inside = (0.0, 0.0, 13 * across, 160.0)
    boxes = places(dots, [17.0] * len(dots), 7.2, others=[], inside=inside)
    pairs = list(pairwise(dots))
    assert all(length_within(one, box) == 0 for one in pairs for box in boxes)
    for left, bottom, right, top in places(
        dots, [17.0] * len(dots), 7.2, others=[line], inside=inside
    ):
        assert inside[0] <= left < right <= inside[2]
        assert inside[1] <= bottom < top <= inside[3]

"""Which paper a scanned page belongs to, and which pages are still missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.filing import MOST_PAGES, Paper, PaperKind, Slot, missing_pages, paper_of
from kpidesk.core.page_code import Stamp

PAPER = Paper(PaperKind.CONTRACT, 12, 1, Copy.PARTY_A)


@pytest.mark.parametrize("kind", PaperKind)
def test_the_stamp_on_a_page_names_the_paper_that_came_back(kind: PaperKind) -> None:
    stamp = Stamp(kind.value, 12, 3, "9F8E7D6C", stage="2026Q3")
    assert paper_of(stamp, Copy.PARTY_B) == Paper(kind, 12, 3, Copy.PARTY_B, "2026Q3")


@pytest.mark.parametrize("kind", "NVX")
def test_what_is_only_printed_is_no_paper_that_comes_back(kind: str) -> None:
    assert paper_of(Stamp(kind, 12, 1, "9F8E7D6C"), None) is None


def test_every_kind_has_a_name_and_is_about_one_thing() -> None:
    assert len({one.text for one in PaperKind}) == len(PaperKind)
    assert not any(one.is_sheet and one.is_of_period for one in PaperKind)
    assert not PaperKind.CONTRACT.is_of_period


@pytest.mark.parametrize(("number", "total"), [(1, 1), (2, 4), (MOST_PAGES, MOST_PAGES)])
def test_a_page_has_its_place_in_its_paper(number: int, total: int) -> None:
    assert Slot(PAPER, number, total).number == number


@pytest.mark.parametrize(
    ("number", "total"), [(0, 4), (5, 4), (0, 0), (-1, 2), (1, MOST_PAGES + 1)]
)
def test_a_page_that_no_paper_has_is_refused(number: int, total: int) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Slot(PAPER, number, total)
    assert str(refused.value) == f"没有第 {number} 页（共 {total} 页），请核对页码"


@given(total=st.integers(0, MOST_PAGES), filed=st.sets(st.integers(1, MOST_PAGES)))
def test_filed_and_missing_pages_make_up_the_paper(total: int, filed: set[int]) -> None:
    missing = missing_pages(total, filed)
    assert list(missing) == sorted(set(missing))
    assert filed.isdisjoint(missing)
    assert set(range(1, total + 1)) == set(missing) | {one for one in filed if one <= total}

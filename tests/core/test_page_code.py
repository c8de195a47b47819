"""What the code on a page says is what was printed, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.page_code import LONGEST, PageCode, Stamp, code_text, read_code

NUMBERS = st.integers(0, 999_999_999)
STAMPS = st.builds(
    Stamp,
    kind=st.sampled_from("CSFIRNTGYVALP"),
    document_id=NUMBERS,
    revision=NUMBERS,
    short_hash=st.text("0123456789ABCDEF", min_size=8, max_size=8),
    stage=st.sampled_from(["", "2026", "2026H1", "2026Q3", "2026-05"]),
)
CODES = st.builds(PageCode, STAMPS, st.sampled_from([None, *Copy]), NUMBERS, NUMBERS)
PLAIN = "KPI1:C:12:1:A:1/3:9F8E7D6C"


@given(code=CODES)
def test_a_code_that_is_written_and_read_back_is_the_same(code: PageCode) -> None:
    text = code_text(code)
    assert len(text) <= LONGEST
    assert read_code(text) == code


@given(code=CODES, data=st.data())
def test_a_code_that_was_cut_short_never_names_another_document(
    code: PageCode, data: st.DataObject
) -> None:
    text = code_text(code)
    left = data.draw(st.integers(0, len(text) - 1))
    read = read_code(text[:left])
    if read is not None:
        assert code_text(read) == text[:left]
        assert (read.stamp.document_id, read.copy, read.page, read.total) == (
            code.stamp.document_id,
            code.copy,
            code.page,
            code.total,
        )


def test_a_code_says_which_page_of_which_copy() -> None:
    assert read_code(PLAIN) == PageCode(Stamp("C", 12, 1, "9F8E7D6C"), Copy.PARTY_A, 1, 3)
    assert read_code("KPI1:S:7:2:-:2/2:0000000A:2026Q3") == PageCode(
        Stamp("S", 7, 2, "0000000A", stage="2026Q3"), None, 2, 2
    )


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        PLAIN.lower(),
        PLAIN[:-1],
        PLAIN + "0",
        PLAIN + "\n",
        PLAIN.replace("KPI1", "KPI2"),
        PLAIN.replace(":A:", ":C:"),
        PLAIN.replace("12", "012"),
        PLAIN.replace("12", "１２"),  # digits of another width
        PLAIN.replace("12", "1234567890"),
        PLAIN.replace("1/3", "3"),
        PLAIN.replace("9F8E", "9G8E"),
        PLAIN + ":2026Q3:1",
        PLAIN + ":" + "9" * LONGEST,
    ],
)
def test_a_damaged_code_is_refused(damaged: str) -> None:
    assert read_code(damaged) is None


@pytest.mark.parametrize(
    ("kind", "document", "short_hash", "stage"),
    [
        ("c", 12, "9f8e7d6c", ""),
        ("CC", 12, "9f8e7d6c", ""),
        ("C", -1, "9f8e7d6c", ""),
        ("C", 10**9, "9f8e7d6c", ""),
        ("C", 12, "9f8e7d6", ""),
        ("C", 12, "9f8e7d6z", ""),
        ("C", 12, "9f8e7d6c", "第三季度"),
    ],
)
def test_what_no_code_could_hold_is_not_printed(
    kind: str, document: int, short_hash: str, stage: str
) -> None:
    with pytest.raises(InvalidValueError, match="不合规定：类别应为一个大写字母"):
        Stamp(kind, document, 1, short_hash, stage=stage)

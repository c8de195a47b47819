from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.contract import Copy
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import Period
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.pictures import NotAPdfError, Pages
from kpidesk.documents.stamp import PageCode, Stamp, code_text, read_code
from kpidesk.documents.words import figure, month_names, period_name
from tests.documents.samples import MANAGER, STAMP, manager_contract


def test_pages_are_drawn_one_by_one_at_any_scale() -> None:
    pdf = contract_pdf(manager_contract(), MANAGER, copy=None, stamp=STAMP)
    with Pages(pdf) as pages:
        assert pages.page_count == 3
        assert pages.page_size(0) == pytest.approx((595.28, 841.89), abs=0.01)
        picture = pages.render(0, 2)
    assert (picture.width, picture.height) == (1191, 1684)
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert min(picture.pixels[0::4]) < 60


def test_what_is_no_pdf_is_refused_in_chinese() -> None:
    with pytest.raises(NotAPdfError, match="无法读取这份 PDF"):
        Pages(b"PK\x03\x04")


@pytest.mark.parametrize("copy", [None, *Copy])
def test_a_page_code_is_read_back_as_it_was_written(copy: Copy | None) -> None:
    for stage in ("", "2026Q2", "2026-03"):
        code = PageCode(Stamp("R", 2048, 3, "0A1B2C3D", stage=stage), copy, 2, 5)
        assert read_code(code_text(code)) == code


@pytest.mark.parametrize(
    "text",
    ["", "https://example.com", "KPI1:C:12:1:A:1/3", "KPI2:C:12:1:A:1/3:9F8E7D6C",
     "KPI1:C:１２:1:A:1/3:9F8E7D6C", "KPI1:C:12:1:A:1/3:9F8E7D6C\n",
     "KPI1:C:012:1:A:1/3:9F8E7D6C", f"KPI1:C:{'9' * 5000}:1:A:1/3:9F8E7D6C",
     "KPI1:" + "A" * 10_000],
)  # fmt: skip
def test_a_code_that_is_not_ours_is_left_alone(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("kind", "short_hash"), [("责", "9f8e7d6c"), ("C", "9f8e"), ("C", "xyzxyzxy")]
)
def test_a_stamp_that_no_code_could_hold_is_refused(kind: str, short_hash: str) -> None:
    with pytest.raises(InvalidValueError):
        Stamp(kind, 1, 1, short_hash)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("2026-03", "2026年3月"),
        ("2026Q2", "2026年第2季度"),
        ("2026H2", "2026年下半年"),
        ("2026", "2026年度"),
    ],
)
def test_calendar_periods_have_their_usual_names(key: str, name: str) -> None:
    assert period_name(Period.parse(key)) == name


def test_other_periods_are_named_by_their_first_and_last_day() -> None:
    period = Period(date(2026, 3, 16), date(2027, 3, 16))
    assert period_name(period) == "2026年3月16日至2027年3月15日"
    assert month_names(period)[0] == "3.16–4.15"
    assert len(month_names(period)) == 12


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1250.00", "1,250"), ("83.250", "83.25"), ("0", "0"), ("-1200.5", "-1,200.5")],
)
def test_figures_have_thousands_and_no_idle_zeros(value: str, shown: str) -> None:
    assert figure(Decimal(value)) == shown

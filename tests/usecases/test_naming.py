from __future__ import annotations

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.usecases.naming import FileNames

PLACES = ("编号", "姓名", "部门", "版本")


def names(pattern: str, *people: str) -> list[str]:
    made = FileNames(pattern, PLACES)
    return [
        made.name({"编号": "客户部-2026-001", "姓名": one, "部门": "客户部", "版本": "第1版"})
        for one in people
    ]


def test_places_are_filled_in() -> None:
    assert names("{部门}-{姓名}（{版本}）", "张三") == ["客户部-张三（第1版）"]
    assert names("｛姓名｝的责任书", "张三") == ["张三的责任书"]


def test_names_that_recur_are_numbered_even_if_only_their_letters_differ_in_size() -> None:
    assert names("{姓名}", "Li", "LI", "li") == ["Li", "LI（2）", "li（3）"]
    assert names("责任书", "甲", "乙") == ["责任书", "责任书（2）"]


def test_a_numbered_name_that_somebody_has_is_passed_over() -> None:
    assert names("{姓名}", "张三（2）", "张三", "张三") == ["张三（2）", "张三", "张三（3）"]


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("CON", "_CON"),
        ("lpt1.张", "_lpt1.张"),
        ("张三. ", "张三"),
        ("../../etc", "_.._etc"),
        ("\x00\x1f", "__"),
        ("{姓名}", "{姓名}"),
    ],
)
def test_what_windows_forbids_is_replaced(person: str, name: str) -> None:
    assert [one.lstrip(".") for one in names("{姓名}", person)] == [name]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "请填写文件名的格式"),
        ("  ", "请填写文件名的格式"),
        ("{工资}", "“{工资}”不认识，可以用：{编号}{姓名}{部门}{版本}"),
        ("{}", "“{}”不认识"),
        ("{姓名", "花括号没有成对"),
        ("姓名}", "花括号没有成对"),
    ],
)
def test_a_pattern_that_says_nothing_is_refused_with_what_to_write(
    pattern: str, reason: str
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        FileNames(pattern, PLACES)
    assert reason in str(caught.value)

"""A run beside the one before it."""

from __future__ import annotations

from kpidesk.core.payroll.comparing import compare, previous
from tests.core.pay_groups import months, quarters, told


def test_the_biggest_change_comes_first_and_names_the_line_that_moved() -> None:
    paid = quarters(
        {
            "甲": {"actual": [60_000, 90_000], "base_salary": [9000] * 2, "variable_pay": [0] * 2},
            "乙": {"actual": [60_000, 50_000]},
            "丙": {"actual": [60_000, 60_000]},
        }
    )
    found = compare(paid.group, paid.evaluation, paid.period("2026Q2"))
    assert found is not None
    assert told(found.before, found.now, found.moved) == (16_200, 17_000, 800)
    assert [told(x.subject, x.moved, x.line, x.by) for x in found.changes] == [
        ("甲", 1200, "季度奖金", 1200),
        ("乙", -400, "季度奖金", -400),
    ]


def test_who_was_not_paid_before_or_is_not_now_is_named() -> None:
    paid = quarters({"甲": {"actual": [60_000]}, "乙": {"actual": [60_000, 60_000]}})
    found = compare(paid.group, paid.evaluation, paid.period("2026Q2"))
    assert found is not None
    (gone,) = found.changes
    assert told(gone.subject, gone.before, gone.now) == ("甲", 2400, None)


def test_the_first_run_and_one_after_nothing_have_nothing_beside_them() -> None:
    paid = quarters({"甲": {"actual": [60_000]}})
    assert previous(paid.group, paid.period("2026Q1")) is None
    assert compare(paid.group, paid.evaluation, paid.period("2026Q1")) is None
    assert compare(paid.group, paid.evaluation, paid.period("2026Q3")) is None


def test_what_moves_between_lines_alone_moves_no_sum() -> None:
    paid = months(
        {"甲": {"collected": [100, 100], "base_salary": [8000] * 2, "target": [50, 50]}},
        director_override_source="extra",
    )
    found = compare(paid.group, paid.evaluation, paid.period("2026-02"))
    assert found is not None
    assert told(found.moved, found.changes) == (0, ())

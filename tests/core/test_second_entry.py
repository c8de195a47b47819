"""Who rated, and what was typed twice: what a sheet keeps of it, and how it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.appraisal import Entry
from kpidesk.core.contract import Contract
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exemption import Exemption, Handling
from kpidesk.core.period import CYCLE
from kpidesk.core.rating import RaterNames
from kpidesk.core.second_entry import SecondEntry
from kpidesk.core.sheet import make_sheet, opening_stage
from tests.core.test_sheet import GROWTH, MANAGER, WHOLE, appraisal_of, contract_of

_DAY = date(2026, 4, 2)
_SCORE = "score.团队协作"


def month_contract() -> Contract:
    return contract_of(MANAGER, {"growth_step": Decimal(10)}, (), "2026")


@pytest.mark.parametrize(
    ("name", "rated_by", "told"),
    [
        ("score.团队协作", (), "台账"),
        ("score.团队协作", ("李雷",), "台账，李雷评分"),
        ("score.团队建设.peer", ("李雷",), "台账，1 人评分（不记名）"),
        ("score.团队建设.superior", ("李雷", "韩梅"), "台账，2 人评分（不记名）"),
    ],
)
def test_one_rater_is_named_several_and_peers_are_not(
    name: str, rated_by: tuple[str, ...], told: str
) -> None:
    entry = Entry(name, Decimal(8), CYCLE, "王芳", _DAY, "台账", rated_by)
    assert entry.origin.source == told


@pytest.mark.parametrize("names", [("李雷", " "), ("李雷", "李雷")])
def test_raters_have_names_and_each_is_named_once(names: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValueError, match=r"不能为空|填了两次"):
        RaterNames("peer", names)


def test_raters_of_a_kind_are_named_anew_with_their_entries() -> None:
    sheet = appraisal_of(WHOLE, "2026-01")
    once = sheet.named(RaterNames("", ("李雷",)), sheet.entries)
    again = once.named(RaterNames("", ("韩梅",)), ())
    assert (again.raters, again.entries) == ((RaterNames("", ("韩梅",)),), ())


def test_what_was_typed_again_is_told_where_it_agrees() -> None:
    sheet = appraisal_of(WHOLE, "2026-01")
    same = SecondEntry(_SCORE, Decimal(8), CYCLE, "赵六", _DAY)
    settled = SecondEntry("late_times", Decimal(2), CYCLE, "赵六", _DAY, "以第一次为准")
    other = SecondEntry("days_present", Decimal(1), CYCLE, "赵六", _DAY)
    first = sheet.entered_again(SecondEntry(_SCORE, Decimal(7), CYCLE, "赵六", _DAY))
    typed = first.entered_again(same).entered_again(settled).entered_again(other)
    assert len(typed.seconds) == 3
    told = {
        one.fact: one.again
        for row in make_sheet(MANAGER, month_contract(), typed).rows
        for one in row.fields
        if one.again
    }
    assert told == {_SCORE: "赵六 2026-04-02 二次录入一致", "late_times": "以第一次为准"}
    assert typed.cleared_again(_SCORE).seconds == (settled, other)


def test_a_stage_is_not_opened_for_what_is_exempt() -> None:
    settings = {"satisfaction_growth_target": Decimal(10), "customer_growth_target": Decimal(5)}
    contract = contract_of(GROWTH, dict(settings), (), "2026")
    sheet = appraisal_of({}, "2026")
    assert opening_stage(GROWTH, contract, sheet) == "2026Q1"
    for leaf in GROWTH.leaves():
        sheet = sheet.exempted(Exemption(leaf.name, Handling.FULL, "停职"))
    assert opening_stage(GROWTH, contract, sheet) == CYCLE

"""What a fix of the check-up changes, before and after, as the officer reads it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.check_up import check_up
from kpidesk.core.lint.edits import edits
from kpidesk.core.lint.fixes import (
    AskForBase,
    Choose,
    Declare,
    Drop,
    Fix,
    Reorder,
    Reweigh,
    Reword,
    mended,
)
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.scheme import Ambiguity, FactSpec, Scheme
from kpidesk.core.settings import Parameter, ParameterKind
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_lint import SOUND, leaf, scheme

SPARE = Parameter("rate", "提成率", ParameterKind.NUMBER, "比例", unit="%")
RICH: Scheme = replace(
    SOUND,
    facts=(FactSpec("base", "基本工资", "元"),),
    parameters=(*SOUND.parameters, SPARE),
    pay=(FormulaPay("b", "奖金", "底薪 × 80%"), FormulaPay("w", "底薪", "基本工资")),
)


def read(own: Scheme, fix: Fix) -> list[str]:
    return [one.text for one in edits(own, fix)]


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        (Reweigh((("甲", Decimal(50)), ("乙", Decimal(40)))), ["“甲”的满分：60 分 → 50 分"]),
        (Declare(Decimal(85)), ["表头的满分：100 分 → 85 分"]),
        (Choose("rate", "提成率", Decimal(5), " 5%"), ["参数“提成率”：空白 → 5%"]),
        (Choose("normalise", "折算", True, "是"), ["参数“折算”：否 → 是"]),
        (Drop("base", "基本工资"), ["数据项“基本工资”：有 → 删去"]),
        (Drop("rate", "提成率"), ["参数“提成率”：有 → 删去"]),
        (
            AskForBase("base", "基本工资", before=True),
            ["“基本工资”要填的数字：没有周期开始以前的 → 另填上一期的"],
        ),
        (
            AskForBase("base", "基本工资", last_year=True),
            ["“基本工资”要填的数字：没有周期开始以前的 → 另填去年同期的"],
        ),
        (Reword("b", "底薪 × 90%"), ["“奖金”的公式：底薪 × 80% → 底薪 × 90%"]),
        (Reorder((1, 0)), ["计算次序：奖金、底薪 → 底薪、奖金"]),
    ],
)
def test_each_fix_says_what_was_and_what_will_be(fix: Fix, told: list[str]) -> None:
    assert read(RICH, fix) == told


def test_weights_are_told_in_percent_and_a_blank_as_blank() -> None:
    own = replace(
        SOUND, aggregation=WeightedTree(), indicators=(replace(leaf("甲", 1), worth=None),)
    )
    assert read(own, Reweigh((("甲", Decimal(100)),))) == ["“甲”的权重：空白 → 100%"]


def test_what_declares_no_full_points_has_none_before() -> None:
    own = replace(SOUND, aggregation=WeightedTree())
    assert read(own, Declare(Decimal(85))) == ["表头的满分：空白 → 85 分"]


def test_what_a_clause_told_of_a_flaw_goes_with_the_flaw() -> None:
    own = builtin_scheme("account-manager-kpi")
    [flaw] = (one for one in check_up(own).flaws if one.kind is FlawKind.POINTS)
    assert flaw.fix == Declare(Decimal(85))
    after = mended(own, flaw.fix)
    assert [one for one in check_up(after).flaws if one.kind is FlawKind.POINTS] == []
    kept = {one.id for one in own.ambiguities} - {one.id for one in after.ambiguities}
    assert kept == {"A134"}
    assert {one.ambiguity for one in after.parameters} <= {
        "",
        *(one.id for one in after.ambiguities),
    }


def test_new_weights_settle_what_was_told_of_the_old_ones() -> None:
    told = Ambiguity("A1", "100分", "合计不对。", "照列出的。", flaw=FlawKind.POINTS)
    own = replace(scheme(leaf("甲", 60), leaf("乙", 50)), ambiguities=(told,))
    after = mended(own, Reweigh((("乙", Decimal(40)),)))
    assert after.ambiguities == ()
    assert check_up(after).flaws == ()

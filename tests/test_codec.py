"""One value, one text: round trips, and what is refused."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.codec import CodecError, canonical_json, content_hash, from_json, make_converter
from kpidesk.core.aggregation import Aggregation, EnteredTotal, PointsSum, WeightedTree
from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry, Interview, Opinion, PlanItem
from kpidesk.core.contract import ContractId, PartyA
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Growth, Increase, Ratio
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    Deduction,
    Level,
    LevelSelect,
    Manual,
    NewCustomers,
    PerUnit,
    Range,
    RangeTable,
    ReachOrDecay,
    Step,
    StepDeviation,
    StepGrowth,
)
from kpidesk.core.settings import Parameter, ParameterKind, Ref
from kpidesk.core.tables import Band, Bands

words = st.text(st.characters(codec="utf-8"), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
names = st.text("甲乙丙abc", min_size=1, max_size=6)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4).filter(
    lambda number: abs(number) < 10**15
)
positive = numbers.map(abs)
refs = names.map(Ref)
amounts = numbers | refs
caps = numbers | refs | st.just("none")
choices = st.sampled_from(["whole", "up"]) | refs
ratios = st.builds(Ratio, names, names)
steps = st.builds(Step, amounts, numbers)
levels = st.lists(st.builds(Level, numbers, words), max_size=3).map(tuple)
measures = (
    ratios
    | st.builds(Increase, names)
    | st.builds(Growth, names, choices)
    | st.builds(Absence, names, amounts)
)
items = st.builds(PerUnit, st.builds(Absence, names, amounts), numbers, choices) | st.builds(
    RangeTable,
    names,
    st.lists(st.builds(Range, numbers, numbers, numbers), max_size=2).map(tuple),
    choices,
)
rules = (
    st.builds(Manual, words)
    | st.builds(Attainment, ratios, numbers, numbers)
    | st.builds(StepDeviation, measures, numbers, steps, steps, choices, amounts, caps)
    | st.builds(StepGrowth, st.builds(Increase, names), steps, choices, amounts, caps)
    | st.builds(NewCustomers, names, names, choices, amounts, caps)
    | st.builds(LevelSelect, levels)
    | st.builds(Checklist, names, levels, choices)
    | st.builds(Deduction, st.lists(items, max_size=3).map(tuple))
    | st.builds(
        ReachOrDecay, st.builds(Growth, names, choices), amounts, choices, amounts, amounts, choices
    )
    | st.builds(AllConform, st.lists(names, max_size=3).map(tuple), choices)
)
leaves = st.builds(
    Indicator, names, positive, clause=words, definition=words, source=words, rule=rules
)
indicators = leaves | st.builds(
    Indicator, names, positive, children=st.lists(leaves, min_size=1, max_size=3).map(tuple)
)
fact_values = (
    numbers
    | words
    | st.lists(numbers, max_size=3).map(tuple)
    | st.lists(words, max_size=3).map(tuple)
)
days = st.dates()
entries = st.builds(Entry, words, fact_values, words, words, st.none() | days, words)


@given(indicators)
def test_an_indicator_comes_back_equal_and_as_the_same_text(indicator: Indicator) -> None:
    text = canonical_json(indicator, Indicator)
    back = from_json(text, Indicator)
    assert back == indicator
    assert canonical_json(back, Indicator) == text


@given(entries)
def test_an_entry_comes_back_equal_whatever_its_value(entry: Entry) -> None:
    text = canonical_json(entry, Entry)
    back = from_json(text, Entry)
    assert back == entry
    assert type(back.value) is type(entry.value)


@given(numbers)
def test_a_decimal_keeps_its_digits(number: Decimal) -> None:
    text = canonical_json(number, Decimal)
    assert text == json.dumps(format(number, "f"))
    assert str(from_json(text, Decimal)) == str(Decimal(format(number, "f")))


def test_the_text_is_sorted_compact_and_normalised() -> None:
    decomposed = unicodedata.normalize("NFD", "é龙")
    text = canonical_json(PlanItem(decomposed, date(2026, 3, 5)), PlanItem)
    assert text == '{"due":"2026-03-05","support":"","what":"é龙"}'
    assert content_hash(text) == content_hash(canonical_json(from_json(text, PlanItem), PlanItem))


def test_a_whole_appraisal_comes_back() -> None:
    appraisal = Appraisal(
        AppraisalId(1),
        ContractId(2),
        PersonId(3),
        Period(date(2026, 3, 1), date(2027, 3, 1)),
        (Entry("score.团队建设.peer", (Decimal(88), Decimal(91))),),
        interview=Interview(date(2027, 3, 9), "李雷", opinion=Opinion.RESERVES),
    )
    assert from_json(canonical_json(appraisal, Appraisal), Appraisal) == appraisal


@pytest.mark.parametrize(
    "aggregation",
    [PointsSum(Decimal(85), Ref("n")), WeightedTree(Ref("r"), Ref("a")), EnteredTotal("total")],
)
def test_a_union_says_its_kind(aggregation: Aggregation) -> None:
    text = canonical_json(aggregation, Aggregation)
    assert json.loads(text)["kind"] in {"points_sum", "weighted_tree", "entered_total"}
    back: Any = from_json(text, Aggregation)  # type: ignore[arg-type] # a union of records
    assert back == aggregation


@pytest.mark.parametrize("default", [None, True, False, Decimal("0.05"), "whole"])
def test_a_setting_comes_back_as_what_it_was(default: Any) -> None:  # noqa: ANN401 - any of them
    parameter = Parameter("p", "参数", ParameterKind.CHOICE, "含义", default)
    back = from_json(canonical_json(parameter, Parameter), Parameter)
    assert back == parameter
    assert type(back.default) is type(default)


def test_a_generic_table_comes_back() -> None:
    bands = Bands((Band(Decimal(0), "差"), Band(Decimal(60), "好", inclusive=False)))
    assert from_json(canonical_json(bands, Bands[str]), Bands[str]) == bands


@pytest.mark.parametrize(
    ("text", "as_type", "said"),
    [
        ('{"what":1}', PlanItem, "应为 str，实为 int：1 @ 内容.what"),
        ('{"what":"x","wat":"y"}', PlanItem, "多出了 'wat' @ 内容"),
        ("{}", PlanItem, "缺少 'what'"),
        ('{"what":"x","due":"2026-02-30"}', PlanItem, "内容.due"),
        ('{"name":"x","value":{"number":1.5}}', Entry, "1.5 是浮点数"),
        ('{"name":"x","value":{"number":"NaN"}}', Entry, "不是有限的数字"),
        ('{"name":"x","value":{"number":"一"}}', Entry, "“一”不是数字"),
        ('{"name":"x","value":{"number":true}}', Entry, "小数应写成文本"),
        (
            '{"name":"x","value":{"figure":"1"}}',
            Entry,
            "应为 number、word、flag、numbers、words 之一",
        ),
        (
            '{"kind":"nonsense"}',
            Aggregation,
            "kind 应为 entered_total、no_total",
        ),
        ("[]", Aggregation, "kind 应为"),
        ("这不是 JSON", PlanItem, "第 1 行第 1 个字"),
        ('{"what":', PlanItem, "不是 JSON"),
        ('{"end":"2026-01-01","start":"2026-01-02"}', Period, "期间的最后一天"),
    ],
)
def test_what_is_not_a_value_of_ours_is_refused_with_its_place(
    text: str,
    as_type: Any,  # noqa: ANN401 - any of them
    said: str,
) -> None:
    with pytest.raises(CodecError) as caught:
        from_json(text, as_type)
    assert said in str(caught.value)


def test_what_would_not_come_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="finite"):
        canonical_json(Decimal("Infinity"), Decimal)
    with pytest.raises(ValueError, match="read back as a number"):
        canonical_json(Parameter("p", "参", ParameterKind.CHOICE, "", "15"), Parameter)


def test_a_field_that_was_added_later_is_written_only_when_it_says_something() -> None:
    early = '{"address":"","name":"甲","representative":""}'
    assert from_json(early, PartyA) == PartyA("甲")
    assert canonical_json(PartyA("甲"), PartyA) == early
    named = PartyA("甲", agent="周岚")
    assert from_json(canonical_json(named, PartyA), PartyA) == named


def test_a_caller_may_make_its_own_converter_laxer() -> None:
    lax = make_converter()
    lax.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    step = lax.structure({"size": 2, "points": Decimal("0.5")}, Step)
    assert step == Step(Decimal(2), Decimal("0.5"))
    with pytest.raises(CodecError):
        from_json('{"size":2}', Step)


def test_a_grain_or_a_reference_to_it_comes_back() -> None:
    for value in (Grain.QUARTER, Ref("cycle")):
        text = canonical_json(value, Grain | Ref)
        back: Any = from_json(text, Grain | Ref)  # type: ignore[arg-type] # a union
        assert back == value


@pytest.mark.parametrize("text", ["1e999999999", "1E-999999999", "0e999999999", "9" * 2000])
def test_a_number_that_would_take_all_the_memory_is_refused(text: str) -> None:
    with pytest.raises(CodecError, match="数字的位数过多"):
        from_json(json.dumps(text), Decimal)

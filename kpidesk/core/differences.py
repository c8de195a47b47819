"""What an amendment changes: from old to new, each in one Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby

from kpidesk.core.contract import Contract
from kpidesk.core.names import known_parameters
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Parameter, SettingValue
from kpidesk.core.target import Target


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: what it is called, and the sentence that says how."""

    what: str
    text: str


def differences(scheme: Scheme, before: Contract, after: Contract) -> tuple[Difference, ...]:
    """What differs between two versions of a contract's terms, in the order of the contract."""
    if after.is_ending and after.amends is not None and after.amends.ended_on is not None:
        return (_ended(after.term, after.amends.ended_on),)
    months = Cycle(after.term).contract_months()
    return (
        *_targets(before.targets, after.targets, months),
        *_settings(scheme, dict(before.settings), dict(after.settings)),
        *_special_terms(before.special_terms, after.special_terms),
    )


def _ended(term: Period, ended_on: date) -> Difference:
    kept = Period(term.start, ended_on)
    text = f"原责任书提前终止，责任期限由{_days(term)}变更为{_days(kept)}。"
    return Difference("责任期限", text)


def _days(period: Period) -> str:
    first, last = period.start, period.last_day
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def month_span(months: Sequence[Period]) -> str:
    """2026年7月, 2026年7月至12月, 2026年11月至2027年2月; days where they start mid-month."""
    first, last = months[0], months[-1]
    if any(one != Period.containing(one.start, Grain.MONTH) for one in (first, last)):
        return _days(Period(first.start, last.end))
    begins = f"{first.start.year}年{first.start.month}月"
    if first == last:
        return begins
    year = "" if first.start.year == last.start.year else f"{last.start.year}年"
    return f"{begins}至{year}{last.start.month}月"


def _targets(
    before: Sequence[Target], after: Sequence[Target], months: Sequence[Period]
) -> Iterator[Difference]:
    old = {one.fact: one for one in before}
    new = {one.fact: one for one in after}
    for fact in dict.fromkeys((*old, *new)):
        match old.get(fact), new.get(fact):
            case None, Target() as becomes:
                text = f"增加目标“{becomes.label}”：{_stated(becomes, months)}。"
                yield Difference(becomes.label, text)
            case Target() as was, None:
                text = f"取消目标“{was.label}”（原为{_stated(was, months)}）。"
                yield Difference(was.label, text)
            case Target() as was, Target() as becomes if was != becomes:
                changed = "；其中".join(_target_changes(was, becomes, months))
                yield Difference(becomes.label, f"目标“{becomes.label}”：{changed}。")


def _target_changes(was: Target, becomes: Target, months: Sequence[Period]) -> Iterator[str]:
    unit = becomes.unit
    if was.total != becomes.total:
        yield f"全期由{_amount(was.total, was.unit)}调整为{_amount(becomes.total, unit)}"
    if was.months == becomes.months:
        return
    if not was.months:
        yield f"改为按月约定，{_monthly(becomes.months, unit, months)}"
    elif not becomes.months:
        yield "不再按月约定"
    else:
        pairs = list(zip(months, was.months, becomes.months, strict=True))
        runs = [
            [one[0] for one in run] + [f"由{_amount(old, was.unit)}调整为{_amount(new, unit)}"]
            for (old, new), run in groupby(pairs, key=lambda one: (one[1], one[2]))
            if old != new
        ]
        yield "，".join(_each(run[:-1], str(run[-1])) for run in runs)


def _stated(target: Target, months: Sequence[Period]) -> str:
    """全期 1,200 万元，2026年1月至12月每月 100 万元; a blank one says so."""
    parts = [] if target.total is None else [f"全期{_amount(target.total, target.unit)}"]
    if target.months:
        parts.append(_monthly(target.months, target.unit, months))
    return "，".join(parts) or _amount(None, target.unit)


def _monthly(figures: Sequence[Decimal], unit: str, months: Sequence[Period]) -> str:
    pairs = zip(months, figures, strict=True)
    return "，".join(
        _each([one[0] for one in run], _amount(figure, unit))
        for figure, run in groupby(pairs, key=lambda one: one[1])
    )


def _each(months: Sequence[object], text: str) -> str:
    """2026年7月…, or 2026年7月至12月每月…."""
    run = [one for one in months if isinstance(one, Period)]
    return f"{month_span(run)}{'每月' if len(run) > 1 else ''}{text}"


def _settings(
    scheme: Scheme, before: dict[str, SettingValue], after: dict[str, SettingValue]
) -> Iterator[Difference]:
    for name, parameter in known_parameters(scheme).items():
        was = before.get(name, parameter.default)
        becomes = after.get(name, parameter.default)
        if was != becomes:
            verb = "调整为" if isinstance(becomes, Decimal) else "改为"
            said = f"由{_set(parameter, was)}{verb}{_set(parameter, becomes)}"
            yield Difference(parameter.label, f"“{parameter.label}”{said}。")


def _set(parameter: Parameter, value: SettingValue | None) -> str:
    match value:
        case None:
            return "“未约定”"
        case Decimal():
            return _amount(value, parameter.unit)
        case bool():
            return f"“{parameter.text(value)}”"
        case _:
            return parameter.text(value)


def _special_terms(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    name = "特别约定"
    for kind, start, end, first, last in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        paired = min(end - start, last - first)
        for offset in range(paired):
            was, becomes = _quoted(before[start + offset]), _quoted(after[first + offset])
            text = f"{name}第 {start + offset + 1} 条由{was}改为{becomes}。"
            yield Difference(name, text)
        for number in range(start + paired, end):
            yield Difference(name, f"删去{name}第 {number + 1} 条{_quoted(before[number])}。")
        for number in range(first + paired, last):
            yield Difference(name, f"增加{name}：{_quoted(after[number])}。")


def _quoted(clause: str) -> str:
    """A clause in quotation marks, the full stop of the sentence being outside them."""
    return f"“{clause.rstrip('。')}”"


def _amount(value: Decimal | None, unit: str) -> str:
    """A figure with its unit, after a blank: 1,200 万元, 30%."""
    if value is None:
        return "“未约定”"
    text = f"{value:,f}"
    number = text.rstrip("0").rstrip(".") if "." in text else text
    gap = "" if unit == "%" else " "
    return f" {number}{gap}{unit}" if unit else f" {number}"

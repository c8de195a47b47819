"""Trials (试算): one scheme tried on given facts, and compared with what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, assert_never

from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Event, Fact, Facts, Subject
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.period import CYCLE, Cycle, Grain
from kpidesk.core.results import Evaluation, Result, ResultValue, Table
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue

Expected: TypeAlias = Decimal | str | bool | date | tuple["Expected", ...] | dict[str, "Expected"]
"""A number, a word, yes or no, a day, a list in order, or a whole table by period."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A result that must not be produced; `period` empty means in no period."""

    subject: str
    name: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a trial must give; what is not listed is not judged."""

    results: tuple[tuple[str, str, str, Expected], ...] = ()
    absent: tuple[Absent, ...] = ()
    findings: tuple[str, ...] = ()
    absent_findings: tuple[str, ...] = ()
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as it was read.

    `problems` are the findings of reading it; `lines` where each name stands in the file.
    """

    title: str
    scheme: str
    certainty: str
    starts_on: date
    last_day: date | None = None
    settings: tuple[tuple[str, SettingValue], ...] = ()
    people: tuple[Appraisee, ...] = ()
    facts: tuple[Fact, ...] = ()
    ledgers: tuple[tuple[Subject, tuple[Event, ...]], ...] = ()
    expectation: Expectation = Expectation()
    problems: tuple[Finding, ...] = ()
    lines: tuple[tuple[tuple[str, ...], int], ...] = ()
    note: str = ""


def run(trial: Trial, scheme: Scheme) -> Evaluation:
    """The results and findings of a trial."""
    settings = dict(trial.settings)
    facts = Facts.of(trial.facts, dict(trial.ledgers))
    problems = list(trial.problems)
    try:
        cycle = cycle_of(scheme, settings, trial.starts_on, trial.last_day, facts)
    except InvalidValueError as problem:
        problems.append(Finding(Code.BAD_VALUE, Effect.BLOCKS, str(problem), name="ends_on"))
        cycle = Cycle.starting(trial.starts_on, Grain.YEAR)
    outcome = evaluate(scheme, cycle=cycle, people=trial.people, facts=facts, settings=settings)
    findings = (*problems, *outcome.findings)
    if any(one.effect is Effect.BLOCKS for one in problems):
        return Evaluation(findings=findings, blocked=True)
    return replace(outcome, findings=findings)


def differences(expectation: Expectation, outcome: Evaluation) -> Iterator[str]:
    """Every difference between what was expected and what came out, in Chinese."""
    yield from _wrong_results(expectation, outcome)
    reported = {finding.code.value for finding in outcome.findings}
    yield from (f"应报告 {one}，没有报告" for one in expectation.findings if one not in reported)
    unwanted = (one for one in expectation.absent_findings if one in reported)
    yield from (f"不应报告 {one}，却报告了" for one in unwanted)
    if expectation.blocked != outcome.blocked:
        yield "应当阻止计算，却算出了结果" if expectation.blocked else "计算被阻止，应当算出结果"


def _wrong_results(expectation: Expectation, outcome: Evaluation) -> Iterator[str]:
    for subject, name, period, wanted in expectation.results:
        result = outcome.get(subject, name, period)
        where = f"{subject} 的 {name}" + ("" if period == CYCLE else f"({period})")
        if result is None:
            yield f"{where}：应为 {_show(wanted)}，没有算出"
        elif not equal(result, wanted):
            yield f"{where}：应为 {_show(wanted)}，算出 {result.text}"
    for absent in expectation.absent:
        for (subject, name, period), result in outcome.results.items():
            if (subject, name) == (absent.subject, absent.name) and absent.period in ("", period):
                yield f"{subject} 的 {name}({period})：不应算出，却算出 {result.text}"


def equal(result: Result, wanted: Expected) -> bool:
    """Whether a result is what was expected: numbers by value, everything else as it is."""
    return _equal(result.value, wanted)


def _equal(value: ResultValue, wanted: Expected) -> bool:
    match value:
        case Figure():
            return _is_number(value, wanted)
        case Table(rows):
            return (
                isinstance(wanted, dict)
                and {key for key, _ in rows} == wanted.keys()
                and all(_is_number(figure, wanted[key]) for key, figure in rows)
            )
        case tuple():
            return value == wanted
        case bool() | str():
            return type(value) is type(wanted) and value == wanted
        case date():
            return wanted in (value, value.isoformat())
        case _:
            assert_never(value)


def _is_number(figure: Figure, wanted: Expected) -> bool:
    if isinstance(wanted, str):
        try:
            wanted = Decimal(wanted)
        except InvalidOperation:
            return False
    return isinstance(wanted, Decimal) and figure.value == wanted


def _show(value: Expected) -> str:
    match value:
        case Decimal():
            return f"{value:f}"
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(_show(one) for one in value) or "无"
        case dict():
            return "、".join(f"{key}：{_show(one)}" for key, one in value.items()) or "无"
        case _:
            return str(value)

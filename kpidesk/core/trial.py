"""Trials (试算): one scheme tried on given facts, and compared with what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from kpidesk.core.evaluate import Evaluation, Result, cycle_of, evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue

Expected: TypeAlias = Decimal | str | bool


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
    expectation: Expectation = Expectation()
    problems: tuple[Finding, ...] = ()
    lines: tuple[tuple[tuple[str, ...], int], ...] = ()
    note: str = ""


def run(trial: Trial, scheme: Scheme) -> Evaluation:
    """The results and findings of a trial."""
    settings = dict(trial.settings)
    cycle = cycle_of(scheme, settings, trial.starts_on)
    problems = list(trial.problems)
    if trial.last_day is not None and trial.last_day != cycle.period.last_day:
        msg = (
            f"这个方案的周期从 {cycle.period.start} 到 {cycle.period.last_day}，"
            f"ends_on 却是 {trial.last_day}，请改正或删去 ends_on"
        )
        problems.append(Finding(Code.BAD_VALUE, Effect.BLOCKS, msg, name="ends_on"))
    facts = Facts.of(trial.facts)
    outcome = evaluate(scheme, cycle=cycle, people=trial.people, facts=facts, settings=settings)
    findings = (*problems, *outcome.findings)
    if any(one.effect is Effect.BLOCKS for one in problems):
        return Evaluation(findings=findings, blocked=True)
    return Evaluation(outcome.results, findings, outcome.blocked)


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
    if not isinstance(result.value, Figure):
        return result.value == wanted
    if isinstance(wanted, str):
        try:
            wanted = Decimal(wanted)
        except InvalidOperation:
            return False
    return not isinstance(wanted, bool) and result.value.value == wanted


def _show(value: Expected) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

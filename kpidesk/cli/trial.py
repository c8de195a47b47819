"""`kpidesk trial`: a scheme tried on figures in a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, assert_never

from kpidesk.cli.commands import UNREADABLE, Commands
from kpidesk.cli.plain import plain_digits
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.explain import explain
from kpidesk.core.figure import Figure
from kpidesk.core.findings import condensed, shared
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Evaluation, Result, ResultValue, Table, figure_text
from kpidesk.usecases.trials import TrialOutcome, try_file

DIFFERENT = 1


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    trial = commands.add_parser("trial", help="试算：按方案计算文件中的数据")
    trial.add_argument("files", nargs="+", type=Path, metavar="FILE.toml", help="试算文件")
    trial.add_argument("--explain", action="store_true", help="列出每个结果的计算过程")
    trial.add_argument("--json", action="store_true", help="以 JSON 输出")
    trial.add_argument("--check", action="store_true", help="与文件中的预期结果比较")
    trial.set_defaults(run=_trial)


def _trial(chosen: argparse.Namespace) -> int:
    outcomes: list[TrialOutcome] = []
    unreadable = 0
    for path in chosen.files:
        try:
            outcomes.append(try_file(path))
        except KpiDeskError as problem:
            unreadable += 1
            print(problem, file=sys.stderr)
    if chosen.json:
        plain = [_plain(one, explained=chosen.explain) for one in outcomes]
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    for outcome in outcomes:
        if not chosen.json:
            _print_outcome(outcome, explained=chosen.explain)
        if chosen.check:
            _print_differences(outcome, to_stderr=chosen.json)
    failed = sum(1 for one in outcomes if one.differences) if chosen.check else 0
    if chosen.check and not chosen.json:
        print(f"{len(outcomes) - failed} passed, {failed + unreadable} failed")
    if unreadable:
        return UNREADABLE
    return DIFFERENT if failed else 0


def _print_outcome(outcome: TrialOutcome, *, explained: bool) -> None:
    print(f"{outcome.path}：{outcome.trial.title}")
    if outcome.evaluation.blocked:
        print("  计算被阻止：")
    seen: set[Figure] = set()
    for result in outcome.evaluation.results.values():
        period = "" if result.period == CYCLE else f"({result.period})"
        print(f"  {result.subject} {result.name}{period} = {result.text}")
        if explained:
            _print_derivation(result, seen)
    if explained:
        _print_clauses(outcome, seen)
    findings = outcome.evaluation.findings
    for finding in shared(findings) if explained else condensed(findings):
        who = f"{finding.subject} " if finding.subject else ""
        print(f"  [{finding.code}] {who}{finding.message}")


def _print_derivation(result: Result, seen: set[Figure]) -> None:
    """How a result came about; what was explained for an earlier result is not said again."""
    if (figure := result.derivation) is None:
        return
    for line in explain(figure, seen):
        source = f"  ［{line.origin.source}］" if line.origin.source else ""
        print(f"      {'  ' * line.depth}{line.text}{_clause(line.clause)}{source}")


def _print_clauses(outcome: TrialOutcome, seen: set[Figure]) -> None:
    """The original words of every clause that the derivations name."""
    named = {figure.clause for figure in seen}
    for rule in outcome.scheme.rules:
        if rule.id in named:
            print(f"  〔{rule.id}〕 原文：{rule.phrase}")


def _print_differences(outcome: TrialOutcome, *, to_stderr: bool) -> None:
    for difference in outcome.differences:
        where = sys.stderr if to_stderr else sys.stdout
        print(f"  ✗ {outcome.path.name}：{difference}", file=where)


def _plain(outcome: TrialOutcome, *, explained: bool) -> dict[str, Any]:
    """A trial's outcome as the JSON of the trial format."""
    plain: dict[str, Any] = {
        "file": str(outcome.path),
        "scheme": outcome.trial.scheme,
        "blocked": outcome.evaluation.blocked,
        "results": _results(outcome.evaluation, lambda result: _value(result.value)),
        "findings": [
            {
                "code": finding.code.value,
                "subject": finding.subject,
                "name": finding.name,
                "period": finding.period,
                "message": plain_digits(finding.message),
            }
            for finding in outcome.evaluation.findings
        ],
    }
    if explained:
        plain["derivations"] = _results(outcome.evaluation, _derivation)
    return plain


def _value(value: ResultValue) -> object:
    """A result's value as JSON: numbers as text with their decimals."""
    match value:
        case Figure():
            return figure_text(value)
        case bool() | str():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case Table():
            return {key: figure_text(one) for key, one in value.rows}
        case _:
            assert_never(value)


def _derivation(result: Result) -> list[str]:
    """How a result came about, a line each, indented by what rests on what."""
    lines = explain(result.derivation) if result.derivation else ()
    return [f"{'  ' * one.depth}{plain_digits(one.text)}{_clause(one.clause)}" for one in lines]


def _clause(clause: str) -> str:
    return f"  〔{clause}〕" if clause else ""


def _results(evaluation: Evaluation, show: Callable[[Result], object]) -> dict[str, dict[str, Any]]:
    """Something of each result, by subject and name, then by period where there are several."""
    by_subject: dict[str, dict[str, dict[str, object]]] = {}
    for result in evaluation.results.values():
        names = by_subject.setdefault(result.subject, {})
        names.setdefault(result.name, {})[result.period] = show(result)
    return {
        subject: {
            name: periods[CYCLE] if periods.keys() == {CYCLE} else periods
            for name, periods in names.items()
        }
        for subject, names in by_subject.items()
    }

"""The total of a person's pay lines in a period."""

from __future__ import annotations

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import Appraisee
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.rules import PayLine, PayTotal
from kpidesk.core.paying.run import PayRun


def pay_total(rule: PayTotal, run: PayRun) -> None:
    """Add the recorded lines of each person and period; no total while one is missing."""
    for person in run.people:
        names = [one.result for one in rule.lines if _counts(one, person, run)]
        for period in run.served(person, rule.grain):
            lines = _lines(names, person, period.key, run)
            if lines is None:
                continue
            summed = total(lines, YUAN).named(rule.label, rule.clause)
            run.board.record(person.key, rule.result, summed, period.key)
            if summed.value < ZERO:
                run.context.report(
                    Code.NEGATIVE_PAY,
                    Effect.WARNS,
                    f"{rule.label}为 {show_money(summed.value)} 元，小于零，请核对后再发放；"
                    "从工资中扣回须符合当地规定",
                    subject=person.key,
                    name=rule.result,
                    period=period.key,
                )


def _counts(line: PayLine, person: Appraisee, run: PayRun) -> bool:
    """Whether a line is one of the person's."""
    of_role = not line.roles or person.role in line.roles
    return of_role and (line.when is None or run.context.flag(line.when))


def _lines(names: list[str], person: Appraisee, period: str, run: PayRun) -> list[Figure] | None:
    lines = [run.board.figure(person.key, name, period) for name in names]
    there = [one for one in lines if one is not None]
    return there if names and len(there) == len(lines) else None

"""Warnings where a result rests on a clause of the source that can be read in several ways."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.facts import Subject
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Result
from kpidesk.core.scheme import Ambiguity, Aspect
from kpidesk.core.totals import Scores


def warn_of_pay(run: PayRun) -> None:
    """Warn where a pay result, of whatever period, rests on such a clause; once a subject."""
    produced = dict.fromkeys((subject, name) for subject, name, _ in run.board.results)
    for clause in run.context.scheme.ambiguities:
        if not (clause.warns and clause.pays):
            continue
        warned: set[Subject] = set()
        for subject, name in produced:
            if name not in clause.results or subject in warned:
                continue
            came_up = run.aspects.get((subject, name), set())
            if not clause.aspects or came_up.intersection(clause.aspects):
                warned.add(subject)
                _warn(clause, subject, name, run.context)


def _warn(clause: Ambiguity, subject: Subject, name: str, context: Context) -> None:
    context.report(
        Code.AMBIGUOUS_CLAUSE,
        Effect.WARNS,
        f"条款“{clause.phrase}”有歧义（{clause.id}）：{clause.problem}{_reading(clause, context)}",
        subject=subject,
        name=clause.parameters[0] if clause.parameters else name,
        period=CYCLE,
    )


def warn_of_scores(
    results: list[Result], scores: Scores, subject: Subject, context: Context
) -> None:
    """Warn where a person's score, total or grade rests on a clause with several readings."""
    periods: dict[str, list[str]] = {}
    for one in results:
        periods.setdefault(one.name, []).append(one.period)
    for name, period in scores.aspects:
        if name == "grade":  # a refused one rests on its clause as well
            periods.setdefault(name, []).append(period)
    for clause in context.scheme.ambiguities:
        if not clause.warns or clause.pays:
            continue
        for name in clause.results:
            if any(_rests(clause, name, one, scores) for one in periods.get(name, ())):
                _warn(clause, subject, name, context)
                break


def _rests(clause: Ambiguity, name: str, period: str, scores: Scores) -> bool:
    """Whether a result that was produced rests on a clause; one on totals is about the year's."""
    came_up = scores.aspects.get((name, period), frozenset())
    if clause.aspects:
        return bool(came_up.intersection(clause.aspects))
    if name == "total":
        return period == CYCLE
    return Aspect.BY_HAND not in came_up


def _reading(clause: Ambiguity, context: Context) -> str:
    """How an ambiguous clause was read: as by default, or as the company chose."""
    own = [
        f"“{context.parameters[name].label}”为{context.parameters[name].text(value)}"
        for name in clause.parameters
        if (value := context.settings.get(name)) is not None
        and value != context.parameters[name].default
    ]
    if own:
        return f"现按公司的设定计算：{'，'.join(own)}。"
    chosen = "、".join(f"“{context.parameters[name].label}”" for name in clause.parameters)
    return f"现按此理解：{clause.reading}" + (f"可用参数{chosen}改选。" if chosen else "")

"""Targets split evenly: over the months of the cycle, and over people before that."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.facts import TEAM, Appraisee, Subject
from kpidesk.core.figure import YUAN, Figure, Unit, given, total
from kpidesk.core.paying.rules import EvenTarget
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.period import Grain
from kpidesk.core.splits import split_figure

_PART = Unit("份")


def split_target_evenly(rule: EvenTarget, run: PayRun) -> None:
    """Each target of a month; the months add to the target, earlier ones get more."""
    if run.context.word(rule.mode) != "even":
        return
    whole = run.context.amount(rule.target, YUAN, "全年目标", rule.clause)
    if whole is None:
        return
    if not rule.among:
        for person in run.people:
            _record(rule, person, _months(rule, whole, run), run)
        return
    people = run.members(rule.among)
    if not people:
        _plan(rule, TEAM, _months(rule, whole, run), run)
        return
    parts = _evenly(whole, f"{len(people)} 人平均，各得", len(people))
    shares: list[Sequence[Figure]] = []
    for person, part in zip(people, parts, strict=True):
        named = part.named(f"全年{rule.label}", rule.clause)
        run.board.record(person.key, rule.part, named)
        months = _months(rule, named, run)
        _record(rule, person, months, run)
        shares.append([whose(person.key, month) for month in months])
    months_of_all = zip(run.periods(Grain.MONTH), zip(*shares, strict=True), strict=True)
    team = [
        total(own, YUAN).named(f"团队{rule.label}（{month.key}）", rule.clause)
        for month, own in months_of_all
    ]
    _plan(rule, TEAM, team, run)


def _evenly(whole: Figure, how: str, number: int) -> tuple[Figure, ...]:
    share = given(1, _PART, how)
    return split_figure(whole.rounded(2), [share] * number)


def _months(rule: EvenTarget, whole: Figure, run: PayRun) -> list[Figure]:
    months = run.periods(Grain.MONTH)
    parts = _evenly(whole, f"{len(months)} 个月平均，各得", len(months))
    return [
        part.named(f"{rule.label}（{month.key}）", rule.clause)
        for month, part in zip(months, parts, strict=True)
    ]


def _record(rule: EvenTarget, person: Appraisee, parts: Sequence[Figure], run: PayRun) -> None:
    """A person's targets; recorded for the months of service, known for all."""
    _plan(rule, person.key, parts, run, [one.key for one in run.served(person, Grain.MONTH)])


def _plan(
    rule: EvenTarget,
    subject: Subject,
    parts: Sequence[Figure],
    run: PayRun,
    recorded: Sequence[str] | None = None,
) -> None:
    for month, part in zip(run.periods(Grain.MONTH), parts, strict=True):
        if recorded is None or month.key in recorded:
            run.board.record(subject, rule.result, part, month.key)
        if rule.stands_for:
            run.plans[subject, rule.stands_for, month.key] = part

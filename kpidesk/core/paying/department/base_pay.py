"""Base pay on condition of the task, and the catch-up of what was withheld."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.facts import TEAM, Appraisee
from kpidesk.core.figure import RATIO, YUAN, Figure, given, total
from kpidesk.core.paying.department.rules import CatchUp, ConditionalBase
from kpidesk.core.paying.department.task import Comparison, compare, subject_of
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain, Period


def pay_base(rule: ConditionalBase, run: PayRun) -> None:
    """Base pay of each person and month, and what of it is withheld."""
    for person in run.people:
        withheld: list[Figure] = []
        months = tuple(run.served(person, Grain.MONTH))
        for month in months:
            line = _month(rule, person, month, run)
            if line is not None:
                withheld.append(line)
        if months and len(withheld) == len(months):
            summed = total(withheld, YUAN).named("全周期扣发的基本工资", _clause(rule, person))
            run.board.record(person.key, rule.withheld, summed)


def _month(rule: ConditionalBase, person: Appraisee, month: Period, run: PayRun) -> Figure | None:
    """What is withheld of a month's salary."""
    clause = _clause(rule, person)
    salary = run.context.number(person.key, rule.salary, month)
    months = _compared(rule, person, month, run)
    outcome = compare(rule.task, subject_of(rule.task, person), months, months, run)
    if outcome is None:
        return None
    met = outcome.met
    margin = outcome.margin(clause)
    run.board.state(person.key, rule.met, met, month.key, basis=margin, label="是否完成任务")
    if salary is None:
        return None
    due = salary
    if not met:
        rate = run.context.amount(rule.unmet, RATIO, "未完成的核发比例", clause)
        if rate is None:
            return None
        due = salary * rate
    named = due.because(margin).named(f"{rule.label}（{month.key}）", clause)
    paid = run.board.record(person.key, rule.result, named, month.key)
    withheld = (salary - paid).named(f"扣发的基本工资（{month.key}）", clause)
    return run.board.record(person.key, rule.withheld, withheld, month.key)


def _compared(
    rule: ConditionalBase, person: Appraisee, month: Period, run: PayRun
) -> tuple[Period, ...]:
    """The months that are compared with their task: this one, or all so far.

    The team's run from the start of the cycle, whenever its leader came.
    """
    if run.context.word(rule.span) != "cumulative":
        return (month,)
    alone = subject_of(rule.task, person) != TEAM
    months = run.served(person, Grain.MONTH) if alone else run.periods(Grain.MONTH)
    return tuple(one for one in months if one <= month)


def catch_up(rule: CatchUp, run: PayRun) -> None:
    """All that was withheld of each person, or nothing."""
    for person in run.members(()):
        clause = _clause(rule, person)
        entitled = run.context.word(rule.leavers) == "all"
        if not (entitled or _stayed(person, run)):
            nothing = given(0, YUAN, "周期结束前已离职，不补发", clause)
            run.board.record(person.key, rule.result, nothing.because().named(rule.label, clause))
            continue
        withheld = run.board.figure(person.key, rule.withheld)
        outcome = _year(rule, person, run)
        if withheld is None or outcome is None:
            continue
        due = withheld if outcome.met else given(0, YUAN, "")
        named = due.because(outcome.margin(clause)).named(rule.label, clause)
        run.board.record(person.key, rule.result, named)


def _stayed(person: Appraisee, run: PayRun) -> bool:
    if person.goes_on:
        return True  # in another role; what was withheld in this one is held against its own months
    return person.left_on is None or person.left_on >= run.context.cycle.period.last_day


def _year(rule: CatchUp, person: Appraisee, run: PayRun) -> Comparison | None:
    """The year's figures beside the year's task.

    Nobody has figures of their own outside their months; the team has.
    """
    subject = subject_of(rule.task, person)
    own = tuple(run.served(person, Grain.MONTH))
    full = run.context.word(rule.months) == "full_year"
    planned_in = run.periods(Grain.MONTH) if full else own
    achieved_in: Sequence[Period] = planned_in if subject == TEAM else own
    if run.context.word(rule.window) == "calendar_year":
        year = run.context.cycle.period.start.year
        achieved_in = [one for one in achieved_in if one.start.year == year]
    return compare(rule.task, subject, achieved_in, planned_in, run)


def _clause(rule: ConditionalBase | CatchUp, person: Appraisee) -> str:
    alone = person.role in rule.task.members
    return rule.clause if alone or not rule.team_clause else rule.team_clause

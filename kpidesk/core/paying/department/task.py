"""What was achieved beside the task: of a person, or of the team as the sum over its members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpidesk.core.exact import ZERO, less
from kpidesk.core.explain import show_money
from kpidesk.core.facts import TEAM, Appraisee, Subject
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.department.rules import Task
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.period import CYCLE, Period


@dataclass(frozen=True, slots=True)
class Comparison:
    """An achieved figure beside its task."""

    actual: Figure
    target: Figure

    @property
    def met(self) -> bool:
        """Whether the task is reached: equal is reached."""
        return not less(self.actual.value, self.target.value)

    def margin(self, clause: str) -> Figure:
        """What the achieved figure has more than the task, or less, as a clause asks."""
        more = self.actual - self.target
        word = (
            "超出任务"
            if more.value > ZERO
            else "比任务相差"
            if more.value
            else "正好完成，超出任务"
        )
        return more.named(word, clause)


def subject_of(task: Task, person: Appraisee) -> Subject:
    """Whose figures a person stands by: their own, or the team's."""
    return person.key if person.role in task.members else TEAM


def compare(
    task: Task,
    subject: Subject,
    achieved_in: Sequence[Period],
    planned_in: Sequence[Period],
    run: PayRun,
) -> Comparison | None:
    """What was achieved in some months beside the task of some; None with what is missing."""
    actual = _over(achieved_in, lambda month: achieved(task, subject, month, run), "实际")
    target = _over(planned_in, lambda month: planned(task, subject, month, run), "任务")
    if actual is None or target is None:
        return None
    if target.value <= ZERO:
        run.context.report(
            Code.ZERO_TARGET,
            Effect.WARNS,
            f"{target.label}为 {show_money(target.value)} 元，实际不小于它即算完成，请核对",
            subject=subject,
            name=task.target,
            period=planned_in[-1].key if len(planned_in) == 1 else CYCLE,
        )
    return Comparison(actual, target)


def achieved(task: Task, subject: Subject, month: Period, run: PayRun) -> Figure | None:
    """What a person or the team achieved in a month."""
    fact = run.context.word(task.measure)
    if subject != TEAM:
        return run.context.number(subject, fact, month)
    return team_sum(fact, task.members, month, run)


def planned(task: Task, subject: Subject, month: Period, run: PayRun) -> Figure | None:
    """The task of a month: as split by the program, as entered, or the sum over the members."""
    made = run.plans.get((subject, task.target, month.key))
    if made is not None:
        return made
    if subject != TEAM:
        return run.context.number(subject, task.target, month)
    entered = run.context.number(TEAM, task.target, month, required=False)
    if entered is not None:
        return entered
    return summed(task.target, task.members, month, run, lambda key: planned(task, key, month, run))


def team_sum(fact: str, members: Sequence[str], month: Period, run: PayRun) -> Figure | None:
    """The sum of a fact over the members in service in a month."""
    return summed(fact, members, month, run, lambda key: run.context.number(key, fact, month))


def summed(
    fact: str,
    members: Sequence[str],
    month: Period,
    run: PayRun,
    figure: Callable[[Subject], Figure | None],
) -> Figure | None:
    """The sum of figures of the members in service in a month; no members at all: missing."""
    label = run.context.known[fact].label
    people = run.members(members)
    if not people:
        run.context.report(
            Code.MISSING_FACT,
            Effect.WITHHOLDS,
            f"缺少团队的“{label}”（{month.key}）：没有列出团队成员，请加入人员后再计算",
            subject=TEAM,
            name=fact,
            period=month.key,
        )
        return None
    figures = [(one.key, figure(one.key)) for one in people if one.in_service(month)]
    there = [whose(key, one) for key, one in figures if one is not None]
    if len(there) < len(figures):
        return None
    return total(there, YUAN).named(f"团队{label}（{month.key}）")


def _over(
    months: Sequence[Period], figure: Callable[[Period], Figure | None], what: str
) -> Figure | None:
    figures = [figure(month) for month in months]
    there = [one for one in figures if one is not None]
    if len(there) < len(figures):
        return None
    if len(there) == 1:
        return there[0]
    days = f"{months[0].key} 至 {months[-1].key}" if months else "没有月份"
    return total(there, YUAN).named(f"累计{what}（{days}）")

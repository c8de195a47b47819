"""Commission on the money that came in, and the share of it that follows the team's."""

from __future__ import annotations

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import Appraisee
from kpidesk.core.figure import RATIO, YUAN, Figure, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.department.rules import Commission, ShareOfSum
from kpidesk.core.paying.department.task import summed
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain, Period
from kpidesk.core.scheme import Aspect

_NOTHING = given(0, YUAN, "")


def pay_commission(rule: Commission, run: PayRun) -> None:
    """The commission of each person and month of service."""
    rate = run.context.amount(rule.rate, RATIO, "提成率", rule.clause)
    if rate is None:
        return
    for person in run.people:
        also = person.role in rule.others and run.context.flag(rule.others_too)
        if also or person.role in rule.members:
            _person(rule, rate, person, run)


def _person(rule: Commission, rate: Figure, person: Appraisee, run: PayRun) -> None:
    """A person's months in order: a negative one may be carried into later ones."""
    carries = run.context.word(rule.negative) == "carry"
    carried: Figure | None = _NOTHING
    for month in run.served(person, Grain.MONTH):
        received = run.context.number(person.key, rule.of, month)
        if received is None:
            carried = None  # what would be carried on is not known
            continue
        _warn_of_refund(rule, received, person, month, run)
        label = f"{rule.label}（{month.key}）"
        earned = (received * rate).named(label, rule.clause)
        if carries:
            if carried is None:
                continue
            line, carried = _carry(earned, carried, label)
        elif earned.value < ZERO and run.context.word(rule.negative) == "floor_zero":
            line = earned.named(f"按退款计算的{label}").at_least(_NOTHING)
        else:
            line = earned
        line = line.named(label, rule.clause)
        member = person.role in rule.members
        paid = _shared(rule, line, person, month, run) if member else line
        if paid is not None:
            run.board.record(person.key, rule.result, paid, month.key)


def _carry(earned: Figure, carried: Figure, label: str) -> tuple[Figure, Figure]:
    """The line of a month, and what of a refund is left to set off against later ones."""
    due = earned
    if carried is not _NOTHING:
        due = earned.named(f"按回款计算的{label}") + carried
    if due.value >= ZERO:
        return due, _NOTHING
    left = due.named(f"待以后冲抵的{label}", earned.clause)
    return left.at_least(_NOTHING), left


def _shared(
    rule: Commission, line: Figure, person: Appraisee, month: Period, run: PayRun
) -> Figure | None:
    """A member's line, kept for those who share in it, less what is taken out for them.

    Nothing is taken out in a month in which none of those who are known is in service.
    """
    context, taken = run.context, rule.taken_out
    takers = tuple(run.of_roles(taken.roles))
    there = not takers or any(one.in_service(month) for one in takers)
    if context.word(taken.source) != "deduct" or not there:
        run.board.keep(person.key, rule.before, line, month.key)
        return line
    whole = line.named(f"划出前的{line.label}")
    run.board.keep(person.key, rule.before, whole, month.key)
    rate = context.amount(taken.rate, RATIO, "划出比例", rule.clause)
    if rate is None:
        return None
    part = (whole * rate).named(f"划出的{line.label}", rule.clause)
    return (whole - part).named(line.label, rule.clause)


def _warn_of_refund(
    rule: Commission, received: Figure, person: Appraisee, month: Period, run: PayRun
) -> None:
    lines = run.context.lines(person.key, rule.of)
    refunds = [one for on, one in lines if on in month and one.value < ZERO]
    if received.value < ZERO:
        run.touch(person.key, rule.result, Aspect.REFUND)
    elif not refunds:
        return
    smallest = min([received, *refunds], key=lambda one: one.value)
    run.context.report(
        Code.REFUND,
        Effect.WARNS,
        f"{smallest.label}为 {show_money(smallest.value)} 元，是退款，请核对；"
        "从工资中扣回提成须符合当地规定",
        subject=person.key,
        name=rule.of,
        period=month.key,
    )


def pay_share(rule: ShareOfSum, run: PayRun) -> None:
    """A rate of the members' exact lines, to each person of some roles and month of service."""
    rate = run.context.amount(rule.rate, RATIO, f"{rule.label}比例", rule.clause)
    if rate is None:
        return
    for person in run.of_roles(rule.roles):
        for month in run.served(person, Grain.MONTH):
            lines = _lines(rule, month, run)
            if lines is not None:
                named = (lines * rate).named(f"{rule.label}（{month.key}）", rule.clause)
                run.board.record(person.key, rule.result, named, month.key)


def _lines(rule: ShareOfSum, month: Period, run: PayRun) -> Figure | None:
    exact = run.board.exact
    lines = summed(
        rule.fact, rule.members, month, run, lambda key: exact.get((key, rule.of, month.key))
    )
    return lines.named(f"团队总提成额（{month.key}）", rule.clause) if lines else None

"""A person's quarters as the fold takes them: from entered figures or from dated lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Appraisee
from kpidesk.core.figure import RATIO, YUAN, Figure, Origin, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.base_quota.free import free_quarter
from kpidesk.core.paying.base_quota.ledger import Ledger
from kpidesk.core.paying.base_quota.rule import LineUse, QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.state import Quarter
from kpidesk.core.paying.base_quota.terms import Implementation
from kpidesk.core.paying.base_quota.transfer import transferred
from kpidesk.core.period import Period

TASK = (LineUse.PRODUCT, LineUse.MARGIN, LineUse.IMPLEMENTATION)
SERVICES = (LineUse.IMPLEMENTATION, LineUse.SERVICE)
_LEFT_OUT = Origin("选填，没有填写，按零计")


@dataclass(frozen=True, slots=True)
class Income:
    """What a person brought in in a quarter. `service`: what the service rate is applied to.

    `actual` is None while it is missing; services are computed all the same. `shared` is what
    others have of the sales bonus on it; `transferred` is known from lines only.
    """

    actual: Figure | None
    implementation: Figure
    services: Figure
    service: Figure
    shared: Figure | None = None
    transferred: Figure | None = None

    @property
    def is_from_lines(self) -> bool:
        """Whether dated lines were added up, not figures entered."""
        return self.transferred is not None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A quarter as far as its figures are there."""

    person: Appraisee
    period: Period
    free: bool
    income: Income | None
    target: Figure | None
    base: Figure | None


def prepare(
    rule: QuarterlyBaseTarget,
    person: Appraisee,
    periods: Sequence[Period],
    ledger: Ledger,
    context: Context,
) -> tuple[Prepared, ...]:
    """A person's quarters in order; whatever is missing in any of them is reported."""
    free = free_quarter(rule.free, person, context)
    return tuple(
        _prepare(rule, person, period, ledger, context, free=period == free) for period in periods
    )


def quarter_of(prepared: Prepared, rule: QuarterlyBaseTarget, context: Context) -> Quarter | None:
    """The quarter for the fold; None while a figure is missing."""
    income, target, base = prepared.income, prepared.target, prepared.base
    if income is None or income.actual is None or target is None or base is None:
        return None
    how = Implementation(context.word(rule.bonus.implementation))
    own, apart, at_once = income.actual, list[Figure](), list[Figure]()
    if income.implementation.value:
        if how is Implementation.OUTSIDE_TASK:
            own = (own - income.implementation).named("计入任务的完成额", rule.clause)
        elif how is Implementation.SERVICE_RATE:
            apart.append(income.implementation)
            if not context.flag(rule.bonus.service_needs_base):
                at_once.append(income.implementation)
    if income.shared is not None:
        apart.append(income.shared)
        at_once.append(income.shared)
    return Quarter(
        subject=prepared.person.key,
        key=prepared.period.key,
        number=(prepared.period.start.month + 2) // 3,
        own=own,
        target=target,
        base=base,
        free=prepared.free,
        paid_apart=_apart(apart, prepared.period),
        released_apart=_apart(at_once, prepared.period),
    )


def _apart(parts: list[Figure], period: Period) -> Figure | None:
    if len(parts) > 1:
        return total(parts, YUAN).named(f"实施收入和奖金归他人的部分（{period.key}）")
    return parts[0] if parts else None


def _prepare(
    rule: QuarterlyBaseTarget,
    person: Appraisee,
    period: Period,
    ledger: Ledger,
    context: Context,
    *,
    free: bool,
) -> Prepared:
    if person.key in ledger.holders and not _is_entered(person, period, context):
        income = _from_lines(rule, person, period, ledger, context)
    else:
        income = _from_figures(person, period, context)
    if free:
        nothing = given(ZERO, YUAN, f"不承担任务（{period.key}）", rule.free.clause)
        return Prepared(person, period, free, income, nothing, nothing)
    target = context.number(person.key, "target", period)
    base = context.number(person.key, "base_quota", period, required=False)
    if base is None and target is not None:
        ratio = context.amount(rule.base_ratio, RATIO, "任务基数比", rule.tests.base_clause)
        if ratio is not None:
            base = (target * ratio).named(f"任务基数（{period.key}）", rule.tests.base_clause)
    return Prepared(person, period, free, income, target, base)


def _is_entered(person: Appraisee, period: Period, context: Context) -> bool:
    """Whether the quarter of somebody with dated lines has its figures in place of lines."""
    return any(
        context.find(person.key, name, period, whole=False) is not None
        for name in ("actual", "implementation_net", "service_net")
    )


def _from_figures(person: Appraisee, period: Period, context: Context) -> Income | None:
    actual = context.number(person.key, "actual", period)
    entered = [
        context.number(person.key, name, period, required=False)
        for name in ("implementation_net", "service_net")
    ]
    if actual is None and entered == [None, None]:
        return None
    implementation, services = (
        given(ZERO, YUAN, f"{context.known[name].label}（{period.key}）", origin=_LEFT_OUT)
        if one is None
        else one
        for name, one in zip(("implementation_net", "service_net"), entered, strict=True)
    )
    return Income(actual, implementation, services, service=_together(implementation, services))


def _together(implementation: Figure, services: Figure) -> Figure:
    """Both, or the services alone where there is no implementation."""
    return implementation + services if implementation.value else services


def _from_lines(
    rule: QuarterlyBaseTarget, person: Appraisee, period: Period, ledger: Ledger, context: Context
) -> Income | None:
    lacking = list(ledger.lacking(person.key, period))
    for line in lacking:
        context.report(
            Code.MISSING_FACT,
            Effect.WITHHOLDS,
            f"{line.on} 的事项缺少金额：请填写税后金额，或含税金额和税率；"
            f"按毛利或扣除成本计算的，还要填写成本（{line.origin.source}）",
            subject=person.key,
            name=line.kind,
            period=period.key,
        )
    if lacking:
        return None
    labels = {one: f"{context.known[one].label}（{period.key}）" for one in context.known}
    shared = [
        one.counted - one.sales
        for one in ledger.own(person.key, *earning_sales(rule, context))
        if one.line.on in period and one.counted is not None and one.counted != one.sales
    ]
    served = [one.service for one in ledger.own(person.key, *SERVICES) if one.line.on in period]
    return Income(
        ledger.counted(person.key, period, labels["actual"], *TASK),
        ledger.counted(person.key, period, labels["implementation_net"], LineUse.IMPLEMENTATION),
        ledger.counted(person.key, period, labels["service_net"], LineUse.SERVICE),
        total(served, YUAN).named("服务收入"),
        shared=total(shared, YUAN).named(f"奖金归他人的部分（{period.key}）") if shared else None,
        transferred=transferred(ledger, person.key, period, rule.lines.transfer_clause),
    )


def earning_sales(rule: QuarterlyBaseTarget, context: Context) -> tuple[LineUse, ...]:
    """The lines whose money earns the sales rate."""
    how = Implementation(context.word(rule.bonus.implementation))
    if how is Implementation.BOTH_RATES:
        return TASK
    return (LineUse.PRODUCT, LineUse.MARGIN)

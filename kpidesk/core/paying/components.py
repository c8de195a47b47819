"""月薪构成: the parts of a monthly salary, and the wage that their coefficients make of them."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.exact import less
from kpidesk.core.explain import show
from kpidesk.core.facts import Appraisee
from kpidesk.core.figure import RATIO, YUAN, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.rules import ComponentSplit, WagePart
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.splits import split_figure

_ONE = given(1, RATIO, "全部")


@dataclass(frozen=True, slots=True)
class _Month:
    """A person's month under way."""

    rule: ComponentSplit
    person: Appraisee
    month: Period
    run: PayRun

    def record(self, result: str, figure: Figure) -> None:
        """Record a result of the month."""
        self.run.board.record(self.person.key, result, figure, self.month.key)

    def clause(self, part: WagePart) -> str:
        """The source rule of a part."""
        return part.clause or self.rule.clause


def pay_components(rule: ComponentSplit, run: PayRun) -> None:
    """The standard parts and the wage of each person and month of service."""
    shares = _shares(rule, run)
    for person in run.people:
        for period in run.served(person, Grain.MONTH):
            month = _Month(rule, person, period, run)
            salary = run.context.number(person.key, rule.salary, period)
            coefficients = [_coefficient(part, month) for part in rule.parts]
            if salary is not None and shares is not None:
                _standard(salary, shares, month)
                _wage(salary, shares, coefficients, month)


def _shares(rule: ComponentSplit, run: PayRun) -> list[Figure] | None:
    """The share of each part; None with a finding where they do not add to one."""
    shares = [
        run.context.amount(one.share, RATIO, f"{one.label}比例", one.clause) for one in rule.parts
    ]
    known = [one for one in shares if one is not None]
    if len(known) < len(shares):
        return None
    summed = total(known, RATIO)
    if summed.value == _ONE.value:
        return known
    run.context.report(
        Code.SHARES_NOT_100,
        Effect.WITHHOLDS,
        f"月薪各部分的比例合计为 {show(summed.percent_of(_ONE).value)}%，应为 100%，请调整",
        name=rule.result,
        period=CYCLE,
    )
    return None


def _standard(salary: Figure, shares: list[Figure], month: _Month) -> None:
    parts = split_figure(salary.rounded(2), shares)
    for part, figure in zip(month.rule.parts, parts, strict=True):
        month.record(part.standard, figure.named(f"{part.label}标准", month.clause(part)))


def _wage(
    salary: Figure, shares: list[Figure], coefficients: list[Figure | None], month: _Month
) -> None:
    rule = month.rule
    paid: list[Figure] = []
    for part, share, coefficient in zip(rule.parts, shares, coefficients, strict=True):
        if coefficient is None:
            return
        amount = (salary * share).named(part.label, month.clause(part))
        if part.coefficient:
            amount = (amount * coefficient).named(f"{part.label}实得", month.clause(part))
        paid.append(amount)
    month.record(rule.result, total(paid, YUAN).named(rule.label, rule.clause))
    if rule.lost:
        month.run.context.report(
            Code.CLAUSE_CUT_OFF,
            Effect.WARNS,
            rule.lost,
            subject=month.person.key,
            name=rule.result,
            period=CYCLE,
        )


def _coefficient(part: WagePart, month: _Month) -> Figure | None:
    """The coefficient that a part is paid by; one where it is fixed, None where it is missing."""
    if not part.coefficient:
        return _ONE
    context = month.run.context
    entered = context.number(month.person.key, part.coefficient, month.month)
    if entered is None:
        return None
    if less(_ONE.value, entered.value):
        context.report(
            Code.COEFFICIENT_ABOVE_1,
            Effect.WARNS,
            f"{entered.label}为 {show(entered.value)}，大于 1，请核对",
            subject=month.person.key,
            name=part.coefficient,
            period=month.month.key,
        )
    cap = context.limit(month.rule.cap, RATIO, "系数上限", month.rule.clause)
    if cap is not None and less(cap.value, entered.value):
        return entered.at_most(cap).named(f"计入的{entered.label}")
    return entered

"""What is wrong with the lines and coefficients that the quarterly rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Event
from kpidesk.core.figure import RATIO
from kpidesk.core.findings import Code
from kpidesk.core.paying.base_quota.lines import number_of
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget

_WHOLE = Decimal(1)


def check_quarters(rule: QuarterlyBaseTarget, context: Context) -> None:
    """Report lines that contradict themselves, and coefficients above the highest accepted."""
    kinds = {one.event for one in rule.lines.kinds}
    for lines in context.facts.ledgers.values():
        for line in lines:
            if line.kind in kinds:
                for code, problem in _problems(line):
                    where = f"（{line.origin.source}）" if line.origin.source else ""
                    context.block(
                        code,
                        f"{line.on} 的事项：{problem}{where}",
                        subject=line.subject,
                        name=line.kind,
                    )
    _check_coefficients(rule, context)


def _problems(line: Event) -> Iterator[tuple[Code, str]]:
    net, amount, rate = (number_of(line, name) for name in ("net", "amount", "tax_rate"))
    if net is not None and (amount is not None or rate is not None):
        yield (
            Code.CONFLICTING_FACTS,
            "既填了税后金额(net)，又填了含税金额(amount)或税率(tax_rate)，请只保留一种",
        )
    if rate is not None and not ZERO <= rate < _WHOLE:
        yield (
            Code.BAD_VALUE,
            f"税率 {rate:f} 不对，应为不小于 0、小于 1 的小数，如 13% 写 0.13",
        )
    if line.value("in_crm") is False and isinstance(line.value("registered_on"), date):
        yield (
            Code.CONFLICTING_FACTS,
            "既填了未进入CRM(in_crm)，又填了登记日期(registered_on)，请只保留一种",
        )
    quotation = number_of(line, "standard_quotation")
    if quotation is None:
        return
    if quotation < ZERO:
        yield Code.BAD_VALUE, f"标准报价 {quotation:f} 不能为负数"
    if not line.value("project"):
        yield (
            Code.BAD_VALUE,
            "填了标准报价(standard_quotation)，还要填项目(project)，才知道从哪个项目的软件款划拨",
        )


def _check_coefficients(rule: QuarterlyBaseTarget, context: Context) -> None:
    highest = context.limit(rule.bonus.highest_coefficient, RATIO, "KPI奖金系数上限")
    if highest is None:
        return
    for (subject, name), by_period in context.facts.by_name.items():
        for fact in by_period.values():
            high = isinstance(fact.value, Decimal) and fact.value > highest.value
            if name == "kpi_coefficient" and high:
                context.block(
                    Code.BAD_VALUE,
                    f"KPI奖金系数 {fact.value} 高于公司设定的上限 {highest.value}，请核对",
                    subject=subject,
                    name=name,
                    period=fact.period,
                )

"""What one dated line comes to: its net, its gross margin, and whether it counts at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import Event
from kpidesk.core.figure import RATIO, YUAN, Figure, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.base_quota.rule import LineKind, LineTerms, LineUse
from kpidesk.core.period import Grain, Period

_ONE = given(1, RATIO, "")


@dataclass(frozen=True, slots=True)
class Amounts:
    """A line in yuan: `counted` for the task or as service income, `earning` at its rate.

    They differ only where the company takes the cost off service income.
    """

    counted: Figure
    earning: Figure
    quotation: Figure | None = None


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads dated lines as the company settled the open points."""

    terms: LineTerms
    context: Context

    def amounts(self, line: Event, kind: LineKind) -> Amounts | None:
        """What a line comes to, nothing outside the CRM; None while a figure of it is missing."""
        about = self._about(line)
        if not self._is_in_crm(line):
            clause = self.terms.crm_clause
            nothing = given(ZERO, YUAN, f"{about}未进入CRM，不计", clause, line.origin)
            return Amounts(nothing, nothing)
        net = self._net(line, about, kind.clause)
        if net is None:
            return None
        if net.value < ZERO:
            self._warn(Code.REFUND, f"{about}为 {show_money(net.value)} 元，小于零（退款）", line)
        match kind.use:
            case LineUse.PRODUCT:
                return Amounts(net, net)
            case LineUse.MARGIN:
                margin = self._margin(net, line, about, kind.clause)
                return Amounts(margin, margin) if margin else None
            case LineUse.SERVICE:
                own = self._service(net, line, about, kind.clause)
                return Amounts(own, own) if own else None
            case LineUse.IMPLEMENTATION:
                own = self._service(net, line, about, kind.clause)
                quotation = _entered(line, "standard_quotation", f"{about}标准报价")
                return Amounts(net, own, quotation) if own else None
            case _:
                assert_never(kind.use)

    def _about(self, line: Event) -> str:
        event = self.context.scheme.event(line.kind)
        label = event.label if event else line.kind
        project = line.value("project")
        return f"{line.on} {label}" + (f"（{project}）" if project else "")

    def _net(self, line: Event, about: str, clause: str) -> Figure | None:
        """The money after tax, rounded to the fen."""
        net = _entered(line, "net", f"{about}税后", clause)
        if net is not None:
            return net.rounded(2)
        amount = _entered(line, "amount", f"{about}含税")
        rate = number_of(line, "tax_rate")
        if amount is None or rate is None:
            return None
        tax = given(rate, RATIO, "税率", "", line.origin)
        if self.context.word(self.terms.tax_method) == "percent_off":
            before = amount * (_ONE - tax)
        else:
            before = amount / (_ONE + tax)
        return before.named(f"{about}税后", clause).rounded(2)

    def _service(self, net: Figure, line: Event, about: str, clause: str) -> Figure | None:
        """净收入 of a service: after tax, or after cost as well."""
        if self.context.word(self.terms.service_net) != "after_cost":
            return net
        return _less_cost(net, line, f"{about}净收入", clause)

    def _margin(self, net: Figure, line: Event, about: str, clause: str) -> Figure | None:
        """The gross margin; at a loss as it is, or nothing."""
        margin = _less_cost(net, line, f"{about}毛利", clause)
        if margin is None or margin.value >= ZERO:
            return margin
        self._warn(Code.NEGATIVE_MARGIN, f"{about}毛利为 {show_money(margin.value)} 元，亏损", line)
        if self.context.word(self.terms.negative_margin) != "floor_zero":
            return margin
        return margin.at_least(given(ZERO, YUAN, "零", clause)).named(margin.label, clause)

    def _is_in_crm(self, line: Event) -> bool:
        registered = line.value("registered_on")
        if not isinstance(registered, date):
            return line.value("in_crm") is not False
        if self.context.word(self.terms.crm_cutoff) == "settlement_date":
            return registered <= Period.containing(line.on, Grain.QUARTER).last_day
        return registered <= line.on

    def _warn(self, code: Code, what: str, line: Event) -> None:
        where = f"（{line.origin.source}）" if line.origin.source else ""
        self.context.report(
            code,
            Effect.WARNS,
            f"{what}，请核对{where}",
            subject=line.subject,
            name=line.kind,
            period=Period.containing(line.on, Grain.QUARTER).key,
        )


def number_of(line: Event, field: str) -> Decimal | None:
    """The number in a field of a line; None when it was left out or is none."""
    value = line.value(field)
    return value if isinstance(value, Decimal) else None


def _less_cost(net: Figure, line: Event, label: str, clause: str) -> Figure | None:
    cost = _entered(line, "cost", f"{line.on} 成本")
    return None if cost is None else (net - cost).named(label, clause).rounded(2)


def _entered(line: Event, field: str, label: str, clause: str = "") -> Figure | None:
    value = number_of(line, field)
    return None if value is None else given(value, YUAN, label, clause, line.origin)

"""The bonus and wages of one person's quarters, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, given, total
from kpidesk.core.paying.base_quota.bonus import Accrued, Factors, Rates, bonus, factors
from kpidesk.core.paying.base_quota.prepare import Prepared
from kpidesk.core.paying.base_quota.recording import record_income, record_ledgers
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.sharing import Shares
from kpidesk.core.paying.base_quota.state import Outcome, Quarter, Settlement, Standing
from kpidesk.core.paying.base_quota.terms import FoldTerms
from kpidesk.core.paying.base_quota.wages import record_wages
from kpidesk.core.paying.run import PayRun


@dataclass(frozen=True, slots=True)
class PayDesk:
    """What pays one person: the rule, its rates, and their shares of others' bonus."""

    rule: QuarterlyBaseTarget
    terms: FoldTerms
    rates: Rates
    shares: Shares
    run: PayRun

    def record(self, who: Subject, prepared: Sequence[Prepared], known: Sequence[Outcome]) -> None:
        """Every result of the quarters, as far as they are known, and the sums over the chain."""
        periods = [one.period for one in prepared]
        factors_ = factors(self.rule.bonus, self.rates, who, periods, self.run.context)
        for place, one in enumerate(prepared):
            record_income(one, self.run.board)
            outcome = known[place] if place < len(known) else None
            if outcome is not None:
                record_ledgers(outcome, self.terms, self.run.board)
                record_wages(outcome, known, self.rule, self.terms.clauses, self.run)
            service = self._service(one, outcome)
            if service is not None:
                self.run.board.record(who, "service_bonus", service, one.period.key)
                if outcome is not None and outcome.settlement is not None:
                    self._bonus(outcome.quarter, outcome.settlement, service, factors_)
        if periods:
            self._sum(who, [one.key for one in periods])

    def _bonus(
        self, quarter: Quarter, settlement: Settlement, service: Figure, factors_: Factors
    ) -> None:
        """What accrues before K, and the bonus; nothing while it waits for somebody else."""
        who, key, board = quarter.subject, quarter.key, self.run.board
        if key in self.shares.unknown:
            return
        accrued = Accrued(self._current(settlement, key), self._back(settlement, key), service)
        board.record(who, "current_bonus", accrued.current, key)
        board.record(who, "back_pay", accrued.back_pay, key)
        board.record(who, "accrued_bonus", accrued.whole, key)
        paid = bonus(accrued, key, factors_, self.rule.bonus, self.run.context)
        if paid is not None:
            named = paid.named(f"{self.rule.label}（{key}）", self.rule.bonus.factor_clause)
            board.record(who, "bonus", named, key)

    def _sum(self, who: Subject, keys: Sequence[str]) -> None:
        """The sums over the chain, once every quarter is there."""
        board = self.run.board
        for name, label in (("bonus", self.rule.label), ("deduction", "扣发固定工资")):
            lines = [one for key in keys if (one := board.figure(who, name, key)) is not None]
            if len(lines) == len(keys):
                board.record(who, name, total(lines, YUAN).named(f"{label}合计"))

    def _current(self, settlement: Settlement, key: str) -> Figure:
        earning = settlement.accrued
        if key in self.shares.sales:
            earning = total([earning, *self.shares.sales[key]], YUAN).named("计提额合计")
        return (earning * self.rates.sales).named("当季奖金", self.rule.bonus.sales_clause)

    def _back(self, settlement: Settlement, key: str) -> tuple[tuple[str, Figure], ...]:
        clause = self.rule.shortfalls.back_pay_clause
        released = [(one.key, one.amount) for one in settlement.released]
        released += self.shares.released.get(key, [])
        return tuple(
            (item, (one * self.rates.sales).named(f"补发 {item} 奖金", clause))
            for item, one in released
        )

    def _service(self, prepared: Prepared, outcome: Outcome | None) -> Figure | None:
        """6 % of implementation and services; nothing below base, where the company wants it so."""
        clause = self.rule.bonus.service_clause
        if prepared.income is None:
            return None
        earning = prepared.income.service
        if self.run.context.flag(self.rule.bonus.service_needs_base):
            if outcome is None:
                return None
            if outcome.standing is Standing.BELOW_BASE:
                nothing = given(ZERO, YUAN, "低于任务基数，不计提", clause)
                earning = nothing.because(outcome.tested, outcome.quarter.base)
        if shared := self.shares.service.get(prepared.period.key):
            earning = total([earning, *shared], YUAN)
        return (earning * self.rates.service).named("服务奖金", clause)

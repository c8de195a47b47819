"""The sample company's pay: quarters entered, settled, one put right afterwards, the last open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from kpidesk.core.contract import ContractId
from kpidesk.core.payroll.lawful import LegalKind, LegalParameter, LegalSettings
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.usecases import pay
from kpidesk.usecases.contracts import draw_up, mark_printed, sign
from kpidesk.usecases.legal import save_legal
from kpidesk.usecases.sample.diary import Diary
from kpidesk.usecases.sample.material import Seller, Sellers
from kpidesk.usecases.sample.year import Year

_SCHEME = "key-account-sales-bonus"
_MONTHS = 12
_MINIMUM_WAGE = Decimal(2000)
_DAYS_BEFORE = timedelta(days=4)
"""The figures come in so long before the settlement."""


@dataclass(frozen=True, slots=True)
class Payments:
    """The quarters of a year."""

    year: Year
    contracts: dict[str, ContractId] = field(default_factory=dict)

    @property
    def sellers(self) -> Sellers:
        """Who is paid."""
        return self.year.material.sellers

    def write(self, diary: Diary) -> None:
        """Put it all into the diary."""
        sellers = self.sellers
        diary.on(sellers.drawn_up, self._enter_law)
        for seller in sellers.people:
            diary.on(sellers.drawn_up, partial(self._draw_up, seller))
            diary.on(sellers.printed, partial(self._print, seller))
            diary.on(sellers.signed, partial(self._sign, seller))
        for number, day in enumerate(sellers.settled, start=1):
            for seller in sellers.people:
                diary.on(day - _DAYS_BEFORE, partial(self._enter, seller, number))
            diary.on(day, partial(self._settle, number))
        diary.on(sellers.correction.on, self._correct)
        last = len(sellers.settled) + 1
        for seller in sellers.people:
            if len(seller.actual) >= last:
                diary.on(sellers.entered, partial(self._enter, seller, last))

    # -- deeds --------------------------------------------------------------------------------

    def _enter_law(self, day: date) -> None:
        """A minimum wage as invented as the company is: it says so itself."""
        year = self.year
        since = date(year.material.year, 1, 1)
        wage = LegalParameter(
            LegalKind.MINIMUM_WAGE, "绵州", _MINIMUM_WAGE, since, "样例虚构的标准，不是真实规定"
        )
        settings = LegalSettings((wage,), "绵州")
        save_legal(year.company, settings, actor=year.officer, today=day)

    def _draw_up(self, seller: Seller, day: date) -> None:
        year = self.year
        months = tuple(part for _ in range(4) for part in _thirds(seller.target))
        target = Target("target", "销售收入目标", "元", seller.target * 4, months)
        drawn = draw_up(
            year.company,
            people=[year.people[seller.person]],
            scheme=_SCHEME,
            role=seller.role,
            term=Period.months(year.material.year, 1, _MONTHS),
            targets=[target],
            actor=year.officer,
            today=day,
        )
        self.contracts[seller.person] = drawn.ids[0]

    def _print(self, seller: Seller, day: date) -> None:
        year = self.year
        mark_printed(year.company, [self.contracts[seller.person]], actor=year.officer, today=day)

    def _sign(self, seller: Seller, day: date) -> None:
        year = self.year
        contract = self.contracts[seller.person]
        sign(year.company, contract, signed_on=day, actor=year.officer, today=day)

    def _enter(self, seller: Seller, quarter: int, day: date) -> None:
        ledger, sheet = f"第 {quarter} 季度回款台账", f"第 {quarter} 季度考核结果"
        figures = (
            ("actual", seller.actual[quarter - 1], ledger),
            ("kpi_coefficient", seller.coefficient[quarter - 1], sheet),
            ("base_salary", seller.base_salary, "工资表"),
            ("variable_pay", seller.variable_pay, "工资表"),
        )
        self._put(seller.person, quarter, figures, day)

    def _correct(self, day: date) -> None:
        made = self.sellers.correction
        figures = (("actual", made.actual, "银行对账单"),)
        self._put(made.person, made.quarter, figures, day, reason=made.reason)

    def _settle(self, quarter: int, day: date) -> None:
        year = self.year
        key = _key(year, quarter)
        pay.settle_period(year.company, self._ref(), key, actor=year.officer, today=day)

    def _put(
        self,
        person: str,
        quarter: int,
        figures: tuple[tuple[str, Decimal, str], ...],
        day: date,
        *,
        reason: str = "",
    ) -> None:
        year = self.year
        who, key = year.people[person], _key(year, quarter)
        facts = [pay.NewFact(who, name, key, value, source) for name, value, source in figures]
        pay.enter_facts(
            year.company, self._ref(), facts=facts, reason=reason, actor=year.officer, today=day
        )

    def _ref(self) -> pay.GroupRef:
        rows = pay.list_groups(self.year.company)
        return next(one.ref for one in rows if one.ref.scheme == _SCHEME)


def _key(year: Year, quarter: int) -> str:
    return Period.months(year.material.year, quarter * 3 - 2, 3).key


def _thirds(total: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """A quarter's target over its months, in whole yuan; the last month takes the rest."""
    third = total // 3
    return third, third, total - 2 * third

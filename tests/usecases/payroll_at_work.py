"""A client department and key account people on real files, paid month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.usecases import contracts, pay, people
from kpidesk.usecases.company import Company
from tests.usecases.office import Office

MARCH, APRIL = "2026-03", "2026-04"
LATER = date(2027, 6, 1)
"""A day on which every month of the contracts is over."""


@dataclass(slots=True)
class Payroll:
    """Two account managers and their director, with signed contracts."""

    company: Company
    ids: dict[str, PersonId]
    who: dict[str, Any]
    scheme: str = "client-department"

    @property
    def ref(self) -> pay.GroupRef:
        """The group of these people."""
        rows = pay.list_groups(self.company)
        return next(one.ref for one in rows if one.ref.scheme == self.scheme)

    def enter(self, name: str, fact: str, months: Mapping[str, int], why: str = "") -> pay.Entered:
        """Figures of somebody, by month: `{"m03": 8000}` ("q1" for quarters)."""
        facts = [
            pay.NewFact(self.ids[name], fact, period_key(key), Decimal(value), "财务报表")
            for key, value in months.items()
        ]
        return pay.enter_facts(self.company, self.ref, facts=facts, reason=why, **self.who)

    def view(self, period: str = "") -> pay.PayView:
        """A period."""
        return pay.load_pay(self.company, self.ref, period)

    def settle(self, period: str) -> None:
        """Close it."""
        pay.settle_period(self.company, self.ref, period, **self.who)

    def person(self, name: str, period: str = "") -> pay.PersonPay:
        """Somebody's pay."""
        return next(one for one in self.view(period).people if one.member.person.name == name)

    def amounts(self, name: str, period: str) -> dict[str, Decimal]:
        """The lines of somebody's pay, by the name of the result."""
        lines = self.person(name, period).lines
        return {one.result.name: Decimal(str(one.figure.value)) for one in lines}


def period_key(key: str) -> str:
    """m03 → 2026-03, q1 → 2026Q1."""
    return f"2026-{key[1:]}" if key.startswith("m") else f"2026{key.upper()}"


def department(office: Office, **settings: Any) -> Payroll:  # noqa: ANN401 - parameters of a scheme
    """Zhang and Li sell, the director leads; the cycle runs from March to February."""
    ids = {"总监": office.director}
    who = {**office.who, "today": LATER}
    for number, name in (("011", "张三"), ("012", "李四")):
        ids[name] = people.add_person(
            office.company,
            number=number,
            name=name,
            department=office.department,
            post="客户经理",
            hired_on=date(2020, 1, 6),
            **office.who,
        ).id
    term = Period.months(2026, 3, 12)
    months = tuple(Decimal(100_000) for _ in range(12))
    target = Target("target", "任务", "元", Decimal(1_200_000), months)
    for name, id_ in ids.items():
        leads = name == "总监"
        drawn = contracts.draw_up(
            office.company,
            people=[id_],
            scheme="client-department",
            role="director" if leads else "account_manager",
            term=term,
            settings=settings,
            targets=() if leads else (target,),
            **office.who,
        )
        office.sign(drawn.ids[0])
    return Payroll(office.company, {**ids, "䶮㛃": office.director}, who)


def fill_month(payroll: Payroll, month: str, collected: Mapping[str, int]) -> None:
    """Base pay and money received of everybody in a month."""
    for name, figure in collected.items():
        payroll.enter(name, "collected", {month: figure})
        payroll.enter(name, "base_salary", {month: 8000})
    payroll.enter("总监", "base_salary", {month: 12000})


def key_accounts(office: Office) -> Payroll:
    """A salesperson paid by quarters against a base quota, in a chain."""
    who = {**office.who, "today": LATER}
    seller = people.add_person(
        office.company,
        number="021",
        name="王五",
        department=office.department,
        post="大客户经理",
        hired_on=date(2020, 1, 6),
        **office.who,
    ).id
    months = tuple(Decimal(100_000) / 4 for _ in range(12))
    target = Target("target", "销售收入目标", "元", Decimal(300_000), months)
    drawn = contracts.draw_up(
        office.company,
        people=[seller],
        scheme="key-account-sales-bonus",
        role="salesperson",
        term=Period.months(2026, 1, 12),
        targets=(target,),
        **office.who,
    )
    office.sign(drawn.ids[0])
    return Payroll(office.company, {"王五": seller}, who, "key-account-sales-bonus")


def fill_quarter(payroll: Payroll, quarter: str, actual: int) -> None:
    """What the salesperson brought in, the coefficient and the wages."""
    for name, figure in (
        ("actual", actual),
        ("kpi_coefficient", 1),
        ("base_salary", 9000),
        ("variable_pay", 2000),
    ):
        payroll.enter("王五", name, {quarter: figure})

"""A company and its two people, and what tests do with them over and over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractId
from kpidesk.core.facts import FactValue
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.core.sheet_fields import FieldKind
from kpidesk.core.target import Target, split_target
from kpidesk.usecases import appraisals, contracts
from kpidesk.usecases.company import Company

TODAY = date(2026, 3, 2)
YEAR = Period.months(2026, 1, 12)


@dataclass(slots=True)
class Office:
    """The company and what the tests do with it over and over."""

    company: Company
    department: DepartmentId
    director: PersonId
    manager: PersonId
    who: dict[str, Any]

    def draft(self, **changes: Any) -> ContractId:  # noqa: ANN401 - any argument of draw_up
        """A contract of the manager under the 85-point scheme, targets for each month."""
        terms: dict[str, Any] = {
            "people": [self.manager],
            "scheme": "account-manager-kpi",
            "role": "account_manager",
            "term": YEAR,
            "settings": {"growth_step": Decimal(10)},
            "targets": [
                monthly("sales_plan", "计划销售额", "万元", 1200),
                monthly("new_customers_plan", "计划开发新客户", "户", 24),
            ],
        }
        drawn = contracts.draw_up(self.company, **{**terms, **changes}, **self.who)
        return drawn.ids[0]

    def sign(self, contract: ContractId) -> tuple[AppraisalId, ...]:
        """Print and sign it; its sheets."""
        contracts.mark_printed(self.company, [contract], **self.who)
        contracts.sign(self.company, contract, signed_on=TODAY, **self.who)
        rows = appraisals.list_appraisals(self.company)
        return tuple(row.id for row in rows if row.contract == contract)

    def enter(self, sheet: AppraisalId, name: str, value: FactValue, period: str = "cycle") -> None:
        """Put something on a sheet."""
        appraisals.enter(self.company, sheet, name=name, value=value, period=period, **self.who)

    def complete(self, sheet: AppraisalId) -> None:
        """Fill in everything that January asks for: 66 of 85 points."""
        view = appraisals.load_sheet(self.company, sheet)
        self.enter(sheet, "sales", Decimal(120))
        self.enter(sheet, "new_customers", Decimal(3))
        self.enter(sheet, "quarter_sales", Decimal(300), "2025Q4")
        self.enter(sheet, "quarter_sales", Decimal(330), "2026Q1")
        self.enter(sheet, "days_present", Decimal(27))
        self.enter(sheet, "late_times", Decimal(0))
        for row in view.sheet.rows:
            for field in row.fields:
                if field.kind is FieldKind.LEVEL:
                    self.enter(sheet, field.fact, field.options[0].points)
                elif field.kind is FieldKind.POINTS:
                    self.enter(sheet, field.fact, Decimal(3))
                elif field.kind is FieldKind.STATEMENTS:
                    self.enter(sheet, field.fact, tuple(one.text for one in field.options[:2]))


def monthly(fact: str, label: str, unit: str, total: int) -> Target:
    return Target(fact, label, unit, Decimal(total), split_target(Decimal(total), 12))

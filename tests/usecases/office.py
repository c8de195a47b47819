"""A company and its two people, and what tests do with them over and over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.facts import FactValue
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.core.sheet_fields import FieldKind
from kpidesk.core.target import Target, split_target
from kpidesk.exchange.scan.found import Part as Sheet
from kpidesk.exchange.scan.found import SheetFound
from kpidesk.usecases import appraisals, contracts, filing, people
from kpidesk.usecases.company import Company, create_company
from kpidesk.usecases.filing import ScanRead

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


def make_office(folder: Path) -> Office:
    """A company with two people whose names are rare."""
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    company = create_company(
        folder / "龙华.kpidesk", name="龙华贸易有限公司", representative="李雷", **who
    )
    department = people.add_department(company, name="大客户部", **who).id
    director = people.add_person(
        company, number="001", name="䶮㛃", department=department, post="总监", **who
    ).id
    manager = people.add_person(
        company,
        number="002",
        name="𫖯𬭎𠮷",
        department=department,
        post="大客户经理",
        superior=director,
        **who,
    ).id
    return Office(company, department, director, manager, who)


def fill(office: Office, folder: Path) -> None:
    """Two scored sheets, a contract on paper in its second version, a void one, scans."""
    who = office.who
    sheet, *_ = office.sign(office.draft())
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **who)
    appraisals.reopen(office.company, sheet, reason="更正", **who)
    appraisals.finish_scoring(office.company, sheet, **who)
    again = office.draft(term=Period.months(2027, 1, 12))
    contracts.mark_printed(office.company, [again], **who)
    contracts.return_to_draft(office.company, again, reason="改目标", **who)
    contracts.mark_printed(office.company, [again], **who)
    void = office.draft(term=Period.months(2028, 1, 12))
    contracts.mark_printed(office.company, [void], **who)
    contracts.void(office.company, void, reason="不签了", **who)
    office.draft(term=Period.months(2029, 1, 12))
    scan = ScanRead("扫描.pdf", b"%PDF-1.7 as received", (SheetFound(0, (Sheet(),)),))
    filing.file_scan(office.company, scan, **who)
    signed = contracts.list_contracts(office.company)[0]
    paper = folder / "签好的.pdf"
    paper.write_bytes(contracts.contract_pdf(office.company, signed.id, Copy.PARTY_B))
    (received,) = filing.receive_scans(office.company, [paper], **who).files
    assert received.complete == 1

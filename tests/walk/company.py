"""A company file with the walk's people and signed contracts, for walks that begin later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.walk import matter

NAME = "启明.kpidesk"


def make_company(path: Path, today: date) -> None:
    """Two people, contracts of a year of which three months are over, nothing scored."""
    from kpidesk.core.period import Cycle, Grain
    from kpidesk.core.target import Target
    from kpidesk.usecases import company, contracts, people

    made = company.create_company(path, name=matter.COMPANY, actor=matter.OFFICER, today=today)
    try:
        department = people.add_department(
            made, name=matter.DEPARTMENT, parent=None, actor=matter.OFFICER, today=today
        ).id
        ids = [
            people.add_person(
                made,
                number=one.number,
                name=one.name,
                department=department,
                post=matter.POST,
                actor=matter.OFFICER,
                today=today,
            ).id
            for one in matter.PEOPLE
        ]
        drawn = contracts.draw_up(
            made,
            people=ids,
            scheme="account-manager-kpi",
            role="account_manager",
            term=Cycle.starting(matter.first_day(today), Grain.YEAR).period,
            settings={"growth_step": Decimal(matter.GROWTH_STEP)},
            targets=[
                Target(
                    "sales_plan", "计划销售额", "万元", Decimal(matter.SALES), (Decimal(80),) * 12
                ),
                Target(
                    "new_customers_plan",
                    "计划开发新客户",
                    "户",
                    Decimal(matter.CUSTOMERS),
                    (Decimal(3),) * 12,
                ),
            ],
            actor=matter.OFFICER,
            today=today,
        ).ids
        contracts.mark_printed(made, drawn, actor=matter.OFFICER, today=today)
        contracts.sign(made, drawn, signed_on=today, actor=matter.OFFICER, today=today)
    finally:
        made.close()

"""A small company with sheets to score: managers by the month, a director by the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.usecases import contracts, people
from kpidesk.usecases.company import Company

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
SHARES = (
    ("rater_weight.peer", Decimal(30)),
    ("rater_weight.self", Decimal(20)),
    ("rater_weight.superior", Decimal(50)),
)
MANAGERS = ("张伟", "䶮小玲")
DIRECTOR = "林国栋"
SERVICE = "林客服"
"""A director whose quarters are scored by figures; `add_service_director` draws the contract up."""


def fill(company: Company, *, today: date) -> None:
    """People, signed contracts, and thereby open sheets."""
    sales = people.add_department(company, name="销售部", actor="李梅", today=today).id
    ids = [
        people.add_person(
            company,
            number=f"00{number}",
            name=name,
            department=sales,
            post=post,
            actor="李梅",
            today=today,
        ).id
        for number, (name, post) in enumerate(
            ((MANAGERS[0], "客户经理"), (MANAGERS[1], "客户经理"), (DIRECTOR, "销售总监")), start=1
        )
    ]
    managers = contracts.draw_up(
        company,
        people=ids[:2],
        scheme="account-manager-kpi",
        role="account_manager",
        term=YEAR,
        settings={"growth_step": Decimal(10)},
        targets=[_target("sales_plan", "计划销售额", 960)],
        actor="李梅",
        today=today,
    )
    director = contracts.draw_up(
        company,
        people=ids[2:],
        scheme="director-annual",
        role="director",
        term=YEAR,
        settings=SHARES,
        targets=[_target("target.销售额达成率", "销售额目标", 12000)],
        actor="李梅",
        today=today,
    )
    drawn = (*managers.ids, *director.ids)
    contracts.mark_printed(company, drawn, actor="李梅", today=today)
    contracts.sign(company, drawn, signed_on=today, actor="李梅", today=today)


def add_service_director(company: Company, *, today: date) -> None:
    """One more person with a signed contract, whose year is scored in its quarters alone."""
    who = people.add_person(
        company,
        number="005",
        name=SERVICE,
        department=people.list_departments(company)[0].department.id,
        post="客户服务总监",
        actor="李梅",
        today=today,
    ).id
    drawn = contracts.draw_up(
        company,
        people=[who],
        scheme="service-director-growth",
        role="service_director",
        term=YEAR,
        settings={
            "satisfaction_growth_target": Decimal(10),
            "customer_growth_target": Decimal(5),
        },
        targets=[],
        actor="李梅",
        today=today,
    ).ids
    contracts.mark_printed(company, drawn, actor="李梅", today=today)
    contracts.sign(company, drawn, signed_on=today, actor="李梅", today=today)


def _target(fact: str, label: str, total: int) -> Target:
    return Target(fact, label, "万元", Decimal(total), (Decimal(total) / 12,) * 12)

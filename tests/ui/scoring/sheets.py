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


def fill(company: Company, *, today: date) -> None:
    """People, signed contracts, and thereby open sheets."""
    who = {"actor": "李梅", "today": today}
    sales = people.add_department(company, name="销售部", **who).id
    ids = [
        people.add_person(
            company, number=f"00{n}", name=name, department=sales, post=post, **who
        ).id
        for n, (name, post) in enumerate(
            ((MANAGERS[0], "客户经理"), (MANAGERS[1], "客户经理"), (DIRECTOR, "销售总监")), start=1
        )
    ]
    _sign(
        company,
        contracts.draw_up(
            company,
            people=ids[:2],
            scheme="account-manager-kpi",
            role="account_manager",
            term=YEAR,
            settings={"growth_step": Decimal(10)},
            targets=[_target("sales_plan", "计划销售额", "万元", 960)],
            **who,
        ).ids,
        today,
    )
    _sign(
        company,
        contracts.draw_up(
            company,
            people=ids[2:],
            scheme="director-annual",
            role="director",
            term=YEAR,
            settings=SHARES,
            targets=[_target("target.销售额达成率", "销售额目标", "万元", 12000)],
            **who,
        ).ids,
        today,
    )


def _target(fact: str, label: str, unit: str, total: int) -> Target:
    return Target(fact, label, unit, Decimal(total), (Decimal(total) / 12,) * 12)


def _sign(company: Company, ids: tuple[contracts.ContractRow, ...], today: date) -> None:
    contracts.mark_printed(company, ids, actor="李梅", today=today)
    contracts.sign(company, ids, signed_on=today, actor="李梅", today=today)

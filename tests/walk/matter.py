"""What the officer of the walk enters: invented people and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

COMPANY = "绵州启明软件有限公司"
REPRESENTATIVE = "秦岳山"
OFFICER = "苏婉宁"
DEPARTMENT = "大客户部"
POST = "大客户经理"
SCHEME = "大客户经理/专员绩效考核指标"
GROWTH_STEP = "5"
SALES, CUSTOMERS = "960", "36"
"""Targets of the year, 万元 and 户; a twelfth of each for a month."""
REST_DAYS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """One person, what stands on the sheet, and what comes of it, reckoned by hand."""

    name: str
    number: str
    sales: str
    quarter_before: str
    quarter: str
    customers: str
    information: str
    teamwork: str
    knowledge: str
    """The digits of the statements that are met; 0 for none."""
    judgement: str
    talking: str
    days_missed: int
    late: str
    scores: tuple[str, ...]
    total: str


PEOPLE = (
    # 86.45 / 80 = 108.06 %: one whole step above. (243.25 - 210.5) / 5: six whole steps. One
    # customer above 3. 4 + 3 + 2 of knowledge. One day missed, late twice: 5 - 1 - 1.
    Scored(
        "䶮小宁", "K001", "86.45", "210.5", "243.25", "4", "9.5", "8", "123", "2", "1", 1, "2",
        ("26.00", "6.00", "6.00", "9.50", "8.00", "9.00", "3.50", "6.00", "3.00"), "77.00",
    ),
    # 71.2 / 80 = 89 %: two whole steps below. Less than the quarter before costs nothing. One
    # customer below 3 is no whole step of two.
    Scored(
        "陈𬭎", "K002", "71.2", "180", "175.75", "2", "7", "9.5", "0", "4", "3", 0, "0",
        ("23.00", "0.00", "5.00", "7.00", "9.50", "0.00", "2.50", "5.00", "5.00"), "57.00",
    ),
)  # fmt: skip

STRENGTHS = "回款稳，客户档案齐全"
WEAKNESSES = "新客户跟进节奏慢"
COMMENT = "下季度补上渠道客户"
PLAN = "每周拜访两家新客户"


def first_day(today: date) -> date:
    """The term begins so that three months of it are over."""
    month = today.year * 12 + today.month - 1 - 3
    return date(month // 12, month % 12 + 1, 1)


def days_present(one: Scored, today: date) -> str:
    """Days present in the last month that is over."""
    days = (today.replace(day=1) - timedelta(days=1)).day
    return str(days - REST_DAYS - one.days_missed)


STATEMENTS = (
    "了解公司产品基本知识",
    "熟悉本行业及本市场的模式",
    "熟练的掌握本岗位所具备的专业知识",
    "掌握熟练的业务知识及其他相关知识",
)
JUDGEMENT = ("4", "3.5", "3", "2.5")
TALKING = ("6", "5.5", "5", "4.5")
"""Points of the printed levels, in printed order."""


def met(one: Scored) -> tuple[str, ...]:
    """The statements of knowledge that a person meets."""
    return tuple(STATEMENTS[int(digit) - 1] for digit in one.knowledge if digit != "0")

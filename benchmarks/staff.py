"""Contracts of invented people, as many as are wanted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, insert

from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.target import Target
from kpidesk.documents.stamp import Stamp
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store.rows import PEOPLE

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲建华红玉兰海燕鹏飞凤云春梅志国庆子涵"
_DEPARTMENTS = ("大客户一部", "大客户二部", "华东大区", "华南大区", "政企事业部")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make."""

    contract: Contract
    scheme: Scheme
    stamp: Stamp


def job(number: int) -> Job:
    """The contract of the person of a number, the same every time."""
    dice = random.Random(number)  # noqa: S311 - names for a stop-watch
    scheme = builtin_scheme("account-manager-kpi")
    plans = tuple(Decimal(dice.randrange(2_000, 9_000)).scaleb(-2) for _ in range(12))
    customers = tuple(Decimal(dice.randrange(1, 4)) for _ in range(12))
    department = dice.choice(_DEPARTMENTS)
    contract = Contract(
        id=ContractId(number),
        number=f"{department}-2026-{number:03d}",
        scheme=scheme.id,
        scheme_version=scheme.version,
        role="account_manager",
        party_a=PartyA("绵州启明软件有限公司", "秦岳山", "绵州市高新区科创路 18 号"),
        party_b=PartyB(
            PersonId(number),
            dice.choice(_FAMILY) + dice.choice(_GIVEN) + dice.choice(_GIVEN),
            f"QM{number:04d}",
            department,
            "大客户经理",
            dice.choice(_FAMILY) + dice.choice(_GIVEN),
        ),
        term=Period.parse("2026"),
        targets=(
            Target("sales_plan", "计划销售额", "万元", sum(plans, Decimal(0)), plans),
            Target(
                "new_customers_plan", "计划开发新客户", "户", sum(customers, Decimal(0)), customers
            ),
        ),
        settings=(("growth_step", Decimal(20)),),
    )
    return Job(contract, scheme, Stamp("C", number, 1, f"{dice.getrandbits(32):08X}", "1-1a2b3c4d"))


def add_people(connection: Connection, department: DepartmentId, people: int) -> None:
    """The people of the contracts of the numbers up to `people`."""
    connection.execute(
        insert(PEOPLE),
        [
            {
                "id": number,
                "number": party.number,
                "name": party.name,
                "pinyin": "wangfang wf",
                "department_id": department,
                "post": party.post,
            }
            for number in range(1, people + 1)
            for party in [job(number).contract.party_b]
        ],
    )

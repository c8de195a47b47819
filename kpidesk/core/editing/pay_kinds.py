"""The kinds of pay rule as one begins with them: each with the figures and lines it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from kpidesk.core.editing.begun import Begun
from kpidesk.core.editing.pay_of_department import DEPARTMENT
from kpidesk.core.editing.pay_of_pools import POOLS
from kpidesk.core.editing.pay_of_quotas import QUOTAS
from kpidesk.core.exact import HUNDRED
from kpidesk.core.paying.rules import (
    ComponentSplit,
    Deadline,
    EvenTarget,
    FixedReimbursement,
    FormulaPay,
    PayLine,
    PayTotal,
    RoleAmount,
    TextOnly,
    WagePart,
)
from kpidesk.core.scheme import FactSpec, Scheme


def with_pay(scheme: Scheme, kind: type) -> Scheme:
    """One more line of pay of a kind, and before it what it cannot do without."""
    begun = Begun(scheme)
    _BEGIN[kind](begun)
    return begun.scheme


def _formula(begun: Begun) -> None:
    begun.add(FormulaPay(begun.result(), "新项目", "0"))


def _fixed(begun: Begun) -> None:
    role = begun.scheme.roles[0].name
    begun.add(FixedReimbursement(begun.result(), "交通", (RoleAmount(role, HUNDRED),)))


def _split(begun: Begun) -> None:
    salary = next((one.name for one in begun.scheme.facts if one.unit == "元"), "")
    salary = salary or begun.fact(FactSpec("salary", "基本月薪", "元"))
    result = begun.result()
    parts = (
        WagePart(f"{result}.base", "基本工资", Decimal("0.6")),
        WagePart(f"{result}.post", "岗位工资", Decimal("0.4")),
    )
    begun.add(ComponentSplit(result, "应发月薪", salary, parts))


def _total(begun: Begun) -> None:
    begun.add(PayTotal(begun.result(), "应发合计", (PayLine(some_line(begun.scheme)),)))


def _deadline(begun: Begun) -> None:
    begun.add(Deadline(begun.result(), "交次月计划", 25, 1))


def _text(begun: Begun) -> None:
    begun.add(TextOnly("请填写约定的文字"))


def _even(begun: Begun) -> None:
    target = Decimal(1_200_000)
    begun.add(EvenTarget(begun.result("month_target"), "每月目标", target, "even"))


def some_line(scheme: Scheme) -> str:
    """A line of pay that a total may begin with."""
    results = [one.result for one in scheme.pay if hasattr(one, "result")]
    return str(results[0]) if results else "pay"


_BEGIN: Final[Mapping[type, Callable[[Begun], object]]] = {
    FormulaPay: _formula,
    FixedReimbursement: _fixed,
    ComponentSplit: _split,
    PayTotal: _total,
    Deadline: _deadline,
    TextOnly: _text,
    EvenTarget: _even,
    **DEPARTMENT,
    **POOLS,
    **QUOTAS,
}
NEW_PAY: Final = (
    (FormulaPay, FixedReimbursement, ComponentSplit, PayTotal, Deadline, TextOnly),
    (EvenTarget, *DEPARTMENT),
    tuple(POOLS),
    tuple(QUOTAS),
)
"""Every kind, those together that belong together."""

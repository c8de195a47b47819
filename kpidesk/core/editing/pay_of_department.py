"""Pay by task and commission, to begin with: the figures and lines that such rules rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kpidesk.core.editing.begun import Begun
from kpidesk.core.event_kinds import EventField, EventFieldKind, EventKind
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
    TakenOut,
    Task,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec

_MONTHS: Final = (Grain.MONTH,)
_COLLECTED: Final = FactSpec("collected", "回款", "元", grains=_MONTHS, signed=True)
_TASK: Final = FactSpec("target", "任务", "元", grains=_MONTHS, signed=True, plan=True)
_SALARY: Final = FactSpec("base_salary", "基本工资标准", "元", grains=_MONTHS)
_SHARE: Final = FactSpec("pool_share", "内部分配比例", "%", optional=True)
_COLLECTION: Final = EventKind(
    "collection",
    "回款",
    (
        EventField("amount", "金额", unit="元"),
        EventField("customer", "客户", EventFieldKind.TEXT, optional=True),
    ),
    feeds=(_COLLECTED.name,),
    amount="amount",
)
_OWN_RATE, _TEAM_RATE, _EXCESS_RATE = Decimal("0.05"), Decimal("0.2"), Decimal("0.05")


def _base(begun: Begun) -> ConditionalBase:
    result = begun.result("base_pay")
    salary = begun.fact(_SALARY)
    rule = ConditionalBase(
        result, "基本工资", salary, Decimal("0.8"), _task(begun),
        f"{result}.met", f"{result}.withheld",
    )  # fmt: skip
    begun.add(rule)
    return rule


def _catch_up(begun: Begun) -> None:
    base = begun.rule(ConditionalBase) or _base(begun)
    approval = begun.flag("补发须经批准", "年终补发是否须经批准后发放", default=True)
    begun.add(
        CatchUp(
            begun.result("catch_up"),
            "补发基本工资",
            base.withheld,
            base.task,
            "cycle",
            "own_months",
            "in_service_at_end",
            approval,
        )
    )


def _commission(begun: Begun) -> Commission:
    of, result = _collected(begun), begun.result("commission")
    others_too = begun.flag(
        "负责人本人的业绩计提成", "负责人自己的业绩是否也按同样比例计提成", default=False
    )
    rule = Commission(
        result, "提成", _OWN_RATE, of, begun.members, "clawback", f"{result}.before",
        TakenOut(_TEAM_RATE, "extra", begun.leaders), _apart(begun), others_too,
    )  # fmt: skip
    begun.add(rule)
    return rule


def _share(begun: Begun) -> None:
    leaders = begun.leader()
    own = begun.rule(Commission) or _commission(begun)
    begun.add(
        ShareOfSum(
            begun.result("override"),
            "团队提成",
            _TEAM_RATE,
            own.before,
            own.of,
            own.members,
            leaders,
        )
    )


def _receipts(begun: Begun) -> Receipts:
    fact = _collected(begun)
    whole = replace(_COLLECTED, grains=(Grain.CYCLE,), optional=True, of_team=True)
    begun.fact(whole)
    known = begun.rule(Receipts) is None
    result = fact if known else begun.result(fact)
    rule = Receipts(result, "回款合计", fact, begun.members, f"{result}.outside")
    begun.add(rule)
    return rule


def _over_target(begun: Begun) -> OverTarget:
    begun.leader()
    receipts = begun.rule(Receipts) or _receipts(begun)
    result = begun.result("excess")
    rule = OverTarget(
        result, "超额部分", receipts.result, receipts.fact, receipts.members, Decimal(5_000_000),
        f"{result}.leader", "负责人超额奖励", _EXCESS_RATE,
        f"{result}.pool", "内部分配部分", _EXCESS_RATE, f"{result}.both", "year", "residual",
    )  # fmt: skip
    begun.add(rule)
    return rule


def _distribution(begun: Begun) -> None:
    over = begun.rule(OverTarget) or _over_target(begun)
    share = begun.fact(_SHARE)
    others_too = begun.flag("负责人参加内部分配", "负责人本人是否参加内部分配", default=False)
    begun.add(
        DiscretionaryDistribution(
            begun.result("distribution"),
            "超额奖励内部分配",
            over.pool,
            share,
            over.members,
            _apart(begun),
            others_too,
        )
    )


def _task(begun: Begun) -> Task:
    """The task of a month, beside the money that came in."""
    measure, target = _collected(begun), begun.fact(_TASK)
    begun.fact(replace(_TASK, plan=False, optional=True, of_team=True))
    return Task(measure, target, begun.members, _apart(begun))


def _collected(begun: Begun) -> str:
    """The money that came in, with its dated lines."""
    if begun.scheme.fact(_COLLECTED.name) is None:
        begun.event(_COLLECTION)
    return begun.fact(_COLLECTED)


def _apart(begun: Begun) -> tuple[str, ...]:
    """The leader's role where others are the members."""
    return tuple(one for one in begun.leaders if one not in begun.members)


DEPARTMENT: Final[Mapping[type, Callable[[Begun], object]]] = {
    ConditionalBase: _base,
    CatchUp: _catch_up,
    Commission: _commission,
    ShareOfSum: _share,
    Receipts: _receipts,
    OverTarget: _over_target,
    DiscretionaryDistribution: _distribution,
}

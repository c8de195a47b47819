"""The bonus over a base quota, to begin with: its figures and dated lines have fixed names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kpidesk.core.editing.begun import Begun
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.event_kinds import EventField, EventFieldKind, EventKind
from kpidesk.core.paying.base_quota.rule import (
    BonusTerms,
    ExcessTerms,
    FreeQuarter,
    LineKind,
    LineTerms,
    LineUse,
    QuarterlyBaseTarget,
    QuotaTests,
    ShortfallTerms,
    TeamAttainment,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec
from kpidesk.core.settings import NONE

_QUARTERS: Final = (Grain.QUARTER,)
_TASK: Final = FactSpec("target", "当季目标", "元", grains=_QUARTERS, signed=True, plan=True)
_ACTUAL: Final = FactSpec("actual", "当季实际完成额", "元", grains=_QUARTERS, signed=True)
_TEAM_TASK: Final = replace(_TASK, label="部门收入目标", plan=False, optional=True, of_team=True)
_FACTS: Final = (
    _TASK,
    _TEAM_TASK,
    FactSpec("base_quota", "任务基数", "元", grains=_QUARTERS, signed=True, optional=True),
    _ACTUAL,
    FactSpec(
        "implementation_net", "其中实施收入", "元", grains=_QUARTERS, signed=True, optional=True
    ),
    FactSpec("service_net", "维护和培训收入", "元", grains=_QUARTERS, signed=True, optional=True),
    FactSpec("kpi_coefficient", "KPI奖金系数", "", grains=_QUARTERS),
    FactSpec("base_salary", "固定工资", "元", grains=_QUARTERS, optional=True),
    FactSpec("variable_pay", "浮动工资", "元", grains=_QUARTERS, optional=True),
)
_FED: Final = ("actual", "implementation_net", "service_net")
_FIELDS: Final = (
    EventField("net", "税后金额", unit="元", optional=True),
    EventField("amount", "含税金额", unit="元", optional=True),
    EventField("tax_rate", "税率", optional=True),
    EventField("project", "项目", EventFieldKind.TEXT, optional=True),
    EventField("in_crm", "已登记CRM", EventFieldKind.FLAG, optional=True),
    EventField("registered_on", "CRM登记日期", EventFieldKind.DATE, optional=True),
)
_QUOTATION: Final = EventField("standard_quotation", "标准报价", unit="元", optional=True)
_COST: Final = EventField("cost", "成本", unit="元", optional=True)
_LINES: Final = (
    (EventKind("product", "产品回款", _FIELDS, _FED), LineUse.PRODUCT),
    (
        EventKind("implementation", "实施回款", (*_FIELDS, _QUOTATION, _COST), _FED),
        LineUse.IMPLEMENTATION,
    ),
    (EventKind("service", "维护和培训回款", (*_FIELDS, _COST), _FED), LineUse.SERVICE),
    (EventKind("margin", "二次开发回款", (*_FIELDS, _COST), _FED), LineUse.MARGIN),
)


def _quarterly(begun: Begun) -> QuarterlyBaseTarget:
    if begun.rule(QuarterlyBaseTarget) is not None:
        msg = "方案里已经有任务基数奖金，一个方案只能有一项；可以直接改它的内容"
        raise InvalidValueError(msg)
    for one in _FACTS:
        begun.fact(one, fixed=True)
    kinds = tuple(LineKind(begun.event(kind), use) for kind, use in _LINES)
    carried = begun.flag("结转的超额计入考核", "上季结转来的超额是否计入本季考核", default=True)
    repays = begun.flag("补发浮动工资", "补足基数后是否补发未发的浮动工资", default=True)
    returns = begun.flag("退还扣款", "补足基数后是否退还已扣的固定工资", default=True)
    service = begun.flag("达到基数才计提服务", "没达到基数的季度是否不计提服务", default=False)
    free = begun.flag("免任务的季度发浮动工资", "新员工免任务的季度是否发浮动工资", default=True)
    rule = QuarterlyBaseTarget(
        "季度奖金",
        Decimal("0.7"),
        Decimal(0),
        QuotaTests("met", "met", "actual", carried),
        ShortfallTerms("oldest_first", "each", "base", "make_up_first", "carry", repays, returns),
        ExcessTerms(Decimal(300_000), "excess", "carry", "carry"),
        BonusTerms(
            Decimal("0.04"),
            Decimal("0.06"),
            Decimal("0.8"),
            Decimal("0.2"),
            NONE,
            "all",
            "paying_quarter",
            "service_rate",
            service,
        ),
        LineTerms(kinds, "included", "settlement_date", "income", "as_is", "after_tax"),
        FreeQuarter(begun.members, "first_employed", "entry_quarter", "all_actual", free),
    )
    begun.add(rule)
    return rule


def _attainment(begun: Begun) -> None:
    if begun.rule(QuarterlyBaseTarget) is None:
        _quarterly(begun)
    begun.add(TeamAttainment("部门完成率", _ACTUAL.name, _TASK.name, begun.result("attainment")))


QUOTAS: Final[Mapping[type, Callable[[Begun], object]]] = {
    QuarterlyBaseTarget: _quarterly,
    TeamAttainment: _attainment,
}

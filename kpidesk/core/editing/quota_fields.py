"""The words of the fields of the quarterly rule over a base quota.

All its open points are parameters, whose labels say more than a field could; a field is called
here only for the case that a scheme states its value itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpidesk.core.editing.fields import CLAUSE, HIDDEN, As, Field, choice
from kpidesk.core.paying.base_quota.rule import (
    BonusTerms,
    ExcessTerms,
    FreeQuarter,
    LineKind,
    LineTerms,
    QuarterlyBaseTarget,
    QuotaTests,
    ShortfallTerms,
    TeamAttainment,
)

_MET: Final = {"met": "算达到", "unmet": "算没达到"}

QUOTA_FIELDS: Final[Mapping[type, Mapping[str, Field]]] = {
    QuarterlyBaseTarget: {
        "label": Field("名称"),
        "base_ratio": Field("基数占任务", how=As.SHARE),
        "deduction": Field("没达到基数时扣固定工资", "元"),
        "tests": Field("达到的标准"),
        "shortfalls": Field("补基数"),
        "excess": Field("超额"),
        "bonus": Field("计提"),
        "lines": Field("收入的计入"),
        "free": Field("新员工免任务的季度"),
        "clause": CLAUSE,
    },
    QuotaTests: {
        "at_base": choice("恰好等于基数", **_MET),
        "at_target": choice("恰好等于任务", **_MET),
        "variable_pay": choice("浮动工资看", actual="本季实际", after_make_up="补基数以后"),
        "carried_counts": Field("结转的超额计入考核"),
        "base_clause": HIDDEN,
        "below_clause": HIDDEN,
        "target_clause": HIDDEN,
    },
    ShortfallTerms: {
        "order": choice(
            "先补哪一季", oldest_first="最早的", newest_first="最近的", pro_rata="按比例"
        ),
        "release": choice("什么时候补发", each="补足一季发一季", all="全部补足才发"),
        "back_pay": choice("按什么补发", base="基数", shortfall="补上的差额"),
        "above_target": choice("有差额时超过任务的", make_up_first="先补差额", manual="由公司决定"),
        "year_end": choice("跨年的差额", carry="继续补", clear="作废"),
        "repay_variable_pay": Field("补发浮动工资"),
        "repay_deduction": Field("退还扣款"),
        "clause": HIDDEN,
        "left_clause": HIDDEN,
        "back_pay_clause": HIDDEN,
    },
    ExcessTerms: {
        "limit": Field("超额的限额", "元"),
        "limit_on": choice("限额比较", excess="超过任务的部分", absolute="全部完成额"),
        "above_limit": choice(
            "不低于限额的", carry="同样结转", pay_now="当季计提", manual="由公司决定"
        ),
        "year_end": choice("跨年的超额", carry="继续结转", settle="结清", lapse="作废"),
        "clause": HIDDEN,
    },
    BonusTerms: {
        "sales_rate": Field("销售计提率", how=As.SHARE),
        "service_rate": Field("服务计提率", how=As.SHARE),
        "fixed_share": Field("固定部分", how=As.SHARE),
        "kpi_share": Field("随 KPI 系数的部分", how=As.SHARE),
        "highest_coefficient": Field("KPI 系数最高", hint="留空为不设上限"),
        "applies_to": choice("系数适用于", all="全部计提", sales="只有销售计提"),
        "back_pay_coefficient": choice(
            "补发用哪一季的系数", paying_quarter="发放的季度", origin_quarter="原来的季度"
        ),
        "implementation": choice(
            "实施收入",
            service_rate="计入任务，按服务计提",
            both_rates="两种都计提",
            outside_task="不计入任务",
        ),
        "service_needs_base": Field("达到基数才计提服务"),
        "sales_clause": HIDDEN,
        "service_clause": HIDDEN,
        "factor_clause": HIDDEN,
    },
    LineTerms: {
        "kinds": HIDDEN,
        "tax_method": choice("税", included="含税计算", percent_off="按税率扣除"),
        "crm_cutoff": choice(
            "登记 CRM 的期限", collection_date="回款当天", settlement_date="结算日"
        ),
        "split_of": choice("分成的对象", income="收入", bonus="奖金"),
        "negative_margin": choice("毛利为负", as_is="按负数", floor_zero="按零"),
        "service_net": choice("服务净额", after_tax="扣税后", after_cost="扣成本后"),
        "crm_clause": HIDDEN,
        "share_clause": HIDDEN,
        "transfer_clause": HIDDEN,
    },
    LineKind: {"event": HIDDEN, "use": HIDDEN, "clause": HIDDEN},
    FreeQuarter: {
        "roles": Field("哪些岗位", how=As.ROLES),
        "which": choice(
            "哪一季", first_employed="入职后第一季", calendar_first_quarter="第一个自然季"
        ),
        "start": choice("从哪一季起", entry_quarter="入职当季", first_full_quarter="下一整季"),
        "pay": choice("怎样计提", all_actual="全部完成额", zero_target="任务按零"),
        "variable_pay": Field("发浮动工资"),
        "clause": HIDDEN,
    },
    TeamAttainment: {
        "label": Field("名称"),
        "actual": HIDDEN,
        "target": HIDDEN,
        "result": HIDDEN,
        "clause": CLAUSE,
    },
}

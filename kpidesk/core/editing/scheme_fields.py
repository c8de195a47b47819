"""The words of the fields of a scheme itself: whom, totals, grades, raters, figures, clauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpidesk.core.aggregation import (
    Advice,
    EnteredTotal,
    NoTotal,
    PointsSum,
    WeightedScaled,
    WeightedTree,
)
from kpidesk.core.contract_sections import ContractItem, ContractSection
from kpidesk.core.editing.fields import CLAUSE, HIDDEN, As, Field, choice
from kpidesk.core.event_kinds import EventField, EventKind
from kpidesk.core.grading import GradeScale
from kpidesk.core.lint.flaw import KIND_TITLES
from kpidesk.core.measures import Metric
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import Ambiguity, FactSpec, Role, Scheme, SourceRule
from kpidesk.core.settings import Choice, Parameter
from kpidesk.core.tables import Band, Bands

_GRAINS: Final = {
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
    "cycle": "整个考核周期",
}

SCHEME_FIELDS: Final[Mapping[type, Mapping[str, Field]]] = {
    Scheme: {
        "title": Field("方案名称"),
        "contract_title": Field("责任书标题", hint="印在责任书的第一行"),
        "cycle": choice("考核周期", "多长时间考核一次", **_GRAINS),
        "stages": choice("期中评估", "周期里每隔多久评一次，供参考或汇总", **_GRAINS),
        "calendar_cycle": Field("周期从自然月、季、年的第一天起算"),
        "roles": Field("适用的岗位"),
        "own_weights": choice(
            "责任书里可否另定权重",
            none="不可，一律用方案的权重",
            leaves="可以改指标的权重",
            all="维度和指标的权重都可以改",
        ),
        "raters": Field("评分人"),
        "rated_dimensions": Field("维度也可以直接评分"),
        "grades": Field("等级"),
        "facts": Field("数据项"),
        "parameters": Field("参数"),
        "contract": Field("责任书条款"),
        "aggregation": Field("总分"),
        "pay": Field("薪酬项目"),
        "notes": HIDDEN,
        "id": HIDDEN,
        "version": HIDDEN,
        "source_lines": HIDDEN,
        "indicators": HIDDEN,
        "metrics": Field("计算项"),
        "rules": Field("原文条款"),
        "ambiguities": Field("有歧义的条款"),
        "weighting": HIDDEN,
        "span": HIDDEN,
        "events": HIDDEN,
        "lost": HIDDEN,
    },
    Role: {
        "name": HIDDEN,
        "title": Field("岗位"),
        "at_most": Field("同时最多几人", "人", "0 为不限"),
    },
    Rater: {"name": HIDDEN, "label": Field("评分人"), "share": Field("权重", "%")},
    GradeScale: {
        "bands": Field(),
        "least": Field("最低分", "分"),
        "most": Field("最高分", "分"),
        "printed": HIDDEN,  # follows from the bounds
        "clause": HIDDEN,
        "gap_policy": choice(
            "整数之间的得分", lower_bound="够到下限才算", round_integer="先四舍五入到整数"
        ),
        "grade_on": choice("按什么定等级", recorded="记录的得分（两位小数）", exact="未舍入的得分"),
        "out_of_range": choice("得分超出范围", reject="退回更正", clamp="按最近的一端定等级"),
    },
    Bands: {"rows": Field("等级")},
    Band: {"at": Field("下限", "分"), "value": Field("等级"), "inclusive": HIDDEN},
    FactSpec: {
        "name": HIDDEN,
        "label": Field("名称"),
        "unit": Field("单位"),
        "kind": choice("填什么", number="数字", count="整数", statements="各项要求", flag="是或否"),
        "grains": HIDDEN,
        "plan": Field("写进责任书的目标"),
        "base_before": Field("另填上一期的数字"),
        "base_last_year": Field("另填去年同期的数字"),
        "optional": Field("可以不填"),
        "signed": Field("可以是负数"),
        "adds_up": Field("各月之和等于全期"),
        "roles": Field("只对这些岗位", how=As.ROLES, hint="都不选为所有岗位"),
        "of_team": HIDDEN,
        "refund": HIDDEN,
    },
    Parameter: {
        "name": HIDDEN,
        "label": Field("名称"),
        "kind": HIDDEN,
        "meaning": Field("说明", how=As.LONG),
        "default": Field("默认值", hint="留空为拟定责任书时必填"),
        "unit": Field("单位"),
        "choices": Field("可选的做法"),
        "least": Field("不小于"),
        "above_least": Field("不能等于下限"),
        "most": Field("不大于"),
        "ambiguity": HIDDEN,
        "company_own": HIDDEN,
    },
    Choice: {"value": HIDDEN, "text": Field("做法")},
    PointsSum: {
        "declared": Field("满分合计", "分", "各指标的满分应合计这么多"),
        "normalise": Field("另外折算成百分制"),
        "clause": HIDDEN,
    },
    WeightedTree: {
        "rollup": choice(
            "期中评估怎样进入总分",
            year_end="不进入，只看年终",
            mean="各期平均",
            last="取最后一期",
            mix="年终与各期按权重合成",
        ),
        "year_end_share": Field("年终的权重", "%"),
        "stage_share": Field("每一期的权重", "%"),
        "clause": HIDDEN,
        "by_stage": HIDDEN,
    },
    WeightedScaled: {
        "full": Field("每项满分", "分"),
        "shown_full": Field("总分的满分", "分"),
        "grade_scale": choice(
            "按哪种总分定等级", raw="公式得出的总分", fifty="折算后的总分", percent="百分制"
        ),
        "advice_threshold": Field("低于多少给出建议", "分"),
        "advice": Field("建议"),
        "clause": HIDDEN,
        "shown_clause": HIDDEN,
        "advice_clause": HIDDEN,
    },
    EnteredTotal: {"fact": HIDDEN, "clause": HIDDEN},
    NoTotal: {"clause": HIDDEN, "by_points": HIDDEN},
    Advice: {"indicator": HIDDEN, "text": Field("建议", how=As.LONG)},
    ContractSection: {
        "slot": choice(
            "放在哪里",
            purpose="目的",
            principles="考核原则",
            pay="薪酬",
            procedure="考核流程",
            result_management="考核结果管理",
            appendix="附则",
        ),
        "heading": Field("标题"),
        "items": Field("条款"),
    },
    ContractItem: {"text": Field("条款", how=As.LONG), "clause": HIDDEN},
    Metric: {
        "result": HIDDEN,
        "name": Field("名称"),
        "measure": Field(),
        "clause": CLAUSE,
        "indicator": Field(
            "为哪个指标计算", how=As.INDICATOR, hint="该指标已直接填分时，不再催填这些数字"
        ),
    },
    SourceRule: {
        "id": Field("编号", hint="例如 R01；责任书和推导里这样引用"),
        "statement": Field("规定了什么", how=As.LONG, hint="一句话说明这一条"),
        "phrase": Field("原文", how=As.LONG, hint="原来文件里的字句，一字不改"),
    },
    Ambiguity: {
        "id": Field("编号"),
        "phrase": Field("原文", how=As.LONG, hint="可以有几种理解的字句"),
        "problem": Field("问题", how=As.LONG, hint="为什么不清楚"),
        "reading": Field("现在的理解", how=As.LONG, hint="按哪一种理解计算"),
        "parameters": Field("由哪些参数决定", how=As.PARAMETERS),
        "results": Field("影响哪些结果", how=As.RESULTS),
        "warns": Field("用到它的结果要提醒"),
        "aspects": HIDDEN,
        "pays": HIDDEN,  # follows from the results
        "flaw": Field("属于哪一类", choices=tuple(Choice(*pair) for pair in KIND_TITLES.items())),
    },
    EventKind: {
        "name": HIDDEN,
        "label": Field("名称"),
        "fields": Field("各栏"),
        "feeds": HIDDEN,
        "amount": HIDDEN,
    },
    EventField: {
        "name": HIDDEN,
        "label": Field("名称"),
        "kind": HIDDEN,
        "unit": Field("单位"),
        "optional": Field("可以不填"),
    },
}

"""The words of the fields of scoring rules, measures and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpidesk.core.editing.fields import CLAUSE, HIDDEN, As, Field, choice
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Growth, Increase, Proportion, Ratio
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    Deduction,
    Formula,
    Level,
    LevelSelect,
    Manual,
    NewCustomers,
    PerUnit,
    ProportionalClamped,
    Range,
    RangeTable,
    ReachOrDecay,
    Step,
    StepDeviation,
    StepGrowth,
)

_STEPS: Final = choice(
    "不足一档", whole="满一档才计", up="不足一档按一档计", proportional="按比例计"
)
_FLOOR: Final = Field("最低分", "分", "扣分后最低得多少分")
_CAP: Final = Field("最高分", "分", "加分后最高得多少分；留空为不设上限")

RULE_FIELDS: Final[Mapping[type, Mapping[str, Field]]] = {
    Indicator: {
        "name": HIDDEN,  # renamed in the tree, with everything that calls it so
        "worth": HIDDEN,
        "inside": HIDDEN,
        "supports": HIDDEN,
        "clause": CLAUSE,
        "definition": Field("指标定义", how=As.LONG, hint="怎样计算、包括什么，印在责任书里"),
        "source": Field("数据来源", hint="由哪个部门提供数据"),
        "rule": HIDDEN,
        "children": HIDDEN,
    },
    Manual: {"standard": Field("评分标准", how=As.LONG, hint="考核人看什么来打分")},
    Attainment: {
        "measure": Field(),
        "floor": Field("最低分", "%", "最低按满分的百分之几"),
        "cap": Field("最高分", "%", "最高按满分的百分之几；留空为不设上限"),
        "direction": choice("方向", up="越多越好", down="越少越好"),
        "method": choice("考核方式", measured="按实际与目标计算", rated="由考核人评分"),
    },
    StepDeviation: {
        "measure": Field(),
        "standard": Field("考核标准", "%", "达到它得满分"),
        "down": Field("低于标准：每低"),
        "up": Field("高于标准：每高"),
        "steps": _STEPS,
        "floor": _FLOOR,
        "cap": _CAP,
    },
    StepGrowth: {
        "measure": Field(),
        "up": Field("每增加"),
        "steps": _STEPS,
        "start": Field("起点分", "分", "没有增长时得多少分"),
        "cap": _CAP,
    },
    Step: {
        "size": Field("一档是多少", hint="单位与指标的数字相同，完成率为百分点"),
        "points": Field("一档几分", "分"),
    },
    NewCustomers: {
        "actual": Field("实际户数", how=As.FACT),
        "plan": Field("计划户数", how=As.FACT),
        "mode": choice("计分起点", plan_based="完成计划得满分，再加减", from_zero="从零分起加分"),
        "down_step": Field("每低多少户扣 1 分", "户"),
        "cap": _CAP,
    },
    LevelSelect: {"levels": Field("等级")},
    Level: {"points": Field("分值", "分"), "text": Field("描述", how=As.LONG)},
    Checklist: {
        "fact": HIDDEN,
        "items": Field("要求"),
        "mode": choice(
            "怎样计分",
            checklist="达到的各项分数相加",
            level_as_written="取达到各项中分数最高的一项",
            level_reversed="各项依次视为 1、2、3… 分，取最高的一项",
        ),
    },
    Deduction: {"items": Field("扣分项")},
    PerUnit: {"measure": Field(), "points": Field("每少一天扣", "分"), "steps": _STEPS},
    RangeTable: {
        "fact": Field("次数", how=As.FACT),
        "ranges": Field("次数分档"),
        "beyond": choice(
            "超过最后一档", last_tier="按最后一档扣", next_tier="再加扣一档", zero="本项得 0 分"
        ),
        "clause": HIDDEN,
    },
    Range: {
        "least": Field("从", "次"),
        "most": Field("到", "次"),
        "points": Field("扣", "分"),
    },
    ReachOrDecay: {
        "measure": Field(),
        "target": Field("增长目标", "%"),
        "decay": choice("不到目标", linear="按完成的比例得分", step="每差一档扣分"),
        "points": Field("每档扣", "分", "只在“每差一档扣分”时用"),
        "size": Field("一档是多少", "个百分点", "只在“每差一档扣分”时用"),
        "steps": _STEPS,
    },
    AllConform: {
        "facts": Field("要求", how=As.FACTS),
        "decay": choice(
            "没有全部符合", share="按符合的比例得分", all_or_nothing="一项不符合就得 0 分"
        ),
    },
    ProportionalClamped: {
        "facts": Field("与去年比的数字", how=As.FACTS),
        "least": Field("最低分", "分"),
        "most": Field("最高分", "分"),
        "combine": choice("有几个数字时", mean="取平均的比例", lower="取较低的比例"),
    },
    Formula: {"expression": Field("得分公式", how=As.FORMULA)},
    Ratio: {
        "actual": Field("实际", how=As.FIGURE),
        "plan": Field("目标", how=As.FACT),
    },
    Increase: {"fact": Field("比较的数字", how=As.FACT)},
    Proportion: {
        "part": Field("部分", how=As.FACT),
        "whole": Field("全部", how=As.FACT),
        "of": choice("分母", existing="另一个数字", total="两个数字之和"),
    },
    Growth: {
        "fact": Field("增长的数字", how=As.FACT),
        "base": choice("与什么比", previous_period="上一期", same_period_last_year="去年同期"),
    },
    Absence: {
        "present": Field("出勤天数", how=As.FACT),
        "rest_days": Field("每月休息天数", "天"),
    },
}

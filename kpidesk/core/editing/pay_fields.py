"""The words of the fields of pay rules; what a field calls inside the program is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpidesk.core.editing.fields import CLAUSE, HIDDEN, As, Field, choice
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
from kpidesk.core.paying.pooling.rules import (
    Contribution,
    PartsSum,
    PerPointPenalty,
    PoolByShare,
    PoolItem,
    ScoreProduct,
)
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

_LABEL: Final = Field("名称", hint="薪酬单和责任书里这样写")
_ROLES: Final = Field("对哪些岗位", how=As.ROLES, hint="都不选为所有人")
_STEPS: Final = choice(
    "不足一档", whole="满一档才计", up="不足一档按一档计", proportional="按比例计"
)
_RATE: Final = Field("提成率", how=As.SHARE)
_CAP: Final = Field("最高", hint="留空为不设上限")

PAY_FIELDS: Final[Mapping[type, Mapping[str, Field]]] = {
    FixedReimbursement: {
        "result": HIDDEN,
        "label": _LABEL,
        "amounts": Field("各岗位的金额"),
        "clause": CLAUSE,
    },
    RoleAmount: {"role": Field("岗位", how=As.ROLE), "amount": Field("每月", "元")},
    PayTotal: {
        "result": HIDDEN,
        "label": _LABEL,
        "lines": Field("由哪些项目相加"),
        "grain": choice("多久合计一次", month="每月", quarter="每季度", year="每年"),
        "clause": CLAUSE,
    },
    PayLine: {
        "result": Field("项目", how=As.LINES),
        "roles": _ROLES,
        "when": Field("只在此项为“是”时计入"),
    },
    ComponentSplit: {
        "result": HIDDEN,
        "label": _LABEL,
        "salary": Field("月薪", how=As.FACT),
        "parts": Field("组成部分"),
        "cap": Field("考核系数最高", hint="留空为不设上限"),
        "lost": HIDDEN,
        "clause": CLAUSE,
    },
    WagePart: {
        "standard": HIDDEN,
        "label": Field("名称"),
        "share": Field("占月薪", how=As.SHARE),
        "coefficient": Field("考核系数", how=As.FACT, hint="不选为固定发放"),
        "clause": HIDDEN,
    },
    EvenTarget: {
        "result": HIDDEN,
        "label": _LABEL,
        "target": Field("全年目标", "元"),
        "mode": choice("怎样分解", even="按月平均", entered="逐月填写"),
        "clause": CLAUSE,
        "among": Field("先分到哪些岗位", how=As.ROLES),
        "part": HIDDEN,
        "stands_for": HIDDEN,
    },
    Deadline: {
        "result": HIDDEN,
        "label": Field("做什么", hint="例如：交次月计划"),
        "day": Field("每月几日以前", "日"),
        "months": Field("针对几个月以后的月份", "个月", "0 为当月，−1 为上月"),
        "shift": choice("遇休息日", none="不调整", before="提前到前一个工作日", after="顺延"),
        "clause": CLAUSE,
    },
    FormulaPay: {
        "result": HIDDEN,
        "label": _LABEL,
        "expression": Field("公式", how=As.FORMULA),
        "roles": _ROLES,
        "grain": choice(
            "多久算一次",
            month="每月",
            quarter="每季度",
            half_year="每半年",
            year="每年",
            cycle="整个考核周期",
        ),
        "unit": Field("单位"),
        "places": Field("保留几位小数", "位"),
        "of_team": Field("全组只算一个数"),
        "clause": CLAUSE,
    },
    TextOnly: {
        "text": Field("约定的文字", how=As.LONG, hint="其中 {} 代表下面的金额"),
        "amount": Field("金额", "元", "留空为没有"),
        "unlimited": Field("没有金额时写", how=As.LONG),
        "clause": CLAUSE,
    },
    Task: {
        "measure": Field("按什么比", how=As.FACT),
        "target": Field("任务", how=As.FACT),
        "members": Field("按本人业绩的岗位", how=As.ROLES),
        "leaders": Field("按团队业绩的岗位", how=As.ROLES),
    },
    ConditionalBase: {
        "result": HIDDEN,
        "label": _LABEL,
        "salary": Field("基本工资", how=As.FACT),
        "unmet": Field("没完成任务时发", how=As.SHARE),
        "task": Field("任务"),
        "met": HIDDEN,
        "withheld": HIDDEN,
        "span": choice("怎样比较", single="逐月", cumulative="累计到当月"),
        "clause": CLAUSE,
        "team_clause": HIDDEN,
    },
    CatchUp: {
        "result": HIDDEN,
        "label": _LABEL,
        "withheld": HIDDEN,
        "task": Field("任务"),
        "window": choice("算哪一段的业绩", cycle="考核周期", calendar_year="自然年"),
        "months": choice("任务", own_months="在职各月的任务", full_year="全年的任务"),
        "leavers": choice("补发给谁", in_service_at_end="年末在职的人", all="所有人"),
        "approval": Field("须经批准"),
        "clause": CLAUSE,
        "team_clause": HIDDEN,
    },
    TakenOut: {
        "rate": Field("扣出的比例", how=As.SHARE),
        "source": choice("团队提成从哪里出", deduct="从本人提成里扣", extra="公司另付"),
        "roles": _ROLES,
    },
    Commission: {
        "result": HIDDEN,
        "label": _LABEL,
        "rate": _RATE,
        "of": Field("按什么提成", how=As.FACT),
        "members": Field("提成的岗位", how=As.ROLES),
        "negative": choice(
            "退款", clawback="扣回提成", carry="冲抵以后的提成", floor_zero="不扣回"
        ),
        "before": HIDDEN,
        "taken_out": Field("给团队提成的部分"),
        "others": Field("也可以有提成的岗位", how=As.ROLES),
        "others_too": Field("这些岗位有提成"),
        "clause": CLAUSE,
    },
    ShareOfSum: {
        "result": HIDDEN,
        "label": _LABEL,
        "rate": _RATE,
        "of": HIDDEN,
        "fact": HIDDEN,
        "members": Field("合计哪些岗位的业绩", how=As.ROLES),
        "roles": Field("发给哪些岗位", how=As.ROLES),
        "clause": CLAUSE,
    },
    Receipts: {
        "result": HIDDEN,
        "label": _LABEL,
        "fact": Field("回款", how=As.FACT),
        "members": Field("合计哪些岗位", how=As.ROLES),
        "outside": HIDDEN,
        "clause": CLAUSE,
    },
    OverTarget: {
        "excess": HIDDEN,
        "label": _LABEL,
        "of": HIDDEN,
        "fact": HIDDEN,
        "members": Field("合计哪些岗位的业绩", how=As.ROLES),
        "target": Field("目标", "元"),
        "leader": HIDDEN,
        "leader_label": Field("负责人的部分"),
        "leader_rate": Field("负责人的比例", how=As.SHARE),
        "pool": HIDDEN,
        "pool_label": Field("团队的部分"),
        "pool_rate": Field("团队的比例", how=As.SHARE),
        "both": HIDDEN,
        "period": choice("什么时候算", year="年终一次", running="每月按累计"),
        "rounding": choice(
            "分角怎样归", residual="总额减去负责人的部分", independent="两部分各自取整"
        ),
        "clause": CLAUSE,
        "split_clause": HIDDEN,
    },
    DiscretionaryDistribution: {
        "result": HIDDEN,
        "label": _LABEL,
        "pool": HIDDEN,
        "share": Field("分配比例", how=As.FACT),
        "roles": Field("分给哪些岗位", how=As.ROLES),
        "others": Field("也可以分的岗位", how=As.ROLES),
        "others_too": Field("这些岗位也分"),
        "clause": CLAUSE,
    },
    PoolByShare: {
        "pay": Field("形成总额的薪酬", how=As.FACT),
        "items": Field("各项"),
        "scope": choice("谁在一起分", grade="同一等级", team="同一团队", all="全体"),
        "negative": choice("增量是负数时", zero="按零", signed="按负数"),
    },
    PoolItem: {
        "name": Field("名称"),
        "percent": Field("占总额", "%"),
        "contribution": Field("贡献"),
        "clause": HIDDEN,
    },
    Contribution: {
        "fact": Field("按什么算贡献", how=As.FACT),
        "increase": Field("只看比去年增加的部分"),
        "without": Field("不算的部分", how=As.FACT),
        "leaves_out": Field("扣除不算的部分"),
    },
    PerPointPenalty: {
        "result": HIDDEN,
        "points": HIDDEN,
        "label": _LABEL,
        "fact": Field("看哪个数字", how=As.FACT),
        "amount": Field("每降一个百分点扣", "元"),
        "steps": _STEPS,
        "scope": choice("看谁的下降", own="本人", group="一组人合计"),
        "group": choice("一组人是", grade="同一等级", team="同一团队", all="全体"),
        "clause": CLAUSE,
    },
    PartsSum: {
        "result": HIDDEN,
        "label": _LABEL,
        "added": Field("相加的项目", how=As.LINES),
        "taken": Field("减去的项目", how=As.LINES),
        "clause": CLAUSE,
    },
    ScoreProduct: {
        "result": HIDDEN,
        "label": _LABEL,
        "amount": Field("金额", how=As.LINES),
        "score": Field("得分", how=As.FACT),
        "cap": _CAP,
        "floor_zero": Field("最低为零"),
        "lost": HIDDEN,
        "clause": CLAUSE,
    },
}

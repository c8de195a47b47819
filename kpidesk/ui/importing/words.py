"""What the wizard calls things."""

from __future__ import annotations

from kpidesk.usecases.importing import Kind, Way

KINDS = {
    Kind.PEOPLE: "人员名册",
    Kind.TARGETS: "目标（目标计划、责任书草稿）",
    Kind.ACTUALS: "实际数据",
    Kind.LINES: "逐笔事项（回款、签约等）",
    Kind.SCORES: "评分",
}
MISSING = {
    Kind.TARGETS: (
        "还没有可以填目标的人。请先在“人员”页登记岗位与方案相符的人，或在“责任书”页拟定草稿。"
    ),
    Kind.ACTUALS: "还没有可以填写的评分表或薪酬。请先拟定并签署责任书。",
    Kind.LINES: "还没有按逐笔事项计算的薪酬。请先拟定并签署责任书。",
    Kind.SCORES: "还没有评分表。请先签署责任书，评分表随之生成。",
}
WAYS = {
    Way.SKIP: "跳过这一行",
    Way.OVERWRITE: "用文件里的覆盖",
    Way.KEEP: "保留原来的",
    Way.ADD: "照样新增",
}
OPEN = "请选择…"
LEFT_OUT = "（不导入）"

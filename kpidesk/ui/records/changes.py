"""From which value to which: what a line of the log says, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpidesk.usecases.records import RecordRow

_NOTHING = "（空）"
_SHORT = 60
_WORDS = {
    "name": "名称", "number": "编号", "post": "岗位", "department": "部门", "superior": "上级",
    "hired_on": "入职日期", "left_on": "最后在岗日", "since": "起始日", "address": "地址",
    "representative": "法定代表人", "agent": "授权代表", "officer": "经办人",
    "double_entry": "复核", "period": "期间", "value": "值", "source": "来源", "note": "说明",
    "total": "总分", "grade": "等级", "score": "得分", "reason": "理由", "comment": "评语",
    "held_on": "日期", "interviewer": "面谈人", "participants": "参加人", "place": "地点",
    "opinion": "本人意见", "opinion_text": "意见说明", "strengths": "优点", "weaknesses": "不足",
    "measure": "措施", "due": "完成期限", "responsible": "责任人", "support": "需要的支持",
    "outcome": "结果", "result": "情况", "until": "延到", "what": "事项", "on": "日期",
    "state": "状态", "printed_on": "打印日期", "signed_on": "签署日期", "term": "期限",
    "start": "开始", "end": "结束", "role": "角色", "special_terms": "特别约定",
    "indicator": "指标", "handling": "权重处理", "names": "姓名", "rater": "考核人类别",
    "side": "性质", "people": "人数", "sheets": "评分表", "file": "文件", "sheet": "工作表",
    "into": "导入到", "new": "新增", "changed": "更改", "skipped": "跳过", "backup": "备份",
    "left": "恢复前的审计号", "kept_as": "恢复前的备份", "damaged": "损坏的文件",
    "mended": "修复", "effective_on": "生效日期", "parameters": "参数", "valid_from": "自",
    "label": "指标", "first": "首张评分表", "cycle_start": "周期开始", "cycle_end": "周期结束",
    "batch": "批次", "copies": "份", "parent": "上级部门", "id": "序号", "is_active": "可以登录",
    "person": "人员", "people_done": "人员", "months": "月份", "amount": "金额", "fact": "指标",
    "rated_by": "评分人", "numbers": "分数", "words": "内容", "title": "标题", "kind": "种类",
    "years": "年限", "amends": "所变更的责任书", "ordinal": "次序", "by": "经办人",
    "delivery": "送达", "delivered_on": "送达日期", "refusal": "拒签", "witnesses": "见证人",
    "settings": "方案参数", "targets": "目标", "party_a": "甲方", "party_b": "乙方",
    "scheme": "方案", "plan": "改进计划", "revision": "版本", "lines": "各行",
    "starts_on": "期间开始",
    "over_on": "保存到期", "anonymised_on": "匿名处理日期", "basis": "依据",
    "cycle": "周期", "method": "方式", "unit": "单位",
}  # fmt: skip
"""What the fields of what is written down are called."""
_HIDDEN = frozenset(
    {"sha256", "seal", "paper.party_a", "paper.party_b", "entered_by", "entered_on", "appraisal",
     "contract", "scheme_version", "indicator_scheme_version", "adds_up", "locked", "is_monthly",
     "indicator_scheme", "left_out", "rewritten", "cycles", "pages"}
)  # fmt: skip
_VALUES = {
    "draft": "草稿", "printed": "已打印", "signed": "已签署", "void": "已作废", "open": "填写中",
    "scored": "已定分", "sealed": "已盖章", "handed_out": "已发出", "delivered": "已交付",
    "scanned": "已扫描", "archived": "已归档", "waiting": "待签", "agrees": "同意",
    "disagrees": "不同意", "done": "已完成", "goes_on": "继续", "not_done": "未完成",
    "dropped": "取消", "full": "按满分", "outside": "不计入", "spread": "分摊到其他指标",
    "self": "自评", "peer": "互评", "superior": "上级评", "good": "正面", "bad": "负面",
    "cycle": "全周期", "off": "不需要", "anybody": "二次录入", "another": "双人复核",
    "true": "是", "false": "否", "null": _NOTHING, "": _NOTHING, "party_a party_b": "甲乙两份",
    "minimum_wage": "最低工资", "officer": "人事专员", "manager": "总经理",
    "head": "部门负责人", "reader": "只读",
}  # fmt: skip


def change_text(row: RecordRow, words: Mapping[str, str]) -> str:
    """岗位：专员 → 主管；上级：（空） → 李梅."""
    return "；".join(change_lines(row, words))


def change_lines(row: RecordRow, words: Mapping[str, str]) -> list[str]:
    """Each thing that changed, or that was written down."""
    if row.action.startswith("scheme."):
        return []  # the reason says it in the words of the scheme; its text fills pages
    read = [_read(row.before), _read(row.after)]
    if isinstance(read[1], dict) and isinstance(read[0], str):
        read[0] = {"state": read[0]}  # of a contract's way only its state is written down
    before, after = (dict(_flat(one, ())) for one in read)
    found = []
    for path in dict.fromkeys((*after, *before)):
        was, is_ = before.get(path), after.get(path)
        if (was or "") == (is_ or ""):
            continue
        name = _path_text(path, words)
        now = _value_text(is_, words) if after else "（删去）"
        found.append(f"{name}：{_value_text(was, words)} → {now}" if before else f"{name}：{now}")
    return [one.removeprefix("：") for one in found]


def _read(text: str | None) -> Any:  # noqa: ANN401 - JSON
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _flat(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - JSON
    """Every value by where it stands; what says nothing to the officer is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _HIDDEN:
                yield from _flat(inner, (*path, key))
    elif isinstance(value, list):
        if all(not isinstance(one, dict | list) for one in value):
            yield path, "、".join("—" if one is None else str(one) for one in value)
        else:
            for number, inner in enumerate(value, 1):
                yield from _flat(inner, (*path, str(number)))
    elif value is not None or path:
        yield path, value


def _path_text(path: tuple[str, ...], words: Mapping[str, str]) -> str:
    """目标 3 月份; the wrapper of a value (number, words) adds nothing."""
    shown = list(path)
    if len(shown) > 1 and shown[-1] in ("number", "numbers", "words") and shown[-2] == "value":
        shown.pop()
    return " ".join(_WORDS.get(one) or words.get(one, one) for one in shown)


def _value_text(value: object, words: Mapping[str, str]) -> str:
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    said = _VALUES.get(text) or words.get(text, text)
    return said if len(said) <= _SHORT else f"{said[:_SHORT]}…"

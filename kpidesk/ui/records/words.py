"""What the lines of the operation log are called on the screen."""

from __future__ import annotations

from datetime import datetime

ACTIONS = {
    "company.create": "新建公司文件",
    "company.edit": "修改公司信息",
    "company.restore": "恢复备份",
    "company.recover": "用备份恢复打不开的文件",
    "company.mend": "检查并修复数据库",
    "person.add": "添加人员",
    "person.edit": "修改人员",
    "person.leave": "办理离职",
    "person.anonymise": "匿名处理",
    "retention.edit": "修改保存期限",
    "person.posting": "登记任职变动",
    "department.add": "添加部门",
    "department.edit": "修改部门",
    "department.remove": "删除部门",
    "scheme.pin": "启用方案版本",
    "scheme.mend": "采纳体检修改",
    "scheme.publish": "发布方案",
    "scheme.begin": "开始写方案",
    "scheme.draft": "保存方案草稿",
    "scheme.discard": "放弃方案草稿",
    "targets.publish": "发布目标计划",
    "targets.edit": "修改目标计划",
    "targets.season": "修改月度比例",
    "targets.give_up": "放弃目标计划的修改",
    "contract.draw_up": "拟定责任书",
    "contract.amend": "拟定补充协议",
    "contract.edit": "修改责任书草稿",
    "contract.print": "打印责任书",
    "contract.return": "退回责任书草稿",
    "contract.sign": "登记签署",
    "contract.void": "作废责任书",
    "contract.copy.party_a": "登记甲方存的去向",
    "contract.copy.party_b": "登记乙方存的去向",
    "appraisal.open": "建立评分表",
    "appraisal.part": "评分表改为考核其中几个月",
    "appraisal.enter": "录入评分数据",
    "appraisal.enter_again": "第二次录入",
    "appraisal.settle_difference": "核定两次录入的差别",
    "appraisal.exempt": "免考核",
    "appraisal.appraise_again": "取消免考核",
    "appraisal.override": "直接给分",
    "appraisal.restore_rule": "恢复按规则计分",
    "appraisal.raters": "指定考核人",
    "appraisal.finish": "定分",
    "appraisal.reopen": "重新打开评分表",
    "appraisal.interview": "记录面谈",
    "appraisal.plan_look": "跟踪改进计划",
    "appraisal.paper": "打印空白评分表",
    "incident.write": "记录关键事件",
    "paper.issue": "打印报表",
    "pay.enter": "录入薪酬数据",
    "pay.line": "录入薪酬事项",
    "pay.settle": "结算薪酬",
    "pay.reverse": "冲销结算",
    "legal.edit": "修改法定参数",
    "review.rules": "修改审批规则",
    "review.submit": "提交审批",
    "review.calibrate": "校准",
    "review.approve": "登记批准",
    "review.return": "登记退回",
    "review.publish": "登记公示",
    "review.confirm": "登记本人确认",
    "review.appeal": "登记申诉",
    "review.hear": "登记申诉听取意见",
    "review.uphold": "申诉成立",
    "review.dismiss": "申诉不成立",
    "review.withdraw": "撤回申诉",
    "review.close": "关闭考核周期",
    "review.reopen": "重新打开考核周期",
    "scan.receive": "收到扫描件",
    "scan.file": "归档扫描页",
    "import": "从 Excel 导入",
}
"""Every action that a use case writes down: a test asks for each of them."""
_KINDS = {
    "retention": "人员",
    "company": "公司",
    "people": "人员",
    "person": "人员",
    "department": "部门",
    "scheme": "方案",
    "scheme_draft": "方案草稿",
    "targets": "目标",
    "contract": "责任书",
    "appraisal": "评分表",
    "incident": "关键事件",
    "paper": "报表",
    "pay": "薪酬",
    "pay_run": "薪酬结算",
    "legal": "法定参数",
    "settings": "设置",
    "review": "审批",
    "step": "审批记录",
    "batch": "审批批次",
    "scan": "扫描件",
    "scan_page": "扫描页",
    "import": "导入",
    "user": "用户",
}


def action_text(action: str) -> str:
    """登记签署."""
    return ACTIONS.get(action, action)


def kind_text(action: str) -> str:
    """责任书: what sort of thing an action is about."""
    return _KINDS.get(action.partition(".")[0], "其他")


def object_text(about: str) -> str:
    """责任书 12: an object by its number, where nothing better is known."""
    kind, _, number = about.partition(":")
    return f"{_KINDS.get(kind, kind)} {number}".strip()


def local_text(moment: str) -> str:
    """2026-03-05 16:40:12 on the clock of this computer; what cannot be read stays as it is."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return moment

"""The use case behind each command of a page: the search offers it to those whom that is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpidesk.ui.pages.registry import IMPORTING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CASES: Final = (
    (IMPORTING, "导入"),
    ("people.add_person", "新增人员"),
    ("people.add_department", "新增部门"),
    ("moving.doing.move_person", "调岗"),
    ("contracts.drafting.draw_up", "拟定责任书 用此方案拟定责任书"),
    ("schemes.scheme_details", "打开试算文件 保存空白试算文件"),
    ("editing.begin", "修改为新版本 复制为新方案 导出为文件 空白方案 导入方案文件"),
    ("targets.printing.plan_pdf", "目标计划分解表"),
    (
        "targets.working.save_plan",
        "复制去年的目标 季节比例 添加人员 修订记录 分解 放弃未发布的改动",
    ),
    ("targets.working.publish", "发布"),
    ("targets.working.bring_drafts", "更新责任书草稿"),
    ("contracts.states.mark_printed", "打印"),
    ("contracts.states.sign", "登记签署"),
    ("contracts.batches.contracts_file", "PDF：甲乙双方各一份 PDF：合成一个文件 PDF：每份一个文件"),
    ("contracts.batches.handout_pdf", "发放、回收登记表"),
    ("contracts.copies.move_copies", "登记纸质件"),
    ("contracts.amending.draw_up_amendment", "补充协议 提前终止"),
    ("contracts.states.return_to_draft", "退回草稿"),
    ("contracts.states.void", "作废"),
    ("incidents.write_incident", "记一件事"),
    ("appraisals.checking.enter_second", "对照扫描件填写 二次录入"),
    ("appraisals.naming.name_raters", "考核人"),
    ("appraisals.naming_many.name_raters_of", "批量登记考核人"),
    ("appraisals.printing.blank_sheet_pdf", "空白评分表"),
    ("appraisals.printing.blank_sheets_pdf", "列表中所有人的空白评分表"),
    ("appraisals.printing.filled_sheet_pdf", "已填评分表"),
    ("appraisals.finishing.reopen", "重新打开"),
    ("appraisals.finishing.finish_scoring", "定分"),
    ("reviewing.calibrating.calibrate", "校准"),
    ("reviewing.batches.list_batches", "各部门等级分布 审批批次、登记审批意见与公示"),
    ("reviewing.batches.submit", "提交总经理审批"),
    ("reviewing.afterwards.confirm", "登记员工确认"),
    ("reviewing.cycles.close_cycle", "关闭或重新打开考核周期"),
    ("reviewing.rules.save_review_rules", "考核规则（审批、等级分布、申诉）"),
    ("results.reports_pdf", "考核报告：打印列表中的 考核报告：列表中的每人一个文件"),
    ("yearbook.charts.report_year", "复制图片 存为图片"),
    ("yearbook.papers.paper_pdf", "目标分解表 责任书目标分解表 考核结果审批表 年度考核报告"),
    ("yearbook.papers.paper_pdf", "证据包 归档证明 归档清单"),
    ("pay.viewing.load_pay", "核算 测算 本期核对"),
    ("pay.settling.settle_period", "结算本期"),
    ("pay.settling.reverse_settlement", "冲销结算"),
    ("pay.printing.statements_pdf", "打印薪酬结算单：所选的人 打印薪酬结算单：这一期所有的人"),
    ("pay.printing.statements_pdf", "薪酬结算单每人各存一份"),
    ("pay.payroll_table.payroll_workbook", "工资表"),
    ("filing.intake.receive_scans", "选择扫描文件 选择扫描文件夹"),
    ("legal.save_legal", "工作地点"),
)

NEEDS: Final[Mapping[str, str]] = {name: case for case, names in _CASES for name in names.split()}
"""By the words of the command; a test asks for every command of every page."""

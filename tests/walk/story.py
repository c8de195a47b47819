"""What happens in the sample company at the end of its year, when the walk takes over.

The sample is at 20 January 2026: the year's contracts are signed, December's sheets are open in
parts, September's results wait for the general manager, the fourth quarter is not settled.
"""

from __future__ import annotations

from datetime import date

STARTS = date(2026, 1, 20)
APPROVED, PUBLISHED, CLOSED = date(2026, 1, 26), date(2026, 2, 2), date(2026, 2, 12)
"""The days of the general manager's signature, of publication, of the end of it all."""
NEWCOMER, SUPERIOR = "谢安然", "张䶮"
HIRED = "2026-01-05"
NEWCOMERS = {"郭子涵": ("132", "6"), NEWCOMER: ("144", "12")}
"""Who had no target for the new year yet: sales in 万元, new customers."""
TARGET_REASON = "补充新入职和年中入职人员的年度目标"
DRAFTED, PRINTED_BEFORE = ("孙佳怡", "黄志远", "林雨桐"), ("张䶮", "赵明轩")
"""Whose contracts of 2026 the sample holds as drafts, and as printed."""
SIGNED = "2026-01-20"

MONTH = "2025年12月"
ACTUALS = {
    "实际销售额（万元）": {"林雨桐": "35.6"},
    "季度销售额（万元）": {"林雨桐": "93.14"},
    "新开发客户（户）": {"林雨桐": "1"},
    "出勤天数（天）": {"孙佳怡": "27", "林雨桐": "26"},
    "迟到次数（次）": {"孙佳怡": "0", "林雨桐": "1"},
}
"""What December lacks and is counted, by the names of the lists and of the people."""
COLUMN_OF = {"季度销售额（万元）": "第4季度"}
"""Where a figure stands that is none of a month."""
SENT = {"市场信息收集": "8.5", "团队协作": "9"}
"""Scores of one sheet, as a head of department sends them."""
PAPER = ("68.46", "", "", "8.5", "9", "123", "2", "1")
"""What stands on the paper of one sheet, in printed order; nothing where it was entered before."""
PAPER_AGAIN = ("35.6", "68.46", "93.14", "1", "8.5", "9", "123", "2", "1", "26", "2")
"""The same, all of it, typed by somebody else: late once, not twice."""
TOTAL = "70.00"
TYPED = "林雨桐"
"""Whose sheet is typed from paper: scores, the statements met, the levels."""
IMPORTED = "吴𠮷"
"""Whose scores come from a workbook."""
TWICE = "赵明轩"
"""Whose sheet was typed twice by two people, with a slip that is not settled."""
TYPIST = "何静姝"
INTERVIEWED = (TYPED, TWICE)
WITNESSES = ("孙佳怡", "黄志远")
RESERVED = "认可得分，希望把客户退款的影响单独说明。"
PLAN = ("每周拜访两家新客户", "写入个人月计划", "2026-03-31")

CALIBRATED, TO = "黄志远", "72"
CALIBRATION = "同组按同一口径核对客户拜访记录后上调"
PRESENT = "秦岳山、李㛃、沈知微"
RETURNED = "孙佳怡"
WHY_RETURNED = "12 月 30 日到账的一笔回款没有计入，请财务核对后更正。"
CORRECTED = "66.9"
"""The sales of who was returned, in 万元, as corrected."""
WHY_REOPENED = "财务核对：补计 12 月 30 日到账的回款 4.5 万元"
APPEALED = "陈𬭎"
APPEAL = "12 月 31 日签订的合同应计入当月新客户。"
HEARD = "本人出示合同；财务部说明款项次年 1 月到账。"
DISMISSED = "合同的生效日为 2026 年 1 月 1 日，计入下一月，本月结果维持不变。"
HOW_PUBLISHED = "三楼公告栏张贴姓名和总分"

QUARTER = "2025年第4季度"
PAY = {
    "陈𬭎": ("243600", "1", "", "", "", "24000", "6000"),
    "黄志远": ("126400", "0.9", "", "", "", "22500", "5400"),
}
"""What the open quarter lacks, in the order of the table: revenue in 元, the bonus coefficient, \
nothing three times, base salary and variable pay."""
WHY_REVERSED = "财务补报 12 月 31 日到账的一笔"
REVERSED, REVERSED_TO = "黄志远", "131800"

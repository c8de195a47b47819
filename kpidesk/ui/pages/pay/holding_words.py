"""How what an account holds, and what would release it, is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.accounts import Account
from kpidesk.core.exact import round_half_up
from kpidesk.ui.words import number_text
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from kpidesk.core.exact import Number
    from kpidesk.core.payroll.make_up import Goal, Holding, YearGoal


def holding_text(one: Holding) -> str:
    """2026年第1季度还差 12,345.00 元: what the next quarter must reach, what then happens."""
    item = plain_periods(one.item)
    if one.account is Account.EXCESS:
        return f"超额 {yuan(one.left)} 元：计入下一季度的完成额"
    if one.waits:
        return f"{item}已补足，等其他季度也补足后一起补发"
    start = f"{item}还差 {yuan(one.left)} 元"
    then = "全部补足后一起补发" if one.together else "补足后补发这一季度的奖金"
    if one.goal is None:
        return f"{start}：以后季度超出任务基数的部分累计达到此数时补足，{then}"
    return f"{start}：{goal_text(one.goal)}，{then}"


def goal_text(goal: Goal) -> str:
    """What must come in: 2026年第4季度完成额达到 …（任务基数 … + 差额 …），还差 …."""
    when = plain_periods(goal.period.key)
    reach = f"{when}完成额（含转入的超额）达到 {yuan(goal.needed)} 元"
    made = f"任务基数 {yuan(goal.base)} + 差额 {yuan(goal.ahead)}"
    if goal.distance is None:
        return f"{reach}（{made}）"
    if not goal.distance:
        return f"{reach}（{made}），已经达到"
    return f"{reach}（{made}），回款还差 {yuan(goal.distance)} 元"


def year_text(goal: YearGoal) -> str:
    """What the year still needs for the base pay that was withheld to be paid."""
    reach = f"全年任务 {yuan(goal.needed)} 元，已到 {yuan(goal.so_far)} 元"
    then = f"补发已扣的基本工资 {yuan(goal.withheld)} 元"
    if not goal.distance:
        return f"{reach}，已经完成：年终{then}"
    return f"{reach}，回款还差 {yuan(goal.distance)} 元；完成后年终{then}"


def yuan(value: Number) -> str:
    """12,345.00."""
    return number_text(round_half_up(value, 2), 2)

"""The pay rules of a department in Chinese prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DepartmentRule,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
    Task,
)
from kpidesk.core.paying.words import Words


def state_department(rule: DepartmentRule, words: Words) -> tuple[str, ...]:
    """A rule in sentences; empty where it only adds up what others say."""
    match rule:
        case ConditionalBase():
            return _base(rule, words)
        case CatchUp():
            return _catch_up(rule, words)
        case Commission():
            return _commission(rule, words)
        case ShareOfSum(label=label, members=members, roles=roles, rate=rate):
            who, whose = _roles(roles, words), _roles(members, words)
            return (f"{who}{label} = 当月全体{whose}的总提成额 × {words.percent(rate)}。",)
        case Receipts():
            return ()
        case OverTarget():
            return _excess(rule, words)
        case DiscretionaryDistribution():
            return _pool(rule, words)
        case _:
            assert_never(rule)


def _base(rule: ConditionalBase, words: Words) -> tuple[str, ...]:
    measure, members = words.label(words.word(rule.task.measure)), _members(rule.task, words)
    cumulative = words.word(rule.span) == "cumulative"
    compared = f"自周期开始累计的{measure}" if cumulative else f"当月{measure}"
    task = "累计任务" if cumulative else "当月任务"
    leaders, unmet = _roles(rule.task.leaders, words), words.percent(rule.unmet)
    missed = f"未达到的，按 {unmet} 核发，其余扣发"
    own = f"{members}：{compared}达到或超过本人{task}的，{rule.label}按 100% 核发；{missed}。"
    of_team = f"{leaders}：按团队（全体{members}合计）的{measure}与团队任务比较，办法相同。"
    return (own, of_team) if leaders else (own,)


def _catch_up(rule: CatchUp, words: Words) -> tuple[str, ...]:
    measure, members = words.label(words.word(rule.task.measure)), _members(rule.task, words)
    when = "周期内"
    if words.word(rule.window) == "calendar_year":
        when = "周期内、周期开始当年 12 月 31 日以前"
    task = "在职各月任务之和"
    if words.word(rule.months) == "full_year":
        task = "全周期各月任务之和"
    left = "周期结束前离职的，不补发"
    if words.word(rule.leavers) == "all":
        left = "周期结束前离职的，同样补发"
    released = "，经批准后发放" if words.flag(rule.approval) else ""
    leaders = _roles(rule.task.leaders, words)
    paid = f"补发全年扣发的全部基本工资{released}；未达到的，不补发"
    of_team = f"{leaders}按团队（全体{members}合计）的全年任务，办法相同。"
    return (
        f"{when}{measure}合计达到或超过全年任务的，{paid}。",
        *((of_team,) if leaders else ()),
        f"中途入职或离职的，全年任务为{task}；{left}。",
    )


def _commission(rule: Commission, words: Words) -> tuple[str, ...]:
    members, others = _roles(rule.members, words), _roles(rule.others, words)
    fact = words.label(rule.of)
    rate = words.percent(rule.rate)
    earned = f"{members}{rule.label} = 当月实收{fact} × {rate}，以{fact}月份为核发时间。"
    own = f"{others}本人的{fact}不计提成。"
    if words.flag(rule.others_too):
        own = f"{others}本人的{fact}按同样比例计提成，不计入团队总提成额。"
    return (
        earned,
        _negative(words.word(rule.negative)),
        *((own,) if others else ()),
        *_taken(rule, words),
    )


def _taken(rule: Commission, words: Words) -> tuple[str, ...]:
    """Where the leader's share comes from; what is taken out is told whoever gets it."""
    members, leaders = _roles(rule.members, words), _roles(rule.taken_out.roles, words)
    if words.word(rule.taken_out.source) != "deduct":
        told = f"{leaders}的团队提成另行计发，不从{members}的{rule.label}中扣除。"
        return (told,) if leaders else ()
    rate, whose = words.percent(rule.taken_out.rate), f"{leaders}的" if leaders else ""
    return (
        f"{whose}团队提成从{members}的{rule.label}中划出，{members}按扣除 {rate} 后的金额核发。",
    )


def _negative(policy: str) -> str:
    match policy:
        case "carry":
            return "当月退款多于回款的，当月提成为零，差额从以后各月的提成中冲抵。"
        case "floor_zero":
            return "当月退款多于回款的，当月提成为零，不再追扣。"
        case _:
            return "当月退款多于回款的，当月按同样比例扣回提成。"


def _excess(rule: OverTarget, words: Words) -> tuple[str, ...]:
    settled = "周期结束后一次结算"
    if words.word(rule.period) == "running":
        settled = "每月按累计超额部分结算，因退款减少的相应扣回"
    rounded = "两部分各自四舍五入到分"
    if words.word(rule.rounding) == "residual":
        rounded = "两部分之和等于按合计比例计算、四舍五入到分的奖励总额"
    leader = f"{rule.leader_label} {words.percent(rule.leader_rate)}"
    pool = f"{rule.pool_label} {words.percent(rule.pool_rate)}"
    target = words.amount(rule.target)
    return (
        f"团队全周期回款超过任务指标 {target} 元的部分给予超额奖励：{leader}，{pool}。",
        f"超额奖励{settled}；{rounded}。",
    )


def _pool(rule: DiscretionaryDistribution, words: Words) -> tuple[str, ...]:
    others = _roles(rule.others, words)
    takes_part = "可以参加分配" if words.flag(rule.others_too) else "本人不参加分配"
    exactly = "按比例分到分，各人之和等于分配总额"
    if not others:
        return (f"{rule.label}由公司决定各人比例，比例合计 100%；{exactly}。",)
    return (
        f"{rule.label}由{others}决定各人比例，比例合计 100%；{others}{takes_part}；{exactly}。",
    )


def _members(task: Task, words: Words) -> str:
    return _roles(task.members, words)


def _roles(roles: Sequence[str], words: Words) -> str:
    return "、".join(words.role(one) for one in roles)

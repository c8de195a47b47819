"""The department's income against its target: reported, without any rule of pay."""

from __future__ import annotations

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import TEAM
from kpidesk.core.figure import YUAN, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.base_quota.rule import TeamAttainment
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain


def attain_as_team(rule: TeamAttainment, run: PayRun) -> None:
    """The sum over the people in service in each quarter, and its share of the target."""
    label = run.context.team_known[rule.target].label
    for period in run.periods(Grain.QUARTER):
        key = period.key
        serving = [one.key for one in run.people if one.in_service(period)]
        actuals = [
            one.because().named(f"{who} 完成额")
            for who in serving
            if (one := run.board.exact.get((who, rule.actual, key))) is not None
        ]
        target = run.context.number(TEAM, rule.target, period, required=False)
        if target is not None:
            run.context.report(
                Code.NO_PAY_RULE,
                Effect.WARNS,
                f"{label}（{key}）没有对应的奖金条款，只报告完成率，不计发奖金",
                subject=TEAM,
                name=rule.target,
                period=key,
            )
        if not serving or len(actuals) < len(serving):
            continue
        actual = total(actuals, YUAN).named("部门实际完成额", rule.clause)
        run.board.record(TEAM, rule.actual, actual, key)
        if target is None:
            continue
        if target.value <= ZERO:
            run.context.report(
                Code.ZERO_TARGET,
                Effect.WITHHOLDS,
                f"{label}（{key}）为 {show_money(target.value)} 元，不能作除数计算完成率，"
                "请填写大于零的目标",
                subject=TEAM,
                name=rule.target,
                period=key,
            )
            continue
        run.board.record(
            TEAM, rule.result, actual.percent_of(target).named(rule.label, rule.clause), key
        )

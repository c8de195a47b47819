"""The reward for what the team brings in beyond its target: a leader's part, and a pool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show_money
from kpidesk.core.facts import TEAM
from kpidesk.core.figure import RATIO, YUAN, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.department.rules import OverTarget
from kpidesk.core.paying.department.task import team_sum
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE, Grain

_NOTHING = given(0, YUAN, "")


@dataclass(frozen=True, slots=True)
class _Terms:
    """The rule's numbers."""

    rule: OverTarget
    target: Figure
    leader: Figure
    pool: Figure

    def excess(self, received: Figure) -> Figure:
        """What of the money is beyond the target."""
        more = (received - self.target).at_least(_NOTHING)
        return more.named(self.rule.label, self.rule.clause)

    def parts(self, excess: Figure, *, residual: bool) -> tuple[Figure, Figure]:
        """The leader's part and the pool's of an excess, each in whole fen."""
        rule = self.rule
        leader = (excess * self.leader).named(rule.leader_label, rule.split_clause).rounded(2)
        alone = (excess * self.pool).named(rule.pool_label, rule.split_clause)
        if not residual:
            return leader, alone.rounded(2)
        both = (excess * (self.leader + self.pool)).named("超额奖励合计", rule.clause).rounded(2)
        return leader, (both - leader).named(rule.pool_label, rule.split_clause)


def pay_excess(rule: OverTarget, run: PayRun) -> None:
    """Excess and parts of the cycle; of each month too, where they are paid as they come."""
    terms = _terms(rule, run)
    if terms is None:
        return
    if run.context.word(rule.period) == "running":
        _months(terms, run)
    received = run.board.exact.get((TEAM, rule.of, CYCLE))
    if received is not None:
        excess = terms.excess(received)
        run.board.record(TEAM, rule.excess, excess)
        _record(terms, terms.parts(excess, residual=_residual(rule, run)), CYCLE, run)


def _terms(rule: OverTarget, run: PayRun) -> _Terms | None:
    target = run.context.amount(rule.target, YUAN, "任务指标", rule.clause)
    leader = run.context.amount(rule.leader_rate, RATIO, rule.leader_label, rule.split_clause)
    pool = run.context.amount(rule.pool_rate, RATIO, rule.pool_label, rule.split_clause)
    if target is None or leader is None or pool is None:
        return None
    if target.value <= ZERO:
        run.context.report(
            Code.ZERO_TARGET,
            Effect.WARNS,
            f"任务指标为 {show_money(target.value)} 元，全部回款都算超额，请核对",
            subject=TEAM,
            name=rule.excess,
            period=CYCLE,
        )
    return _Terms(
        rule, target, leader.named(f"{leader.label}比例"), pool.named(f"{pool.label}比例")
    )


def _residual(rule: OverTarget, run: PayRun) -> bool:
    return run.context.word(rule.rounding) == "residual"


def _months(terms: _Terms, run: PayRun) -> None:
    """What each month adds to the parts of the excess so far; a refund takes from them."""
    before = given(0, YUAN, "此前没有结算")
    paid = (before, before)
    for key, received in _so_far(terms.rule, run):
        excess = terms.excess(received)
        run.board.record(TEAM, terms.rule.excess, excess, key)
        parts = terms.parts(excess, residual=_residual(terms.rule, run))
        due = (
            parts[0].named(f"至 {key} 累计的{parts[0].label}"),
            parts[1].named(f"至 {key} 累计的{parts[1].label}"),
        )
        added = (
            (due[0] - paid[0]).named(f"{parts[0].label}（{key}）", terms.rule.split_clause),
            (due[1] - paid[1]).named(f"{parts[1].label}（{key}）", terms.rule.split_clause),
        )
        _record(terms, added, key, run)
        paid = due


def _so_far(rule: OverTarget, run: PayRun) -> Iterator[tuple[str, Figure]]:
    """The team's money from the start of the cycle to each month, up to one that is missing."""
    if not run.members(rule.members):
        return
    months: list[Figure] = []
    for month in run.periods(Grain.MONTH):
        figure = team_sum(rule.fact, rule.members, month, run)
        if figure is None:
            return
        months.append(figure)
        yield month.key, total(months, YUAN).named(f"团队累计回款（至 {month.key}）")


def _record(terms: _Terms, parts: tuple[Figure, Figure], period: str, run: PayRun) -> None:
    rule = terms.rule
    run.board.record(TEAM, rule.leader, parts[0], period)
    run.board.record(TEAM, rule.pool, parts[1], period)
    summed = total(parts, YUAN).named("超额奖励", rule.clause)
    run.board.record(TEAM, rule.both, summed, period)

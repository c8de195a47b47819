"""对账: what was paid beside what the rate gives on everything that came in, explained.

Once every shortfall is repaid and nothing is carried, the bonus before the KPI coefficient is
the rate times the sum of all actual figures; until then the difference waits, item by item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.context import Context
from kpidesk.core.exact import (
    HUNDRED,
    ZERO,
    Number,
    add,
    less,
    multiply,
    round_half_up,
    size,
    subtract,
    sum_of,
)
from kpidesk.core.facts import Subject
from kpidesk.core.paying.base_quota.fold import LAPSED
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.department.rules import Commission
from kpidesk.core.payroll.books import paid_lines
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.payroll.make_up import quota_rule, signed, value_of
from kpidesk.core.period import Period
from kpidesk.core.results import Evaluation
from kpidesk.core.settings import Amount, Ref

_FEN = 2
_CENT = Decimal("0.01")
_ROUNDING = "逐期四舍五入到分"
_OTHER = "参数另有约定的部分：年末作废、实施收入按服务比例、奖金归他人等"


class Kind(StrEnum):
    """What a row of the reconciliation is."""

    BASIS = "basis"  # where it starts
    LESS = "less"  # why it is not paid yet, or not at this rate
    SUM = "sum"  # what the rows above come to
    CHECK = "check"  # two figures that must be the same


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a CHECK holds where `agrees`."""

    kind: Kind
    label: str
    amount: Number
    note: str = ""
    agrees: bool = True


def net_rows(group: PayGroup, evaluation: Evaluation, period: PayPeriod, who: Subject) -> list[Row]:
    """应发合计 = Σ lines, as the total that the scheme itself states it."""
    lines = [x for x in paid_lines(group, evaluation, period, who) if not x.apart]
    rows = [Row(Kind.BASIS, one.result.title, one.figure.value) for one in lines]
    summed = sum_of(one.figure.value for one in lines)
    rows.append(Row(Kind.SUM, "各项相加", summed))
    corrected = [x.figure.value for x in lines if x.correction]
    for item in group.items:
        stated = value_of(evaluation, who, item.result, period.key) if item.total else None
        if item.grain is period.grain and stated is not None:
            stated = add(stated, sum_of(corrected))
            note = "方案的合计项" + ("，加更正" if corrected else "")
            rows.append(Row(Kind.CHECK, "核对：应发合计", stated, note, stated == summed))
    return rows


@dataclass(frozen=True, slots=True)
class Reconciling:
    """Reconciles somebody up to a period.

    `recomputed` is from today's figures, which `context` reads; `settled` as it was paid.
    """

    group: PayGroup
    recomputed: Evaluation
    settled: Evaluation
    closed: tuple[str, ...]
    context: Context

    def rows(self, who: Subject, period: PayPeriod) -> list[Row]:
        """The rows; none where the scheme pays nothing at a rate, or a figure is missing."""
        keys = [
            one.key
            for one in self.group.periods()
            if one.grain is period.grain and one.days.end <= period.days.end
        ]
        if (rule := quota_rule(self.group)) is not None:
            return list(self._quota(rule, who, keys))
        commissions = [one for one in self.group.scheme.pay if isinstance(one, Commission)]
        return [row for one in commissions for row in self._commission(one, who, keys)]

    def _quota(self, rule: QuarterlyBaseTarget, who: Subject, keys: Sequence[str]) -> Iterator[Row]:
        keys = [key for key in keys if self._value(who, "bonus", key) is not None]
        actual = self._sum(who, "actual", keys)
        rate = self._rate(rule.bonus.sales_rate)
        if not keys or rate is None:
            return
        due = multiply(actual, rate)
        yield Row(Kind.BASIS, "完成额累计", actual, f"{len(keys)} 个季度")
        yield Row(Kind.SUM, "按销售比例应计", due, f"完成额累计 × {_percent(rate)}")
        explained: Number = ZERO
        for label, waits, note in self._waiting(who, keys):
            part = multiply(waits, rate)
            explained = add(explained, part)
            yield Row(Kind.LESS, label, -part, note)
        sales = add(self._sum(who, "current_bonus", keys), self._sum(who, "back_pay", keys))
        other = subtract(subtract(due, explained), sales)
        if other:
            note = _ROUNDING if _is_rounding(other, len(keys)) else _OTHER
            yield Row(Kind.LESS, "其他差异", -other, note)
        yield Row(Kind.SUM, "已计提销售奖金（乘系数前）", sales, "当季奖金与补发奖金之和")
        service = self._sum(who, "service_bonus", keys)
        if service:
            yield Row(Kind.BASIS, "服务奖金（乘系数前）", service)
        bonus = self._sum(who, "bonus", keys)
        factor = subtract(bonus, add(sales, service))
        if factor:
            yield Row(Kind.LESS, "KPI奖金系数的影响", factor, "各季按当季系数")
        yield Row(Kind.SUM, "应发奖金累计", bonus)
        yield from self._paid(who, "bonus", keys)

    def _waiting(self, who: Subject, keys: Sequence[str]) -> Iterator[tuple[str, Number, str]]:
        """What came in and waits: in quarters that are short, and beyond the target."""
        upto = [x for x in self.recomputed.entries if x.subject == who and x.period in keys]
        done = {one.item for one in upto if one.reason == LAPSED}
        for key in keys:
            result = self.recomputed.get(who, "released", key)
            said = result.value if result is not None else ()
            done.update(map(str, said if isinstance(said, tuple) else ()))
        for one in upto:
            opens = one.account is Account.SHORTFALL and one.side is Side.ADD
            if not opens or one.item in done:
                continue
            left = _held(upto, Account.SHORTFALL, one.item)
            tested = self._sum(who, "tested_actual", [one.item])
            reached = add(tested, subtract(one.amount.value, left))
            note = f"还差 {_yuan(left)} 元补足" if left else "已补足，等其他季度补足"
            yield f"减：{one.item} 暂不计提的完成额", reached, note
        if excess := _held(upto, Account.EXCESS, ""):
            yield "减：转入以后季度的超额", excess, "计入下一季度的完成额"

    def _commission(self, rule: Commission, who: Subject, keys: Sequence[str]) -> Iterator[Row]:
        keys = [key for key in keys if self._value(who, rule.result, key) is not None]
        rate = self._rate(rule.rate)
        if not keys or rate is None:
            return
        received = (self.context.number(who, rule.of, Period.parse(key)) for key in keys)
        actual = sum_of(one.value for one in received if one)
        due, paid = multiply(actual, rate), self._sum(who, rule.result, keys)
        yield Row(Kind.BASIS, "回款累计", actual, f"{len(keys)} 个月")
        yield Row(Kind.SUM, f"按比例应计{rule.label}", due, f"回款累计 × {_percent(rate)}")
        if other := subtract(paid, due):
            small = _is_rounding(other, len(keys))
            note = _ROUNDING if small else "划给负责人的部分，或退款的处理"
            yield Row(Kind.LESS, "差异", other, note)
        yield Row(Kind.SUM, f"应发{rule.label}累计", paid)
        yield from self._paid(who, rule.result, keys)

    def _paid(self, who: Subject, name: str, keys: Sequence[str]) -> Iterator[Row]:
        """What was settled, with corrections, beside what these periods come to today."""
        closed = [key for key in keys if key in self.closed]
        if not closed:
            return
        items = {f"{name}@{key}" for key in closed}
        paid = sum_of(
            (
                *(value_of(self.settled, who, name, key) or ZERO for key in closed),
                *(
                    signed(one)
                    for one in self.settled.entries
                    if one.subject == who
                    and one.account is Account.CORRECTION
                    and one.item in items
                ),
            )
        )
        due = self._sum(who, name, closed)
        gap = subtract(due, paid)
        note = f"与今天的数据相差 {_yuan(gap)} 元，下一期结算时更正" if gap else "与应发一致"
        yield Row(Kind.CHECK, f"核对：已结算 {len(closed)} 期实发", paid, note, not gap)

    def _value(self, who: Subject, name: str, key: str) -> Number | None:
        return value_of(self.recomputed, who, name, key)

    def _sum(self, who: Subject, name: str, keys: Sequence[str]) -> Number:
        return sum_of(self._value(who, name, key) or ZERO for key in keys)

    def _rate(self, amount: Amount) -> Number | None:
        value = self.group.setting(amount.parameter) if isinstance(amount, Ref) else amount
        return value if isinstance(value, Number) else None


def _held(entries: Iterable[Entry], account: Account, item: str) -> Number:
    """What entries come to in an account, of one item."""
    return sum_of(signed(x) for x in entries if x.account is account and x.item == item)


def _is_rounding(value: Number, periods: int) -> bool:
    """Whether rounding to the fen can have made it: two lines in each of so many periods."""
    return not less(_CENT * periods, size(value))


def _percent(rate: Number) -> str:
    return f"{round_half_up(multiply(rate, HUNDRED), _FEN):f}".rstrip("0").rstrip(".") + "%"


def _yuan(value: Number) -> str:
    return f"{round_half_up(value, _FEN):,.2f}"

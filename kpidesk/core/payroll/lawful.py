"""A traffic light for pay: what the law may ask of an amount. It informs; it is no advice.

No figure of the law is built in: minimum wages are what the officer entered, with their source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import (
    ZERO,
    Number,
    add,
    less,
    percent,
    round_half_up,
    size,
    subtract,
    sum_of,
)
from kpidesk.core.explain import show
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.department.rules import ConditionalBase
from kpidesk.core.paying.pooling.rules import PerPointPenalty
from kpidesk.core.paying.rules import ComponentSplit
from kpidesk.core.payroll.books import PaidLine
from kpidesk.core.payroll.group import Member, PayGroup, PayPeriod
from kpidesk.core.payroll.make_up import value_of
from kpidesk.core.people import DepartmentId
from kpidesk.core.period import Grain, Period
from kpidesk.core.results import Evaluation
from kpidesk.core.wording import PENAL, Light, is_penal

_FIXED = "扣减约定的固定工资可能被认定为克扣：建议改为事先约定的浮动工资，并保存考核依据"


class LegalKind(StrEnum):
    """What a parameter is."""

    MINIMUM_WAGE = "minimum_wage"  # 元/月
    DEDUCTION_SHARE = "deduction_share"  # how much of a month may be taken off, in percent


@dataclass(frozen=True, slots=True)
class LegalParameter:
    """A figure of a place, from a day on, and where it was published."""

    kind: LegalKind
    place: str
    value: Decimal
    valid_from: date
    source: str

    def __post_init__(self) -> None:
        """Refuse a figure that says nothing, or whose source nobody can look up."""
        if not self.place.strip() or not self.source.strip():
            msg = "请填写地点和来源（文件名称、文号），以便日后核对"
            raise InvalidValueError(msg)
        most = 100 if self.kind is LegalKind.DEDUCTION_SHARE else None
        if self.value <= ZERO or (most is not None and self.value > most):
            msg = "请填写大于 0 的金额；比例不能超过 100%"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class LegalSettings:
    """Every parameter, and where people work: by department, else at the company's place."""

    parameters: tuple[LegalParameter, ...] = ()
    place: str = ""
    places: tuple[tuple[DepartmentId, str], ...] = ()

    def place_of(self, department: DepartmentId) -> str:
        """Where the people of a department work."""
        return dict(self.places).get(department, self.place)

    def in_force(self, kind: LegalKind, place: str, day: date) -> LegalParameter | None:
        """The parameter that holds on a day; None where none was entered."""
        known = [
            one
            for one in self.parameters
            if (one.kind, one.place) == (kind, place) and one.valid_from <= day
        ]
        return max(known, key=lambda one: one.valid_from, default=None)


@dataclass(frozen=True, slots=True)
class LegalNote:
    """What is to be known of a line (its result's name), or of the sum (an empty name)."""

    light: Light
    line: str
    message: str


def worst(notes: Sequence[LegalNote]) -> Light:
    """The light of several notes together."""
    order = list(Light)
    return max((one.light for one in notes), key=order.index, default=Light.GREEN)


@dataclass(frozen=True, slots=True)
class LegalDesk:
    """What the lights of a period are made from."""

    group: PayGroup
    evaluation: Evaluation
    period: PayPeriod
    settings: LegalSettings

    def notes(self, member: Member, lines: Sequence[PaidLine]) -> tuple[LegalNote, ...]:
        """Everything to be known of somebody's pay, the worst first."""
        found = [
            *self._wages(member, lines),
            *self._deductions(member, lines),
            *(note for one in lines for note in self._line(one)),
            *_leaving(member, self.period),
        ]
        order = list(Light)
        return tuple(sorted(found, key=lambda one: -order.index(one.light)))

    def _wages(self, member: Member, lines: Sequence[PaidLine]) -> Iterator[LegalNote]:
        """The sum beside the local minimum wage, where wages are among the lines."""
        if self.period.grain in (None, Grain.CYCLE) or all(one.apart for one in lines):
            return
        if not any(self._is_wage(one.result.name, one.result.title) for one in lines):
            yield LegalNote(Light.GREEN, "", "这一期不含固定工资：最低工资须在工资表里核对")
            return
        place = self.settings.place_of(member.person.department)
        months = self.period.days.split(Grain.MONTH)
        least: Number = ZERO
        for month in months:
            held = self.settings.in_force(LegalKind.MINIMUM_WAGE, place, month.start)
            if held is None:
                where = f"“{place}”" if place else "工作地点"
                message = f"没有录入{where}在{_month(month)}的最低工资，无法核对（设置 → 法定参数）"
                yield LegalNote(Light.YELLOW, "", message)
                return
            least = add(least, held.value)
        if not all(_whole(member, month) for month in months):
            yield LegalNote(Light.YELLOW, "", "本期在职不足整月，最低工资请按出勤人工核对")
            return
        back = sum_of(one.figure.value for one in lines if one.correction)
        counted = add(_paid(lines), min(back, ZERO))
        if less(counted, least):
            gap = _money(subtract(least, counted))
            yield LegalNote(
                Light.RED,
                "",
                f"应发 {_money(counted)} 元，低于{place}最低工资 {_money(least)} 元"
                f"（{len(months)} 个月），差 {gap} 元：提供了正常劳动的，"
                "扣除加班工资、特殊津贴和法定福利后不得低于最低工资",
            )

    def _is_wage(self, result: str, title: str) -> bool:
        rules = self.group.scheme.pay
        wages = {one.result for one in rules if isinstance(one, ConditionalBase | ComponentSplit)}
        if any(isinstance(one, QuarterlyBaseTarget) for one in rules):
            wages.add("base_pay")
        return result in wages or "工资" in title or "月薪" in title

    def _deductions(self, member: Member, lines: Sequence[PaidLine]) -> Iterator[LegalNote]:
        """Fixed pay that was withheld by a rule."""
        who, key = member.subject, self.period.key
        for rule in self.group.scheme.pay:
            match rule:
                case QuarterlyBaseTarget():
                    name, line = "deduction", "base_pay"
                case ConditionalBase():
                    name, line = rule.withheld, rule.result
                case PerPointPenalty():
                    name, line = rule.result, ""
                case _:
                    continue
            taken = value_of(self.evaluation, who, name, key)
            if taken is not None and taken != ZERO and (taken > ZERO or not line):
                amount = size(taken)
                limit = self._limit(member, amount, lines)
                yield LegalNote(Light.RED, line, f"扣减 {_money(amount)} 元：{_FIXED}{limit}")

    def _limit(self, member: Member, taken: Number, lines: Sequence[PaidLine]) -> str:
        """How much of the pay was taken off, beside what the place allows, where that is known."""
        place, day = self.settings.place_of(member.person.department), self.period.days.start
        allowed = self.settings.in_force(LegalKind.DEDUCTION_SHARE, place, day)
        whole = add(taken, _paid(lines))
        if allowed is None or whole <= ZERO:
            return ""
        part = f"{round_half_up(percent(taken, whole), 1):f}"
        return (
            f"。占应发的 {part}%，{place}的上限为 {show(allowed.value)}%（{allowed.source}）；"
            "上限只对依法允许的扣款有意义"
        )

    def _line(self, line: PaidLine) -> Iterator[LegalNote]:
        """A line below zero, and words that the law looks at."""
        name = line.result.name
        if line.figure.value < ZERO:
            what = "扣回以前多发的" if line.correction else f"“{line.result.title}”为负数"
            yield LegalNote(
                Light.YELLOW, name, f"{what}：应有约定或依据，并书面告知本人；扣后仍须核对最低工资"
            )
        rule = self.group.scheme.rule(line.figure.clause)
        for text in (line.result.title, rule.phrase if rule else ""):
            if is_penal(text):
                yield LegalNote(Light.RED, name, f"“{text}”：{PENAL}")


def _paid(lines: Sequence[PaidLine]) -> Number:
    """What is paid of the period itself."""
    return sum_of(one.figure.value for one in lines if not one.apart and not one.correction)


def _leaving(member: Member, period: PayPeriod) -> Iterator[LegalNote]:
    left = member.person.left_on
    if left is not None and left in period.days:
        yield LegalNote(
            Light.YELLOW,
            "",
            f"{left} 离职：已完成业绩的提成、奖金不能仅因离职不发，请核对台账余额和补发",
        )


def _whole(member: Member, month: Period) -> bool:
    """Whether somebody is in service all of a month."""
    one = member.appraisee
    return (one.hired_on or month.start) <= month.start and (
        one.left_on or month.last_day
    ) >= month.last_day


def _month(period: Period) -> str:
    return f"{period.start.year}年{period.start.month}月"


def _money(value: Number) -> str:
    return f"{round_half_up(value, 2):,.2f}"

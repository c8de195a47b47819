"""What is wrong with what was given to an evaluation: names, values, periods, weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.cycles import compared_period
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.events import check_events
from kpidesk.core.exact import ZERO, is_sensible
from kpidesk.core.exemption import EXEMPT, Handling
from kpidesk.core.facts import CALIBRATED_TOTAL, TEAM, Appraisee, Fact, FactValue, Subject
from kpidesk.core.findings import Code, Effect
from kpidesk.core.metrics import check_metrics
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.paying.checks import check_pay
from kpidesk.core.period import CYCLE, EACH, Grain, Period
from kpidesk.core.settings import NONE, Parameter, ParameterKind, SettingValue
from kpidesk.core.staffing import check_people
from kpidesk.core.weights import check_weights

_PLAIN = frozenset({ValueKind.NUMBER, ValueKind.SIGNED, ValueKind.POINTS})
"""Kinds under which any number that is not negative may stand."""


def check_inputs(context: Context, people: Sequence[Appraisee]) -> bool:
    """Report everything that blocks the evaluation, and warn; True when something blocks."""
    if context.scheme.lost:
        context.block(Code.CLAUSE_CUT_OFF, context.scheme.lost)
    _check_settings(context)
    check_people(context, people)
    _check_facts(context)
    check_events(context)
    check_pay(context)
    check_metrics(context)
    check_weights(context)
    return any(one.effect is Effect.BLOCKS for one in context.findings)


def _check_settings(context: Context) -> None:
    for name, value in context.settings.items():
        parameter = context.parameters.get(name)
        if parameter is None:
            context.block(
                Code.UNKNOWN_NAME,
                f"方案“{context.scheme.title}”没有参数“{name}”，请核对名称",
                name=name,
            )
        elif problem := setting_problem(parameter, value):
            context.block(Code.BAD_VALUE, problem, name=name)
        elif parameter.company_own and value != parameter.default:
            context.report(
                Code.NOT_IN_SOURCE,
                Effect.WARNS,
                f"参数“{parameter.label}”由公司自定为{parameter.text(value)}，不是方案原文的规定",
                name=name,
            )


def setting_problem(parameter: Parameter, value: SettingValue) -> str:
    """What is wrong with a parameter's value, in Chinese; empty when nothing is."""
    match parameter.kind:
        case ParameterKind.FLAG:
            good = isinstance(value, bool)
            wanted = "是或否(true/false)"
        case ParameterKind.CHOICE:
            allowed = [choice.value for choice in parameter.choices]
            good = isinstance(value, str) and value in allowed
            wanted = "下列之一：" + "、".join(allowed)
        case ParameterKind.NUMBER | ParameterKind.NUMBER_OR_NONE:
            optional = parameter.kind is ParameterKind.NUMBER_OR_NONE
            good = (optional and value == NONE) or (
                isinstance(value, Decimal)
                and is_sensible(value)
                and _is_high_enough(parameter, value)
                and (parameter.most is None or value <= parameter.most)
            )
            wanted = "数字" + _bound(parameter) + ("，或 none(不设限)" if optional else "")
        case _:
            assert_never(parameter.kind)
    return "" if good else f"参数“{parameter.label}”的值 {value_text(value)} 不对，应为{wanted}"


def _is_high_enough(parameter: Parameter, value: Decimal) -> bool:
    if parameter.least is None:
        return True
    return value > parameter.least or (value == parameter.least and not parameter.above_least)


def _bound(parameter: Parameter) -> str:
    bounds = []
    if parameter.least is not None:
        bounds.append(f"{'大于' if parameter.above_least else '不小于'} {parameter.least:f}")
    if parameter.most is not None:
        bounds.append(f"不大于 {parameter.most:f}")
    return f"，须{'、'.join(bounds)}" if bounds else ""


def value_text(value: SettingValue | FactValue) -> str:
    """A value as messages say it."""
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return f"{value:f}"
        case str():
            return f"“{value}”"
        case _:
            return "、".join(value_text(one) for one in value)


def _check_facts(context: Context) -> None:
    periods: dict[tuple[str, ...], str] = {}
    for (subject, name), by_period in context.facts.by_name.items():
        if name == CALIBRATED_TOTAL:
            continue  # nobody enters it: a calibration was checked when it was made
        if name.startswith(EXEMPT):
            _check_exemption(context, subject, name.removeprefix(EXEMPT), by_period)
            continue
        known = context.known_of(subject).get(name)
        if subject != TEAM and subject not in context.people:
            context.block(
                Code.UNKNOWN_NAME,
                f"“{subject}”不在被考核人之中，不能有数据“{name}”",
                subject=subject,
                name=name,
            )
        elif known is None or not _is_for(known, subject, context):
            context.block(
                Code.UNKNOWN_NAME,
                f"方案“{context.scheme.title}”没有数据项“{name}”，请核对名称"
                f"{_whose(known, subject, context)}",
                subject=subject,
                name=name,
            )
        else:
            for fact in by_period.values():
                key = (name, fact.period) if subject != TEAM else (TEAM, name, fact.period)
                if key not in periods:
                    periods[key] = _period_problem(context, known, fact.period)
                _check_fact(context, known, fact, periods[key])


def _check_exemption(
    context: Context, subject: Subject, indicator: str, by_period: Mapping[str, Fact]
) -> None:
    """An exempt indicator must be one of the scheme's, for the whole cycle, its weight decided."""
    leaves = (one.name for one in context.scheme.leaves())
    fact = by_period.get(CYCLE)
    if subject not in context.people or indicator not in leaves or fact is None:
        context.block(
            Code.UNKNOWN_NAME,
            f"方案“{context.scheme.title}”没有指标“{indicator}”可以免考核，请核对",
            subject=subject,
            name=f"{EXEMPT}{indicator}",
        )
    elif fact.value not in tuple(Handling):
        context.block(
            Code.BAD_VALUE,
            f"指标“{indicator}”免考核，权重的处理 {value_text(fact.value)} 不对",
            subject=subject,
            name=fact.name,
        )


def _is_for(known: KnownFact, subject: Subject, context: Context) -> bool:
    """Whether a fact is one of people in this person's role."""
    return not known.roles or context.people[subject].role in known.roles


def _whose(known: KnownFact | None, subject: Subject, context: Context) -> str:
    """Why a name that the scheme knows is refused here."""
    if known is None or subject == TEAM:
        return ""
    role = context.people[subject].role
    return "".join(f"，{one.title}没有这一项" for one in context.scheme.roles if one.name == role)


def _check_fact(context: Context, known: KnownFact, fact: Fact, of_period: str) -> None:
    if problem := value_problem(known, fact.value) or of_period:
        context.block(
            Code.BAD_VALUE,
            problem,
            subject=fact.subject,
            name=fact.name,
            period=fact.period,
        )
    elif known.refund and isinstance(fact.value, Decimal) and fact.value < ZERO:
        context.report(
            Code.REFUND,
            Effect.WARNS,
            f"“{known.label}”为 {fact.value:f}，是负数：按退款计算，请核对",
            subject=fact.subject,
            name=fact.name,
            period=fact.period,
        )


def value_problem(known: KnownFact, value: FactValue) -> str:
    """What is wrong with the type of a fact's value, in Chinese; empty when nothing is."""
    if isinstance(value, Decimal) and known.kind in _PLAIN and is_sensible(value) and value >= ZERO:
        return ""  # as most figures are
    numbers = value if isinstance(value, tuple) else (value,)
    if any(isinstance(one, Decimal) and not is_sensible(one) for one in numbers):
        return f"“{known.label}”的值过大，或小数位过多，请核对"
    match known.kind:
        case ValueKind.SIGNED | ValueKind.POINTS:
            good, wanted = isinstance(value, Decimal), "一个数字"
        case ValueKind.NUMBER:
            good, wanted = isinstance(value, Decimal) and value >= ZERO, "一个不小于零的数字"
        case ValueKind.COUNT:
            good = isinstance(value, Decimal) and value >= ZERO and value == int(value)
            wanted = "一个不小于零的整数"
        case ValueKind.POINTS_BY_RATERS:
            good = bool(numbers) and all(isinstance(one, Decimal) for one in numbers)
            wanted = "一个数字，或同类评分人各一个数字"
        case ValueKind.STATEMENTS:
            words = value if isinstance(value, tuple) else (ZERO,)
            good = all(isinstance(one, str) for one in words) and len(set(words)) == len(words)
            wanted = "达到的各项文字(每项一次)"
        case ValueKind.FLAG:
            good, wanted = isinstance(value, bool), "是或否(true/false)"
        case _:
            assert_never(known.kind)
    return "" if good else f"“{known.label}”的值 {value_text(value)} 不对，应为{wanted}"


def _period_problem(context: Context, known: KnownFact, key: str) -> str:
    if key == EACH:
        fits = known.grains[0] is not Grain.CYCLE
    elif key == CYCLE:
        fits = any(context.cycle.period.covers(one) for one in wanted_periods(context, known))
    else:
        try:
            period = Period.parse(key)
        except InvalidValueError as problem:
            return str(problem)
        fits = any(period.covers(one) for one in wanted_periods(context, known))
    if fits:
        return ""
    return f"“{known.label}”没有期间“{key}”的值：该期间不在考核周期内，或比这个数据项的期间更细"


def wanted_periods(context: Context, known: KnownFact) -> tuple[Period, ...]:
    """The periods for which figures of a fact may be given."""
    periods: list[Period] = []
    for grain in known.grains:
        own = context.cycle.parts(grain)
        if known.base_before and (grain is Grain.CYCLE or not own):
            cycle = context.cycle.period  # a month is compared by the quarter it is in
            own = (compared_period(context.scheme, context.settings, cycle, known),)
        if known.base_before:
            periods += (one.before() for one in own)
        if known.base_last_year:
            periods += (one.year_before() for one in own)
        periods += own
    return tuple(dict.fromkeys(periods))

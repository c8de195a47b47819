"""The weight of every indicator in percent: printed, the company's own, or equal parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kpidesk.core.exact import HUNDRED, ZERO, divide
from kpidesk.core.figure import NO_ORIGIN, PERCENT, Figure, Op, Origin, given, total
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import known_parameters
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Parameter, Ref, SettingValue

EQUAL = "equal"
_LABEL = "权重"
INSIDE = "所占比例"


def weighs_equally(scheme: Scheme, settings: Mapping[str, SettingValue]) -> bool:
    """Whether the company asked for equal weights instead of entering them."""
    if scheme.weighting is None:
        return False
    name = scheme.weighting.parameter
    return settings.get(name, known_parameters(scheme)[name].default) == EQUAL


def weight_figures(
    scheme: Scheme, settings: Mapping[str, SettingValue]
) -> dict[str, Figure | None]:
    """By name; None is a blank that nobody filled.

    A dimension without a weight of its own weighs what its children add to.
    """
    weights: dict[str, Figure | None] = {
        below.name: given(ZERO, PERCENT, _LABEL)
        for one in scheme.walk()
        if one.supports
        for below in one.walk()
    }
    if weighs_equally(scheme, settings):
        weights.update(_equal(counting(scheme.indicators), given(HUNDRED, PERCENT, "合计")))
        return weights
    parameters = known_parameters(scheme)
    for root in counting(scheme.indicators):
        _weigh(root, settings, parameters, weights)
    return weights


def chosen(parameter: Parameter, settings: Mapping[str, SettingValue]) -> Origin:
    """Where a parameter's value comes from: set by the company, or the scheme's default."""
    how = "公司设定" if parameter.name in settings else "默认值"
    return Origin(f"参数“{parameter.label}”，{how}")


def counting(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those that count in the total; the others only support a rater."""
    return [one for one in indicators if not one.supports]


def _equal(indicators: Sequence[Indicator], whole: Figure) -> Iterator[tuple[str, Figure | None]]:
    """Equal parts of a whole: of 100 % among the roots, of its dimension below."""
    for one in indicators:
        value = divide(whole.value, Decimal(len(indicators)))
        origin = Origin("各项权重相等，公司设定")
        part = Figure(value, PERCENT, Op.GIVEN, (), _LABEL, one.clause, origin)
        yield one.name, part
        yield from _equal(counting(one.children), part)


def _weigh(
    indicator: Indicator,
    settings: Mapping[str, SettingValue],
    parameters: Mapping[str, Parameter],
    weights: dict[str, Figure | None],
) -> None:
    name = f"weight.{indicator.name}"
    own: SettingValue | None = indicator.worth
    origin = NO_ORIGIN
    if name in parameters and name in settings:
        own, origin = settings[name], chosen(parameters[name], settings)
    weight = None
    if isinstance(own, Decimal):
        weight = given(own, PERCENT, _LABEL, indicator.clause, origin)
    weights[indicator.name] = weight
    for child in counting(indicator.children):
        if child.inside is not None:
            share = _share_inside(child, settings, parameters)
            weights[child.name] = (
                None if weight is None or share is None else weight.share(share).named(_LABEL)
            )
        else:
            _weigh(child, settings, parameters, weights)
    if indicator.children and weight is None and name not in parameters:
        below = [weights[one.name] for one in counting(indicator.children)]
        there = [one for one in below if one is not None]
        if len(there) == len(below):
            weights[indicator.name] = total(there, PERCENT).named(_LABEL, indicator.clause)


def _share_inside(
    indicator: Indicator,
    settings: Mapping[str, SettingValue],
    parameters: Mapping[str, Parameter],
) -> Figure | None:
    """What an indicator counts inside its dimension, in percent; None for a blank."""
    match indicator.inside:
        case Ref(name):
            parameter = parameters[name]
            value = settings.get(name, parameter.default)
            origin = chosen(parameter, settings)
        case value:
            origin = NO_ORIGIN
    if not isinstance(value, Decimal):
        return None
    return given(value, PERCENT, INSIDE, indicator.clause, origin)


def blank_weights(
    scheme: Scheme, weights: Mapping[str, Figure | None], indicator: Indicator
) -> tuple[str, str]:
    """What to say of all weights of an indicator's level that nobody filled: a name, a message."""
    blank = [
        one
        for one in scheme.walk()
        if weights[one.name] is None and bool(one.children) == bool(indicator.children)
    ]
    listed = "、".join(f"“{one.name}”" for one in blank)
    equal = scheme.weighting and scheme.parameter(scheme.weighting.parameter)
    how = f"，或将“{equal.label}”改为各项相等" if equal else ""
    message = f"没有填写权重：{listed}。原文没有规定，请在方案参数中填写（合计 100%）{how}"
    return f"weight.{blank[0].name}", message

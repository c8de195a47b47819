"""The cycles in a contract's term: one appraisal each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.part_cycles import why_not_in_part
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref, SettingValue


def cycles_in(
    scheme: Scheme, settings: Mapping[str, SettingValue], term: Period, *, in_part: bool = False
) -> tuple[Period, ...]:
    """The cycles that lie in a term, one after the other; refused when there is none.

    With `in_part`, those of which it holds some months count, where the scheme can judge these.
    """
    cycles = terms_cycles(scheme, settings.items(), term, in_part=in_part)
    if in_part:
        _check_parts(scheme, settings, cycles, terms_cycles(scheme, settings.items(), term))
    if not cycles:
        first = cycle_of(scheme, settings, term.start).period
        msg = (
            f"责任期限({term.start} 至 {term.last_day})里没有一个完整的考核周期："
            f"方案“{scheme.title}”的周期是 {first.start} 至 {first.last_day}，"
            "请调整期限的开始日期或延长期限"
        )
        raise InvalidValueError(msg)
    return cycles


def _check_parts(
    scheme: Scheme,
    settings: Mapping[str, SettingValue],
    cycles: Sequence[Period],
    whole: Sequence[Period],
) -> None:
    for one in cycles:
        if one not in whole and (why := why_not_in_part(scheme, one, settings)):
            msg = (
                f"方案“{scheme.title}”不能只考核 {one.start} 至 {one.last_day} 这几个月：{why}；"
                "请另选方案，或者从下一个完整的周期起签"
            )
            raise InvalidValueError(msg)


def fitting_length(scheme: Scheme, term: Period) -> dict[str, SettingValue]:
    """The settings by which a term has a cycle, where the company chooses how long one is.

    None are needed where the default fits; else it is the longest length that does. Refused when
    no length fits.
    """
    length = scheme.parameter(scheme.cycle.parameter) if isinstance(scheme.cycle, Ref) else None
    if length is not None and not terms_cycles(scheme, (), term):
        for choice in reversed(length.choices):
            chosen: dict[str, SettingValue] = {length.name: choice.value}
            if terms_cycles(scheme, chosen.items(), term):
                return chosen
    cycles_in(scheme, {}, term)
    return {}

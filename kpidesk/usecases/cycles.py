"""The cycles in a contract's term: one appraisal each."""

from __future__ import annotations

from collections.abc import Mapping

from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref, SettingValue


def cycles_in(
    scheme: Scheme, settings: Mapping[str, SettingValue], term: Period
) -> tuple[Period, ...]:
    """The cycles that lie in a term, one after the other; refused when there is none."""
    cycles = terms_cycles(scheme, settings.items(), term)
    if not cycles:
        first = cycle_of(scheme, settings, term.start).period
        msg = (
            f"责任期限({term.start} 至 {term.last_day})里没有一个完整的考核周期："
            f"方案“{scheme.title}”的周期是 {first.start} 至 {first.last_day}，"
            "请调整期限的开始日期或延长期限"
        )
        raise InvalidValueError(msg)
    return cycles


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

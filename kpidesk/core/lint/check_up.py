"""体检: everything that is wrong with a scheme, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.cycles import cycle_of
from kpidesk.core.facts import Facts
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.bands import grades, tables
from kpidesk.core.lint.flaw import Flaw, Severity
from kpidesk.core.lint.formulas import formulas
from kpidesk.core.lint.lines import NumberLine, number_lines
from kpidesk.core.lint.names import blanks, unknown, unused
from kpidesk.core.lint.reach import full_points
from kpidesk.core.lint.sums import points, scales, weights
from kpidesk.core.lint.texts import clauses, dates
from kpidesk.core.lint.units import units
from kpidesk.core.lint.wages import wages
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue

_SOME_DAY = date(2024, 1, 1)
_CHECKS: tuple[Callable[[Context], Iterator[Flaw]], ...] = (
    weights,
    points,
    scales,
    formulas,
    full_points,
    grades,
    tables,
    blanks,
    unused,
)


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What a check-up found."""

    flaws: tuple[Flaw, ...]
    lines: tuple[NumberLine, ...]

    def of(self, severity: Severity) -> tuple[Flaw, ...]:
        """The flaws of one severity, in the order in which they were found."""
        return tuple(one for one in self.flaws if one.severity is severity)


def check_up(
    scheme: Scheme,
    settings: Mapping[str, SettingValue] | None = None,
    *,
    minimum_wage: Decimal | None = None,
) -> CheckUp:
    """Check a scheme with a company's settings; `minimum_wage` in yuan a month."""
    chosen = settings or {}
    found = list(dates(scheme))
    if lost := list(unknown(scheme)):  # the other checks compute with the names
        return _checked_up(scheme, found + lost, ())
    context = Context(scheme, cycle_of(scheme, chosen, _SOME_DAY), Facts(), chosen)
    mixed = list(units(context))
    found += mixed
    lines: tuple[NumberLine, ...] = ()
    if not mixed:  # the other checks compute with figures of one unit
        for check in _CHECKS:
            found += check(_fresh(context))
        if minimum_wage is not None:
            found += wages(_fresh(context), minimum_wage)
        lines = tuple(number_lines(_fresh(context)))
    return _checked_up(scheme, found, lines)


def _checked_up(scheme: Scheme, found: list[Flaw], lines: tuple[NumberLine, ...]) -> CheckUp:
    """What was found with what the scheme itself tells of, worst first."""
    found = _with_clauses(found, list(clauses(scheme)))
    quoted = [_quoted(one, scheme) for one in dict.fromkeys(found)]
    severities = list(Severity)
    return CheckUp(tuple(sorted(quoted, key=lambda one: severities.index(one.severity))), lines)


def _fresh(context: Context) -> Context:
    """The same scheme and settings, with no findings yet."""
    return Context(context.scheme, context.cycle, context.facts, context.settings)


def _with_clauses(found: list[Flaw], told: list[Flaw]) -> list[Flaw]:
    """What the checks found, and what the scheme itself tells of: each flaw once.

    Where a check finds what a clause tells, the check's flaw takes the clause's words.
    """
    kinds = (FlawKind.POINTS, FlawKind.GAP, FlawKind.CONTRADICTION)
    blank = {one.clause for one in found if one.kind is FlawKind.BLANK}
    days = [one.name for one in found if one.kind is FlawKind.IMPOSSIBLE_DATE]
    left = [
        one
        for one in told
        if not (one.kind is FlawKind.BLANK and one.clause in blank)
        and not (one.kind is FlawKind.IMPOSSIBLE_DATE and any(day in one.phrase for day in days))
    ]
    joined: list[Flaw] = []
    for flaw in found:
        same = next((one for one in left if one.kind is flaw.kind and flaw.kind in kinds), None)
        if same is None or flaw.phrase:
            joined.append(flaw)
        else:
            left.remove(same)
            joined.append(replace(flaw, phrase=same.phrase, clause=flaw.clause or same.clause))
    return joined + left


def _quoted(flaw: Flaw, scheme: Scheme) -> Flaw:
    """The flaw with the original words of its clause."""
    rule = scheme.rule(flaw.clause)
    return flaw if flaw.phrase or rule is None else replace(flaw, phrase=rule.phrase)

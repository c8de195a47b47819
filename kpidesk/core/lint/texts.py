"""Flaws of the words: dates that no calendar has, and clauses known to be unclear or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.period import parse_day
from kpidesk.core.scheme import Ambiguity, Scheme

_DATE = re.compile(r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?")


def dates(scheme: Scheme) -> Iterator[Flaw]:
    """Days in the scheme's texts that do not exist."""
    for clause, text in _texts(scheme):
        for found in _DATE.finditer(text):
            year, month, day = found.groups()
            try:
                parse_day(f"{year}-{month}-{day}")
            except InvalidValueError as problem:
                yield Flaw(FlawKind.IMPOSSIBLE_DATE, f"{problem}", clause, text, found[0].strip())


def _texts(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """The words of the source, each clause once; then those of the contract."""
    seen: set[str] = set()
    for rule in scheme.rules:
        seen.add(rule.id)
        yield rule.id, rule.phrase
    for section in scheme.contract:
        for item in section.items:
            if item.clause not in seen:
                yield item.clause, item.text
    for indicator in scheme.walk():
        yield indicator.clause, indicator.definition


def clauses(scheme: Scheme) -> Iterator[Flaw]:
    """The clauses that the scheme itself says are unclear, lost or misprinted."""
    for one in scheme.ambiguities:
        kind = one.flaw or FlawKind.UNCLEAR
        message = f"{one.problem}默认理解：{one.reading}{_choices(one, scheme)}"
        lighter = kind is FlawKind.UNCLEAR and not one.warns
        yield Flaw(kind, message, one.id, one.phrase, lighter=lighter)


def _choices(clause: Ambiguity, scheme: Scheme) -> str:
    """The parameters by which the company says how a clause is meant."""
    known = [one for name in clause.parameters if (one := scheme.parameter(name))]
    labels = "、".join(f"“{one.label}”" for one in known)
    return f"可用参数{labels}改选。" if labels else ""

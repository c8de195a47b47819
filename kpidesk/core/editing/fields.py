"""How a field of a record is called, and as what it is filled in: the one form of such words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpidesk.core.settings import Choice


class As(StrEnum):
    """As what a field is filled in; `PLAIN`: as its type says."""

    PLAIN = "plain"
    LONG = "long"  # words of several lines
    FORMULA = "formula"
    FACT = "fact"  # one of the scheme's figures
    FACTS = "facts"
    FIGURE = "figure"  # a figure, or one that is made from others
    ROLE = "role"
    ROLES = "roles"
    CLAUSE = "clause"  # one of the source's numbered clauses
    INDICATOR = "indicator"
    PARAMETERS = "parameters"
    RESULTS = "results"  # scores, totals and lines of pay
    LINES = "lines"  # results of pay that are computed before
    SHARE = "share"  # of one: 0.04 is 4 %
    HIDDEN = "hidden"  # names inside the program: nobody fills them in


@dataclass(frozen=True, slots=True)
class Field:
    """A field's label, unit, help, and choices where it is one of several words."""

    label: str = ""
    unit: str = ""
    hint: str = ""
    how: As = As.PLAIN
    choices: tuple[Choice, ...] = ()


HIDDEN = Field(how=As.HIDDEN)
CLAUSE = Field("依据原文", how=As.CLAUSE, hint="这一项出自原文的哪一条")


def choice(label: str, hint: str = "", /, **words: str) -> Field:
    """A field that takes one of several words: value = what it reads as."""
    return Field(label, hint=hint, choices=tuple(Choice(*pair) for pair in words.items()))

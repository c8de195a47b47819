"""What can be wrong with a scheme as it is written."""

from __future__ import annotations

from enum import StrEnum


class FlawKind(StrEnum):
    """The kinds of flaw; also said of a clause of the source that no check can find by itself."""

    CONTRADICTION = "contradiction"  # two clauses, or a clause and a table, say different things
    IMPOSSIBLE_DATE = "impossible_date"
    WEIGHTS = "weights"  # they do not add up
    POINTS = "points"  # full points do not add to what is declared
    OVERLAP = "overlap"  # a value that two rules claim
    NAME = "name"  # a name that nothing has
    NAME_CYCLE = "name_cycle"  # two formulas that need each other
    FORMULA = "formula"  # a formula that cannot be computed
    MISSING = "missing"  # a clause or table that is lost, cut off or was never written
    UNDEFINED = "undefined"  # a word, symbol or way of computing that nothing explains
    BLANK = "blank"  # a figure that the company must fill in
    GAP = "gap"  # values that no rule covers
    BOUND = "bound"  # exactly the bound belongs to nobody
    UNREACHABLE = "unreachable"  # points or grades that nobody can get
    WAGE = "wage"  # pay may fall below the minimum wage
    UNCLEAR = "unclear"  # can be read in several ways
    MISPRINT = "misprint"
    UNUSED = "unused"

"""A formula while it is typed: the names that it may use, and what is wrong with it."""

from __future__ import annotations

import re

from kpidesk.core.editing.places import Path, at
from kpidesk.core.formula.check import problems_of
from kpidesk.core.formula.in_scheme import FormulaPlace, formulas_of
from kpidesk.core.formula.tree import FormulaError
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def formula_at(scheme: Scheme, path: Path) -> FormulaPlace:
    """The formula whose text stands at a place."""
    holder = at(scheme, path[:-2])
    name = f"score.{holder.name}" if isinstance(holder, Indicator) else at(scheme, path[:-1]).result
    return next(one for one in formulas_of(scheme) if one.name == name)


def names_for(place: FormulaPlace) -> tuple[str, ...]:
    """The Chinese names that a formula may use, in the order of the scheme."""
    return tuple(
        dict.fromkeys(text for text in place.scope.texts.values() if _CHINESE.search(text))
    )


def problems_at(scheme: Scheme, place: FormulaPlace, text: str) -> tuple[FormulaError, ...]:
    """What would be wrong with another text of a formula."""
    return problems_of(text, place.scope, scheme, place.grain, place.unit)

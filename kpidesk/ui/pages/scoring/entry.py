"""What is typed into a field of the sheet → the value to enter; what is wrong, in Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show
from kpidesk.core.inputs import value_problem
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.sheet_fields import FieldKind

if TYPE_CHECKING:
    from decimal import Decimal

    from kpidesk.core.facts import FactValue
    from kpidesk.core.names import KnownFact
    from kpidesk.core.sheet_fields import SheetField

_BETWEEN = re.compile(r"[\s、,，;；/]+")


def read_entry(field: SheetField, known: KnownFact, text: str) -> FactValue | None:
    """The value typed into a field; None for an empty one. ValueError says what is wrong.

    Several raters of a kind are written side by side: 88 84 91, or 88、84、91.
    """
    plain = text.strip()
    if not plain:
        return None
    value: FactValue
    match field.kind:
        case FieldKind.NUMBER | FieldKind.COUNT:
            value = parse_decimal(without_unit(plain, field.unit))
        case FieldKind.POINTS if field.rater:
            scores = tuple(_points(part, field) for part in _BETWEEN.split(plain) if part)
            value = scores if len(scores) > 1 else scores[0]
        case FieldKind.POINTS:
            value = _points(plain, field)
        case FieldKind.LEVEL | FieldKind.STATEMENTS | FieldKind.FLAG:
            msg = f"{field.kind} is chosen, not typed"
            raise TypeError(msg)
        case _:
            assert_never(field.kind)
    if problem := value_problem(known, value):
        raise ValueError(problem)
    return value


def _points(text: str, field: SheetField) -> Decimal:
    points = parse_decimal(without_unit(text, field.unit))
    if points < ZERO or (field.most is not None and points > field.most):
        most = "" if field.most is None else f"，最高 {show(field.most)} 分"
        msg = f"{show(points)} 分超出范围：最低 0 分{most}，请改正"
        raise ValueError(msg)
    return points


def without_unit(text: str, unit: str) -> str:
    """95% in a field of percent, 9分 in one of points, 12万 in one of 万元: just the numbers."""
    if unit == "%":
        return text.rstrip("%％")
    bare = text.removesuffix(unit).rstrip()
    return bare.removesuffix("万") if unit.startswith("万") else bare

"""The figure of an item that stands in one cell, however people write it."""

from __future__ import annotations

from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.facts import FactValue
from kpidesk.core.inputs import value_problem
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.exchange.workbook.found import RawValue
from kpidesk.exchange.workbook.values import figure_of, flag_of, text_of

_SEPARATORS: Final = ("、", "；", ";", "\n")


def figure_in(raw: RawValue, known: KnownFact, *, is_percent: bool | None) -> FactValue:
    """The figure of an item that stands in a cell; InvalidValueError says what is wrong."""
    value: FactValue
    match known.kind:
        case ValueKind.FLAG:
            value = flag_of(raw)
        case ValueKind.STATEMENTS:
            text = text_of(raw)
            for mark in _SEPARATORS[1:]:
                text = text.replace(mark, _SEPARATORS[0])
            value = tuple(one.strip() for one in text.split(_SEPARATORS[0]) if one.strip())
        case _:
            value = figure_of(raw, known.unit, is_percent=is_percent)
    if problem := value_problem(known, value):
        raise InvalidValueError(problem)
    return value

"""The fields of a dated line, checked against its kind."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.event_kinds import EventFieldKind, EventKind
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.record import Cell


def kind_of(group: PayGroup, kind: str) -> EventKind:
    """The kind of dated line of a name; refused when the scheme has none."""
    known = group.scheme.event(kind)
    if known is None:
        msg = f"方案“{group.scheme.title}”没有事项“{kind}”，请核对"
        raise InvalidValueError(msg)
    return known


def check_cells(kind: EventKind, cells: Sequence[Cell]) -> None:
    """Refuse a line in which a field is missing, unknown or of another kind."""
    given = {one.name: one for one in cells}
    for field in kind.fields:
        cell = given.pop(field.name, None)
        if cell is None:
            if not field.optional:
                msg = f"事项“{kind.label}”缺少{field.label}，请填写"
                raise InvalidValueError(msg)
            continue
        held = {
            EventFieldKind.NUMBER: cell.number,
            EventFieldKind.TEXT: cell.text,
            EventFieldKind.FLAG: cell.flag,
            EventFieldKind.DATE: cell.day,
        }[field.kind]
        if held is None:
            msg = f"事项“{kind.label}”的{field.label}填得不对，请核对"
            raise InvalidValueError(msg)
    if given:
        msg = f"事项“{kind.label}”没有“{'、'.join(given)}”这一项"
        raise InvalidValueError(msg)

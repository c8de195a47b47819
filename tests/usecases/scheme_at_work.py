"""Any built-in scheme put to work: its blanks filled, its targets agreed, its sheets filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.facts import FactValue
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import CYCLE, Cycle
from kpidesk.core.scheme import OwnWeights, Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.sheet import Sheet, SheetRow
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.core.target import Target, split_target
from kpidesk.core.weight_figures import counting
from kpidesk.usecases.appraisals import NewEntry, SheetView

_MONTHS = 12
_YEAR_TARGET = Decimal(1200)
_BLANK = Decimal(6)
"""What goes into a parameter that the source leaves blank."""


def settings_of(scheme: Scheme) -> dict[str, SettingValue]:
    """What the company must fill in before anything can be agreed: blanks, and blank weights."""
    found: dict[str, SettingValue] = {
        one.name: _BLANK for one in scheme.parameters if one.default is None and not one.company_own
    }
    if scheme.own_weights is not OwnWeights.NONE:
        found.update(_weights(scheme, counting(scheme.indicators), HUNDRED))
    return found


def targets_of(scheme: Scheme, role: str) -> tuple[Target, ...]:
    """Every figure that can be agreed with a role, by the month where months add up."""
    return tuple(
        Target(
            one.name,
            one.label,
            one.unit,
            _YEAR_TARGET if one.adds_up else HUNDRED,
            split_target(_YEAR_TARGET, _MONTHS) if one.adds_up else (),
            one.adds_up,
        )
        for one in scheme.agreed(role)
    )


def stages_of(view: SheetView) -> tuple[str, ...]:
    """The stages of a sheet that ask for something: the cycle, or else its parts."""
    if any(row.fields for row in view.sheet.rows):
        return (CYCLE,)
    grain = view.scheme.stages
    assert grain is not None
    return tuple(part.key for part in Cycle(view.sheet.cycle).parts(grain))


def entries_for(sheet: Sheet) -> tuple[NewEntry, ...]:
    """Something sensible in every field that a sheet shows, each once."""
    found = {
        (field.fact, field.period): NewEntry(field.fact, filling(field), field.period, "经营月报")
        for row in sheet.rows
        for field in row.fields
        if not field.agreed and field.value is None and not _instead(field, row)
    }
    return tuple(found.values())


def _instead(field: SheetField, row: SheetRow) -> bool:
    """Whether the field takes a score in place of the figures that the row asks for as well."""
    return field.fact == f"score.{row.indicator.name}" and row.measured and len(row.fields) > 1


def filling(field: SheetField) -> FactValue:
    """Something sensible for one field."""
    match field.kind:
        case FieldKind.NUMBER:
            return Decimal("96.5")
        case FieldKind.COUNT:
            return Decimal(3)
        case FieldKind.POINTS:
            assert field.most is not None
            return (field.most * Decimal("0.8")).quantize(Decimal(1))
        case FieldKind.LEVEL:
            return field.options[0].points
        case FieldKind.STATEMENTS:
            return tuple(one.text for one in field.options[:2])
        case FieldKind.FLAG:
            return True
        case _:
            assert_never(field.kind)


def _weights(
    scheme: Scheme, indicators: Sequence[Indicator], whole: Decimal
) -> Iterator[tuple[str, Decimal]]:
    """The weights that the source leaves blank, so that every level adds to its whole."""
    blank = [one for one in indicators if one.worth is None]
    if not blank:
        return
    rest = whole - sum((one.worth for one in indicators if one.worth is not None), ZERO)
    for one, part in zip(blank, split_target(rest, len(blank)), strict=True):
        if scheme.may_weigh(one):
            yield f"weight.{one.name}", part
        if one.children and not one.is_divided:
            yield from _weights(scheme, counting(one.children), part)

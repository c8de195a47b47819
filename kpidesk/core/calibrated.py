"""The total that a calibration put in place of a computed one; which stays its reason."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.figure import POINTS, Figure, Origin, given

_PLACES = 2


def calibrated_total(before: Figure, after: Decimal, origin: Origin) -> Figure:
    """The calibrated total under the name of the computed one, with both in its derivation."""
    stood = before.rounded(_PLACES).named("校准前的总分")
    moved = given(after, POINTS, "校准后的总分", origin=origin)
    return moved.because(stood).named(before.label)

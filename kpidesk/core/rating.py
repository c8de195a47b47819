"""Raters: who scores an indicator, and how much each kind of rater counts."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.settings import Ref


@dataclass(frozen=True, slots=True)
class Rater:
    """A kind of rater (self, peer, superior) and the parameter that holds its share in percent."""

    name: str
    label: str
    share: Ref

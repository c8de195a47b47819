"""The kinds of dated line that a scheme knows: money received, a project signed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventFieldKind(StrEnum):
    """What may stand in a field of a dated line."""

    NUMBER = "number"  # may be negative
    TEXT = "text"
    FLAG = "flag"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class EventField:
    """One field of a dated line, with its Chinese label."""

    name: str
    label: str
    kind: EventFieldKind = EventFieldKind.NUMBER
    unit: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of dated line. `feeds` are the facts that such lines add up to.

    With `amount`, the fed fact is the sum of that field over the lines of a period; without it, a
    rule of its own reads the lines. In a period with lines the fact must not be given as well.
    """

    name: str
    label: str
    fields: tuple[EventField, ...]
    feeds: tuple[str, ...] = ()
    amount: str = ""

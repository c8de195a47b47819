"""What a value is made of, down to what has no parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass


def atoms(value: object) -> Iterator[object]:
    """Everything that a value is made of, keys of tables among it."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from atoms(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from atoms(tuple(value.items()))
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from atoms(one)
    else:
        yield value

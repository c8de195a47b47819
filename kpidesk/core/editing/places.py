"""Places in a scheme: reading, replacing and walking through nested records by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of fields, and places in lists."""


def at(value: Any, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """What stands at a place."""
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def put(value: T, path: Path, new: object) -> T:
    """The same with something else at a place; every record around it checks itself anew."""
    if not path:
        return new  # type: ignore[return-value]  # a path that ends here says what stands here
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        parts = tuple(value)  # type: ignore[var-annotated, arg-type]  # a number is a place in a list
        changed = put(parts[step], rest, new)
        return (*parts[:step], changed, *parts[step + 1 :])  # type: ignore[return-value]  # a list again
    changed = put(getattr(value, step), rest, new)
    return replace(value, **{step: changed})  # type: ignore[type-var]  # a name is a field of a record


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - any record or list
    """A value with every word, number and record in it changed, the inner ones first."""
    if isinstance(value, tuple):
        return tuple(mapped(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return change(replace(value, **{k: mapped(part, change) for k, part in parts.items()}))
    return change(value)


def records(value: object) -> Iterator[object]:
    """A value and every record in it."""
    if isinstance(value, tuple):
        for one in value:
            yield from records(one)
    elif is_dataclass(value):
        yield value
        for one in fields(value):
            yield from records(getattr(value, one.name))


def words_in(value: object) -> Iterator[str]:
    """Every word in a value: names of facts, results and roles among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from words_in(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from words_in(getattr(value, one.name))

"""A record of a scheme as a form: its fields in order, each with words, value and choices.

The form is made from the records themselves, so that every kind of rule can be filled in; only
the words of their fields are written down (`*_fields.py`).
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeAlias, Union, assert_never, get_args, get_origin, get_type_hints

from kpidesk.core.editing.chosen import choices_as
from kpidesk.core.editing.fields import As, Field
from kpidesk.core.editing.pay_fields import PAY_FIELDS
from kpidesk.core.editing.places import Path, at
from kpidesk.core.editing.quota_fields import QUOTA_FIELDS
from kpidesk.core.editing.rule_fields import RULE_FIELDS
from kpidesk.core.editing.scheme_fields import SCHEME_FIELDS
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Choice, Parameter, ParameterKind, Ref

FIELDS = {**SCHEME_FIELDS, **RULE_FIELDS, **PAY_FIELDS, **QUOTA_FIELDS}
"""Record → field → words."""


class Kind(StrEnum):
    """As what an entry is filled in."""

    NUMBER = "number"
    LIMIT = "limit"  # a number, or "none"
    COUNT = "count"
    TEXT = "text"
    LONG = "long"
    FORMULA = "formula"
    CHOICE = "choice"
    MANY = "many"  # several of the choices
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value to fill in. `path` is where it stands; `home` the field, which may refer to it.

    `parameter` names the parameter that holds the value: each contract may then set another.
    With `either` it may be made one, or stated in the scheme instead.
    """

    path: Path
    home: Path
    kind: Kind
    label: str
    value: Any
    unit: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    share: bool = False
    parameter: str = ""
    either: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins what belongs together."""

    label: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of records, each with a form of its own; a `fixed` one stays as long as it is."""

    path: Path
    label: str
    rows: tuple[tuple[Part, ...], ...]
    fixed: bool = False


Part: TypeAlias = Entry | Heading | Rows


def form_of(scheme: Scheme, path: Path, only: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The form of the record at a place; of some of its fields where they are named."""
    return tuple(_parts(scheme, path, only))


def shape_of(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The form without its values: equal ones look alike but for what is filled in."""
    return tuple(_shape(one) for one in parts)


def words_of(record: object, name: str) -> Field:
    """What a field of a record is called."""
    return FIELDS[type(record)][name]


def _shape(part: Part) -> Part:
    match part:
        case Entry():
            choices = part.choices if part.kind is Kind.MANY else ()
            return replace(part, value=None, choices=choices)
        case Rows():
            return replace(part, rows=())  # a list is shown anew by itself
        case Heading():
            return part
        case _:
            assert_never(part)


def _parts(scheme: Scheme, path: Path, only: tuple[str, ...] = ()) -> Iterator[Part]:
    record = at(scheme, path)
    if isinstance(record, Parameter):
        yield from _parameter_parts(record, path)
        return
    for one in fields(record):
        words = FIELDS[type(record)][one.name]
        if words.how is As.HIDDEN or (only and one.name not in only):
            continue
        if words.how is As.CLAUSE and not scheme.rules:
            continue  # a scheme without a source has no clauses to name
        value = getattr(record, one.name)
        here = (*path, one.name)
        if isinstance(value, tuple) and words.how is As.PLAIN:
            rows = tuple(form_of(scheme, (*here, place)) for place in range(len(value)))
            yield Rows(here, words.label, rows)
        elif is_dataclass(value) and not isinstance(value, Ref):
            if words.label:
                yield Heading(words.label)
            yield from _parts(scheme, here)
        elif (entry := _entry(scheme, record, here, words)) is not None:
            yield entry


def _entry(scheme: Scheme, record: object, path: Path, words: Field) -> Entry | None:
    name = str(path[-1])
    value, hint = getattr(record, name), hints_of(record)[name]
    either = Ref in members_of(hint) and len(members_of(hint)) > 1
    if isinstance(value, Ref):
        return _by_parameter(scheme, value.parameter, path, words, either=either)
    members = members_of(hint)
    records = [one for one in members if is_dataclass(one) and one is not Ref]
    if value is None and (records or members <= {Ref, types.NoneType}):
        return None  # a part that the scheme does not have
    default = next(one.default for one in fields(record) if one.name == name)  # type: ignore[arg-type]  # a record
    return Entry(
        path,
        path,
        _kind(members, words),
        words.label,
        value.value if isinstance(value, Enum) else value,
        words.unit,
        words.hint,
        _choices(scheme, words, value),
        optional=types.NoneType in members or (default is not MISSING and default == ""),
        share=words.how is As.SHARE,
        either=either,
    )


def _kind(members: frozenset[Any], words: Field) -> Kind:
    by_words = {
        As.LONG: Kind.LONG,
        As.FORMULA: Kind.FORMULA,
        As.FACT: Kind.CHOICE,
        As.FIGURE: Kind.CHOICE,
        As.ROLE: Kind.CHOICE,
        As.CLAUSE: Kind.CHOICE,
        As.INDICATOR: Kind.CHOICE,
        As.FACTS: Kind.MANY,
        As.ROLES: Kind.MANY,
        As.PARAMETERS: Kind.MANY,
        As.RESULTS: Kind.MANY,
    }
    if words.how in by_words:
        return by_words[words.how]
    if words.how is As.LINES:
        return Kind.CHOICE if str in members else Kind.MANY
    if words.choices:
        return Kind.CHOICE
    if bool in members:
        return Kind.FLAG
    if int in members:
        return Kind.COUNT
    if Decimal in members:
        return Kind.LIMIT if str in members else Kind.NUMBER
    return Kind.TEXT


def _choices(scheme: Scheme, words: Field, value: object) -> tuple[Choice, ...]:
    found = list(words.choices) or choices_as(scheme, words.how)
    there = {one.value for one in found}
    mine = tuple(map(str, value)) if isinstance(value, tuple) else (str(value or ""),)
    strange = [one for one in mine if one and one not in there] if found else []
    return (*dict.fromkeys(found), *(Choice(one, one) for one in strange))


def _by_parameter(
    scheme: Scheme, name: str, home: Path, words: Field, *, either: bool
) -> Entry | None:
    place = next((n for n, one in enumerate(scheme.parameters) if one.name == name), None)
    if place is None:
        return None  # the check-up tells of it
    entry = default_entry(scheme.parameters[place], ("parameters", place, "default"))
    label = words.label or entry.label
    share = words.how is As.SHARE and not entry.unit
    return replace(entry, home=home, label=label, share=share, parameter=name, either=either)


def default_entry(parameter: Parameter, path: Path) -> Entry:
    """The entry of a parameter's default value."""
    kinds = {
        ParameterKind.NUMBER: Kind.NUMBER,
        ParameterKind.NUMBER_OR_NONE: Kind.LIMIT,
        ParameterKind.CHOICE: Kind.CHOICE,
        ParameterKind.FLAG: Kind.FLAG,
    }
    return Entry(
        path,
        path,
        kinds[parameter.kind],
        parameter.label,
        parameter.default,
        parameter.unit,
        parameter.meaning.replace("none 为", "留空为"),
        parameter.choices,
        optional=parameter.kind is not ParameterKind.FLAG,
    )


def _parameter_parts(parameter: Parameter, path: Path) -> Iterator[Part]:
    words = FIELDS[Parameter]
    for name in ("label", "default", "unit", "meaning"):
        one = words[name]
        here = (*path, name)
        if name == "default":
            entry = default_entry(parameter, here)
            hint = one.hint if entry.optional else ""
            yield replace(entry, label=one.label, hint=hint, unit="")
        elif name != "unit" or parameter.kind in (
            ParameterKind.NUMBER,
            ParameterKind.NUMBER_OR_NONE,
        ):
            kind = Kind.LONG if one.how is As.LONG else Kind.TEXT
            yield Entry(
                here, here, kind, one.label, getattr(parameter, name), optional=name != "label"
            )


@cache
def _hints(record: Any) -> dict[str, Any]:  # noqa: ANN401 - a class, which can be hashed
    return get_type_hints(record)


def hints_of(record: object) -> dict[str, Any]:
    """The type of each field of a record."""
    kind: Any = type(record)
    return _hints(kind)


def members_of(hint: Any) -> frozenset[Any]:  # noqa: ANN401 - a type
    """The alternatives of a type."""
    found = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return frozenset(found)

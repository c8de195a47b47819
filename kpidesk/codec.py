"""Core values ↔ plain data ↔ canonical JSON: one text for one value, so that its hash means it.

Canonical: UTF-8, NFC, sorted keys, no spaces, decimals and dates as text, never a float. A union
of records carries its class as `"kind": "step_deviation"`; a reference to a parameter is
`{"parameter": "name"}`; a fact's value says what it is: `{"number": "1.5"}`.
"""

from __future__ import annotations

import json
import re
import types
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, NoReturn, TypeVar, Union, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_unstructure_fn, override

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.facts import FactValue
from kpidesk.core.settings import Ref

T = TypeVar("T")
_MOST_DIGITS: Final = 500
"""Before or behind the point: no number of ours has as many, and 1e999999999 has all the memory."""
_SCALARS: Final = frozenset({Decimal, str, bool, Ref, types.NoneType})
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")
_NUMBERS, _WORDS = tuple[Decimal, ...], tuple[str, ...]


class CodecError(KpiDeskError):
    """A text that should hold a value of ours holds something else; each problem has its place."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("数据的内容不符合格式：" + "；".join(problems))


def make_converter() -> Converter:
    """A fresh converter for all core values; a caller may register laxer hooks on it."""
    converter = Converter(forbid_extra_keys=True)
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _strictly)
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook(date, _day)
    converter.register_unstructure_hook(Decimal, _decimal_text)
    converter.register_unstructure_hook(date, date.isoformat)
    _register_later(converter)
    _register_records(converter)
    _register_scalars(converter)
    _register_choice_or_ref(converter)
    _register_fact_value(converter)
    return converter


def canonical_json(value: object, as_type: object) -> str:
    """The one text of a value of a type."""
    plain = _shared().unstructure(value, unstructure_as=as_type)
    return unicodedata.normalize("NFC", _encoder().encode(plain))


def from_json(text: str, as_type: type[T]) -> T:
    """The value of a type that a text holds; CodecError says what is wrong and where."""
    try:
        plain = _decoder().decode(text)
        return _shared().structure(plain, as_type)
    except Exception as error:
        # Structuring runs the checks of every value class: whatever they raise is a bad text.
        raise CodecError(tuple(transform_error(error, "内容", describe_problem))) from error


@lru_cache(maxsize=8192)
def fact_value(text: str) -> FactValue:
    """The value of a fact that a text holds: among thousands, the same few again and again."""
    return from_json(text, FactValue)  # type: ignore[arg-type] # a union


def content_hash(text: str) -> str:
    """The SHA-256 of a canonical text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


@cache
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


@cache
def _shared() -> Converter:
    """The converter of canonical JSON, built when first needed; nobody changes it."""
    return make_converter()


def describe_problem(error: BaseException, _: type | None) -> str:
    """One problem in Chinese; our own checks say it themselves."""
    match error:
        case KeyError():
            return f"缺少 {error.args[0]!r}"
        case ForbiddenExtraKeysError():
            return f"多出了 {'、'.join(sorted(map(repr, error.extra_fields)))}"
        case json.JSONDecodeError():
            return f"第 {error.lineno} 行第 {error.colno} 个字不是 JSON"
        case _:
            return str(error)


def _strictly(value: object, wanted: type) -> object:
    if type(value) is not wanted:
        msg = f"应为 {wanted.__name__}，实为 {type(value).__name__}：{value!r}"
        raise TypeError(msg)
    return value


def _decimal(value: object, _: type) -> Decimal:
    if not isinstance(value, str):
        msg = f"小数应写成文本，实为 {type(value).__name__}：{value!r}"
        raise TypeError(msg)
    try:
        number = Decimal(value)
    except InvalidOperation:
        msg = f"“{value}”不是数字"
        raise ValueError(msg) from None
    if not number.is_finite():
        msg = f"“{value}”不是有限的数字"
        raise ValueError(msg)
    if not -_MOST_DIGITS <= number.adjusted() <= _MOST_DIGITS or len(value) > 2 * _MOST_DIGITS:
        msg = "数字的位数过多"
        raise ValueError(msg)
    return number


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        msg = f"{value} is not a finite number"
        raise ValueError(msg)
    return format(value, "f")


def _day(value: object, _: type) -> date:
    return date.fromisoformat(str(_strictly(value, str)))


def _no_float(text: str) -> NoReturn:
    msg = f"{text} 是浮点数，小数应写成文本"
    raise ValueError(msg)


def _members(kind: object) -> frozenset[Any]:
    """The alternatives of a union; empty for any other type."""
    return frozenset(get_args(kind) if get_origin(kind) in (Union, types.UnionType) else ())


def kind_of(record: type) -> str:
    """What a record of a family is called in files: step_deviation for StepDeviation."""
    return _WORD_START.sub("_", record.__name__).lower()


def _register_later(converter: Converter) -> None:
    """Fields that early texts do not have: not written while they hold their default."""

    def later(record: type) -> list[str]:
        return [one.name for one in fields(record) if one.metadata.get("added_later")]

    def has_later(kind: object) -> bool:
        return isinstance(kind, type) and is_dataclass(kind) and bool(later(kind))

    def unstructure(record: type) -> Callable[[object], dict[str, Any]]:
        omitted = {name: override(omit_if_default=True) for name in later(record)}
        return make_dict_unstructure_fn(record, converter, **omitted)  # type: ignore[arg-type]  # its own flags are keywords too

    converter.register_unstructure_hook_factory(has_later, unstructure)


def _register_records(converter: Converter) -> None:
    """Unions of records, told apart by `kind`; one of them may be None."""

    def is_family(kind: object) -> bool:
        records = _members(kind) - {types.NoneType, Ref}
        return len(records) > 1 and all(is_dataclass(one) for one in records)

    def structure(value: object, kind: object) -> object:
        if value is None and types.NoneType in _members(kind):
            return None
        by_name = {kind_of(one): one for one in _members(kind) - {types.NoneType}}
        plain = dict(value) if isinstance(value, dict) else {}
        name = plain.pop("kind", None)
        if name not in by_name:
            msg = f"kind 应为 {'、'.join(sorted(by_name))} 之一，实为 {name!r}"
            raise ValueError(msg)
        return converter.structure(plain, by_name[name])

    def unstructure(value: object) -> object:
        if value is None:
            return None
        return {"kind": kind_of(type(value)), **converter.unstructure(value)}

    converter.register_structure_hook_func(is_family, structure)
    converter.register_unstructure_hook_func(is_family, unstructure)


def _register_scalars(converter: Converter) -> None:
    """Numbers, words, flags and references where a rule or a setting may hold several of them."""

    def is_scalar(kind: object) -> bool:
        members = _members(kind)
        return members <= _SCALARS and len(members - {types.NoneType}) > 1

    def structure(value: object, kind: object) -> object:
        members = _members(kind)
        match value:
            case None | bool() if type(value) in members:
                return value
            case dict() if Ref in members:
                return converter.structure(value, Ref)
            case str() if str in members and not (Decimal in members and _NUMBER.fullmatch(value)):
                return value
            case _ if Decimal in members and not isinstance(value, bool | dict | None):
                return converter.structure(value, Decimal)
            case _:
                wanted = "、".join(sorted(one.__name__ for one in members))
                msg = f"应为 {wanted} 之一，实为 {value!r}"
                raise TypeError(msg)

    def unstructure(value: object) -> object:
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            msg = f"the word {value!r} would read back as a number"
            raise ValueError(msg)
        if isinstance(value, Enum):
            return value.value
        return converter.unstructure(value)

    converter.register_structure_hook_func(is_scalar, structure)
    converter.register_unstructure_hook_func(is_scalar, unstructure)


def _register_choice_or_ref(converter: Converter) -> None:
    """An enumeration's value, or the parameter that holds it."""

    def is_choice(kind: object) -> bool:
        others = _members(kind) - {Ref}
        return others < _members(kind) and all(issubclass(one, Enum) for one in others)

    def structure(value: object, kind: object) -> object:
        wanted = {Ref} if isinstance(value, dict) else _members(kind) - {Ref}
        return converter.structure(value, next(iter(wanted)))

    converter.register_structure_hook_func(is_choice, structure)
    converter.register_unstructure_hook_func(is_choice, converter.unstructure)


def _register_fact_value(converter: Converter) -> None:
    """Facts: a word may look like a number, so each value says which it is."""
    kinds = frozenset(get_args(FactValue))
    by_tag: dict[str, Any] = {
        "number": Decimal,
        "word": str,
        "flag": bool,
        "numbers": _NUMBERS,
        "words": _WORDS,
    }

    def structure(value: object, _: object) -> object:
        match value:
            case dict() if len(value) == 1 and (tag := next(iter(value))) in by_tag:
                return converter.structure(value[tag], by_tag[tag])
            case _:
                msg = f"应为 {'、'.join(by_tag)} 之一，实为 {value!r}"
                raise ValueError(msg)

    def unstructure(value: FactValue) -> object:
        match value:
            case bool():
                return {"flag": value}
            case Decimal():
                return {"number": _decimal_text(value)}
            case str():
                return {"word": value}
            case _ if value and all(isinstance(one, Decimal) for one in value):
                return {"numbers": converter.unstructure(value)}
            case _:
                return {"words": list(value)}

    converter.register_structure_hook_func(lambda kind: _members(kind) == kinds, structure)
    converter.register_unstructure_hook_func(lambda kind: _members(kind) == kinds, unstructure)

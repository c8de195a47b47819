"""What is wrong with plain data that should make a value of a type: where, and what to write."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from kpidesk.codec import kind_of
from kpidesk.core.exact import is_sensible
from kpidesk.core.settings import Ref

_WORDS: Final[dict[type, str]] = {
    str: "文字（加引号）",
    int: "整数",
    bool: " true 或 false",
    Decimal: "数字",
    Ref: '参数，写成 { parameter = "参数名" }',
}


def mistakes(value: object, wanted: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any type
    """Every mistake of form, each with its place; empty when the data has the right form."""
    origin = get_origin(wanted)
    if origin is tuple:
        yield from _list(value, get_args(wanted)[0], path)
    elif origin in (Union, types.UnionType):
        yield from _union(value, frozenset(get_args(wanted)), path)
    elif is_dataclass(origin or wanted):
        yield from _record(value, wanted, path)
    else:
        yield from _scalar(value, frozenset((wanted,)), path)


def _list(value: object, wanted: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any type
    if not isinstance(value, list):
        yield f"{path}：应为列表，写成 [ … ]，或每项一个 [[ ]]；现在是{_shown(value)}"
        return
    for place, one in enumerate(value, start=1):
        yield from mistakes(one, wanted, f"{path} 第 {place} 项{_named(one)}")


def _union(value: object, members: frozenset[Any], path: str) -> Iterator[str]:
    records = [one for one in members if is_dataclass(one) and one is not Ref]
    if len(records) > 1:
        yield from _family(value, records, path)
    elif records and (isinstance(value, dict) or members == {*records, types.NoneType}):
        yield from _record(value, records[0], path)
    elif Ref in members and isinstance(value, dict):
        yield from _record(value, Ref, path)
    else:
        yield from _scalar(value, members - {types.NoneType}, path)


def _family(value: object, records: list[Any], path: str) -> Iterator[str]:
    """One of several records, told apart by `kind`."""
    by_kind = {kind_of(one): one for one in records}
    if not isinstance(value, dict):
        yield f"{path}：应为一张表，写明 kind 和各项；现在是{_shown(value)}"
        return
    kind = value.get("kind")
    if isinstance(kind, str) and kind in by_kind:
        rest = {key: one for key, one in value.items() if key != "kind"}
        yield from _record(rest, by_kind[kind], path)
        return
    listed = "、".join(sorted(by_kind))
    what = "缺少 kind" if kind is None else f"没有“{kind}”这种 kind"
    yield f"{path}：{what}{_near(kind, by_kind)}可用的有：{listed}"


def _record(value: object, record: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any type
    if not isinstance(value, dict):
        hint = _WORDS.get(record, "一张表，写成 { … } 或 [名称]")
        yield f"{path}：应为{hint}；现在是{_shown(value)}"
        return
    known = _hints(record)
    needed = {
        one.name
        for one in fields(get_origin(record) or record)
        if one.default is MISSING and one.default_factory is MISSING
    }
    strange = [key for key in value if key not in known]
    respelt = {get_close_matches(key, list(known), n=1)[0] for key in strange if _close(key, known)}
    for key in strange:
        yield f"{path}：没有“{key}”这一项{_near(key, known)}"
    for key in sorted(needed - value.keys() - respelt):
        yield f"{path}：缺少“{key}”"
    for key, one in value.items():
        if key in known:
            yield from mistakes(one, known[key], f"{path} → {key}" if path else key)


@cache
def _hints(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any type
    """The type of each field; of a generic record with its own argument put in."""
    plain = get_origin(record) or record
    known = get_type_hints(plain)
    hints = {one.name: known[one.name] for one in fields(plain)}
    if plain is record:
        return hints
    argument = get_args(record)[0]
    return {
        name: argument
        if isinstance(hint, TypeVar)
        else (hint[argument] if getattr(hint, "__parameters__", ()) else hint)
        for name, hint in hints.items()
    }


def _scalar(value: object, members: frozenset[Any], path: str) -> Iterator[str]:
    """A number, word, flag, choice or day."""
    choices = [one for one in members if isinstance(one, type) and issubclass(one, Enum)]
    plain = members - set(choices)
    match value:
        case Decimal() if not value.is_finite():
            good = False
        case bool():
            good = bool in plain
        case int() | Decimal() if not is_sensible(Decimal(value)):
            yield f"{path}：数字过大或位数过多，请核对"
            return
        case int():
            good = int in plain or Decimal in plain
        case Decimal():
            good = Decimal in plain
        case str():
            good = str in plain or value in {one.value for kind in choices for one in kind}
        case date():
            good = date in plain
        case _:
            good = False
    if good:
        return
    allowed = [str(one.value) for kind in choices for one in kind]
    wanted = [_WORDS[one] for one in _WORDS if one in plain]
    wanted += ["下列之一：" + "、".join(allowed)] if allowed else []
    hint = _near(value, allowed) if isinstance(value, str) else "。"
    yield f"{path}：应为{'、或'.join(wanted)}；现在是{_shown(value)}{hint}"


def _near(wrong: object, known: object) -> str:
    """Which known name a wrong one may stand for."""
    close = _close(wrong, known)
    return f"，是不是“{close}”？" if close else "。"


def _close(wrong: object, known: object) -> str:
    names = list(known) if isinstance(known, dict | list) else []
    found = get_close_matches(str(wrong), names, n=1)
    return found[0] if found else ""


def _named(value: object) -> str:
    """What an item of a list calls itself."""
    if isinstance(value, dict):
        for key in ("name", "id", "label", "result", "title"):
            if isinstance(value.get(key), str):
                return f"（{value[key]}）"
    return ""


def _shown(value: object) -> str:
    match value:
        case bool():
            return " true" if value else " false"
        case str():
            return f"文字“{value}”"
        case int() | Decimal():
            return f"数字 {value}"
        case list():
            return "列表"
        case dict():
            return "一张表"
        case _:
            return f" {value}"

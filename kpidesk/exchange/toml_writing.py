"""Plain data → TOML: the few forms that scheme files need, to be read and changed by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(tables: Mapping[str, Any]) -> str:
    """Words and lists first, then tables and lists of tables; nothing that is None or empty."""
    flat = {key: one for key, one in tables.items() if not _has_tables(one)}
    lines = [f"{_key(key)} = {_value(one)}" for key, one in flat.items() if _is_there(one)]
    for key, one in tables.items():
        if key not in flat and _is_there(one):
            lines += _table(_key(key), one)
    return "\n".join(lines) + "\n"


def _table(path: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """A table, or each of a list of tables, under its heading."""
    several = isinstance(value, list)
    for one in value if several else [value]:
        yield ""
        yield f"[[{path}]]" if several else f"[{path}]"
        below = {key: part for key, part in one.items() if several and _has_tables(part)}
        for key, part in one.items():
            if key not in below and _is_there(part):
                yield f"{_key(key)} = {_value(part)}"
        for key, part in below.items():
            if _is_there(part):
                yield from _table(f"{path}.{_key(key)}", part)


def _has_tables(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    )


def _is_there(value: object) -> bool:
    return value is not None and value not in ([], {})


def _value(value: Any) -> str:  # noqa: ANN401 - plain data
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            parts = (f"{_key(key)} = {_value(one)}" for key, one in value.items() if _is_there(one))
            return f"{{ {', '.join(parts)} }}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)

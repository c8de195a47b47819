"""TOML with exact numbers, and the line on which a name stands, so that a mistake can be found."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpidesk.core.errors import KpiDeskError

_HEADER = re.compile(r"\s*\[+\s*(?P<path>[^\]]+?)\s*\]+")
_KEY = re.compile(r"""\s*(?P<key>"[^"]*"|'[^']*'|[\w.\-]+)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w\-]+)""")


class TomlFileError(KpiDeskError):
    """A file cannot be read as TOML; the message says the file, the line and what is wrong."""


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The file's tables (numbers as Decimal or int) and its text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        msg = f"{path.name}：不是 UTF-8 文本(第 {problem.start} 个字节)，请用 UTF-8 编码另存"
        raise TomlFileError(msg) from None
    except OSError as problem:
        msg = f"{path}：无法读取({problem.strerror})，请检查路径和权限"
        raise TomlFileError(msg) from None
    try:
        return tomllib.loads(text, parse_float=Decimal), text
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        where = f"第 {found[1]} 行" if found else "文件末尾"
        msg = f"{path.name}：{where}有语法错误，不是有效的 TOML({problem})"
        raise TomlFileError(msg) from None


def line_of(text: str, *path: str) -> int | None:
    """The number of the line that gives a key, by its path of table and key names.

    The deepest part of the path that is written in the file counts; None when none is. Array
    tables are found by the first that holds the key.
    """
    table: list[str] = []
    best: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header["path"])
            here = table
        elif key := _KEY.match(line):
            here = table + _parts(key["key"])
        else:
            continue
        shared = _shared(here, path)
        if shared == len(here) and shared and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best else None


def _parts(dotted: str) -> list[str]:
    return [next(one for one in found if one) for found in _PART.findall(dotted) if any(found)]


def _shared(here: list[str], path: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(here, path, strict=False):
        if one != other:
            break
        count += 1
    return count

"""TOML with exact numbers, and the line on which a name stands, so that a mistake can be found."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpidesk.core.errors import KpiDeskError

_HEADER = re.compile(r"\s*\[+\s*(?P<path>[^\]]+?)\s*\]+")
_NAME = r"""(?:"[^"]*"|'[^']*'|[\w\-]+)"""
_KEY = re.compile(rf"\s*(?P<key>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w\-]+)""")

_MOST_BYTES = 3_000_000
"""A scheme is a hundredth of this."""
_COMPLAINTS = (
    ("Cannot overwrite a value", "同一个名称写了两次"),
    ("Cannot declare", "同一张表写了两次"),
    ("Cannot mutate", "同一张表写了两次"),
    ("Expected '=' after a key", "名称后面缺少“=”；含中文的名称要加引号"),
    ("Expected newline or end of document", "一行只能写一项，多出的内容请另起一行"),
    ("Invalid value", "值写得不对，文字要加引号"),
    ("Invalid statement", "名称写得不对；含中文的名称要加引号"),
    ("Invalid initial character for a key part", "名称写得不对；含中文的名称要加引号"),
    ("Unterminated string", "引号没有成对"),
    ("Illegal character", "引号没有成对，或含有不可见字符"),
    ("Unclosed array", "方括号没有成对"),
    ("Unclosed inline table", "花括号没有成对"),
    ("Expected ']'", "方括号没有成对"),
    ("Invalid date or datetime", "没有这一天；不存在的日期只能写在引号里"),
)


class TomlFileError(KpiDeskError):
    """A file cannot be read as TOML; the message says the file, the line and what is wrong."""


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The file's tables (numbers as Decimal or int) and its text."""
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            msg = f"{path.name}：有 {size // 1_000_000} MB，太大了，请核对是否选对了文件"
            raise TomlFileError(msg)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        msg = f"{path.name}：不是 UTF-8 文本(第 {problem.start} 个字节)，请用 UTF-8 编码另存"
        raise TomlFileError(msg) from None
    except OSError as problem:
        msg = f"{path}：无法读取({_reason(path, problem)})，请检查路径和权限"
        raise TomlFileError(msg) from None
    try:
        return tomllib.loads(text, parse_float=Decimal), text
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        where = f"第 {found[1]} 行" if found else "文件末尾"
        msg = f"{path.name} {where}有语法错误，不是有效的 TOML：{_in_chinese(str(problem))}"
        raise TomlFileError(msg) from None
    except (ValueError, RecursionError):  # numbers of thousands of digits; nested without end
        msg = f"{path.name}：数字过长，或括号嵌套过深，不能读取，请核对文件内容"
        raise TomlFileError(msg) from None


def _reason(path: Path, problem: OSError) -> str:
    """Why a file cannot be read, in Chinese; the system's own words where it is another reason."""
    match problem:
        case FileNotFoundError():
            return "没有这个文件"
        case IsADirectoryError() | PermissionError() if path.is_dir():  # Windows denies a folder
            return "这是文件夹，不是文件"
        case PermissionError():
            return "没有权限"
        case _:
            return str(problem.strerror)


def _in_chinese(problem: str) -> str:
    """What the reader of TOML complains of; its own words where they are not known to us."""
    return next((text for start, text in _COMPLAINTS if problem.startswith(start)), problem)


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Where each key and table of a TOML text stands, by its path of names; lines from 1.

    The tables of an array are told apart by their number: ("people", "2", "role").
    """
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header["path"])
            if line.lstrip().startswith("[["):
                count = sum(1 for path in lines if path[:-1] == table and path[-1].isdecimal())
                lines.setdefault(table, number)
                table = (*table, str(count + 1))
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_parts(key["key"]))
        else:
            continue
        lines.setdefault(here, number)
    return lines


def line_of(lines: dict[tuple[str, ...], int], *path: str) -> int | None:
    """The line of a key, or of the innermost table around it that is written; None for neither."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next((one for one in found if one), "") for found in _PART.findall(dotted))

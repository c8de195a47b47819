"""Scheme files with something wrong in them, as many as are wanted, the same for the same seed."""

from __future__ import annotations

import random
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.lint.check_up import check_up
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.exchange.scheme_file import read_scheme, scheme_toml
from kpidesk.exchange.toml_writing import toml_text

_VALUES: Final[tuple[Any, ...]] = (
    "", " ", "\x00", "\u202e倒", "<b>粗</b>", "=1+1", "../../etc/passwd", "很" * 5000, "一",
    "１００", 0, -1, 1, 100, 10**18, -(10**40), True, False, [], {}, ["a"], {"kind": "x"},
    [[[[]]]],     Decimal("0.1"), Decimal("-0.0"), Decimal("1E+400"), Decimal("1E-400"),
    Decimal("Infinity"), Decimal("NaN"), 9**999,
    "1/0", "9**9**9", "(" * 500 + "1" + ")" * 500, "-" * 2000 + "1", "完成率 * 完成率",
    "若 1 > 0 则 1", "sum(", "1e999", "0.1 + ", "max()", "month", "score", "__import__('os')",
)  # fmt: skip


def broken_scheme(folder: Path, seed: int) -> Path:
    """One file: a built-in scheme with values, names, tables or mere bytes changed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    path = folder / f"{seed}.toml"
    text = scheme_toml(builtin_scheme(dice.choice(builtin_ids())))
    if dice.randrange(4) == 0:
        path.write_bytes(_garbled(text.encode(), dice))
        return path
    tables = tomllib.loads(text, parse_float=Decimal)
    for _ in range(dice.choice((1, 1, 1, 2, 5, 20))):
        _break(tables, dice)
    try:
        path.write_text(toml_text(tables), encoding="utf-8")
    except (TypeError, ValueError, RecursionError):  # no such file can be written
        path.write_bytes(_garbled(text.encode(), dice))
    return path


def outcome(path: Path) -> str:
    """Read a file, and check the scheme up when it is one; any other error than ours is raised."""
    try:
        scheme = read_scheme(path)
    except KpiDeskError as error:
        return _named(error, path)
    findings = check_up(scheme)
    scheme_toml(scheme)
    return "found faulty" if findings.flaws else "read"


def _named(error: KpiDeskError, path: Path) -> str:
    assert path.name in str(error), error
    return "refused"


def _garbled(text: bytes, dice: random.Random) -> bytes:
    if dice.randrange(8) == 0:
        return dice.randbytes(dice.randrange(4000))
    whole = bytearray(text)
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(whole))
        match dice.randrange(4):
            case 0:
                whole[at] ^= 1 << dice.randrange(8)
            case 1:
                del whole[at : at + dice.randrange(1, 200)]
            case 2:
                whole[at:at] = whole[: dice.randrange(1, 400)]
            case _:
                whole[at:at] = dice.choice(
                    (b"[", b"]", b'"', b"\n", b"{", b"=", b"\x00", b"[" * 3000)
                )
        if not whole:
            whole = bytearray(b"x")
    return bytes(whole)


def _break(tables: dict[str, Any], dice: random.Random) -> None:
    """Change one thing, anywhere in the tree."""
    inner: Any = tables
    while True:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        if not keys:
            return
        key = dice.choice(keys)
        below = inner[key]
        if not isinstance(below, (dict, list)) or not below or dice.randrange(6) == 0:
            break
        inner = below
    match dice.randrange(6):
        case 0:
            del inner[key]
        case 1 if isinstance(inner, dict):
            inner[str(dice.choice(_VALUES))[:40]] = inner.pop(key)
        case 2 if isinstance(inner, list):
            inner.extend([below] * dice.choice((1, 2, 50)))
        case 3:
            words = _words(tables)
            inner[key] = dice.choice(words)
        case _:
            inner[key] = dice.choice(_VALUES)


def _words(tree: Any) -> list[Any]:  # noqa: ANN401 - any value of a TOML file
    """All values of the tree: one of them in another's place is the likeliest mistake."""
    if isinstance(tree, dict):
        return [word for below in tree.values() for word in _words(below)]
    if isinstance(tree, list):
        return [word for below in tree for word in _words(below)]
    return [tree]

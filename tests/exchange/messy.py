"""Messy and hostile workbooks, as many as are wanted, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Final

from tests.exchange.books import raw_book, write_book

_HEADS: Final = ("工号", "姓名", "所属部门", "职位", "直接上级", "入职时间", "离职日期", "备注")
_CELLS: Final = (
    "", " ", "　", "G001", "Ｇ００２", "王小明", "王\n小明", "=1+1", "@SUM(A1)", "+86", "-", "'",
    "\x7f", "总部/销售部", "a//b", "/", "1月5日", "2025-02-30", "20250105", "2025年1月5日", "12万",
    "￥1,234", "#DIV/0!", "#N/A", "TRUE", "1e5", "九十五", "１２３", "𠮷" * 70, "超" * 500,
    "http://x", "<b>x</b>", 0, 1, -1, 0.1, 1e15, 110105199003071234, 45662, 99999999, True, False,
    date(1999, 12, 31),
)  # fmt: skip
_BODIES: Final = (
    '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
    '<row r="1"><c r="A1"><f>A1</f></c></row>',
    '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t>工号</t></is></c></row>',
    '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
    '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
    '<row r="0"><c r="A0"><v>x</v></c></row>',
    "<row><c><v>1</v></c><c/><c><v>",
    '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    '<row r="1"><c r="A1"><v>NaN</v></c></row>',
)


def messy_book(folder: Path, seed: int) -> Path:
    """One file: a table with anything in its cells, raw XML, a damaged file, or mere bytes."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    kind = dice.randrange(10)
    suffix = dice.choice((".xlsx", ".xls", ".csv"))
    path = folder / f"{seed}{suffix}"
    if kind == 0:
        path.write_bytes(dice.randbytes(dice.randrange(1, 4000)))
        return path
    if kind == 1:
        return raw_book(path, dice.choice(_BODIES))
    heads = dice.sample(_HEADS, dice.randrange(3, len(_HEADS) + 1))
    rows: list[list[object]] = [[dice.choice(_CELLS)] for _ in range(dice.randrange(3))]
    rows.append([*heads])
    rows += [[dice.choice(_CELLS) for _ in heads] for _ in range(dice.randrange(1, 30))]
    if kind == 2:
        text = "\n".join(dice.choice(",\t;").join(str(one) for one in row) for row in rows)
        path.write_bytes(text.encode(dice.choice(("utf-8", "gb18030", "utf-16"))))
        return path
    write_book(path, rows, percent=dice.random() < 0.1)
    if kind == 3:
        bad = bytearray(path.read_bytes())
        for _ in range(dice.randrange(1, 9)):
            bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(bad[: dice.randrange(len(bad) // 2, len(bad) + 1)]))
    return path

"""The derivation annex: every result with its steps, its clauses and the source of each input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportlab.lib.units import mm

from kpidesk.core.explain import Line, explain
from kpidesk.core.figure import Figure
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Result
from kpidesk.core.scheme import Scheme
from kpidesk.documents.blocks import cell, heads
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import CELL, CELL_SMALL, CELL_STRONG, GREY
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Block, Text

_NOTE = CELL_SMALL.but(color=GREY)
_DEEPER = 3 * mm
_RESULT = 42 * mm


def derivation_grid(
    results: Sequence[Result], scheme: Scheme, say: Callable[[str], str] = str
) -> Grid:
    """One row for each result of one subject; a step that was told before is not told again.

    `say` puts texts into other words (periods in Chinese).
    """
    seen: set[Figure] = set()
    rows = [heads("结果", "计算过程与依据")]
    rows += [_row(result, scheme, seen, say) for result in results]
    return Grid(rows, (_RESULT, TEXT_WIDTH - _RESULT), heads=1)


def _row(result: Result, scheme: Scheme, seen: set[Figure], say: Callable[[str], str]) -> Row:
    said_already = result.period == CYCLE or result.period in result.title
    when = "" if said_already else result.period
    name = [say(one) for one in (result.title, when) if one]
    what = Cell((*cell(*name).content, Text(result.shown, CELL_STRONG)))
    lines = explain(result.derivation, seen) if result.derivation else ()
    content = tuple(_blocks(lines, scheme, say)) or (Text("直接记录，没有计算过程。", _NOTE),)
    return Row((what, Cell(content)))


def _blocks(lines: Sequence[Line], scheme: Scheme, say: Callable[[str], str]) -> Iterator[Block]:
    told: set[str] = set()
    for line in lines:
        left = line.depth * _DEEPER
        yield Text(say(line.text), (CELL if line.depth == 0 else CELL_SMALL).but(left=left))
        rule = scheme.rule(line.clause)
        notes = [f"来源：{say(line.origin.source)}"] if line.origin.source else []
        if rule is not None and rule.id not in told:
            told.add(rule.id)
            notes.append(f"条款 {rule.id} 原文：“{rule.phrase}”")
        if notes:
            yield Text("　".join(notes), _NOTE.but(left=left))

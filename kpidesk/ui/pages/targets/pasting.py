"""Pasting a block: every cell finds its place, or nothing is pasted and each problem is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpidesk.ui.pages.targets.columns import figure_text, place_of
from kpidesk.ui.pages.targets.edits import with_cells
from kpidesk.ui.pages.targets.rows import rows_of
from kpidesk.usecases.targets import read_block

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kpidesk.core.target_plan import TargetPlan
    from kpidesk.ui.pages.targets.rows import GridRow
    from kpidesk.ui.table import Column
    from kpidesk.usecases.targets import Pasted, PlanView

_NAMED = 12


@dataclass(frozen=True, slots=True)
class Target:
    """Where a block goes: the plan, the rows and columns from its first cell on."""

    view: PlanView
    plan: TargetPlan
    rows: Sequence[GridRow]
    columns: Sequence[Column[GridRow]]
    grouped: bool


def paste(text: str, target: Target) -> tuple[TargetPlan, int]:
    """The plan with the block in it, and how many figures it has; ValueError names each problem."""
    rows, columns = len(target.rows), len(target.columns)
    block = read_block(text, target.plan.unit, rows=rows, columns=columns)
    problems: list[str] = []
    cells: dict[tuple[str, int], Decimal | None] = {}
    sums: list[tuple[GridRow, Column[GridRow], Pasted]] = []
    for row, line in zip(target.rows, block, strict=False):
        for column, cell in zip(target.columns, line, strict=False):
            place = place_of(column.key)
            if cell.problem:
                problems.append(f"{_named(row, column, cell)}：{cell.problem}")
            elif place is not None and row.may_set(place):
                cells[row.key, place] = cell.figure
            elif cell.figure is not None:
                sums.append((row, column, cell))
    after = with_cells(target.plan, {one.key: one for one in target.rows}, cells)
    problems += _untrue(target, after, sums)
    if problems:
        more = f"\n……共 {len(problems)} 处" if len(problems) > _NAMED else ""
        raise ValueError("\n".join(problems[:_NAMED]) + more)
    return after, len(cells)


def _untrue(
    target: Target, after: TargetPlan, sums: Sequence[tuple[GridRow, Column[GridRow], Pasted]]
) -> list[str]:
    """Pasted cells that cannot be set, and are not what comes out there."""
    if not sums:
        return []
    rows = {one.key: one for one in rows_of(target.view, after, grouped=target.grouped)}
    problems = []
    for row, column, cell in sums:
        now = rows[row.key]
        comes_to = column.text(now)
        if cell.figure is not None and comes_to != figure_text(cell.figure, now):
            said = f"计算结果是 {comes_to}" if comes_to else "没有数"
            problems.append(f"{_named(row, column, cell)}：这一格不能填写，{said}")
    return problems


def _named(row: GridRow, column: Column[GridRow], cell: Pasted) -> str:
    return f"粘贴内容第 {cell.row + 1} 行第 {cell.column + 1} 列（{row.name} {column.title}）"

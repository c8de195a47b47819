"""What is done to a plan in the grid: pure functions, and the edit that the undo stack keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpidesk.core.target_plan import TOTAL, PlanLine, TargetPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kpidesk.ui.pages.targets.rows import GridRow

    Cells = Mapping[tuple[str, int], Decimal | None]
    """Figures by the key of a row and a place in it."""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Replaces the plan."""

    label: str
    plan: TargetPlan

    def apply(self, draft: TargetPlan) -> tuple[TargetPlan, SetPlan]:
        """The new plan, and how to take it back."""
        return self.plan, SetPlan(self.label, draft)


def with_cells(plan: TargetPlan, rows: Mapping[str, GridRow], cells: Cells) -> TargetPlan:
    """The plan with these figures; cells that may not be set are passed over."""
    lines: dict[int, PlanLine] = {}
    for (key, place), figure in cells.items():
        row = rows[key]
        if not row.may_set(place):
            continue
        if row.person is not None:
            line = lines.get(row.person.id) or plan.line(row.person.id) or plan.blank(row.person.id)
            lines[row.person.id] = line.put(place, figure)
        elif row.department is not None:
            plan = plan.with_department(row.department.id, figure)
        else:
            plan = replace(plan, total=figure)
    return plan.with_lines(lines.values())


def filled(
    rows: Sequence[GridRow], places: Sequence[int], *, down: bool
) -> dict[tuple[str, int], Decimal | None]:
    """The first row (or column) of a block in all others of it."""
    cells: dict[tuple[str, int], Decimal | None] = {}
    for number, row in enumerate(rows):
        for order, place in enumerate(places):
            first = rows[0].at(place) if down else row.at(places[0])
            if (number if down else order) > 0:
                cells[row.key, place] = first
    return cells


def with_locks(
    plan: TargetPlan, rows: Iterable[GridRow], places: Sequence[int], *, is_on: bool
) -> TargetPlan:
    """The plan with these cells locked, or no longer."""
    lines: list[PlanLine] = []
    for row in rows:
        if row.person is None or row.line is None:
            continue
        line = row.line
        for place in places:
            if row.may_set(place):
                line = line.lock(place, is_on=is_on)
        lines.append(line)
    return plan.with_lines(lines)


def place_name(plan: TargetPlan, place: int) -> str:
    """全年, 3月."""
    return "全年" if place == TOTAL else f"{plan.months[place].start.month}月"

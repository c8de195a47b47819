"""The columns of the grid: who, what is not assigned, the year, its months and quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.contract import ContractState
from kpidesk.core.target_plan import TOTAL
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.targets.rows import QUARTER, GridRow
from kpidesk.ui.table import Column
from kpidesk.ui.words import contract_state_text, lined_text, number_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from kpidesk.core.target_plan import TargetPlan

    Edit = Callable[[GridRow, int, str], object]

FROZEN = 3
"""Name, 未分配 and the year stay in view."""
_NAME, _REST, _TOTAL, _MONTH, _QUARTER, _STATE = 158, 96, 112, 84, 96, 170
_INDENT = "　"
_QUARTERS = "一二三四"


def grid_columns(plan: TargetPlan, edit: Edit) -> list[Column[GridRow]]:
    """The columns of a plan; `edit` is asked for a figure typed in a row at a place."""
    columns = [
        Column("name", "姓名", _name, tip=_tip, bold=_bold, shade=_group, width=_NAME),
        Column(
            "rest",
            "未分配",
            lambda row: figure_text(row.unassigned, row),
            right=True,
            ink=_rest_ink,
            bold=lambda row: bool(row.unassigned),
            shade=_computed,
            tip=_rest_tip,
            width=_REST,
        ),
        _figure("total", "全年" if plan.is_monthly else "目标", TOTAL, edit, _TOTAL),
    ]
    columns += [
        _figure(f"m{place}", _month(plan, place), place, edit, _MONTH)
        for place in range(len(plan.months))
    ]
    columns += [
        Column(
            f"q{number}",
            _quarter(plan, number),
            lambda row, number=number: figure_text(row.quarter(number), row),  # type: ignore[misc]  # bound early
            right=True,
            bold=_bold,
            shade=_computed,
            width=_QUARTER,
        )
        for number in range(-(-len(plan.months) // QUARTER))
    ]
    columns.append(
        Column("state", "责任书", _state, ink=_state_ink, tip=_tip, shade=_group, width=_STATE)
    )
    return columns


def place_of(key: str) -> int | None:
    """Which place of a line a column shows; None for one that shows something else."""
    if key == "total":
        return TOTAL
    return int(key[1:]) if key.startswith("m") else None


def _figure(key: str, title: str, place: int, edit: Edit, width: int) -> Column[GridRow]:
    def shade(row: GridRow) -> Tone | None:
        return None if row.may_set(place) else Tone.NEUTRAL

    def ink(row: GridRow) -> Tone | None:
        summed = place == TOTAL and not row.is_asked
        return Tone.NEUTRAL if summed else shade(row)

    return Column(
        key,
        title,
        lambda row: figure_text(row.at(place), row),
        right=True,
        edit=lambda row, typed: edit(row, place, typed),
        editable=lambda row: row.may_set(place),
        bold=_bold,
        ink=ink,
        shade=shade,
        icon=lambda row: "lock" if row.is_locked(place) or _is_fixed(row, place) else None,
        tip=lambda row: _cell_tip(row, place),
        width=width,
    )


def given_text(what: str, rest: Decimal, unit: str) -> str:
    """How much is not given to people or months yet, or too much."""
    if not rest:
        return f"已全部分到{what}"
    said = f"未分到{what}" if rest > 0 else f"多分到{what}"
    return f"{said} {number_text(abs(rest))} {unit}".rstrip()


def figure_text(figure: Decimal | None, row: GridRow) -> str:
    """As it stands in the row."""
    return "" if figure is None else lined_text(figure, row.places)


def _name(row: GridRow) -> str:
    return f"{_INDENT * row.depth}{row.name}"


def _group(row: GridRow) -> Tone | None:
    return Tone.NEUTRAL if row.is_group else None


def _computed(_: GridRow) -> Tone:
    return Tone.NEUTRAL


def _bold(row: GridRow) -> bool:
    return row.is_group


def _is_fixed(row: GridRow, place: int) -> bool:
    """Whether a contract on paper says the whole of it."""
    return place == TOTAL and row.person is not None and row.person.is_fixed


def _state(row: GridRow) -> str:
    if row.person is None:
        return ""
    agreed = row.person.issued or row.person.draft
    if agreed is None:
        return "未拟定"
    said = contract_state_text(agreed.state)
    return f"{said}，与计划不同" if row.lags else said


def _state_ink(row: GridRow) -> Tone | None:
    if row.lags:
        return Tone.WARN
    agreed = row.person and (row.person.issued or row.person.draft)
    return Tone.GOOD if agreed and agreed.state is ContractState.SIGNED else None


def _tip(row: GridRow) -> str:
    person = row.person
    if person is None:
        return ""
    who = f"{person.name}　工号 {person.number}　{person.post}"
    if person.is_fixed and (issued := person.issued):
        said = contract_state_text(issued.state)
        return f"{who}\n责任书 {issued.number} {said}，目标以责任书为准；要变更请另立补充协议。"
    if row.lags:
        return f"{who}\n责任书草稿与计划不同；发布计划时可一并更新草稿。"
    return who


def _cell_tip(row: GridRow, place: int) -> str:
    if row.is_locked(place):
        return "已锁定：分解时不变（Ctrl+Shift+L 解锁）"
    person = row.person
    if person is None or row.may_set(place):
        return ""
    if place != TOTAL and place not in person.served:
        return f"{person.name}这个月不在职"
    return _tip(row)


def _rest_ink(row: GridRow) -> Tone | None:
    return Tone.BAD if row.unassigned else None


def _rest_tip(row: GridRow) -> str:
    if not row.unassigned:
        return ""
    if row.not_given:
        return f"其中 {number_text(row.not_given)} 还没有分到人"
    return "全年目标减各月合计；负数表示各月已超过全年"


def _month(plan: TargetPlan, place: int) -> str:
    month = plan.months[place].start
    return f"{month.month}月"


def _quarter(plan: TargetPlan, number: int) -> str:
    """一季度 where it is one of the calendar, else the months."""
    months = plan.months[number * QUARTER : (number + 1) * QUARTER]
    first = months[0].start.month
    if len(months) == QUARTER and first % QUARTER == 1:
        return f"{_QUARTERS[first // QUARTER]}季度"
    return f"{first}–{months[-1].start.month}月"

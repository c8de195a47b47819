"""Publishing a plan: asks whether drafts of contracts follow, and, from the second time, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.exact import ZERO
from kpidesk.ui.forms import CheckField, Form, FormDialog, MultilineField
from kpidesk.ui.pages.targets.columns import given_text
from kpidesk.ui.widgets import label
from kpidesk.ui.words import number_text
from kpidesk.usecases import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from kpidesk.ui.pages.targets.page import TargetsPage
    from kpidesk.ui.pages.targets.rows import GridRow
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.targets import Published

_NAMED = 6


def publish(page: TargetsPage) -> FormDialog | None:
    """Ask, then publish what is being worked on."""
    view = page.view
    if view is None:
        return None
    rows = [one for one in page.rows() if not one.is_group]
    company = page.rows()[0]
    form = Form(page.desk.look)
    form.add_widget(label(_summary(rows, company, view.plan.unit), wrap=True))
    is_change = view.revision > 0
    reason = MultilineField("修订理由", required=True, hint="记入修订记录和操作日志。")
    if is_change:
        form.add(reason)
    lagging = [one for one in rows if one.lags]
    follow = CheckField(f"同时更新 {len(lagging)} 份责任书草稿的目标：{_names(lagging)}")
    follow.set_value(value=bool(lagging))
    if lagging:
        form.add(follow)

    def act() -> Callable[[Company], Published]:
        why = reason.value() if is_change else ""
        key, follows = view.key, follow.value()
        actor, today = page.desk.officer, page.desk.today
        return lambda company: targets.publish(
            company, key, reason=why, follow=follows, actor=actor, today=today
        )

    def done(made: Published) -> None:
        page.undo.clear()
        if page.grid is not None:
            page.grid.setFocus()
        followed = f"，{made.followed} 份责任书草稿已更新" if made.followed else ""
        page.desk.tell(f"已发布{view.plan.label}的目标计划（第 {made.number} 次）{followed}")

    title = "发布修订" if is_change else "发布目标计划"
    dialog = FormDialog(page.desk, page, title, form, act=act, save="发布", done=done)
    dialog.open()
    return dialog


def bring_drafts(page: TargetsPage) -> None:
    """Let drafts that differ say what the published plan says."""
    view = page.view
    if view is None:
        return
    key, desk = view.key, page.desk
    actor, today = desk.officer, desk.today

    def done(made: Published) -> None:
        desk.tell(f"已更新 {made.followed} 份责任书草稿的目标")

    desk.act(
        lambda company: targets.bring_drafts(company, key, actor=actor, today=today),
        done,
        owner=page,
    )


def _summary(rows: Sequence[GridRow], company: GridRow, unit: str) -> str:
    filled = [one for one in rows if one.total is not None]
    empty = [one for one in rows if one.total is None]
    said = f"{len(filled)} 人有目标"
    if company.total is not None:
        said += f"，合计 {number_text(company.total)} {unit}".rstrip()
    for what, rest in (("人", company.not_given), ("月", _not_in_months(rows))):
        if rest:
            said += f"；{given_text(what, rest, unit)}"
    if empty:
        said += f"；{len(empty)} 人还没有目标：{_names(empty)}"
    return f"{said}。\n发布以后再改要写明理由；拟定责任书时自动带出这里的目标。"


def _not_in_months(rows: Sequence[GridRow]) -> Decimal:
    """What was given to people, and not to their months."""
    return sum((one.unassigned or ZERO for one in rows), ZERO)


def _names(rows: Sequence[GridRow]) -> str:
    names = "、".join(one.name for one in rows[:_NAMED])
    return f"{names} 等" if len(rows) > _NAMED else names

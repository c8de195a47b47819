"""Who decides in the window: the general manager, or the officer from a paper on their behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.users import Role
from kpidesk.ui.forms import TextField

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms import Form


def deciding(desk: Desk) -> str | None:
    """The general manager's name where they are signed in: nobody else decides then."""
    user = desk.company.user if desk.company is not None else None
    return user.name if user is not None and user.role is Role.MANAGER else None


def paper_field(desk: Desk, form: Form, *, required: bool = True) -> TextField | None:
    """代录依据: asked of an officer where the general manager could sign in and decide."""
    user = desk.company.user if desk.company is not None else None
    if user is None or user.role is Role.MANAGER:
        return None
    return form.add(
        TextField(
            "代录依据",
            required=required,
            most=200,
            example="例如：第 3 批审批表，扫描件已归档",
            hint="总经理没有登录，由您按签好字的纸质件代录；会记入操作日志",
        )
    )

"""What an officer says who enters a decision of the general manager's from a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.users import Role
from kpidesk.ui.forms import TextField

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms import Form


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

"""Who decides in the window: the general manager, where they have signed in themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.users import Role

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk


def deciding(desk: Desk) -> str | None:
    """The general manager's name where they are signed in: nobody else decides then."""
    user = desk.company.user if desk.company is not None else None
    return user.name if user is not None and user.role is Role.MANAGER else None

"""用户与权限: who works with a company file, and in which role."""

from __future__ import annotations

from kpidesk.usecases.users.listing import Candidate, UserRow, list_users, who_may_sign_in
from kpidesk.usecases.users.managing import add_user, edit_user, give_up_users, reset_password
from kpidesk.usecases.users.signing import (
    WrongPasswordError,
    change_password,
    sign_in,
    sign_in_by_name,
    unlock,
)

__all__ = [
    "Candidate",
    "UserRow",
    "WrongPasswordError",
    "add_user",
    "change_password",
    "edit_user",
    "give_up_users",
    "list_users",
    "reset_password",
    "sign_in",
    "sign_in_by_name",
    "unlock",
    "who_may_sign_in",
]

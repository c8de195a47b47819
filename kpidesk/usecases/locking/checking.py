"""How an open file is locked, and whether somebody knows its password."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.errors import NotAllowedError
from kpidesk.store.secret import Secret
from kpidesk.store.slots import COMPANY
from kpidesk.store.unlocking import tried
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Locked:
    """Whether the open file is encrypted, and whether a company password opens it."""

    is_encrypted: bool
    has_password: bool


def how_locked(company: Company) -> Locked:
    """The state of the open file."""
    slots = company.file.slots
    return Locked(company.file.secret is not None, slots is not None and slots.has(COMPANY))


def check_secret(company: Company, password: str, *, name: str = COMPANY) -> Secret:
    """The secret of the open file, for whoever knows a password of it; wrong ones slow down."""
    slots = company.file.slots
    if slots is None:
        msg = "这个公司文件没有加密，没有公司密码"
        raise NotAllowedError(msg)
    return tried(company.path, slots, password, name=name, clock=company.file.clock)

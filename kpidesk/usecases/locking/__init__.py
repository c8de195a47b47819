"""加密与密码: the company file encrypted as a whole, and what opens it."""

from __future__ import annotations

from kpidesk.store.errors import PasswordNeededError
from kpidesk.usecases.locking.changing import (
    change_password,
    decrypt,
    encrypt,
    give_slot,
    rename_slot,
    renew_code,
    replace_password,
    take_slots,
)
from kpidesk.usecases.locking.checking import Locked, check_secret, how_locked
from kpidesk.usecases.locking.codes import new_code, recovery_sheet, sheet_of_code
from kpidesk.usecases.locking.copies import PlainCopy, delete_copies, encrypt_copies, plain_copies
from kpidesk.usecases.locking.opening import Unlock, asks_name, needs_password, seems_encrypted

__all__ = [
    "Locked",
    "PasswordNeededError",
    "PlainCopy",
    "Unlock",
    "asks_name",
    "change_password",
    "check_secret",
    "decrypt",
    "delete_copies",
    "encrypt",
    "encrypt_copies",
    "give_slot",
    "how_locked",
    "needs_password",
    "new_code",
    "plain_copies",
    "recovery_sheet",
    "rename_slot",
    "renew_code",
    "replace_password",
    "seems_encrypted",
    "sheet_of_code",
    "take_slots",
]

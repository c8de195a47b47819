"""Passwords: what argon2id makes of them, which is all that is kept."""

from __future__ import annotations

import unicodedata

from kpidesk.core.users import User, check_password
from kpidesk.store.proof.users import seal_of
from kpidesk.store.users import Guard, save_guard
from kpidesk.usecases.session import Work


def hashed(password: str) -> str:
    """What is kept of a password: argon2id with its parameters and salt."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(_plain(password))


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which this was kept."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept, _plain(password))
    except VerificationError:
        return False


def is_weaker(kept: str) -> bool:
    """Whether passwords are kept better nowadays than this one was."""
    from argon2 import PasswordHasher

    return PasswordHasher().check_needs_rehash(kept)


def put_password(work: Work, user: User, password: str, *, checked: bool = True) -> None:
    """Give a user another password, and note in the log that it was changed, never to what."""
    if checked:
        check_password(password, user.name)
    guard = Guard(hashed(password))
    save_guard(work.connection, user.id, guard)
    work.log("user.password", f"user:{user.id}", after={"seal": seal_of(guard.password)})


def _plain(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)

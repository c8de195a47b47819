"""From a password or a recovery code to the secret of a closed file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kpidesk.core.recovery_code import parse_code
from kpidesk.store import tries
from kpidesk.store.driver import errors, open_raw
from kpidesk.store.errors import (
    SlotsDamagedError,
    TooSoonError,
    WrongCodeError,
    WrongPasswordError,
)
from kpidesk.store.header import read_header
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.secret import Secret
from kpidesk.store.slots import COMPANY, Slots


def is_encrypted(path: Path) -> bool:
    """Whether a closed file asks for a password; a StoreError says why it cannot be opened."""
    return read_header(path, known=HEAD).is_encrypted


def by_password(
    path: Path, password: str, *, name: str = COMPANY, clock: Callable[[], datetime]
) -> Secret | None:
    """The secret of a closed file; None when it is not encrypted.

    After some wrong passwords one has to wait, across starts of the program.
    """
    header = read_header(path, known=HEAD)
    if not header.is_encrypted:
        return None
    if header.slots is None:
        raise SlotsDamagedError(path)
    return tried(path, header.slots, password, name=name, clock=clock)


def tried(
    path: Path, slots: Slots, password: str, *, name: str = COMPANY, clock: Callable[[], datetime]
) -> Secret:
    """The secret in one of the slots; wrong passwords are counted and slow down.

    Does not touch the file itself, which may be open.
    """
    if wait := tries.wait_left(path, clock()):
        raise TooSoonError(path, wait)
    secret = slots.open(name, password)
    if secret is None:
        raise WrongPasswordError(path, tries.note_wrong(path, clock()))
    tries.forget(path)
    return secret


def by_code(path: Path, code: str) -> Secret | None:
    """The secret that a recovery code says; None when the file is not encrypted.

    It opens a file whose slots are damaged too, so only opening it shows then whether it is right.
    """
    header = read_header(path, known=HEAD)
    if not header.is_encrypted:
        return None
    if header.slots is None:
        return _secret_that_reads(path, Secret(parse_code(code)))
    return by_code_of(path, header.slots, code)


def _secret_that_reads(path: Path, secret: Secret) -> Secret:
    """The same, when the first page can be read by it: without slots nothing else tells."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(open_raw(uri, secret)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except errors() as error:
            raise WrongCodeError(path) from error
    return secret


def by_code_of(path: Path, slots: Slots, code: str) -> Secret:
    """The secret that a recovery code says, when it is the one of these slots."""
    secret = Secret(parse_code(code))
    if slots.ident != secret.ident:
        raise WrongCodeError(path)
    return secret

"""What opens an encrypted company file: twenty random bytes, from which its key follows.

They are what the recovery code says, so a file whose slots are lost can still be opened by it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

from kpidesk.core.recovery_code import BYTES

_KEY_BYTES, _SALT_BYTES, _IDENT_BYTES = 32, 16, 16
_KEY: Final = b"kpidesk key 1"
_SALT: Final = b"kpidesk salt 1"
_IDENT: Final = b"kpidesk file 1"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Opens one company file and every backup of it. Never shown where it might be logged."""

    root: bytes

    @classmethod
    def new(cls) -> Self:
        """One that nobody has."""
        return cls(secrets.token_bytes(BYTES))

    @property
    def key(self) -> str:
        """The raw key of the cipher and the salt of its page checks, as the library takes them."""
        raw = self._derived(_KEY, _KEY_BYTES) + self._derived(_SALT, _SALT_BYTES)
        return f"x'{raw.hex()}'"

    @property
    def ident(self) -> bytes:
        """By which a file knows its secret; it says nothing about it."""
        return self._derived(_IDENT, _IDENT_BYTES)

    def __repr__(self) -> str:
        return "Secret(…)"

    def _derived(self, what: bytes, size: int) -> bytes:
        return blake2b(self.root, digest_size=size, person=what).digest()

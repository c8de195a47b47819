"""The slots of an encrypted file: its secret, once for each password that opens it.

They lie in the first page of the file, in bytes that neither SQLite nor the cipher use (see
DECISIONS.md), so they travel with every copy. A slot's name is kept as a digest only.
"""

from __future__ import annotations

import hmac
import secrets
import struct
import unicodedata
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import Final, NamedTuple, Self

from kpidesk.core.recovery_code import BYTES
from kpidesk.store.secret import Secret

PLACE: Final = 512
"""Where in the file the block begins, and how long it is."""
LENGTH: Final = 2816
MOST: Final = 40
COMPANY: Final = ""
"""The name of the slot of the company password."""

_MAGIC: Final = b"KPIDLOCK"
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">8sBB6x16s")
_SLOT: Final = struct.Struct(">8s16sBIB20s16s")
_DIGEST: Final = 32
_PAD, _PROOF = BYTES, 16
_MEMORY: Final = 128 << 10
_TIME: Final = 10
_LANES: Final = 16


class Cost(NamedTuple):
    """What one try of a password costs: passes, KiB of memory, lanes."""

    time: int
    memory: int
    lanes: int

    @property
    def is_bearable(self) -> bool:
        """Whether a slot may ask it of us: a file made by hand could ask for all the memory."""
        return (
            1 <= self.time <= _TIME
            and 1 <= self.lanes <= _LANES
            and 8 * self.lanes <= self.memory <= _MEMORY
        )


USUAL: Final = Cost(3, 64 << 10, 4)
"""RFC 9106, second recommended option: seven times what OWASP asks for at least."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The secret under a pad that only its password makes, and the proof that it did."""

    name: bytes
    salt: bytes
    cost: Cost
    padded: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Slots:
    """All of a file, which is known by `ident`."""

    ident: bytes
    slots: tuple[Slot, ...] = ()

    @classmethod
    def of(cls, secret: Secret) -> Self:
        """No slots yet: only the recovery code opens."""
        return cls(secret.ident)

    @classmethod
    def parse(cls, block: bytes) -> Self | None:
        """The slots in a block; None when it is not what was written."""
        body, digest = block[:-_DIGEST], block[-_DIGEST:]
        if len(block) != LENGTH or not hmac.compare_digest(sha256(body).digest(), digest):
            return None
        magic, version, count, ident = _HEAD.unpack_from(body)
        if (magic, version) != (_MAGIC, _VERSION) or count > MOST:
            return None
        found = []
        for place in range(count):
            name, salt, time, memory, lanes, padded, proof = _SLOT.unpack_from(
                body, _HEAD.size + place * _SLOT.size
            )
            found.append(Slot(name, salt, Cost(time, memory, lanes), padded, proof))
        return cls(ident, tuple(found))

    def pack(self) -> bytes:
        """The block."""
        body = _HEAD.pack(_MAGIC, _VERSION, len(self.slots), self.ident)
        for one in self.slots:
            body += _SLOT.pack(one.name, one.salt, *one.cost, one.padded, one.proof)
        body = body.ljust(LENGTH - _DIGEST, b"\0")
        return body + sha256(body).digest()

    def has(self, name: str) -> bool:
        """Whether there is a slot of this name."""
        return self._digest(name) in {one.name for one in self.slots}

    @property
    def has_names(self) -> bool:
        """Whether there are slots besides the company's."""
        return any(one.name != self._digest(COMPANY) for one in self.slots)

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another name."""
        return len(self.slots) >= MOST

    def put(self, secret: Secret, name: str, password: str, cost: Cost | None = None) -> Self:
        """With a slot of this name, in place of the one before; the password is sound already."""
        empty = Slot(self._digest(name), secrets.token_bytes(16), cost or USUAL, b"", b"")
        pad, key = _stretched(empty, password)
        padded = bytes(a ^ b for a, b in zip(pad, secret.root, strict=True))
        slot = replace(empty, padded=padded)
        slot = replace(slot, proof=self._prove(slot, key))
        return replace(self, slots=(*self.without(name).slots, slot))

    def without(self, name: str) -> Self:
        """Without the slot of this name."""
        digest = self._digest(name)
        return replace(self, slots=tuple(one for one in self.slots if one.name != digest))

    def renamed(self, old: str, new: str) -> Self:
        """With the slot of a name under another one; its password stays."""
        before, after = self._digest(old), self._digest(new)
        return replace(
            self,
            slots=tuple(
                replace(one, name=after) if one.name == before else one for one in self.slots
            ),
        )

    def open(self, name: str, password: str) -> Secret | None:
        """The secret; None when there is no such slot or the password is another one."""
        digest = self._digest(name)
        for one in self.slots:
            if one.name != digest or not one.cost.is_bearable:
                continue
            pad, key = _stretched(one, password)
            if hmac.compare_digest(self._prove(one, key), one.proof):
                return Secret(bytes(a ^ b for a, b in zip(pad, one.padded, strict=True)))
        return None

    def _digest(self, name: str) -> bytes:
        plain = unicodedata.normalize("NFKC", name).strip()
        return blake2b(plain.encode(), key=self.ident, digest_size=8).digest()

    def _prove(self, slot: Slot, key: bytes) -> bytes:
        # Not of the name: a user who is called otherwise later keeps the password.
        said = self.ident + slot.salt + repr(tuple(slot.cost)).encode() + slot.padded
        return blake2b(said, key=key, digest_size=_PROOF).digest()


def _stretched(slot: Slot, password: str) -> tuple[bytes, bytes]:
    """A pad that is used once (its salt is new for each slot), and the key of the proof."""
    from argon2.low_level import Type, hash_secret_raw

    plain = unicodedata.normalize("NFKC", password).encode()
    cost = slot.cost
    raw = hash_secret_raw(
        plain, slot.salt, cost.time, cost.memory, cost.lanes, _PAD + _DIGEST, Type.ID
    )
    return raw[:_PAD], raw[_PAD:]

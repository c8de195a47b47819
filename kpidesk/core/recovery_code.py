"""The recovery code: twenty random bytes as eight groups that a hand can write and type.

Each group has four characters that say something and a fifth that checks them and where the group
stands, so that a slip is found in its group, and so are two groups that changed places.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kpidesk.core.errors import InvalidValueError

BYTES: Final = 20
"""What a code says: 160 bits, which nobody can try through."""
GROUPS: Final = 8
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are taken for others."""
_BASE: Final = len(_ALPHABET)
_SAID: Final = 4
_LENGTH: Final = _SAID + 1
_ALIKE: Final = str.maketrans("OIL", "011")
_BETWEEN: Final = re.compile(r"[\s\-‐-―−_.,，。、]+")
_FIELD: Final = 0b100101
"""x⁵ + x² + 1, by which 32 elements are a field."""


def code_groups(secret: bytes) -> tuple[str, ...]:
    """The groups of a code, in order."""
    if len(secret) != BYTES:
        msg = f"恢复码对应 {BYTES} 个字节，这里有 {len(secret)} 个"
        raise InvalidValueError(msg)
    number = int.from_bytes(secret, "big")
    digits = [number >> shift & _BASE - 1 for shift in range(BYTES * 8 - 5, -1, -5)]
    parts = [digits[start : start + _SAID] for start in range(0, len(digits), _SAID)]
    return tuple(
        "".join(_ALPHABET[one] for one in (*part, _check(place, part)))
        for place, part in enumerate(parts)
    )


def parse_code(text: str) -> bytes:
    """What a typed code says; InvalidValueError names the group that cannot be right."""
    plain = clean_group(text)
    for place in range(0, len(plain), _LENGTH):
        check_group(plain[place : place + _LENGTH], place // _LENGTH)
    if len(plain) != GROUPS * _LENGTH:
        msg = f"恢复码共 {GROUPS} 组、每组 {_LENGTH} 个字符，现在有 {len(plain)} 个字符"
        raise InvalidValueError(msg)
    number = 0
    for place, letter in enumerate(plain):
        if place % _LENGTH != _SAID:
            number = number * _BASE + _ALPHABET.index(letter)
    return number.to_bytes(BYTES, "big")


def clean_group(text: str) -> str:
    """What was typed, in the letters of the code and without anything between them."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_ALIKE)


def check_group(group: str, place: int) -> None:
    """Refuse a group that is not the one that could stand at this place (0 is the first)."""
    odd = sorted(set(group) - set(_ALPHABET))
    if odd:
        msg = f"恢复码第 {place + 1} 组里有不会出现的字符“{odd[0]}”，请对照恢复单再看一遍"
        raise InvalidValueError(msg)
    digits = [_ALPHABET.index(one) for one in group]
    if place >= GROUPS or len(digits) != _LENGTH or digits[-1] != _check(place, digits[:-1]):
        msg = f"恢复码第 {place + 1} 组（{group}）抄写有误，请对照恢复单再看一遍"
        raise InvalidValueError(msg)


def _check(place: int, digits: list[int]) -> int:
    """The sum of the characters, each times another power of a generator of the field of 32.

    So one wrong character, two that changed places, and another place always give another one.
    """
    check = 0
    for digit in digits:
        check = (check ^ digit) << 1
        check = check ^ _FIELD if check >= _BASE else check
    return check ^ place

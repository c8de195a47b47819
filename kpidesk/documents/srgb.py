"""The colour profile that every file carries: sRGB (IEC 61966-2-1), written out from its formulas.

Made here because a profile file would bring a licence of its own with every document.
"""

from __future__ import annotations

import struct
from functools import cache

_WHITE = (0.96420, 1.0, 0.82491)  # D50, as profiles connect colours
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 1024
_HEAD = 128


@cache
def srgb_profile() -> bytes:
    """An ICC profile, version 2.1, for displays."""
    curve = b"curv" + bytes(4) + struct.pack(">I", _STEPS)
    curve += struct.pack(f">{_STEPS}H", *(_linear(step / (_STEPS - 1)) for step in range(_STEPS)))
    parts = {
        b"desc": _description("sRGB IEC61966-2.1"),
        b"cprt": b"text" + bytes(4) + b"Public domain\0",
        b"wtpt": _colour(_WHITE),
        **{name: _colour(one) for name, one in _PRIMARIES.items()},
    }
    curves = (b"rTRC", b"gTRC", b"bTRC")
    start = _HEAD + 4 + 12 * (len(parts) + len(curves))
    table, body = b"", b""
    for name, part in parts.items():
        table += name + struct.pack(">II", start + len(body), len(part))
        body += part + bytes(-len(part) % 4)
    for name in curves:  # all three point to one curve
        table += name + struct.pack(">II", start + len(body), len(curve))
    body += curve
    count = struct.pack(">I", len(parts) + len(curves))
    return _header(start + len(body)) + count + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    white = b"".join(map(_fixed, _WHITE))
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += made + b"acsp" + bytes(28) + white
    return head.ljust(_HEAD, b"\0")


def _linear(value: float) -> int:
    """Light of an encoded value, in 65535ths."""
    low = value / 12.92
    return round((low if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4) * 65535)  # noqa: PLR2004 - the standard's numbers


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _colour(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _description(text: str) -> bytes:
    ascii_text = text.encode("ascii") + b"\0"
    head = b"desc" + bytes(4) + struct.pack(">I", len(ascii_text)) + ascii_text
    return head + bytes(4 + 4 + 2 + 1 + 67)  # no Unicode, no script code

"""A disk that fails: SQLite's own calls to the system are replaced, and refuse from a moment on.

SQLite offers this for exactly such tests (xSetSystemCall). What it calls directly, the syncing, is
refused by the kernel instead (seccomp), in a child that ends afterwards. Linux only.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from enum import Enum
from typing import Any, Final, Self

_WRITES: Final = (b"write", b"pwrite", b"pwrite64", b"ftruncate", b"fallocate")
_ARGUMENTS: Final = {
    b"write": (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t),
    b"pwrite": (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64),
    b"pwrite64": (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64),
    b"ftruncate": (ctypes.c_int, ctypes.c_int64),
    b"fallocate": (ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64),
}
_FUNCTIONS: Final = 13
"""Function pointers of a VFS before xSetSystemCall."""
_SYNCS: Final = {"x86_64": (74, 75), "aarch64": (82, 83)}
"""Numbers of fsync and fdatasync."""


class Fault(Enum):
    """What the disk answers."""

    FULL_ONCE = (errno.ENOSPC, False)
    FULL = (errno.ENOSPC, True)
    BROKEN_ONCE = (errno.EIO, False)
    BROKEN = (errno.EIO, True)
    READ_ONLY = (errno.EROFS, True)
    NEVER_SYNCED = (0, True)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("functions", ctypes.c_void_p * _FUNCTIONS),
        (
            "set_call",
            ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p),
        ),
        ("get_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


class FaultyDisk:
    """Stands between SQLite and the system. `writes` counts what was written since it was armed."""

    def __init__(self) -> None:
        library = ctypes.CDLL("libsqlite3.so.0")
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        self._vfs = library.sqlite3_vfs_find(None)
        self._kept: list[Any] = []
        self._names: list[bytes] = []
        self._fault: Fault | None = None
        self._at = 0
        self.writes = 0
        self.refused = 0
        for name in _WRITES:
            if original := self._vfs.contents.get_call(self._vfs, name):
                self._replace(name, original)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let SQLite call the system again: what stood between is gone soon."""
        for name in self._names:
            assert self._vfs.contents.set_call(self._vfs, name, None) == 0, name

    def arm(self, fault: Fault, at: int) -> None:
        """Fail at this write (1 is the next one), or from there on."""
        self._fault, self._at, self.writes, self.refused = fault, at, 0, 0

    def mend(self) -> None:
        """Work again."""
        self._fault = None

    def _replace(self, name: bytes, address: int) -> None:
        kind = ctypes.CFUNCTYPE(ctypes.c_ssize_t, *_ARGUMENTS[name], use_errno=True)
        original = kind(address)

        def call(*arguments: int) -> int:
            if self._refuses():
                return -1
            return int(original(*arguments))

        ours = kind(call)
        self._kept += [original, ours]
        self._names.append(name)
        code = self._vfs.contents.set_call(self._vfs, name, ctypes.cast(ours, ctypes.c_void_p))
        assert code == 0, name

    def _refuses(self) -> bool:
        if self._fault is None:
            return False
        self.writes += 1
        number, lasting = self._fault.value
        if self.writes < self._at or (self.writes > self._at and not lasting):
            return False
        self.refused += 1
        if self._fault is Fault.NEVER_SYNCED:
            if self.refused == 1:
                _refuse_syncing()
            return False
        ctypes.set_errno(number)
        return True


def _refuse_syncing() -> None:
    """Let the kernel answer each syncing of this process with an I/O error, for good."""
    first, second = _SYNCS[platform.machine()]
    load, equal, back = 0x20, 0x15, 0x06
    refusal = 0x0005_0000 | errno.EIO
    program = b"".join(
        struct.pack("<HBBI", *one)
        for one in (
            (load, 0, 0, 0),
            (equal, 1, 0, first),
            (equal, 0, 1, second),
            (back, 0, 0, refusal),
            (back, 0, 0, 0x7FFF_0000),
        )
    )
    text = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("<HxxxxxxQ", len(program) // 8, ctypes.addressof(text))
    control = ctypes.CDLL(None, use_errno=True).prctl
    assert control(38, 1, 0, 0, 0) == 0  # no new privileges: the condition for what follows
    assert control(22, 2, ctypes.c_char_p(head), 0, 0) == 0

"""The first bytes of a company file, looked at before SQLite may touch it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpidesk.store.driver import RESERVED
from kpidesk.store.errors import (
    DamagedFileError,
    MissingFileError,
    NewerFileError,
    NoPermissionError,
    NotACompanyFileError,
    PasswordNeededError,
    ReadOnlyFileError,
)
from kpidesk.store.secret import Secret
from kpidesk.store.slots import LENGTH, PLACE, Slots

APPLICATION_ID: Final = 0x4B504944
"""“KPID”: every company file carries it in bytes 68–71, so that no other database passes."""

_MAGIC: Final = b"SQLite format 3\0"
_LENGTH: Final = 100
_SAMPLE: Final = 4096
_FAMILIAR: Final = (
    (b"PK\x03\x04", "它是压缩文件或 Excel、Word 文档"),
    (b"%PDF", "它是 PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "它是旧版 Excel 或 Word 文档"),
    (b"\x89PNG", "它是图片"),
    (b"\xff\xd8\xff", "它是图片"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes say: the schema version of the file, and what opens it.

    An encrypted file whose slots are damaged has none, and is opened by the recovery code only.
    """

    version: int
    is_encrypted: bool = False
    slots: Slots | None = None


def read_header(path: Path, *, known: int, to_write: bool = True) -> Header:
    """Look at a file that this process has not opened; refuse what is not ours to write.

    `known` is the newest version that this program can read. The file is only read. Errors: the
    classes of `kpidesk.store.errors`. A process that has the file open in SQLite must not call
    this: on POSIX, closing any handle of a file drops all locks that the process has on it.
    """
    _check_place(path, to_write=to_write)
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
    except PermissionError as error:
        raise NoPermissionError(path) from error
    if not start:
        raise NotACompanyFileError(path, "它是空文件(0 字节)，可能是复制或下载没有完成")
    if not start.startswith(_MAGIC):
        raise NotACompanyFileError(path, _likeness(start))
    if len(start) < _LENGTH:
        raise DamagedFileError(path, f"只剩 {len(start)} 字节")
    if int.from_bytes(start[68:72], "big") != APPLICATION_ID:
        raise NotACompanyFileError(path, "它是其他软件的数据库")
    version = int.from_bytes(start[60:64], "big")
    if version > known:
        raise NewerFileError(path, version, known)
    _check_length(path, start)
    is_encrypted = start[20] == RESERVED
    block = start[PLACE : PLACE + LENGTH]
    return Header(version, is_encrypted, Slots.parse(block) if is_encrypted else None)


def opened_by(
    path: Path, header: Header, secret: Secret | None
) -> tuple[Secret | None, Slots | None]:
    """The secret and the slots to open a file with; neither for a plain one."""
    if not header.is_encrypted:
        return None, None
    if secret is None:
        raise PasswordNeededError(path)
    return secret, header.slots or Slots.of(secret)


def _check_place(path: Path, *, to_write: bool) -> None:
    """Refuse a path that is missing, no file, or may not be read or written by us or anybody."""
    try:
        mode = path.stat().st_mode
    except PermissionError as error:
        raise NoPermissionError(path) from error
    except (OSError, ValueError) as error:
        raise MissingFileError(path) from error
    if not stat.S_ISREG(mode):
        raise NotACompanyFileError(path, "它是文件夹或设备")
    if not os.access(path, os.R_OK):
        raise NoPermissionError(path)
    if not to_write:
        return
    # An administrator may write a read-only file all the same, but whoever marked it meant it.
    if not mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise ReadOnlyFileError(path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise NoPermissionError(path)


def _check_length(path: Path, start: bytes) -> None:
    """Refuse a file that is shorter than its own page count says (a copy that broke off)."""
    page = int.from_bytes(start[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(start[28:32], "big")
    trusted = start[24:28] == start[92:96]  # else an old library wrote it, and the count is stale
    if trusted and path.stat().st_size < page * pages and not _journal_waits(path):
        raise DamagedFileError(path, "文件不完整，可能是复制时中断了")


def _journal_waits(path: Path) -> bool:
    """Whether a crash left a journal from which SQLite will first restore the file."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def _likeness(start: bytes) -> str:
    """What the bytes look like, in words that the officer knows."""
    for magic, words in _FAMILIAR:
        if start.startswith(magic):
            return words
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "它是文本文件"
    for encoding in ("utf-8", "gb18030"):
        # The sample may end within a character; that much is forgiven.
        text = start.decode(encoding, errors="replace").rstrip("\ufffd")
        if all(one.isprintable() or one in "\r\n\t\ufeff" for one in text) and "\ufffd" not in text:
            return "它是文本文件"
    return "它的内容不是数据库"

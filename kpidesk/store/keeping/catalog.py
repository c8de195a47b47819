"""The list of backups in a folder: what each is, and the hash by which it is known again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kpidesk.store.backup import sync_folder

CATALOG: Final = "备份清单.jsonl"


class Reason(StrEnum):
    """Why a backup was made, in the officer's words."""

    BY_HAND = "手动"
    CLOSING = "关闭时"
    TIMED = "定时"
    IMPORT = "导入前"
    SETTLE = "结算前"
    SIGN = "签署前"
    CYCLE = "关闭周期前"
    ANONYMISE = "匿名化前"
    MEND = "修复前"
    UPGRADE = "升级前"
    RESTORE = "恢复前"


FOR_GOOD: Final = frozenset({Reason.BY_HAND, Reason.CYCLE, Reason.UPGRADE})
"""What is never deleted by the program."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup: its file name, and what it held when it was checked after writing."""

    name: str
    at: datetime
    reason: Reason
    size: int
    sha256: str
    version: int
    sequence: int
    """Where its operation log ends, and the hash of that line."""
    hash: str
    origin: str = ""
    """The company file that it is a copy of, as it lay then."""

    @property
    def head(self) -> str:
        """The end of its log as printed on paper: 128-1a2b3c4d."""
        return f"{self.sequence}-{self.hash[:8]}"


def read_catalog(folder: Path) -> tuple[Kept, ...]:
    """Every line that can be read, in the order of making; the files themselves may be gone.

    By the order, not by the moments: a clock that was wrong for a day would make its backups the
    newest for years.
    """
    try:
        text = (folder / CATALOG).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    found: dict[str, Kept] = {}
    for line in text.splitlines():
        if (kept := _kept(line)) is not None:
            found[kept.name] = kept
    return tuple(found.values())


def write_catalog(folder: Path, kept: Iterable[Kept]) -> None:
    """The whole list anew: it is the old one or the new one, whatever happens."""
    draft = folder / f"{CATALOG}.part"
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for one in kept:
            said = {
                "name": one.name, "at": one.at.astimezone(UTC).isoformat(), "reason": one.reason,
                "size": one.size, "sha256": one.sha256, "version": one.version,
                "sequence": one.sequence, "hash": one.hash, "origin": one.origin,
            }  # fmt: skip
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / CATALOG)
    sync_folder(folder)


def _kept(line: str) -> Kept | None:
    """One line; None for one that is not ours, or that names a file outside of the folder."""
    try:
        said: dict[str, Any] = json.loads(line)
        name = str(said["name"])
        at = datetime.fromisoformat(said["at"])
        if Path(name).name != name or name in ("", ".", "..") or at.tzinfo is None:
            return None
        return Kept(
            name, at, Reason(said["reason"]), int(said["size"]), str(said["sha256"]),
            int(said["version"]), int(said["sequence"]), str(said["hash"]),
            str(said.get("origin", "")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None

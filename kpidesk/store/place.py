"""Where a file lies: on this computer, on another one, or in a folder that something copies."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "davfs", "ncpfs", "fuse.sshfs",
     "fuse.gvfsd-fuse", "fuse.davfs", "fuse.rclone"}
)  # fmt: skip
_SYNCED: Final = (
    ("onedrive", "OneDrive"),
    ("坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("百度网盘", "百度网盘"),
    ("百度云", "百度网盘"),
    ("baidunetdisk", "百度网盘"),
    ("baidusyncdisk", "百度网盘"),
    ("baiduyun", "百度网盘"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("dropbox", "Dropbox"),
    ("wps云", "WPS 云盘"),
    ("wps 云", "WPS 云盘"),
    ("wpsdrive", "WPS 云盘"),
    ("wps cloud", "WPS 云盘"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("微云", "腾讯微云"),
    ("weiyun", "腾讯微云"),
    ("阿里云盘", "阿里云盘"),
    ("天翼云盘", "天翼云盘"),
    ("企业微盘", "企业微盘"),
)
"""What the folder of a syncing program begins with → what the program is called."""
_DRIVE_REMOTE: Final = 4


class PlaceKind(Enum):
    """What may become of a file that lies there."""

    HERE = auto()
    NETWORK = auto()
    SYNCED = auto()


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file lies; `name` is the program that copies the folder."""

    kind: PlaceKind
    name: str = ""


def place_of(path: Path) -> FilePlace:
    """By its path alone: the file is not touched."""
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() asks the network
    for part in full.parent.parts:
        for start, name in _SYNCED:
            if part.casefold().startswith(start):
                return FilePlace(PlaceKind.SYNCED, name)
    remote = _is_remote_drive(full) if sys.platform == "win32" else _is_remote_mount(full)
    return FilePlace(PlaceKind.NETWORK if remote else PlaceKind.HERE)


def _is_remote_drive(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    import ctypes

    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - absent elsewhere
    return int(drive_type(path.anchor)) == _DRIVE_REMOTE


def _is_remote_mount(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether the longest mount that the path lies in is one of the network."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        fields = line.split()
        if len(fields) > 2:  # noqa: PLR2004 - device, place, kind
            place = fields[1].replace("\\040", " ")
            if len(place) >= len(best) and path.is_relative_to(place):
                best, kind = place, fields[2]
    return kind in _NETWORK

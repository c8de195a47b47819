"""Scans that are dropped on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpidesk.usecases import filing

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


def dropped(event: QDropEvent) -> list[Path]:
    """The files of a drop; all those in a folder that was dropped."""
    paths: list[Path] = []
    for url in event.mimeData().urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            paths += sorted(path.iterdir()) if path.is_dir() else [path]
    return [one for one in paths if one.suffix.lower() in filing.SUFFIXES]

"""Files that we write for the officer: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kpidesk.core.errors import KpiDeskError


class FileNotWrittenError(KpiDeskError):
    """A file could not be written; what was there before still is."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"文件“{path.name}”没有写到“{path.parent}”({error.strerror or error})。"
            "请检查文件夹是否存在、是否有写入权限、磁盘是否已满，或换一个位置再试"
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FileNotWrittenError(path, error) from error

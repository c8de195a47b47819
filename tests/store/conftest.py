"""A fresh company file, and a way to run code of ours in another process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpidesk.store.file import CompanyFile

ROOT = Path(__file__).parents[2]
Start = Callable[[str, Path], "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place with everything in its name that URLs and options give a meaning to."""
    folder = tmp_path / "数据 100%41 #1?"
    folder.mkdir()
    return folder / "龙华贸易 & 子公司.kpidesk"


@pytest.fixture
def company(path: Path) -> Iterator[CompanyFile]:
    with CompanyFile.create(path, holder="王芳，电脑 HR-01") as file:
        yield file


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python on a text with a path as its argument; whatever still runs is killed."""
    running: list[subprocess.Popen[str]] = []

    def launch(code: str, path: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield launch
    for process in running:
        process.kill()
        process.communicate()

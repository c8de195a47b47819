"""A new version: found, installed over the old one, and a company file of an older one opened."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from installer import build_installer
from machine import wait_for
from part import NAME, Part
from sources import ROOT

NEWER = "9.9.9"
_MIGRATIONS = "kpidesk/store/migrations/versions"


class Updating(Part):
    """帮助 → 检查更新, and the first start after it."""

    def update(self) -> None:
        """From a folder that was chosen before, and from a file that is named in the dialog."""
        folder = self.drive("new")
        folder.mkdir(exist_ok=True)
        newer = folder / f"KpiDesk-Setup-{NEWER}.exe"
        build_installer(self.setup.parent / "KpiDesk", newer, NEWER, fast=True)
        self.machine.remember("update", folder="C:/new")
        window = self._ask("update-folder")
        self.machine.press(window, "Escape")
        time.sleep(1)
        self.machine.press(self.machine.window(NAME), "alt+F4")
        self.machine.settle()
        self.machine.remember("update", folder="C:/nothing")
        dialog = self._ask("update-none")
        self.machine.press(dialog, "Tab", "space")
        chooser = self.machine.window("新版本的安装程序", 20)
        time.sleep(2)
        self.machine.type(r"C:\new\KpiDesk-Setup-9.9.9.exe")
        self.machine.picture(self.seen / "update-choose.png")
        self.machine.press(chooser, "Return")
        time.sleep(3)
        self.machine.picture(self.seen / "update-file.png")
        self.machine.press(dialog, "Return")
        setup = self.machine.window(f"{NAME} 安装", 60)
        self.that("检查更新 closes the program and starts the installer", setup)
        for _ in range(4):
            time.sleep(2)
            self.machine.press(setup, "Return")
        found = f'"Version"="{NEWER}"'

        def is_newer() -> bool:
            return found in self.machine.registry.read_text(encoding="utf-8", errors="replace")

        self.that("which installs the new version", wait_for(is_newer, 300))
        time.sleep(8)
        self.machine.press(setup, "Return")
        window = self.machine.window(f"{NAME}$", 60)
        self.that("and opens it", window)
        self.machine.press(window, "alt+F4")
        self.machine.settle()

    def _ask(self, name: str) -> str:
        """Open the dialog by keyboard."""
        self.machine.start(self.exe)
        window = self.machine.window(NAME)
        time.sleep(8)
        self.machine.press(window, "alt+h")
        time.sleep(1)
        self.machine.press(window, "Down", "Down", "Return")
        dialog = self.machine.window("检查更新", 20)
        time.sleep(2)
        self.machine.picture(self.seen / f"{name}.png")
        self.that("检查更新 opens", dialog)
        return dialog

    def older_file(self) -> None:
        """A company file of the version before is kept as a copy and brought up to date."""
        place = self.drive("旧版本")
        shutil.rmtree(place, ignore_errors=True)
        source = place / "source"
        _older_source(source)
        made = [sys.executable, "-m", "kpidesk", "demo", str(place / "demo")]
        env = {**os.environ, "PYTHONPATH": str(source)}
        subprocess.run(made, cwd=source, env=env, check=True, capture_output=True)
        file = place / "demo" / "样例公司.kpidesk"
        before = _version(file)
        window = self.open(self.machine.path(file))
        self.that("a file of an older version opens", window, f"version {before}")
        time.sleep(5)
        self.machine.picture(self.seen / "older-file.png")
        self.close(window)
        kept = list(file.parent.glob("*升级前*"))
        self.that("it is of the newest version now", _version(file) > before, str(_version(file)))
        self.that("as it was, it is kept", kept and _version(kept[0]) == before)


def _version(file: Path) -> int:
    """The version that stands in SQLite's header."""
    return int.from_bytes(file.read_bytes()[60:64], "big")


def _older_source(target: Path) -> None:
    """The program as it was before the newest step of the database."""
    git = ["git", "-C", str(ROOT)]
    newest = max((ROOT / _MIGRATIONS).glob("0*.py")).relative_to(ROOT).as_posix()
    log = [*git, "log", "--diff-filter=A", "--format=%H", "--", newest]
    commit = subprocess.run(log, capture_output=True, text=True, check=True).stdout.split()[0]
    wanted = ["kpidesk", "resources", "docs"]
    packed = subprocess.run(
        [*git, "archive", f"{commit}^", *wanted], capture_output=True, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(target, filter="data")

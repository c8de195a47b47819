"""The life of the program on a machine: installed, upgraded, known, uninstalled."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

from installer import build_installer
from machine import wait_for
from part import NAME, Part
from sources import ROOT

OLDER = "0.0.9"
_NEWER_THERE = 7


class Life(Part):
    """Installing and what comes of it."""

    def same_bytes(self) -> None:
        """Two builds, one after the other, in folders of their own."""
        place = self.machine.drive.parent.with_name("twice")
        made = []
        for name in ("one", "another one"):
            out = place / name
            build = ROOT / "packaging" / "windows" / "build.py"
            command = [sys.executable, str(build), "--fast", "--out", str(out)]
            subprocess.run(command, check=True, capture_output=True)
            made.append(next(out.glob("KpiDesk-Setup-*.exe")).read_bytes())
        self.that("two builds have the same bytes", made[0] == made[1], f"{len(made[0]):,}")
        shutil.rmtree(place)

    def upgrade(self) -> None:
        """An older version is there, with data and with a file that the newer has not got."""
        older = self.setup.with_name(f"KpiDesk-Setup-{OLDER}.exe")
        build_installer(self.setup.parent / "KpiDesk", older, OLDER, fast=True)
        status = self.machine.run(older, "/S")
        self.that("the older version installs silently", status == 0 and self.exe.is_file())
        stale = self.program / "app" / "stale.py"
        stale.touch()
        begun = time.monotonic()
        status = self.machine.run(self.setup, "/S")
        taken = f"{time.monotonic() - begun:.0f} s"
        self.that("the newer one installs over it silently", status == 0, taken)
        self.that("no file of the older version stays behind", not stale.exists())
        self.that(
            "an older version is refused silently", self.machine.run(older, "/S") == _NEWER_THERE
        )

    def registered(self) -> None:
        """What Windows knows of it."""
        self.machine.settle()
        known = self.machine.registry.read_text(encoding="utf-8", errors="replace")
        self.that(
            "shortcuts in the start menu and on the desktop",
            self.menu.exists() and self.desktop.exists(),
        )
        self.that(
            "listed among the programs that can be uninstalled", r"Uninstall\\KpiDesk" in known
        )
        self.that("company files open with it", r"KpiDesk.Company\\shell\\open\\command" in known)

    def uninstall(self) -> None:
        """The program goes, the data stay."""
        kept = self.papers / NAME / "某公司.kpidesk"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("data", encoding="utf-8")
        settings = self.machine.user / "AppData" / "Local" / "KPI Desk" / "settings.ini"
        had_settings = settings.is_file()
        self.machine.run(self.program / "uninstall.exe", "/S")
        self.that(
            "uninstalling removes its folder", wait_for(lambda: not self.program.exists(), 60)
        )
        self.machine.settle()
        known = self.machine.registry.read_text(encoding="utf-8", errors="replace")
        self.that("and its shortcuts", not self.menu.exists() and not self.desktop.exists())
        self.that("and what Windows knew of it", "KpiDesk" not in known)
        self.that(
            "company files and settings stay", kept.is_file() and settings.is_file() == had_settings
        )

    def pages(self) -> None:
        """The installer as a person sees it, page by page, up to the open program."""
        self.machine.start(self.setup)
        window = self.machine.window(f"{NAME} 安装")
        for number in range(1, 5):
            time.sleep(2)
            self.machine.picture(self.seen / f"setup-{number}.png")
            self.machine.press(window, "Return")
        done = wait_for((self.program / "uninstall.exe").is_file, 300)
        self.that("it installs page by page, by pressing Enter", done)
        time.sleep(8)
        self.machine.picture(self.seen / "setup-5.png")
        self.machine.press(window, "Return")
        opened = self.machine.window(f"{NAME}$")
        self.that("and opens the program at the end", opened)
        self.machine.press(opened, "alt+F4")
        self.machine.settle()
        self.machine.run(self.program / "uninstall.exe", "/S")
        wait_for(lambda: not self.program.exists(), 60)
        self.machine.settle()

    def elsewhere(self) -> None:
        """A folder of another name, with Chinese and spaces in it, which holds other things too."""
        folder = self.drive("我的 程序") / NAME
        folder.mkdir(parents=True, exist_ok=True)
        mine = folder / "我的文件.txt"
        mine.touch()
        # Wine's own `start` puts quotes around /D=…, which the installer does not take.
        self.machine.remember_folder(self.machine.path(folder))
        status = self.machine.run(self.setup, "/S", "/NoDesktop")
        self.that(
            "it installs into a folder with Chinese and spaces",
            status == 0 and (folder / "KpiDesk.exe").is_file(),
        )
        self.that("without a shortcut on the desktop when told so", not self.desktop.exists())
        self.machine.start(folder / "KpiDesk.exe")
        window = self.machine.window(NAME)
        self.that("it starts there", window)
        self.machine.press(window, "alt+F4")
        self.machine.settle()
        self.machine.run(folder / "uninstall.exe", "/S")
        gone = wait_for(lambda: not (folder / "app").exists(), 60)
        self.that("uninstalling there leaves what is not ours", gone and mine.is_file())

"""Install, upgrade, use, break and uninstall the program in Wine; say what held and what not.

    python3 bootstrap.py run python packaging/windows/build.py --fast
    python3 bootstrap.py run python packaging/windows/wine/check.py

Needs, from Debian: wine64, gcc, gcc-mingw-w64-x86-64, nsis, xvfb, openbox, xdotool, imagemagick,
poppler-utils, fonts-wqy-microhei; two parts mount small disks, as root only. Pictures of what was
seen are kept in dist/windows/seen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from life import OLDER, Life
from machine import Machine
from places import Places
from seeing import Seeing
from sources import ROOT
from updating import NEWER, Updating
from use import Use


class Check(Life, Use, Places, Seeing, Updating):
    """One run over an installer."""

    def all(self) -> None:
        """Everything, in the order of a program's life; what an earlier run left goes first."""
        if self.exe.is_file():
            self.machine.run(self.program / "uninstall.exe", "/S")
            self.machine.settle()
        shutil.rmtree(self.machine.user / "AppData" / "Local" / "KPI Desk", ignore_errors=True)
        self.upgrade()
        self.registered()
        self.documents()
        self.window()
        self.start_times()
        self.themes()
        self.dialogs()
        self.shares()
        self.stick()
        self.full_disk()
        self.unwritable()
        self.sleep()
        self.older_file()
        self.broken()
        self.update()
        self.uninstall()
        self.pages()
        self.elsewhere()
        self.same_bytes()


def main() -> int:
    """Check the installer in dist/windows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--setup", type=Path, help="the installer; the newest in dist/windows")
    parser.add_argument("--prefix", type=Path, default=ROOT / "build" / "windows" / "wine")
    parser.add_argument("--display", default=":77")
    parser.add_argument("parts", nargs="*", help="some parts only: upgrade, window, …")
    chosen = parser.parse_args()
    made = (ROOT / "dist" / "windows").glob("KpiDesk-Setup-*.exe")
    own = [one for one in made if OLDER not in one.name and NEWER not in one.name]
    setup = (chosen.setup or max(own)).resolve()
    seen = setup.parent / "seen"
    seen.mkdir(exist_ok=True)
    chosen.prefix.parent.mkdir(parents=True, exist_ok=True)
    display = {**os.environ, "DISPLAY": chosen.display}
    nothing = subprocess.DEVNULL
    screen = ["Xvfb", chosen.display, "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(screen, stderr=nothing) as xvfb:
        time.sleep(1)
        with subprocess.Popen(["openbox"], env=display, stderr=nothing) as desk:
            machine = Machine(chosen.prefix.resolve(), chosen.display)
            check = Check(machine, setup, seen)
            try:
                for part in chosen.parts or ["all"]:
                    getattr(check, part)()
            finally:
                machine.end()
                desk.terminate()
                xvfb.terminate()
    print(f"{check.failed} failed; pictures in {seen}")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The installed program in use: documents, the window, a long path, and what is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from machine import wait_for
from part import COMPANY, NAME, Part
from sources import ROOT

_RUNNING = 5
_TIMES = 6
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setWindowTitle("bare")
window.resize(1240, 700)
window.show()
sys.exit(app.exec())
"""


class Use(Part):
    """Using it."""

    def documents(self) -> None:
        """The installed program makes a company and its documents: the bytes that Linux makes."""
        ours, theirs = self.setup.parent / "demo", self.drive("演示 资料")
        for one in (ours, theirs):
            shutil.rmtree(one, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "kpidesk", "demo", ours],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        status, said = self.machine.python(
            self.program, "-m", "kpidesk", "demo", self.machine.path(theirs)
        )
        self.that(
            "the sample company and its documents are made",
            status == 0,
            said[-300:] if status else "",
        )
        made = sorted(one.relative_to(ours) for one in ours.rglob("*.pdf"))
        alike = [
            one
            for one in made
            if (theirs / one).is_file() and (theirs / one).read_bytes() == (ours / one).read_bytes()
        ]
        self.that(
            "every PDF has the bytes that Linux makes",
            made and alike == made,
            f"{len(alike)} / {len(made)}",
        )
        contract = theirs / next(one for one in made if one.parts[0] == "责任书")
        fonts = _output("pdffonts", contract).splitlines()[2:]
        self.that(
            "all fonts of a contract are embedded",
            fonts and all(" yes yes yes " in one for one in fonts),
        )
        self.that("its text can be searched", "责任书" in _output("pdftotext", contract, "-"))

    def window(self) -> None:
        """The window, as a person opens it."""
        begun = time.monotonic()
        self.machine.start(self.menu)
        window = self.machine.window(NAME)
        ours = time.monotonic() - begun
        self.that("the window opens from the start menu", window, f"{ours:.1f} s")
        self.that(
            "the installer refuses while it runs", self.machine.run(self.setup, "/S") == _RUNNING
        )
        company = self.drive("演示 资料") / "样例公司.kpidesk"
        self.machine.start(self.exe, self.machine.path(company))
        shown = wait_for(lambda: COMPANY in self.machine.title(window), 60)
        self.that("a second start opens its file in the first window", shown)
        self.close(window)

    def start_times(self) -> None:
        """Time to the window beside a bare one, in turns; the first of each warms the disk."""
        bare = self.drive("bare.py")
        bare.write_text(_BARE, encoding="utf-8")
        pythonw = self.program / "runtime" / "pythonw.exe"
        ours, theirs = [], []
        for _ in range(_TIMES + 1):
            ours.append(self._time_to(f"{NAME}$", self.exe))
            theirs.append(self._time_to("bare", pythonw, self.machine.path(bare)))
        mine, other = median(ours[1:]), median(theirs[1:])
        figure = f"{mine:.2f} s / {other:.2f} s = {mine / other:.2f} ×, {_TIMES} each"
        self.that("time to the window, beside a bare one, median", mine < 2 * other, figure)

    def _time_to(self, title: str, program: Path, *arguments: str) -> float:
        begun = time.monotonic()
        self.machine.start(program, *arguments)
        window = self.machine.window(title)
        taken = time.monotonic() - begun
        time.sleep(2)
        self.machine.press(window, "alt+F4")
        self.machine.settle()
        return taken

    def broken(self) -> None:
        """Whatever is missing is told in a window, and no data is touched."""
        self._without(self.program / "runtime" / "python311.dll", "dll-missing")
        self._without(
            self.program / "runtime" / "Lib" / "site-packages" / "PySide6" / "QtCore.pyd",
            "library-missing",
        )
        trace = self.machine.user / "AppData" / "Local" / "KPI Desk" / "log" / "start.txt"
        self.that(
            "what went wrong at the start is written down",
            trace.is_file() and "Traceback" in trace.read_text(),
        )
        file = self.drive("坏文件.kpidesk")
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
        self.machine.start(self.exe, self.machine.path(file))
        window = self.machine.window(NAME)
        time.sleep(6)
        self.machine.picture(self.seen / "broken-file.png")
        self.that("a broken company file is told of in the window", window)
        self.machine.close_all(NAME)
        self.machine.settle()

    def _without(self, file: Path, name: str) -> None:
        aside = file.with_name(file.name + ".aside")
        file.rename(aside)
        self.machine.start(self.exe)
        window = self.machine.window(NAME)
        time.sleep(1)
        self.machine.picture(self.seen / f"{name}.png")
        self.that(f"without {file.name}, a message says so", window)
        self.machine.press(window, "Return")
        self.machine.settle()
        aside.rename(file)


def _output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

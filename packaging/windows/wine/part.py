"""What every part of the check has: the machine, the places, and a way to say what held."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from machine import Machine, wait_for

NAME = "绩效考核台"
COMPANY = "启明"  # a part of the sample company's name, which stands in the title


class Part:
    """A part of one run over an installer."""

    def __init__(self, machine: Machine, setup: Path, seen: Path) -> None:
        self.machine, self.setup, self.seen = machine, setup, seen
        self.program = machine.user / "AppData" / "Local" / "Programs" / "KpiDesk"
        self.exe = self.program / "KpiDesk.exe"
        self.papers = Path(machine.env["HOME"]) / "Documents"
        self.menu = (
            machine.user / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{NAME}.lnk"
        )
        self.desktop = machine.user / "Desktop" / f"{NAME}.lnk"
        self.failed = 0

    def that(self, words: str, holds: object, figure: str = "") -> None:
        """Say whether something holds."""
        self.failed += not holds
        print(
            f"{'ok  ' if holds else 'FAIL'} {words}{f'（{figure}）' if figure else ''}", flush=True
        )

    def drive(self, name: str) -> Path:
        """A place on the disk of the test machine."""
        return self.machine.drive / name

    def sample(self, target: Path) -> Path:
        """A copy of the sample company, which `documents` has made."""
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.drive("演示 资料") / "样例公司.kpidesk", target)
        return target

    def open(self, place: str, **environment: str) -> str:
        """Open a company file by its Windows path; the window, empty if it does not come."""
        self.machine.start(self.exe, place, **environment)
        return self.machine.window(COMPANY, 90)

    def fill_in_person(self, window: str, name: str) -> str:
        """Fill in a new person and confirm; the dialog, which closes when that is saved."""
        self.machine.press(window, "ctrl+2")
        self.machine.rest()
        self.machine.press(window, "ctrl+n")
        dialog = self.machine.window("新增人员", 20)
        self.machine.type(name)
        self.machine.press(dialog, "Tab", "Tab", "Down", "Tab")
        self.machine.type("clerk")
        self.machine.press(dialog, "Return")
        return dialog

    def is_saved(self) -> bool:
        """Whether the dialog of the person closes."""
        return wait_for(lambda: not self.machine.window("新增人员", 0), 20)

    def is_saved_again(self, dialog: str) -> bool:
        """Whether the dialog closes when it is confirmed again; the first answer may be late."""
        for _ in range(3):
            self.machine.press(dialog, "Return")
            if self.is_saved():
                return True
        return False

    def close(self, window: str) -> None:
        """Close the window, which lets the file go."""
        for _ in range(3):  # what closes just now may take the keys
            self.machine.press(window, "alt+F4")
            if wait_for(lambda: not self.machine.window(NAME, 0), 25):
                break
        else:
            self.machine.picture(self.seen / "does-not-close.png")
            self.that("the window closes", holds=False)
            self.machine.close_all(NAME)
        self.machine.settle()


def people_named(file: Path, name: str) -> int:
    """How many people of this name a company file holds.

    Asks a copy: SQLite here takes no path of more than 512 bytes, as Chinese ones soon have.
    """
    asked = "SELECT count(*) FROM people WHERE name = ?"
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(file, Path(folder) / "copy")
        with closing(sqlite3.connect(copy)) as connection:
            return int(connection.execute(asked, [name]).fetchone()[0])

"""The officer at the window: opens the program, looks, clicks and types, keeps pictures."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.walk.eyes import Eyes
from tests.walk.hands import click, look, press, write


class Officer:
    """What one can do at the window, whatever it is for."""

    def __init__(self, eyes: Eyes, folder: Path) -> None:
        self.eyes = eyes
        self.folder = folder
        self.pictures = 0
        self.clicks = 0
        """How often the mouse was pressed."""

    def see(self, what: str) -> None:
        """Keep a picture of the screen."""
        self.pictures += 1
        look(self.folder / f"{self.pictures:02}-{what}.png")

    def click(self, place: tuple[int, int], times: int = 1) -> None:
        """Click there, and count it."""
        self.clicks += times
        click(*place, times=times)

    def push(self, text: str, number: int = 0) -> None:
        """Click a button; `number` (from 0) of those with that text."""
        self.click(self.eyes.button(text, number))

    def fill(self, title: str, text: str, number: int = 0) -> None:
        """Click into a field and write."""
        self.click(self.eyes.field(title, number))
        write(text)

    def choose(self, menu: str, entry: str) -> None:
        """Push a button that opens a menu and click an entry."""
        self.push(menu)
        self.click(self.eyes.entry(entry))

    def save_as(self, path: Path) -> None:
        """Answer the dialog that asks for a file or a folder; wait until it has closed."""
        self.eyes.field("fileNameEdit")
        write(str(path))
        press("Return")
        self.eyes.told(str(path))


def at_window(folder: Path, company: Path | None, act: Callable[[Officer], None]) -> list[str]:
    """Open the program as `python -m kpidesk` does and act; what went wrong, as text.

    The folder becomes the user's home, so that nothing is left over from another walk.
    """
    home = folder / "home"
    home.mkdir(exist_ok=True, parents=True)
    os.environ["HOME"] = str(home)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name)
    from kpidesk.app import Paths, build, load_qt, show

    load_qt()
    paths = Paths.of_user()
    program = build(paths)
    show(program, paths, company)
    officer = Officer(Eyes(), folder)
    problems: list[str] = []

    def go() -> None:
        try:
            act(officer)
        except BaseException:  # noqa: BLE001 - whatever stops the walk is shown
            problems.append(traceback.format_exc())
            officer.see("stopped")
            officer.eyes.ask(lambda: program.app.exit(1))  # asks nobody, unlike quit

    threading.Timer(2.0, go).start()
    program.app.exec()
    sys.excepthook = sys.__excepthook__  # the window is gone: problems go to the terminal again
    return problems

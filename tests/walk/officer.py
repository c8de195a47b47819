"""The officer at the window: opens the program, looks, clicks and types, keeps pictures."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.walk import hands
from tests.walk.eyes import Eyes
from tests.walk.hands import click, look


class Officer:
    """What one can do at the window, whatever it is for; clicks and keys are counted."""

    def __init__(self, eyes: Eyes, folder: Path) -> None:
        self.eyes = eyes
        self.folder = folder
        self.pictures = 0
        self.clicks = 0
        """How often the mouse was pressed."""
        self.keys = 0
        """How many keys were pressed that are no digits, letters or signs of a text."""
        self.letters = 0
        """How many characters were typed or pasted."""
        self.log: list[str] = []
        """What each step cost."""
        self.day = date.min
        """What day it is at the window."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step of the walk: when it is done, a line in the log says what it cost."""
        before, began = (self.clicks, self.keys, self.letters), time.monotonic()
        yield
        clicks, keys, letters = (
            now - then
            for now, then in zip((self.clicks, self.keys, self.letters), before, strict=True)
        )
        took = time.monotonic() - began
        line = f"{name}：点击 {clicks}，按键 {keys}，字符 {letters}（{took:.0f} 秒）"
        self.log.append(line)
        print(line, flush=True)  # noqa: T201 - says how far it is

    def see(self, what: str) -> None:
        """Keep a picture of the screen."""
        self.pictures += 1
        look(self.folder / f"{self.pictures:02}-{what}.png")

    def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        self.keys += len(keys)
        hands.press(*keys)

    def write(self, text: str) -> None:
        """Put a text in place of what stands where the cursor is."""
        self.letters += len(text)
        hands.write(text)

    def enter(self, *texts: str) -> None:
        """Type each text over what stands in the field and go on by Enter."""
        for text in texts:
            self.letters += len(text)
            hands.strike(text)
            self.press("Return")

    def go_on(self, text: str) -> None:
        """Type into a field and go on by Enter; nothing where it stands there already."""
        if text:
            self.enter(text)
        else:
            self.press("Return")

    def paste(self, block: str) -> None:
        """Put a block of cells on the clipboard, as Excel does, and paste it."""
        hands.put_on_clipboard(block)
        self.press("ctrl+v")

    def right_click(self, place: tuple[int, int]) -> None:
        """Open the menu of what is there."""
        self.clicks += 1
        click(*place, button=3)

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
        self.write(text)

    def write_in(self, row: str, column: str | int, text: str) -> None:
        """Open a cell by a double click, write over what stands there, and confirm it."""
        self.click(self.eyes.cell(row, column), times=2)
        self.eyes.editor()
        self.write(text)
        self.press("Return")

    def pick(self, title: str, option: str, number: int = 0) -> None:
        """Open a list by its name and click an option."""
        self.click(self.eyes.field(title, number))
        self.click(self.eyes.option(option))

    def go(self, key: str) -> None:
        """Show a page, by its shortcut."""
        from kpidesk.ui.navigation import page_key
        from kpidesk.ui.pages.registry import PAGES

        number = next(n for n, one in enumerate(PAGES, 1) if one.key == key)
        self.press(page_key(number).lower())
        self.eyes.calm()

    def choose(self, menu: str, entry: str) -> None:
        """Push a button that opens a menu and click an entry."""
        self.push(menu)
        self.click(self.eyes.entry(entry))

    def save_as(self, path: Path) -> None:
        """Answer the dialog that asks for a file or a folder; wait until it has closed."""
        self.answer(path)
        self.eyes.told(str(path))

    def answer(self, path: Path) -> None:
        """Answer the dialog that asks for a file or a folder."""
        self.eyes.field("fileNameEdit")
        self.write(str(path))
        self.press("Return")

    def print_to(self, path: Path) -> None:
        """Answer the printer's dialog: into a file, as Qt offers where there is no printer."""
        self.click(self.eyes.field("filename"))
        self.write(str(path))
        self.press("Return")


def at_window(
    folder: Path,
    company: Path | None,
    act: Callable[[Officer], None],
    today: date | None = None,
) -> list[str]:
    """Open the program as `python -m kpidesk` does and act; what went wrong, as text.

    It is `today` there, until the officer's `day` is set to another one; the real day without it.

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
    officer = Officer(Eyes(), folder)
    officer.day = today or date.today()  # noqa: DTZ011 - the day at the window is the local one
    program = build(paths, lambda: officer.day)
    show(program, paths, company)
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

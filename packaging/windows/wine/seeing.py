"""What a person sees: the window in both themes, a preview, Windows' own dialogs."""

from __future__ import annotations

import time

from machine import wait_for
from part import Part

_CONTRACTS, _FIRST_ROW, _PRINT = "ctrl+5", (200, 233), (806, 62)


class Seeing(Part):
    """Pictures, to be looked at by a person."""

    def themes(self) -> None:
        """The window with the sample company in both themes."""
        file = self.machine.path(self.drive("演示 资料") / "样例公司.kpidesk")
        for theme in ("dark", "light"):
            self.machine.remember("look", theme=theme)
            window = self.open(file)
            self.machine.rest()
            self.machine.picture(self.seen / f"home-{theme}.png")
            self.machine.press(window, _CONTRACTS)
            self.machine.rest()
            self.machine.picture(self.seen / f"contracts-{theme}.png")
            self.close(window)

    def dialogs(self) -> None:
        """A preview, the printer's dialog, and the dialogs for files and folders."""
        window = self.open(self.machine.path(self.drive("演示 资料") / "样例公司.kpidesk"))
        self.machine.rest()
        self.machine.press(window, _CONTRACTS)
        self.machine.rest()
        self.machine.click(window, *_FIRST_ROW, times=2)
        self.machine.rest()
        self.machine.picture(self.seen / "preview.png")
        self.machine.click(window, *_PRINT)
        self.machine.rest()
        self.machine.picture(self.seen / "copies.png")
        self.machine.press(self.machine.window("打印责任书", 20), "Return")
        self.machine.rest()
        self.machine.picture(self.seen / "print.png")
        self.machine.press(window, "Escape")
        time.sleep(2)
        self.machine.press(window, "ctrl+o")
        dialog = self.machine.window("打开公司文件", 20)
        time.sleep(2)
        self.machine.picture(self.seen / "open-file.png")
        self.that("the dialog for files is Windows' own", dialog)
        self.machine.press(dialog, "Escape")
        gone = wait_for(lambda: not self.machine.window("打开公司文件", 0), 20)
        self.that("and can be left", gone)
        self.close(window)

"""The test machine while it is used: programs started, windows seen, keys pressed, time taken."""

from __future__ import annotations

import configparser
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from prefix import environment, make_prefix, wine

_LOOK_EVERY = 0.1
_STILL = 4  # seconds without a change


class Machine:
    """A Windows in Wine with a screen; what it is asked is answered as a person would see it."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.env = environment(prefix, display)
        make_prefix(prefix, self.env)
        self.drive = prefix / "drive_c"
        self.user = self.drive / "users" / self.env["USER"]
        self.registry = prefix / "user.reg"
        self._letters = prefix / "dosdevices"

    def path(self, file: Path) -> str:
        r"""How Windows names a file: on its C:, else on Z:, which is the whole host."""
        if file.is_relative_to(self.drive):
            return "C:\\" + str(file.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(file).replace("/", "\\")

    def run(self, program: Path, *arguments: str, seconds: float = 600) -> int:
        """Run a program to its end; its exit status."""
        command = ["start", "/wait", self.path(program), *arguments]
        return wine(command, self.env, seconds)[0]

    def remember_folder(self, folder: str) -> None:
        """Let the registry say that the program was installed into a folder before."""
        key = ("reg", "add", r"HKCU\Software\KpiDesk", "/v", "InstallDir", "/d", folder, "/f")
        wine(list(key), self.env)

    def python(self, program: Path, *arguments: str) -> tuple[int, str]:
        """Run the Python of an installed program."""
        return wine(
            [self.path(program / "runtime" / "python.exe"), "-X", "utf8", *arguments], self.env
        )

    def letter(self, name: str, folder: Path) -> str:
        r"""Give a folder of the host a letter of a drive; how Windows names it: K:\ ."""
        link = self._letters / f"{name.lower()}:"
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
        return f"{name.upper()}:\\"

    def share(self, server: str, name: str, folder: Path) -> str:
        r"""Let a folder of the host be a share: \\server\name\ ."""
        link = self._letters / "unc" / server / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
        return f"\\\\{server}\\{name}\\"

    def remember(self, section: str, **values: str) -> None:
        """Write into the settings of the program, which does not run."""
        file = self.user / "AppData" / "Local" / "KPI Desk" / "settings.ini"
        known = configparser.RawConfigParser()
        known.optionxform = str  # type: ignore[assignment,method-assign]  # keep capitals
        known.read(file, encoding="utf-8")
        if not known.has_section(section):
            known.add_section(section)
        for key, value in values.items():
            known.set(section, key, value)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8") as stream:
            known.write(stream, space_around_delimiters=False)

    def signal(self, program: str, what: int) -> int:
        """Send a signal to the processes of a program of this machine; how many there are."""
        found = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().partition(b"\0")[0].decode()
                ours = f"WINEPREFIX={self.env['WINEPREFIX']}" in (folder / "environ").read_text()
            except (OSError, UnicodeDecodeError):
                continue
            if ours and words.endswith(program):
                os.kill(int(folder.name), what)
                found += 1
        return found

    def start(self, program: Path, *arguments: str, **environment: str) -> None:
        """Start a program and go on."""
        subprocess.Popen(
            ["wine", "start", self.path(program), *arguments],
            env={**self.env, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def window(self, name: str, seconds: float = 60) -> str:
        """The window whose title holds these words, as soon as it shows; empty if it never does."""
        found = ""

        def look() -> bool:
            nonlocal found
            found = self._xdotool("search", "--onlyvisible", "--name", name).partition("\n")[0]
            return bool(found)

        wait_for(look, seconds)
        return found

    def title(self, window: str) -> str:
        """The title of a window."""
        return self._xdotool("getwindowname", window).strip()

    def press(self, window: str, *keys: str) -> None:
        """Press keys in a window."""
        self._xdotool("windowactivate", "--sync", window)
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type Latin letters into what has the keyboard."""
        self._xdotool("type", "--delay", "40", text)

    def click(self, window: str, across: int, down: int, *, times: int = 1) -> None:
        """Click at a place in a window."""
        self._xdotool("mousemove", "--window", window, str(across), str(down))
        time.sleep(0.3)
        self._xdotool("click", "--repeat", str(times), "--delay", "80", "1")

    def close_all(self, name: str) -> None:
        """Close the windows whose titles hold these words, a message before the one behind it."""
        for _ in range(5):
            window = self.window(name, 1)
            if not window:
                break
            self.press(window, "Escape")
            self.press(window, "alt+F4")
            time.sleep(1)

    def picture(self, target: Path) -> None:
        """Keep what is on the screen."""
        subprocess.run(["import", "-window", "root", target], env=self.env, check=True)

    def rest(self, seconds: float = 60) -> None:
        """Wait until nothing moves on the screen: no page is on its way, no bar is busy."""
        small = ("import", "-window", "root", "-resize", "10%", "-depth", "4", "gray:-")
        before, since = b"", time.monotonic()
        end = since + seconds
        while time.monotonic() < min(end, since + _STILL):
            time.sleep(0.5)
            now = subprocess.run(small, env=self.env, capture_output=True, check=True).stdout
            if now != before:
                before, since = now, time.monotonic()

    def settle(self) -> None:
        """Wait until no Windows program runs, and what they registered is on the disk."""
        subprocess.run(["wineserver", "-w"], env=self.env, check=True, timeout=300)

    def end(self) -> None:
        """End every program."""
        subprocess.run(["wineserver", "-k"], env=self.env, check=False)

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments], env=self.env, capture_output=True, text=True, check=False
        ).stdout


def wait_for(happened: Callable[[], bool], seconds: float) -> bool:
    """Look again and again; whether it happened in time."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_EVERY)
    return True

"""Where a company file may lie, and what can happen to such a place while the file is open."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from machine import wait_for
from part import COMPANY, NAME, Part, people_named

_HERE = Path(__file__).resolve().parent
_SUSPEND, _RESUME = 0x4, 0x12
_PERSON = "新增人员"
_LATE = 15  # seconds in which a failure has been told, also on a busy machine
_TELL = """
import ctypes, sys
user = ctypes.windll.user32
told = []
@ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
def look(window, _):
    text = ctypes.create_unicode_buffer(200)
    user.GetWindowTextW(ctypes.c_void_p(window), text, 200)
    if sys.argv[1] in text.value:
        user.PostMessageW(ctypes.c_void_p(window), 0x218, int(sys.argv[2]), 0)
        told.append(text.value)
    return 1
user.EnumWindows(look, 0)
sys.exit(not told)
"""


class Places(Part):
    """Shares, letters of drives, sticks, full disks, sleep."""

    def shares(self) -> None:
        """A share, and a drive of another letter with a long path of Chinese and spaces."""
        folder = self.drive("共享")
        place = self.machine.share("fileserver", "人事部 资料", folder)
        self._works(self.sample(folder / "公司.kpidesk"), f"{place}公司.kpidesk", "on a share")
        deep = Path(
            "人事 行政 部" * 8, "二〇二六年度 绩效 考核" * 7, "归档 资料" * 6, "公司.kpidesk"
        )
        disk = self.drive("另一个盘")
        place = self.machine.letter("K", disk) + "\\".join((*deep.parts, "公司.kpidesk"))
        words = f"on K:, path of {len(place)} characters"
        self._works(self.sample(disk / deep / "公司.kpidesk"), place, words)

    def _works(self, file: Path, place: str, words: str) -> None:
        window = self.open(place)
        self.that(f"a company file opens {words}", window)
        self.fill_in_person(window, "Ann Lee")
        self.is_saved()
        self.close(window)
        self.that(f"and is saved {words}", people_named(file, "Ann Lee") == 1)

    def stick(self) -> None:
        """A stick is pulled out while its file is open, and put in again."""
        folder = self.machine.drive.parent.with_name("stick")
        away, gone = folder.with_name("stick-away"), folder.with_name("stick.gone")
        gone.unlink(missing_ok=True)
        shutil.rmtree(away, ignore_errors=True)
        file = self.sample(folder / "公司.kpidesk")
        place = self.machine.letter("S", folder)
        library = folder.with_name("stick.so")
        shared = ("gcc", "-O2", "-shared", "-fPIC", "-o")
        subprocess.run([*shared, library, _HERE / "stick.c", "-ldl"], check=True)
        shim = {"LD_PRELOAD": str(library), "KPIDESK_STICK": str(gone)}
        window = self.open(f"{place}公司.kpidesk", **shim)
        self.fill_in_person(window, "Ann Lee")
        self.that("a person is saved on a stick", window and self.is_saved())
        folder.rename(away)
        gone.write_text("\n".join(str(one.stat().st_ino) for one in away.iterdir()))
        dialog = self.fill_in_person(window, "Bob Lee")
        time.sleep(_LATE)
        self.machine.picture(self.seen / "stick-pulled.png")
        stays = self.machine.window(_PERSON, 1)
        self.that("the stick is pulled out: the dialog stays, with what was typed", stays)
        shutil.copytree(away, folder)  # other files to the system, as after a real plugging in
        self.that("the stick is back: the same dialog is saved", self.is_saved_again(dialog))
        time.sleep(3)
        self.machine.picture(self.seen / "stick-back.png")
        self.close(window)
        self.that(
            "both people are in the file, once",
            (people_named(file, "Ann Lee"), people_named(file, "Bob Lee")) == (1, 1),
        )

    def full_disk(self) -> None:
        """The disk fills up; once there is room again, the same dialog is saved."""
        with self._disk("Q", "size=64m") as folder:
            file = self.sample(folder / "公司.kpidesk")
            window = self.open("Q:\\公司.kpidesk")
            time.sleep(5)
            rest = folder / "rest"
            with rest.open("wb", buffering=0) as stream, suppress(OSError):
                while True:
                    stream.write(bytes(4096))
            dialog = self.fill_in_person(window, "Ann Lee")
            time.sleep(_LATE)
            self.machine.picture(self.seen / "disk-full.png")
            self.that("a full disk: the dialog stays", self.machine.window(_PERSON, 1))
            rest.unlink()
            again = self.is_saved_again(dialog)
            self.that("there is room again: the same dialog is saved", again)
            self.close(window)
            self.that("the person is in the file, once", people_named(file, "Ann Lee") == 1)

    def unwritable(self) -> None:
        """A disk that nothing can be written to."""
        with self._disk("R", "size=64m") as folder:
            self.sample(folder / "公司.kpidesk")
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            self.machine.start(self.exe, "R:\\公司.kpidesk")
            window = self.machine.window(NAME, 60)
            time.sleep(8)
            self.machine.picture(self.seen / "unwritable.png")
            title = self.machine.title(window)
            self.that("a folder that cannot be written: told, not opened", COMPANY not in title)
            self.machine.close_all(NAME)
            self.machine.settle()

    @contextmanager
    def _disk(self, letter: str, options: str) -> Iterator[Path]:
        """A small disk of its own, which needs the rights of root."""
        folder = self.machine.drive.parent.with_name(f"disk-{letter}")
        folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "kpidesk", folder], check=True)
        self.machine.letter(letter, folder)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)

    def sleep(self) -> None:
        """The computer sleeps with an open file: nobody else gets it, and work goes on."""
        file = self.sample(self.drive("睡眠") / "公司.kpidesk")
        window = self.open(self.machine.path(file))
        tell = (self.program, "-c", _TELL, COMPANY)
        self.that("it is told of sleep", self.machine.python(*tell, str(_SUSPEND))[0] == 0)
        asleep = self.machine.signal("KpiDesk.exe", signal.SIGSTOP)
        self.that("it sleeps", asleep)
        look = ("-m", "kpidesk", "verify", self.machine.path(file))
        status, said = self.machine.python(self.program, *look)
        self.that("nobody else gets the file meanwhile", status != 0 and "正被另一个" in said, said)
        time.sleep(5)
        self.machine.signal("KpiDesk.exe", signal.SIGCONT)
        self.machine.python(*tell, str(_RESUME))
        self.fill_in_person(window, "Ann Lee")
        self.that("awake again, it goes on", self.is_saved())
        self.close(window)
        self.that("and what was done is saved", people_named(file, "Ann Lee") == 1)
        self.that("it has ended", wait_for(lambda: not self.machine.signal("KpiDesk.exe", 0), 20))

"""A walk through the real window, with mouse and keyboard, from an empty desk to a report.

    python -m tests.walk.walk FOLDER

wants a display with a window manager (Xvfb and openbox will do), xdotool, xclip and ImageMagick.
It writes a numbered picture of every step, the company file and the PDFs to FOLDER.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.walk.eyes import Eyes
from tests.walk.hands import click, look, press, write

NAMES = (("䶮小宁", "K001"), ("陈𬭎", "K002"))


class Walk:
    """The officer: what they do, step by step."""

    def __init__(self, eyes: Eyes, folder: Path) -> None:
        self.eyes = eyes
        self.folder = folder
        self.pictures = 0

    def see(self, what: str) -> None:
        """Keep a picture of the screen."""
        self.pictures += 1
        look(self.folder / f"{self.pictures:02}-{what}.png")

    def push(self, text: str) -> None:
        """Click a button."""
        click(*self.eyes.button(text))

    def fill(self, title: str, text: str, number: int = 0) -> None:
        """Click into a field and write."""
        click(*self.eyes.field(title, number))
        write(text)

    def go(self) -> None:
        """The whole way."""
        self.found_company()
        self.enter_people()
        self.draw_up()
        self.print_contract()
        self.sign()
        self.score()
        self.report()

    def found_company(self) -> None:
        """A new company file."""
        self.see("welcome")
        self.push("新建公司文件")
        self.fill("公司全称", "绵州启明软件有限公司")
        self.fill("法定代表人", "秦岳山")
        self.fill("经办人", "苏婉宁")
        self.fill("文件位置", str(self.folder / "启明.kpidesk"))
        self.see("new-company")
        self.push("新建")
        self.eyes.text("绵州启明软件有限公司")
        self.see("home")

    def enter_people(self) -> None:
        """A department and two people with rare characters in their names."""
        press("ctrl+2")
        self.push("新增部门")
        self.eyes.field("部门名称")
        write("大客户部")
        press("Return")
        self.eyes.cell("大客户部")
        for name, number in NAMES:
            self.push("新增人员")
            self.fill("姓名", name)
            self.fill("工号", number)
            self.fill("岗位", "大客户经理")
            self.see(f"person-{number}")
            self.push("保存")
            self.eyes.cell(name)
        self.see("people")

    def draw_up(self) -> None:
        """A contract for the first of them."""
        click(*self.eyes.cell(NAMES[0][0]))
        self.push("拟定责任书")
        self.eyes.field("考核方案")
        self.see("basis")
        self.push("下一步")
        self.fill("销售增长每档金额", "5")
        self.see("parameters")
        self.push("下一步")
        click(*self.eyes.cell("全期目标", 1), times=2)
        write("960")
        press("Return")
        self.push("平均分解")
        click(*self.eyes.cell("全期目标", 2), times=2)
        write("36")
        press("Return")
        click(*self.eyes.button_number("平均分解", 1))
        self.see("targets")
        self.push("生成责任书")
        self.eyes.cell("大客户部-")
        self.see("contracts")

    def print_contract(self) -> None:
        """Look at it, then print both copies."""
        click(*self.eyes.cell("大客户部-"), times=2)
        self.see("contract")

    def sign(self) -> None:
        """Both parties have signed."""

    def score(self) -> None:
        """After the interview."""

    def report(self) -> None:
        """The review report."""


def main() -> int:
    """Open the program and walk; 0 when the walk came to its end."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / "home"
    home.mkdir(exist_ok=True)
    os.environ["HOME"] = str(home)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name)
    from kpidesk.app import Paths, build, load_qt, show

    load_qt()
    paths = Paths.of_user()
    program = build(paths)
    show(program, paths, None)
    walk = Walk(Eyes(), folder)
    problems: list[str] = []

    def steps(path: Callable[[], None]) -> None:
        try:
            path()
        except BaseException:  # noqa: BLE001 - whatever stops the walk is shown
            problems.append(traceback.format_exc())
            walk.see("stopped")
        finally:
            walk.eyes.ask(program.app.quit)

    threading.Timer(2.0, steps, [walk.go]).start()
    program.app.exec()
    print(*problems, sep="\n")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

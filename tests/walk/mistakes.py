"""A walk through what an officer may get wrong, at the real window.

    python -m tests.walk.mistakes FOLDER

wants what the walk wants. Each mistake must be met with a message in Chinese that says how to mend
it, what was typed must stay, and the company file must not change. Pictures go to FOLDER.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.walk import matter
from tests.walk.company import NAME, make_company
from tests.walk.hands import click, press, strike, wheel_down, write
from tests.walk.matter import PEOPLE
from tests.walk.officer import Officer, at_window

HOLDER = """
import sys
from pathlib import Path
from kpidesk.usecases.company import open_company
company = open_company(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


class Mistakes:
    """One mistake after the other."""

    def __init__(self, officer: Officer) -> None:
        self.officer, self.eyes, self.folder = officer, officer.eyes, officer.folder
        self.file = self.folder / NAME
        self.found: list[str] = []

    def go(self) -> None:
        """All of them."""
        self.files()
        self.officer.push("打开文件")
        self.answer(self.file)
        self.eyes.told("已打开")
        self.dates_and_numbers()
        self.targets()
        self.scores()
        press("alt+F4")

    def expect(self, what: str, *words: str) -> None:
        """A message with these words is on the screen; keep its picture."""
        for word in words:
            self.eyes.text(word)
        self.officer.see(what)

    def answer(self, path: Path) -> None:
        """Choose a file in the dialog that asks for one."""
        self.eyes.field("fileNameEdit")
        write(str(path))
        press("Return")

    # --- files

    def files(self) -> None:
        """A text file, a newer version, a read-only file, a file open in another window."""
        text = self.folder / "文本.kpidesk"
        text.write_text("这不是公司文件\n" * 400, encoding="utf-8")
        newer = Path(shutil.copy(self.file, self.folder / "新版本.kpidesk"))
        content = bytearray(newer.read_bytes())
        content[60:64] = (9999).to_bytes(4, "big")  # where SQLite keeps our version
        newer.write_bytes(content)
        locked = Path(shutil.copy(self.file, self.folder / "只读.kpidesk"))
        locked.chmod(0o444)
        for path, name, word in (
            (text, "text-file", "不是"),
            (newer, "newer", "更新版本"),
            (locked, "read-only", "只读"),
        ):
            self.refused(path, name, word)
        other = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(self.file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with other:
            assert other.stdout is not None
            assert other.stdout.readline() == "open\n"
            self.refused(self.file, "held", "正被另一个")
            other.communicate("")

    def refused(self, path: Path, name: str, word: str) -> None:
        """Opening it fails with a message, and leaves it as it was."""
        before = path.read_bytes()
        self.officer.push("打开文件")
        self.answer(path)
        self.expect(f"file-{name}", f"无法打开“{path.name}”", word)
        press("Return")
        assert path.read_bytes() == before, f"{path} was changed"

    # --- forms

    def dates_and_numbers(self) -> None:
        """30 February, weights that do not add to 100, a number with letters."""
        me = self.officer
        press("ctrl+2")
        click(*self.eyes.cell(PEOPLE[0].name))
        me.push("拟定责任书")
        self.eyes.text("第一次考核")
        me.fill("责任期限开始日", "2026-02-30")
        press("Tab")
        self.expect("date", "2 月")
        me.fill("责任期限开始日", "2029-01-01")
        click(*self.eyes.field("考核方案"))
        click(*self.eyes.cell("总监绩效考核方案"))
        me.push("下一步")
        wheel_down(*self.eyes.text("评分人权重"), 40)
        me.fill("市场份额", "15")
        me.push("下一步")
        self.expect("weights", "105%")
        me.push("上一步")
        click(*self.eyes.field("考核方案"))
        click(*self.eyes.cell(matter.SCHEME))
        me.push("下一步")
        me.fill("销售增长每档金额", "12abc")
        me.push("下一步")
        self.expect("letters", "12abc")

    def targets(self) -> None:
        """A target of zero, and one with letters."""
        me = self.officer
        me.fill("销售增长每档金额", matter.GROWTH_STEP)
        me.push("下一步")
        for typed in ("0", "9x0"):
            click(*self.eyes.cell("全期目标", 1), times=2)
            write(typed)
            press("Return")
            me.push("生成 1 份草稿")
            self.expect(f"target-{typed}", "标红的格子")
        press("Escape")
        me.push("放弃")

    def scores(self) -> None:
        """More than full points, and letters, on an open sheet."""
        self.eyes.calm()
        self.officer.push("评分")
        self.eyes.button("还缺 11 项")
        click(*self.eyes.cell(PEOPLE[0].name))
        press("Return")
        for _ in range(4):
            press("Down")
        for typed, word in (("10.5", "最高 10 分"), ("八分", "汉字数字")):
            if typed.isascii():
                strike(typed)
            else:
                write(typed)
            press("Return")
            self.expect(f"score-{len(typed)}", word)
        press("ctrl+2")
        self.expect("score-stays", "改正标红的一项")
        press("Escape")


def main() -> int:
    """Prepare a company file by the walk's own figures, then make every mistake."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    make_company(folder / NAME, date.today())  # noqa: DTZ011 - as at the window
    problems = at_window(folder, None, lambda officer: Mistakes(officer).go())
    print(*problems, sep="\n")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

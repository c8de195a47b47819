"""A year at the real window: thirty people from Excel to thirty signed contracts, then the rest.

    python -m tests.walk.year FOLDER

wants what the walk wants, and takes ten minutes. With mouse and keys alone it founds a company and
draws up its contracts; then it takes over the sample company at the end of its year: a newcomer,
next year's targets and contracts on paper, the last month's figures, scores typed twice,
interviews, calibration, approval with one returned, an appeal, the closing, a pay run and its
reversal, the evidence, the year's report. Every page is looked at, and its chapter of the manual.

It keeps a numbered picture of every step in FOLDER, tells what each step cost in clicks and keys,
and in the end asks the company file and the PDFs whether all that was clicked has come about.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import xlsxwriter

from tests.walk import matter, story
from tests.walk.officer import Officer, at_window
from tests.walk.year_paper import Paper
from tests.walk.year_pay import Pay
from tests.walk.year_proof import check_year
from tests.walk.year_review import Review
from tests.walk.year_scores import Scores

MOST_CLICKS = 25
_LONG = 300.0
"""Seconds to wait for sixty documents, or for the sample company to be made."""
_PEOPLE = 30
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_HEADS = ("工号", "姓名", "部门", "岗位", "直属上级", "入职日期")
_FIRST = f"{_SURNAMES[0]}子涵"


def workbook(path: Path) -> None:
    """The register of thirty people, as an office keeps it."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("花名册")
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _HEADS)
    for number, surname in enumerate(_SURNAMES, 1):
        leader = "Q001" if number > 1 else ""
        row = (f"Q{number:03}", f"{surname}子涵", matter.DEPARTMENT, matter.POST, leader)
        sheet.write_row(number, 0, row)
        sheet.write_datetime(number, 5, date(2022, 1 + number % 12, 1), days)
    book.close()


class Year:
    """From the workbook on."""

    def __init__(self, officer: Officer) -> None:
        self.me, self.eyes, self.folder = officer, officer.eyes, officer.folder

    def go(self) -> None:
        """The whole of it."""
        me = self.me
        with me.step("新建公司文件"):
            self.found_company()
        before = me.clicks
        with me.step(f"{_PEOPLE} 人从 Excel 到打印好的责任书"):
            self.import_people()
            self.draw_up()
            self.print_out()
        assert me.clicks - before <= MOST_CLICKS, me.log
        with me.step(f"{_PEOPLE} 份责任书登记签署"):
            self.sign()
        with me.step("样例公司：打开，看每一页和它的手册"):
            self.sample_year()
        for part in (Paper, Scores, Review, Pay):
            part(me).go()
        me.press("alt+F4")

    def found_company(self) -> None:
        """A new company file."""
        me = self.me
        me.push("新建公司文件")
        me.fill("公司全称", matter.COMPANY)
        me.fill("法定代表人", matter.REPRESENTATIVE)
        me.fill("经办人", matter.OFFICER)
        me.fill("文件位置", str(self.folder / "一年.kpidesk"))
        me.push("新建")
        self.eyes.text(matter.COMPANY)
        self.eyes.calm()
        me.see("home")

    def import_people(self) -> None:
        """The register."""
        me = self.me
        me.press("ctrl+i")
        me.see("import-file")
        me.push("选择文件")
        self.eyes.field("fileNameEdit")
        me.write(str(self.folder / "花名册.xlsx"))
        me.press("Return")
        self.eyes.text("列的对应")
        self.eyes.cell("直属上级")
        me.see("import-columns")
        me.push("下一步")
        self.eyes.button(f"导入 {_PEOPLE} 行")
        me.see("import-preview")
        me.push(f"导入 {_PEOPLE} 行")
        self.eyes.button("完成")
        me.see("import-done")
        me.push("完成")
        me.press("ctrl+2")
        self.eyes.cell(_FIRST)
        self.eyes.calm()
        me.see("people")

    def draw_up(self) -> None:
        """A contract for each, all at once."""
        me = self.me
        me.click(self.eyes.cell(_FIRST))
        me.press("ctrl+a")
        me.push("拟定责任书")
        self.eyes.text("第一次考核")
        me.see("basis")
        me.push("下一步")
        me.see("parameters")
        me.fill("销售增长每档金额", matter.GROWTH_STEP)
        me.push("下一步")
        for column, total in enumerate((matter.SALES, matter.CUSTOMERS)):
            me.write_in("全期目标", column + 1, total)
            me.push("平均分解", column)
        me.see("targets")
        me.push(f"生成 {_PEOPLE} 份草稿")
        self.eyes.cell(_FIRST)
        self.eyes.calm()
        me.see("contracts")

    def print_out(self) -> None:
        """Both copies of all, into one file where there is no printer."""
        me = self.me
        me.press("ctrl+a")
        me.push("打印")
        me.see("copies")
        me.push("选择打印机")
        me.click(self.eyes.field("filename"))
        me.write(str(self.folder / "打印.pdf"))
        me.press("Return")
        self.eyes.told("请登记签署", _LONG)
        self.eyes.calm()
        me.see("printed")

    def sign(self) -> None:
        """All of them signed on one day."""
        me = self.me
        me.click(self.eyes.cell(_FIRST))
        me.press("ctrl+a")
        me.push("登记签署")
        me.fill("签署日期", me.day.isoformat())
        me.press("Return")
        self.eyes.told("已登记签署")
        self.eyes.calm()
        me.see("signed")

    def sample_year(self) -> None:
        """A year that is over: every page of it, found by Ctrl+K, and the manual by F1."""
        me = self.me
        self.look_for("样例公司")
        self.eyes.told("已打开", _LONG)
        self.eyes.calm()
        me.see("sample")
        from kpidesk.ui.pages.registry import PAGES

        for entry in PAGES:
            self.look_for(entry.name)
            self.eyes.calm()
            me.see(entry.key)
            me.press("F1")
            me.see(f"manual-{entry.key}")
            me.press("Escape")

    def look_for(self, words: str) -> None:
        """全局搜索, and what is found first."""
        me = self.me
        self.eyes.front()
        me.press("ctrl+k")
        self.eyes.field("全局搜索")
        me.write(words)
        self.eyes.cell(words)
        me.see(f"search-{words}")
        me.press("Return")


def check_print(folder: Path) -> list[str]:
    """What is wrong with the printed contracts: each in two copies of as many pages."""
    words = ["pdfinfo", str(folder / "打印.pdf")]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    pages = next(int(line.split()[1]) for line in lines if line.startswith("Pages:"))
    copies = 2 * _PEOPLE
    return [] if pages >= 2 * copies and pages % copies == 0 else [f"{pages} pages on paper"]


def main() -> int:
    """Open the program and walk; 0 when the year came to its end."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    workbook(folder / "花名册.xlsx")
    problems = at_window(folder, None, lambda officer: Year(officer).go(), story.STARTS)
    if not problems:
        problems += check_print(folder)
        problems += check_year(folder, next(folder.glob("home/**/样例公司.kpidesk")))
    print(*problems or ["一年走完，点过的都在文件里、在纸上"], sep="\n")  # noqa: T201 - as above
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

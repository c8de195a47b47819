"""A walk through the real window, with mouse and keyboard, from an empty desk to a report.

    python -m tests.walk.walk FOLDER

wants a display with a window manager (Xvfb and openbox will do), xdotool, xclip, ImageMagick and
poppler's pdftotext. It writes a numbered picture of every step, the company file and the PDFs to
FOLDER, then reads them again: every name and figure that was entered must be in them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from tests.walk import matter
from tests.walk.hands import click, clipboard, press, strike, write
from tests.walk.matter import PEOPLE, Scored
from tests.walk.officer import Officer, at_window
from tests.walk.proof import (
    BLANKS,
    CONTRACTS,
    FILE,
    PRINTED,
    check_file,
    check_papers,
    report_name,
    sheet_name,
)


class Walk:
    """The main job from end to end."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.eyes = officer.eyes
        self.folder = officer.folder
        self.today = date.today()  # noqa: DTZ011 - the day at the window is the local one

    def go(self) -> None:
        """The whole way."""
        self.found_company()
        self.enter_people()
        self.draw_up()
        self.print_contracts()
        self.sign()
        self.print_blanks()
        for one in PEOPLE:
            self.score(one)
        self.interview(PEOPLE[0])
        for one in PEOPLE:
            self.report(one)
        self.leave()

    def found_company(self) -> None:
        """A new company file."""
        me = self.officer
        me.see("welcome")
        me.push("新建公司文件")
        me.fill("公司全称", matter.COMPANY)
        me.fill("法定代表人", matter.REPRESENTATIVE)
        me.fill("经办人", matter.OFFICER)
        me.fill("文件位置", str(self.folder / FILE))
        me.see("new-company")
        me.push("新建")
        self.eyes.text(matter.COMPANY)
        me.see("home")

    def enter_people(self) -> None:
        """The first department, then people one after the other, as the program leads."""
        me = self.officer
        press("ctrl+2")
        me.see("people-empty")
        me.push("新增人员")
        self.eyes.field("部门名称")
        write(matter.DEPARTMENT)
        press("Return")
        for one in PEOPLE:
            me.fill("姓名", one.name)
            me.fill("工号", one.number)
            me.fill("岗位", matter.POST)
            if one in (PEOPLE[0], PEOPLE[-1]):
                me.push("保存后继续录入下一人")  # stays ticked until the last
            me.see(f"person-{one.number}")
            me.push("保存")
            self.eyes.told(f"已新增{one.name}")
        self.eyes.calm()
        me.see("people")

    def draw_up(self) -> None:
        """A contract for each of them."""
        me = self.officer
        click(*self.eyes.cell(PEOPLE[0].name))
        press("ctrl+a")
        me.push("拟定责任书")
        self.eyes.text("第一次考核")
        me.fill("责任期限开始日", matter.first_day(self.today).isoformat())
        press("Tab")
        me.see("basis")
        me.push("下一步")
        me.fill("销售增长每档金额", matter.GROWTH_STEP)
        me.see("parameters")
        me.push("下一步")
        for column, total in enumerate((matter.SALES, matter.CUSTOMERS)):
            click(*self.eyes.cell("全期目标", column + 1), times=2)
            write(total)
            press("Return")
            me.push("平均分解", column)
        me.see("targets")
        me.push(f"生成 {len(PEOPLE)} 份草稿")
        self.eyes.cell(PEOPLE[-1].name)
        self.eyes.calm()
        me.see("contracts")

    def print_contracts(self) -> None:
        """Look at one, save both copies of all as one file, print them."""
        me = self.officer
        click(*self.eyes.cell(PEOPLE[0].name), times=2)
        self.eyes.button("返回列表")
        self.eyes.calm()
        me.see("contract")
        me.push("返回列表")
        click(*self.eyes.cell(PEOPLE[0].name))
        press("ctrl+a")
        me.choose("另存为 PDF", "PDF：甲乙双方各一份，合成一个文件")
        me.save_as(self.folder / CONTRACTS)
        me.push("打印")
        me.see("copies")
        me.push("选择打印机")
        me.see("printer")
        me.print_to(self.folder / PRINTED)
        self.eyes.told("请登记签署")
        me.see("printed")

    def sign(self) -> None:
        """Both parties have signed."""
        me = self.officer
        click(*self.eyes.cell(PEOPLE[0].name))
        press("ctrl+a")
        me.push("登记签署")
        me.fill("签署日期", self.today.isoformat())
        me.see("sign")
        press("Return")
        self.eyes.told("已登记签署")
        self.eyes.calm()
        me.see("signed")

    def print_blanks(self) -> None:
        """Blank sheets for the interviews: of everybody, then of one."""
        me = self.officer
        me.go("scoring")
        self.eyes.cell(PEOPLE[0].name)
        self.eyes.calm()
        me.see("scoring")
        me.choose("打印", "列表中所有人的空白评分表")
        self.eyes.button("另存为 PDF")
        me.see("blank-sheets")
        me.push("另存为 PDF")
        me.save_as(self.folder / BLANKS)
        press("Escape")

    def score(self, one: Scored) -> None:
        """After the interview: the sheet from top to bottom, by keyboard alone."""
        me = self.officer
        click(*self.eyes.cell(one.name))
        press("Return")
        self.eyes.calm()
        for figure in (one.sales, one.quarter_before, one.quarter, one.customers):
            self.enter(figure)
        self.enter(one.information)
        self.enter(one.teamwork)
        for digits in (one.knowledge, one.judgement, one.talking):
            strike(digits)
            press("Return")
        self.enter(matter.days_present(one, self.today))
        me.see(f"scoring-{one.number}")
        self.enter(one.late)
        self.eyes.button(one.total)
        me.see(f"scored-{one.number}")
        press("Return")
        self.eyes.text(f"为{one.name}定分？")
        me.see(f"finish-{one.number}")
        press("Return")
        self.eyes.told("已定分")
        me.choose("打印", "已填评分表")
        self.eyes.button("另存为 PDF")
        me.push("另存为 PDF")
        me.save_as(self.folder / sheet_name(one))
        me.see(f"sheet-{one.number}")
        press("Escape")

    def enter(self, text: str) -> None:
        """Type over what stands in the field and go on."""
        strike(text)
        press("Return")

    def interview(self, one: Scored) -> None:
        """What was said."""
        me = self.officer
        me.go("results")
        click(*self.eyes.cell(one.name))
        self.eyes.calm()
        me.see("results")
        me.push("面谈记录")
        me.fill("面谈日期", self.today.isoformat())
        me.fill("面谈人", matter.REPRESENTATIVE)
        me.fill("优点", matter.STRENGTHS)
        me.fill("不足", matter.WEAKNESSES)
        me.fill("考核人意见", matter.COMMENT)
        press("Tab", "Tab", "Tab")  # the rest of the form comes into view
        write(matter.PLAN)
        me.see("interview")
        me.push("保存面谈记录")
        self.eyes.told("面谈记录已保存")

    def report(self, one: Scored) -> None:
        """The review report."""
        me = self.officer
        click(*self.eyes.cell(one.name))
        me.push("考核报告")
        self.eyes.button("另存为 PDF")
        self.eyes.calm()
        me.see(f"report-{one.number}")
        me.push("另存为 PDF")
        me.save_as(self.folder / report_name(one))

    def leave(self) -> None:
        """Copy the results, as for a letter, and close the window while they are held."""
        click(*self.eyes.cell(PEOPLE[0].name))
        press("ctrl+a")
        press("ctrl+c")
        copied = clipboard()
        missed = [one.name for one in PEOPLE if one.name not in copied or one.total not in copied]
        assert not missed, f"{missed} not in the copied table: {copied!r}"
        press("alt+F4")


def main() -> int:
    """Open the program and walk; 0 when the walk came to its end and everything is there."""
    folder = Path(sys.argv[1]).resolve()
    problems = at_window(folder, None, lambda officer: Walk(officer).go())
    if not problems:
        today = date.today()  # noqa: DTZ011 - as at the window
        problems += check_papers(folder, today)
        problems += check_file(folder / FILE, today)
    print(*problems, sep="\n")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

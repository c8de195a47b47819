"""The year's walk, second part: December's figures, sheets from paper and workbook, interviews."""

from __future__ import annotations

import xlsxwriter

from tests.walk import story
from tests.walk.officer import Officer

SHEET, RECORD = "评分表.pdf", "面谈记录表.pdf"
WORKBOOK = "评分.xlsx"
_LONG = 60.0


class Scores:
    """From the missing figures to signed interviews."""

    def __init__(self, officer: Officer) -> None:
        self.me, self.eyes, self.folder = officer, officer.eyes, officer.folder

    def go(self) -> None:
        """All of it."""
        me = self.me
        with me.step("实绩：补录 12 月缺的数"):
            self.enter_actuals()
        with me.step(f"评分：从 Excel 导入{story.IMPORTED}的得分"):
            self.bring_in()
        with me.step(f"评分：按纸质表录入{story.TYPED}的一张"):
            self.type_in()
        with me.step(f"评分：{story.TYPED}的一张由另一人二次录入并核对"):
            self.type_again()
        with me.step(f"评分：核对{story.TWICE}两次录入不一致的一项"):
            self.settle()
        with me.step("评分：四张定分"):
            self.finish()
        with me.step("评分表存为 PDF"):
            self.print_sheet()
        with me.step(f"面谈：{story.TYPED}拒签，两名见证人，留置送达"):
            self.refuse()
        with me.step(f"面谈：{story.TWICE}保留意见，改进计划一项；记录表存为 PDF"):
            self.reserve()

    def enter_actuals(self) -> None:
        """What is counted, item by item."""
        me = self.me
        me.go("actuals")
        me.fill("资料来源", "12 月销售台账和考勤表")
        for item, figures in story.ACTUALS.items():
            me.pick("数据项", item)
            for name, figure in figures.items():
                me.click(self.eyes.cell(name, story.COLUMN_OF.get(item, "12月")))
                me.enter(figure)
        self.eyes.calm()
        me.see("actuals")

    def bring_in(self) -> None:
        """Scores that a head of department sent as a workbook."""
        me = self.me
        path = self.folder / WORKBOOK
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("评分")
        sheet.write_row(0, 0, ("工号", "姓名", *story.SENT))
        sheet.write_row(1, 0, ("QM015", story.IMPORTED, *map(float, story.SENT.values())))
        book.close()
        me.go("scoring")
        me.push("导入")
        me.see("import")
        me.push("选择文件")
        me.answer(path)
        self.eyes.cell("团队协作")
        me.push("下一步")
        self.eyes.button("导入 1 行")
        me.see("import-preview")
        me.push("导入 1 行")
        me.push("完成")
        self.eyes.calm()

    def type_in(self) -> None:
        """From paper, in printed order, by keyboard alone."""
        me = self.me
        me.click(self.eyes.cell(story.TYPED))
        me.press("Return")
        self.eyes.calm()
        for entry in story.PAPER:
            me.go_on(entry)
        self.eyes.button(story.TOTAL)
        me.see("typed")
        me.click(self.eyes.cell(story.IMPORTED))
        me.press("Return")
        self.eyes.calm()
        me.go_on("12")
        self.eyes.calm()

    def type_again(self) -> None:
        """The same sheet, by somebody else, with a slip that is settled."""
        me = self.me
        me.click(self.eyes.cell(story.TYPED))
        self.eyes.calm()
        me.choose("更多", "二次录入")
        me.fill("第二次录入的人", story.TYPIST)
        me.press("Return")
        for entry in story.PAPER_AGAIN:
            me.go_on(entry)
        me.see("second")
        me.push("核对两次录入")
        me.see("differences")
        me.push("迟到次数：以第一次为准")
        self.eyes.told("完全一致")
        self.eyes.calm()

    def settle(self) -> None:
        """What two people typed differently."""
        me = self.me
        me.click(self.eyes.cell(story.TWICE))
        self.eyes.text("不一致")
        me.choose("更多", "二次录入")
        me.push("核对两次录入")
        me.push("迟到次数：以第一次为准")
        self.eyes.told("完全一致")
        self.eyes.calm()

    def finish(self) -> None:
        """All four are complete."""
        me = self.me
        for name in (story.TYPED, story.IMPORTED, story.TWICE, story.RETURNED):
            me.click(self.eyes.cell(name))
            self.eyes.text("各项齐全")
            self.eyes.calm()
            me.push("定分")
            self.eyes.text(f"为{name}定分？")
            me.press("Return")
            self.eyes.told("已定分", _LONG)
            self.eyes.calm()
        me.see("finished")

    def print_sheet(self) -> None:
        """The filled sheet of who was typed."""
        me = self.me
        me.click(self.eyes.cell(story.TYPED))
        self.eyes.calm()
        me.choose("打印", "已填评分表")
        me.push("另存为 PDF")
        me.save_as(self.folder / SHEET)
        me.press("Escape")

    def show_month(self) -> None:
        """The results of December."""
        self.me.go("results")
        self.me.pick("全部周期", story.MONTH)
        self.eyes.calm()

    def open_interview(self, name: str) -> None:
        """The interview of somebody's December."""
        me = self.me
        me.click(self.eyes.cell(name))
        self.eyes.calm()
        me.push("面谈记录")
        me.fill("面谈日期", story.SIGNED)
        me.fill("面谈人", "李㛃")

    def refuse(self) -> None:
        """Who will not sign: two saw it, and the result was left with them."""
        me = self.me
        self.show_month()
        self.open_interview(story.TYPED)
        me.press(*["Tab"] * 6)
        me.pick("员工意见", "拒签")
        me.fill("意见说明", "认为计划定得偏高")
        for number, witness in zip("一二", story.WITNESSES, strict=True):
            me.fill(f"见证人{number}", witness)
        me.press(*["Tab"] * 4)
        me.pick("送达方式", "留置送达")
        me.fill("送达日期", story.SIGNED)
        me.see("refusal")
        me.push("保存面谈记录")
        self.eyes.told("面谈记录已保存")

    def reserve(self) -> None:
        """Who signs with a reservation, and what is to be done until when."""
        me = self.me
        self.open_interview(story.TWICE)
        me.press(*["Tab"] * 6)
        me.pick("员工意见", "保留意见")
        me.fill("意见说明", story.RESERVED)
        me.press(*["Tab"] * 4)
        what, measure, due = story.PLAN
        me.fill("改进事项 1", what)
        me.fill("改进措施 1", measure)
        me.fill("责任人 1", story.TWICE)
        me.fill("完成日期 1", due)
        me.see("plan")
        me.push("保存面谈记录")
        self.eyes.told("面谈记录已保存")
        self.eyes.calm()
        me.push("打印面谈记录表")
        me.push("另存为 PDF")
        me.save_as(self.folder / RECORD)
        me.press("Escape")

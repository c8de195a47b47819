"""The year's walk, first part: a newcomer, targets, contracts on paper, signed, scanned, filed."""

from __future__ import annotations

from tests.walk import story
from tests.walk.officer import Officer

PRINTED, REGISTER = "新年度责任书.pdf", "目标分解表.pdf"
_LONG = 120.0


class Paper:
    """From the new colleague to the filed contract."""

    def __init__(self, officer: Officer) -> None:
        self.me, self.eyes, self.folder = officer, officer.eyes, officer.folder

    def go(self) -> None:
        """All of it."""
        me = self.me
        with me.step("新增一名员工"):
            self.hire()
        with me.step("目标：补两人的全年目标，按月分解，发布修订"):
            self.plan()
        with me.step("目标分解表存为 PDF"):
            self.print_plan()
        with me.step("责任书：拟定一份"):
            self.draw_up()
        with me.step("责任书：四份草稿打印（甲乙各一份）"):
            self.print_out()
        with me.step("责任书：六份登记签署"):
            self.sign()
        with me.step("归档：扫描件读入，自动归档"):
            self.file()

    def hire(self) -> None:
        """Somebody new."""
        me = self.me
        me.go("people")
        me.push("新增人员")
        me.fill("姓名", story.NEWCOMER)
        me.fill("部门", "大客户部")
        me.press("Tab")
        me.fill("岗位", "大客户专员")
        me.press("Tab")
        me.fill("直属上级", story.SUPERIOR)
        me.press("Tab")
        me.fill("入职日期", story.HIRED)
        me.see("person")
        me.push("保存")
        self.eyes.told(f"已新增{story.NEWCOMER}")

    def plan(self) -> None:
        """Both figures of the year for both, over the months, and published with a reason."""
        me = self.me
        me.go("targets")
        for number, indicator in enumerate(("", "计划开发新客户（户）")):
            if indicator:
                me.pick("指标", indicator)
                self.eyes.calm()
            for name, totals in story.NEWCOMERS.items():
                me.click(self.eyes.cell(name, "全年"))
                me.enter(totals[number])
            me.click(self.eyes.cell(next(iter(story.NEWCOMERS)), "全年"))
            me.press("shift+Down")
            me.push("分解")
            me.see("split")
            me.push("分解")
            self.eyes.calm()
            me.see("targets")
            if indicator:  # was never published before: nobody asks why
                me.push("发布")
            else:
                me.push("发布修订")
                me.fill("修订理由", story.TARGET_REASON)
            me.see("publish")
            me.push("发布")
            self.eyes.told(f"已发布{indicator.partition('（')[0]}")
            self.eyes.calm()

    def print_plan(self) -> None:
        """The table that the heads of departments sign."""
        me = self.me
        me.choose("打印与导出", "目标计划分解表")
        me.push("另存为 PDF")
        me.save_as(self.folder / REGISTER)
        me.press("Escape")

    def draw_up(self) -> None:
        """A contract for the newcomer; the targets come from the plan."""
        me = self.me
        me.go("people")
        me.click(self.eyes.cell(story.NEWCOMER))
        me.push("拟定责任书")
        self.eyes.text("第一次考核")
        me.push("下一步")
        me.fill("销售增长每档金额", "20")
        me.push("下一步")
        me.see("targets-of-contract")
        me.push("生成 1 份草稿")
        self.eyes.button("返回列表")
        self.eyes.calm()
        me.see("contract")
        me.push("返回列表")

    def print_out(self) -> None:
        """All drafts, both copies."""
        me = self.me
        me.push("草稿 4")
        me.click(self.eyes.cell(story.NEWCOMER))
        me.press("ctrl+a")
        me.push("打印")
        me.see("copies")
        me.push("选择打印机")
        me.print_to(self.folder / PRINTED)
        self.eyes.told("请登记签署", _LONG)
        self.eyes.calm()

    def sign(self) -> None:
        """Everything that is out comes back signed."""
        me = self.me
        me.push("已打印 6")
        me.click(self.eyes.cell(story.NEWCOMER))
        me.press("ctrl+a")
        me.push("登记签署")
        me.fill("签署日期", story.SIGNED)
        me.see("sign")
        me.press("Return")
        self.eyes.told("已登记签署 6 份")
        self.eyes.calm()
        me.see("signed")

    def file(self) -> None:
        """What was printed comes back as a scan."""
        me = self.me
        me.press("ctrl+k")
        self.eyes.field("全局搜索")
        me.write("归档")
        self.eyes.cell("归档")
        me.press("Return")
        self.eyes.calm()
        me.push("选择扫描文件", 1)
        me.answer(self.folder / PRINTED)
        self.eyes.told("归档", _LONG)
        self.eyes.calm()
        me.see("filed")
        me.push("文件齐缺")
        me.see("filed-papers")

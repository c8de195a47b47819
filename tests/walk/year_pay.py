"""The year's walk, last part: a pay run, its reversal, evidence, the year's report, proof."""

from __future__ import annotations

from tests.walk import story
from tests.walk.officer import Officer

FIRST, STATEMENTS, WORKBOOK = "薪酬结算单-冲销前.pdf", "薪酬结算单.pdf", "工资表.xlsx"
EVIDENCE, CERTIFICATE, ANNUAL, ARCHIVE = (
    "证据包.pdf",
    "归档证明.pdf",
    "年度考核报告.pdf",
    "归档清单.pdf",
)
_LONG = 120.0


class Pay:
    """From the missing revenue to the file of the year."""

    def __init__(self, officer: Officer) -> None:
        self.me, self.eyes, self.folder = officer, officer.eyes, officer.folder

    def go(self) -> None:
        """All of it."""
        me = self.me
        with me.step("薪酬：补录两人的完成额和系数"):
            self.enter()
        with me.step("薪酬：结算本期"):
            self.settle()
        with me.step("薪酬：结算单存为 PDF，工资表导出 Excel"):
            self.print_out()
        with me.step("薪酬：冲销、更正、再次结算"):
            self.reverse()
        with me.step("薪酬：更正后的结算单存为 PDF"):
            self.statements(STATEMENTS)
        with me.step("归档：一人的证据包、归档证明，全公司清单"):
            self.evidence()
        with me.step("年度考核报告"):
            self.annual()
        with me.step("检查数据库"):
            self.verify()

    def enter(self) -> None:
        """What the quarter lacks, by keyboard: the field after it comes by itself."""
        me = self.me
        me.go("pay")
        for name, figures in story.PAY.items():
            me.click(self.eyes.cell(name))
            self.eyes.calm()
            me.click(self.eyes.cell("当季实际完成额", "数值"))
            for figure in figures:
                me.go_on(figure)
            self.eyes.calm()
        me.see("pay-entered")

    def settle(self) -> None:
        """The quarter is closed."""
        me = self.me
        me.push("核算")
        self.eyes.told("可以结算")
        me.push("结算本期")
        self.eyes.text(f"结算{story.QUARTER}？")
        me.see("settle")
        me.push("结算本期")
        self.eyes.told(f"已结算{story.QUARTER}")
        self.eyes.calm()
        me.see("settled")

    def print_out(self) -> None:
        """A statement for everybody, and the table for payroll."""
        me = self.me
        self.statements(FIRST)
        me.choose("打印与导出", "工资表（Excel，含计算依据）")
        me.save_as(self.folder / WORKBOOK)

    def statements(self, name: str) -> None:
        """What everybody is paid and why, on paper."""
        me = self.me
        me.choose("打印与导出", "打印薪酬结算单：这一期所有的人")
        me.push("另存为 PDF")
        me.see("statement")
        me.save_as(self.folder / name)
        me.press("Escape")
        self.eyes.calm()

    def reverse(self) -> None:
        """Before anything was paid a figure turns out wrong."""
        me = self.me
        me.push("冲销结算")
        me.write(story.WHY_REVERSED)
        me.see("reverse")
        me.push("冲销结算")
        self.eyes.told("已冲销")
        self.eyes.calm()
        me.click(self.eyes.cell(story.REVERSED))
        self.eyes.calm()
        me.click(self.eyes.cell("当季实际完成额", "数值"))
        me.enter(story.REVERSED_TO)
        self.eyes.calm()
        me.push("结算本期")
        self.eyes.text(f"结算{story.QUARTER}？")
        me.push("结算本期")
        self.eyes.told(f"已结算{story.QUARTER}")
        self.eyes.calm()

    def evidence(self) -> None:
        """Everything about one person, what is filed of it, and of everybody."""
        me = self.me
        me.go("results")
        me.click(self.eyes.cell(story.APPEALED))
        self.eyes.calm()
        for paper, name in (("证据包", EVIDENCE), ("归档证明", CERTIFICATE), ("归档清单", ARCHIVE)):
            me.choose("打印与导出", paper)
            me.see(f"paper-{paper}")
            me.push("预览")
            self.save(name)

    def annual(self) -> None:
        """The company's year."""
        me = self.me
        me.go("reports")
        me.see("reports")
        me.choose("打印与导出", "年度考核报告")
        me.push("预览")
        self.save(ANNUAL)

    def save(self, name: str) -> None:
        """The document that is being made, once it is there."""
        me = self.me
        me.click(self.eyes.button("另存为 PDF", patience=_LONG))
        me.save_as(self.folder / name)
        me.press("Escape")
        self.eyes.calm()

    def verify(self) -> None:
        """The file proves itself."""
        me = self.me
        me.press("ctrl+k")
        self.eyes.field("全局搜索")
        me.write("检查数据库")
        self.eyes.cell("检查数据库")
        me.press("Return")
        self.eyes.text("全部完好", _LONG)
        me.see("proof")
        me.press("Escape")
        self.eyes.calm()

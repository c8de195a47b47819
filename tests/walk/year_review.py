"""The year's walk, third part: calibration, approval, publication, an appeal, the closing."""

from __future__ import annotations

from tests.walk import story
from tests.walk.officer import Officer

BATCH = "考核结果审批表.pdf"
_LONG = 60.0


class Review:
    """December's results on their way to be final."""

    def __init__(self, officer: Officer) -> None:
        self.me, self.eyes, self.folder = officer, officer.eyes, officer.folder

    def go(self) -> None:
        """All of it."""
        me = self.me
        with me.step("校准：一人改总分并写理由"):
            self.calibrate()
        with me.step("提交总经理审批，审批表存为 PDF"):
            self.submit(BATCH)
        me.day = story.APPROVED
        with me.step("登记审批意见：一人退回，其余批准"):
            self.decide(story.RETURNED)
        with me.step("更正退回的一张：重新打开、改数、再次定分"):
            self.correct()
        with me.step("再次提交，全部批准"):
            self.submit("")
            self.decide("")
        me.day = story.PUBLISHED
        with me.step("登记公示"):
            self.publish()
        with me.step("登记申诉、听取情况、处理"):
            self.appeal()
        me.day = story.CLOSED
        with me.step("登记员工确认"):
            self.confirm()
        with me.step("关闭考核周期"):
            self.close()

    def show_month(self) -> None:
        """The results of December, and nothing else."""
        me = self.me
        me.go("results")
        me.pick("全部周期", story.MONTH)
        self.eyes.calm()

    def calibrate(self) -> None:
        """Several people's results side by side, one is moved."""
        me = self.me
        self.show_month()
        me.choose("校准与审批", "校准")
        self.eyes.cell(story.CALIBRATED, "校准后总分")
        me.fill("参加人员", story.PRESENT)
        me.click(self.eyes.cell(story.CALIBRATED, "校准后总分"))
        me.enter(story.TO)
        me.write_in(story.CALIBRATED, "理由", story.CALIBRATION)
        me.see("calibration")
        me.push("保存 1 人的校准")
        self.eyes.told("校准已保存")
        self.eyes.calm()

    def submit(self, paper: str) -> None:
        """To the general manager, on paper."""
        me = self.me
        self.show_month()
        me.choose("校准与审批", "提交总经理审批")
        me.see("submit")
        me.push("提交并打印审批表")
        self.eyes.button("另存为 PDF")
        me.see("batch")
        if paper:
            me.push("另存为 PDF")
            me.save_as(self.folder / paper)
        me.press("Escape")
        self.eyes.button("登记审批意见")
        me.press("Escape")
        self.eyes.calm()

    def decide(self, returned: str) -> None:
        """What the general manager wrote."""
        me = self.me
        self.show_month()
        me.choose("校准与审批", "审批批次、登记审批意见与公示")
        me.push("登记审批意见")
        if returned:
            me.write_in(returned, "退回的理由", story.WHY_RETURNED)
            me.see("decision")
        me.push("登记：批准 7 人，退回 1 人" if returned else "登记：批准 1 人")
        self.eyes.told("审批意见已登记")
        me.see("batches")
        me.press("Escape")
        self.eyes.calm()

    def correct(self) -> None:
        """The sheet of who was returned: opened with a reason, corrected, recorded again."""
        me = self.me
        me.go("scoring")
        me.click(self.eyes.cell(story.RETURNED))
        self.eyes.calm()
        me.push("重新打开")
        me.write(story.WHY_REOPENED)
        me.see("reopen")
        me.push("重新打开")
        self.eyes.told("已重新打开")
        self.eyes.calm()
        me.fill("实际销售额", story.CORRECTED)
        me.press("Return")
        self.eyes.calm()
        me.push("定分")
        self.eyes.text(f"为{story.RETURNED}定分？")
        me.press("Return")
        self.eyes.told("已定分", _LONG)
        self.eyes.calm()

    def publish(self) -> None:
        """On the board, for a week: both batches."""
        me = self.me
        self.show_month()
        me.choose("校准与审批", "审批批次、登记审批意见与公示")
        for batch in ("4", "5"):
            me.click(self.eyes.cell(batch, "批次"))
            me.push("登记公示")
            me.fill("公示方式", story.HOW_PUBLISHED)
            me.see("publish")
            me.push("登记")
            self.eyes.told("公示已登记")
        me.press("Escape")
        self.eyes.calm()

    def appeal(self) -> None:
        """Somebody disagrees, is heard, and is told why the result stays."""
        me = self.me
        me.click(self.eyes.cell(story.APPEALED))
        self.eyes.calm()
        me.push("审批")
        me.push("登记申诉")
        me.fill("申诉的内容和理由", story.APPEAL)
        me.see("appeal")
        me.push("登记")
        self.eyes.told("申诉已登记")
        me.push("记录听取情况")
        me.fill("参加的人", story.PRESENT)
        me.fill("听取的情况", story.HEARD)
        me.see("hearing")
        me.push("登记")
        self.eyes.told("已登记")
        self.eyes.calm()
        me.push("处理申诉")
        me.pick("处理结果", "申诉不成立，维持原结果")
        me.fill("作出决定的人", "秦岳山")
        me.fill("理由", story.DISMISSED)
        me.see("answer")
        me.push("登记")
        self.eyes.told("申诉的处理结果已登记")
        self.eyes.calm()
        me.see("history")

    def confirm(self) -> None:
        """Everybody signed their report."""
        me = self.me
        self.show_month()
        me.choose("校准与审批", "登记员工确认")
        me.see("confirm")
        me.push("登记")
        self.eyes.told("确认已登记")
        self.eyes.calm()

    def close(self) -> None:
        """December takes no change any more."""
        me = self.me
        me.choose("校准与审批", "关闭或重新打开考核周期")
        me.click(self.eyes.cell(story.MONTH))
        me.see("cycles")
        me.push("关闭周期")
        self.eyes.text("都已批准")
        me.push("关闭周期")
        self.eyes.told("考核周期已关闭")
        me.see("closed")
        me.press("Escape")
        self.eyes.calm()

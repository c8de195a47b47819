"""What each document is for, and whom a page proposes for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.usecases.yearbook.offers import Paper

HINTS: Final = {
    Paper.DECOMPOSITION: "各人的指标按月列出，带合计与未分配，横排一张，供编制人和各级负责人签字。",
    Paper.APPROVAL: "一个周期的全部结果：得分、与上期的变化、改写及理由、分布，供总经理审批签字。",
    Paper.ANNUAL: "公司或部门的全年：分布、走势、各维度、进步与退步、数据是否完整。含个人结果。",
    Paper.EVIDENCE: "每人一份：方案、责任书、评分表、报告、面谈、薪酬单、扫描件，有目录和校验值。",
    Paper.CERTIFICATE: "每人一份：这一年归档了什么、缺什么、存放在哪里、怎样补办，供归档人签字。",
    Paper.ARCHIVE: "所有人的归档情况汇总在一张表上：每项材料已归档几份、应归档几份，缺项逐一列出。",
}
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a page has selected, by id and name, and the period of the first of them."""

    people: tuple[tuple[PersonId, str], ...] = ()
    period: Period | None = None

    @property
    def text(self) -> str:
        """张䶮、赵明轩 等 5 人."""
        names = "、".join(name for _, name in self.people[:_NAMED])
        count = len(self.people)
        return f"所选：{names}{f'等 {count} 人' if count > _NAMED else ''}"

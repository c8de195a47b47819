"""各部门等级分布: one bar for each department, against the guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.pages.results.distribution import GradeBar
from kpidesk.ui.widgets import label, scrolled
from kpidesk.ui.words import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.review.guideline import Guide
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.results import ResultRow

_WIDTH, _HEIGHT, _TALLEST = 760, 66, 560


class SpreadDialog(Dialog):
    """The grades of those in view: of everybody, then of each department."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        rows: Sequence[ResultRow],
        order: Sequence[str],
        guides: Sequence[Guide],
    ) -> None:
        """`order` names the grades from the best down."""
        super().__init__(parent, "各部门等级分布", width=_WIDTH)
        groups: dict[str, list[str]] = {"全部": [one.final_grade for one in rows]}
        for one in sorted(rows, key=lambda one: one.department):
            groups.setdefault(one.department, []).append(one.final_grade)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.bars: dict[str, GradeBar] = {}
        for name, grades in groups.items():
            bar = GradeBar(desk.look)
            bar.show_grades(grades, order, guides)
            line = 2 * len(self.bars)
            grid.addWidget(label(f"{name}（{count_text(len(grades), '份')}）"), line, 0)
            if bar.parts:
                grid.addWidget(bar, line, 1)
            else:
                grid.addWidget(label("所用方案没有划分等级", "muted"), line, 1)
            apart = label("；".join(one.text for one in bar.departures), "wrong", wrap=True)
            grid.addWidget(apart, line + 1, 1)
            apart.setVisible(bool(bar.departures))
            self.bars[name] = bar
        grid.setRowStretch(2 * len(groups), 1)
        inside = QWidget()
        inside.setLayout(grid)
        hint = (
            "统计列表中的结果，经过校准的按校准后的等级。指引只作提醒，不限制定级；"
            "人数少的部门不宜逐个套用比例。"
        )
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addWidget(scrolled(inside), 1)
        self.add_buttons("关闭", reject="")
        self.resize(_WIDTH, min(_HEIGHT * (len(groups) + 2), _TALLEST))

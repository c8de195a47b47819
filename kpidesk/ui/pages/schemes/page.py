"""方案: a list of schemes, and the one that is chosen, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.schemes.details import SchemeView
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.usecases import schemes as scheme_cases
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.mending import FixAdopted
    from kpidesk.usecases.schemes import SchemeRow

_LIST_WIDTH = 330
_DETAILS_WIDTH = 760


class SchemesPage(Page):
    """Schemes are read here; contracts are drawn up by them on the page 责任书."""

    title = "方案"
    subtitle = "内置的和本公司的考核方案：指标、评分标准、等级、体检和原文出处"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The list at the left, the chosen scheme at the right."""
        super().__init__(desk)
        self._wanted = self._news = ""
        self.model: RowsModel[SchemeRow] = RowsModel(
            [
                Column(
                    "title",
                    "方案",
                    _listed,
                    sort=lambda one: (one.title.removesuffix(one.edition), one.version),
                    tip=lambda one: f"{one.title}\n原文第 {one.source_lines} 行",
                    stretch=True,
                ),
                Column(
                    "usable",
                    "指标",
                    _indicators,
                    tone=lambda one: None if one.usable and not one.lost else Tone.WARN,
                    width=80,
                ),
            ],
            key=lambda one: one.id,
        )
        self.table: TableView[SchemeRow] = TableView(desk, self.model, "schemes")
        self.table.chosen.connect(self._choose)
        self.view = SchemeView(desk, self._draw_up, self._show_adopted)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.table)
        halves.addWidget(self.view)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_LIST_WIDTH, _DETAILS_WIDTH])
        self.body.addWidget(halves, 1)

    def refresh(self) -> None:
        """Load the list; the chosen scheme stays chosen."""
        self.desk.ask(scheme_cases.list_schemes, self._show, owner=self)

    def concerns(self, changes: object) -> bool:
        """Schemes only."""
        return isinstance(changes, Changes) and bool(changes & Changes.SCHEMES)

    def show_item(self, what: object) -> None:
        """Show the scheme with an id."""
        self._wanted = str(what)
        if self.model.find(self._wanted) >= 0:
            self._select()

    def _show(self, rows: Sequence[SchemeRow]) -> None:
        self.model.show(rows)
        if self._wanted:
            self._select()
        elif rows and not self.table.selected_rows():
            self.table.select([next((one for one in rows if one.usable), rows[0]).id])

    def _select(self) -> None:
        """Show the scheme that was asked for, and what there is to say about it."""
        self.table.select([self._wanted])
        self.banner.say(self._news, Tone.GOOD)
        self._wanted = self._news = ""

    def _show_adopted(self, made: FixAdopted) -> None:
        """The list is loading anew; the new version is shown with it, on the same section."""
        self._wanted = made.scheme.id
        self._news = f"已另存为“{made.scheme.title}”。原来的方案没有改动，仍在列表中。"

    @Slot()
    def _choose(self) -> None:
        chosen = self.table.selected_rows()
        if not chosen:
            return
        one = chosen[0]
        self.banner.say("")

        def show(details: scheme_cases.SchemeDetails) -> None:
            if self.table.selected_rows()[:1] == [one]:
                self.view.show_scheme(details.scheme)

        self.desk.ask(
            lambda company: scheme_cases.scheme_details(one.id, company=company), show, owner=self
        )

    def _draw_up(self, scheme: Scheme) -> None:
        self.desk.go("contracts", ("draw_up_by", scheme.id))


def _listed(one: SchemeRow) -> str:
    """Its title; a version that the company made stands below the scheme that it comes from."""
    return f"　└ {one.edition.strip('（）')}" if one.edition else one.title


def _indicators(one: SchemeRow) -> str:
    """How many indicators it has, or why it has none."""
    if one.lost:
        return "不能使用"
    if not one.usable:
        return "需另选"
    return f"{one.indicators} 项" if one.indicators else "核算薪酬"

"""目标: a year's figures over people and months, before contracts agree on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from kpidesk.core.target_plan import TargetPlan
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.targets import edits, members
from kpidesk.ui.pages.targets.choice import PlanChoice, known_plan
from kpidesk.ui.pages.targets.columns import given_text, grid_columns
from kpidesk.ui.pages.targets.grid import TargetGrid
from kpidesk.ui.pages.targets.rows import COMPANY, GridRow, meets, rows_of
from kpidesk.ui.pages.targets.saving import SAVING, PlanSaver
from kpidesk.ui.pages.targets.tools import TargetTools
from kpidesk.ui.pages.targets.typing import Typing
from kpidesk.ui.table import RowsModel
from kpidesk.ui.undo import EditCommand
from kpidesk.ui.widgets import Badge, EmptyState, row, search_box
from kpidesk.usecases import targets
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.targets import PlanKey, PlanState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.targets import PlanScheme, PlanView

_STATES = {
    PlanState.NEW: Tone.NEUTRAL,
    PlanState.DRAFT: Tone.ACCENT,
    PlanState.PUBLISHED: Tone.GOOD,
    PlanState.REVISING: Tone.WARN,
}
_REVISING = (
    "发布以后又有改动：以后拟定的责任书用改动后的数，已有的草稿不变。"
    "请“发布修订”并写明理由，或放弃这些改动。"
)
_PUBLISH = "下一步：核对右上角的未分配数，然后点“发布…”；发布后拟定责任书时自动带出。"
_DRAW_UP = "目标计划已发布。下一步：到“责任书”页“拟定…”，目标自动带出。"


class TargetsPage(Page):
    """Every change can be undone, and is saved at once; publishing makes it count."""

    title = "目标"
    subtitle = "把全年目标分到人、分到月；拟定责任书时自动带出"
    imports = "targets"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """What is planned above, the grid below."""
        super().__init__(desk)
        self.view: PlanView | None = None
        self.plan: TargetPlan | None = None
        self.grid: TargetGrid | None = None
        self.model: RowsModel[GridRow] | None = None
        self._wanted: PlanKey | None = None
        self._words: tuple[str, ...] = ()
        self._refused = ""
        self._imported = ""
        self.saver = PlanSaver(desk, self)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refuse)
        self.choice = PlanChoice()
        self.choice.chosen.connect(self._choose)
        self.search = search_box(desk.look, "姓名、工号、岗位或拼音首字母", self._search)
        self.grouped = QCheckBox("按部门分组")
        self.grouped.setChecked(True)
        self.grouped.toggled.connect(lambda _: self._show_plan())
        self.state = Badge(desk.look)
        self.to_people, self.to_months = Badge(desk.look), Badge(desk.look)
        self._holder = Holder(right=0)
        self._empty = EmptyState(desk.look, icon="target")
        self.typing = Typing(self)
        self.tool_bar = TargetTools(self)
        bar = row(self.search, self.grouped, None, self.to_people, self.to_months, self.state)
        bar.setSpacing(12)
        self.body.addWidget(self.choice)
        self.body.addLayout(bar)
        self.body.addWidget(self._holder, 1)
        self.body.addWidget(self._empty, 1)
        self._empty.hide()

    def import_table(self, path: Path | None = None) -> None:
        """Into the plan in view, where nothing says otherwise."""
        from kpidesk.ui.importing import import_for

        import_for(self.desk, self.window(), self.imports, path, plan=self.choice.key)

    # --- loading

    def refresh(self) -> None:
        """Load what can be planned, and the plan at hand."""
        wanted, today = self._wanted or self.choice.key, self.desk.today

        def work(company: Company) -> tuple[Sequence[PlanScheme], PlanKey | None, PlanView | None]:
            schemes = targets.list_choices(company, today=today)
            key = known_plan(schemes, wanted)
            return schemes, key, targets.load_view(company, key) if key else None

        self.desk.ask(work, lambda found: self._show(*found), owner=self)

    def concerns(self, changes: object) -> bool:
        """Targets, contracts and people; not what was just saved from here."""
        if not isinstance(changes, Changes):
            return False
        if changes == Changes.TARGETS and self.saver.is_saving:
            return False
        watched = Changes.TARGETS | Changes.CONTRACTS | Changes.PEOPLE | Changes.SCHEMES
        return bool(changes & watched)

    def show_item(self, what: object) -> None:
        """A PlanKey, or ("imported", its PlanKey, the file): show that plan."""
        match what:
            case ("imported", PlanKey() as key, str(file)):
                self._imported = f"已从“{file}”导入。"
            case PlanKey() as key:
                self._imported = ""
            case _:
                return
        self._wanted = key
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """The grid has the cursor, so that one can type at once."""
        super().showEvent(event)
        if self.grid is not None:
            self.grid.setFocus()

    def _show(
        self, schemes: Sequence[PlanScheme], key: PlanKey | None, view: PlanView | None
    ) -> None:
        if self.saver.is_saving:
            return  # what was loaded is older than what is in the grid
        self._wanted = None
        self.choice.show_schemes(schemes, key)
        before, self.view = self.view, view
        if view is None:
            return
        other = before is None or before.key != view.key
        if other or self.plan != view.plan:
            self.undo.clear()
            self.plan = view.plan
        if other or self.grid is None:
            self._build(view.plan)
        self._show_plan()
        if other and self.grid is not None and self.isVisible():
            self.grid.begin()

    def _build(self, plan: TargetPlan) -> None:
        columns = grid_columns(plan, self.typing.type_in)
        self.model = RowsModel(columns, key=lambda one: one.key)
        self.model.is_locked = not self.desk.may(SAVING)
        self.model.filter_rows(self._passes)
        self.grid = TargetGrid(self.desk, self.model)
        self.grid.set_empty("没有符合条件的人", "换一个关键词。")
        self.typing.connect_grid(self.grid)
        self.grid.set_menu(self.tool_bar.fill_menu)
        self._holder.put(self.grid)

    # --- showing

    def rows(self) -> tuple[GridRow, ...]:
        """All rows, whether the search shows them or not."""
        if self.view is None or self.plan is None:
            return ()
        out = set(self.plan.left_out)
        view = replace(
            self.view, people=tuple(one for one in self.view.people if one.id not in out)
        )
        return rows_of(view, self.plan, grouped=self.grouped.isChecked())

    def _show_plan(self) -> None:
        view, plan = self.view, self.plan
        if view is None or plan is None or self.model is None:
            return
        rows = self.rows()
        is_empty = len(rows) == 1
        self._holder.setVisible(not is_empty)
        self._empty.setVisible(is_empty)
        if is_empty:
            self._empty.say(
                "这个方案还没有人",
                "岗位与方案相符的人、已有责任书的人会自动列入；也可以自己添加。",
                *self.desk.next_step(SAVING, "添加人员…", lambda: members.add(self)),
            )
        self.model.show(rows)
        self._show_sums(rows[0], plan)
        state = view.state.value
        number = f"（第 {view.revision} 次）" if view.revision else ""
        self.state.say(f"{state}{number}", _STATES[view.state])
        self._show_banner(view.state)
        self.tool_bar.show_state(view.state, rows)

    def _show_banner(self, state: PlanState) -> None:
        """What is wrong; else what is not published yet; else what comes after an import."""
        if self._refused:
            self.banner.say(self._refused, Tone.BAD)
        elif state is PlanState.REVISING:
            self.banner.say(self._imported + _REVISING, Tone.WARN)
        elif self._imported:
            published = state is PlanState.PUBLISHED
            self.banner.say(self._imported + (_DRAW_UP if published else _PUBLISH), Tone.ACCENT)
        else:
            self.banner.say("")

    def _show_sums(self, company: GridRow, plan: TargetPlan) -> None:
        self.to_people.setVisible(plan.is_monthly)
        self.to_months.setVisible(plan.is_monthly and company.not_given != company.total)
        if company.total is None:
            self.to_months.hide()
            self.to_people.say("还没有填目标", Tone.NEUTRAL)
            return
        not_given = company.not_given
        rest = (company.unassigned or 0) - not_given
        for badge, what, figure in (
            (self.to_people, "人", not_given),
            (self.to_months, "月", rest),
        ):
            badge.say(given_text(what, figure, plan.unit), Tone.BAD if figure else Tone.GOOD)

    def _passes(self, shown: GridRow) -> bool:
        if not self._words or shown.key == COMPANY or self.view is None:
            return True
        found = {one.id for one in self.view.people if meets(one, self._words)}
        return bool(shown.people & found)

    @Slot(str)
    def _search(self, text: str) -> None:
        self._words = tuple(text.casefold().split())
        if self.model is not None:
            self.model.filter_rows(self._passes)

    @Slot()
    def _choose(self) -> None:
        self._wanted = self.choice.key
        self._imported = ""
        self.refresh()

    # --- changing

    def push(self, label: str, plan: TargetPlan) -> bool:
        """Make a change that can be undone; False when nothing changes."""
        if self.plan is None or plan == self.plan or not self.desk.may(SAVING):
            return False
        self.undo.push(EditCommand(edits.SetPlan(label, plan), self.current, self._put))
        return True

    def current(self) -> TargetPlan:
        """The plan as it is in the grid."""
        if self.plan is None:
            msg = "there is no plan"
            raise RuntimeError(msg)
        return self.plan

    def _put(self, plan: TargetPlan) -> None:
        self.plan = plan
        if self.view is not None:
            state = PlanState.REVISING if self.view.revision else PlanState.DRAFT
            self.view = replace(self.view, state=state)
        self.saver.save(plan)
        self._show_plan()

    @Slot()
    def _saved(self) -> None:
        """Everything is written; people who came or went are loaded."""
        self._refused = ""
        if self.view is None or self.plan is None:
            return
        if {one.id for one in self.view.people} != {one.person for one in self.plan.lines}:
            self.refresh()
        else:
            self._show_plan()

    @Slot(str)
    def _refuse(self, message: str) -> None:
        self._refused = message
        self._show_plan()

    def chosen(self) -> list[GridRow]:
        """The chosen rows; all in one when no more than a person's cell is chosen."""
        rows = self.grid.block()[0] if self.grid is not None else []
        if len(rows) > 1 or (rows and rows[0].is_group):
            return rows
        return list(self.rows()[:1])

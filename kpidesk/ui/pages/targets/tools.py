"""What one can do with a plan: split, copy last year, print, publish; and the grid's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from kpidesk.ui.dialogs import confirm, show_message
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.papers import PapersMenu
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.pages.targets import members, publishing
from kpidesk.ui.pages.targets.history import HistoryDialog
from kpidesk.ui.pages.targets.saving import SAVING
from kpidesk.ui.pages.targets.splitting import CopyDialog, SplitDialog, no_split, season_dialog
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import push_button
from kpidesk.ui.words import cycle_text, number_text
from kpidesk.usecases import targets
from kpidesk.usecases.yearbook.offers import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from kpidesk.core.people import PersonId
    from kpidesk.core.target_split import Season
    from kpidesk.ui.pages.targets.page import TargetsPage
    from kpidesk.ui.pages.targets.rows import GridRow
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.targets import LastYear, Outcome, Past, Ways

_NAMED = 10
_SPLIT = "把全年目标分到人、分到月；先选中几行，就只分解这几行"


class TargetTools(QObject):
    """The buttons of the page's header and the menu of its grid."""

    def __init__(self, page: TargetsPage) -> None:
        """Puts its buttons into the header of the page."""
        super().__init__(page)
        self._page = page
        look = page.desk.look
        self.papers = PapersMenu(page.desk, page, (Paper.DECOMPOSITION,))
        self.papers.button.setAccessibleName("打印与导出")
        first = self.papers.menu.actions()[0]
        first.setText("责任书目标分解表…")
        self.own, self.published = QAction(self.papers.menu), QAction(self.papers.menu)
        for one, published in ((self.own, False), (self.published, True)):
            one.triggered.connect(lambda _=False, last=published: self.print_plan(published=last))
            self.papers.menu.insertAction(first, one)
        self.more = push_button(look, "更多", lambda: None, icon="more", kind="menu")
        menu = QMenu(self.more)
        self._add(menu, "复制去年的目标…", self.copy_last_year)
        self._add(menu, "季节比例…", self.change_season)
        self._add(menu, "添加人员…", lambda: members.add(page))
        menu.addSeparator()
        self.bring = self._add(menu, "更新责任书草稿", lambda: publishing.bring_drafts(page))
        self._add(menu, "修订记录…", self.show_history)
        self.give_up = self._add(menu, "放弃未发布的改动…", self._give_up)
        self.more.setMenu(menu)
        self.split_button = push_button(look, "分解…", self.split, icon="target")
        self.publish_button = push_button(
            look, "发布…", lambda: publishing.publish(page), icon="check", kind="primary"
        )
        for button in (self.papers.button, self.more, self.split_button, self.publish_button):
            page.tools.addWidget(button)
        page.desk.only_if(SAVING, self.more, self.split_button, self.publish_button)

    def show_state(self, state: targets.PlanState, rows: Sequence[GridRow]) -> None:
        """Offer what can be done now; the papers say which figures they print."""
        published = state is targets.PlanState.PUBLISHED
        changed = "含未发布的改动" if state is targets.PlanState.REVISING else "未发布"
        self.own.setText(
            "目标计划分解表…" if published else f"目标计划分解表（{changed}，纸上注明）…"
        )
        self.published.setText("目标计划分解表（最近一次发布的）…")
        self.published.setVisible(state is targets.PlanState.REVISING)
        self.publish_button.setText("发布修订…" if state is targets.PlanState.REVISING else "发布…")
        is_empty = not any(one.person for one in rows)
        self.publish_button.setEnabled(not published and not is_empty)
        self.publish_button.setToolTip("计划里还没有人" if is_empty else "")
        self.give_up.setEnabled(state is targets.PlanState.REVISING)
        self.bring.setEnabled(published and any(one.lags for one in rows))
        why_not = no_split(self._page.plan, rows)
        self.split_button.setEnabled(not why_not)
        self.split_button.setToolTip(plain_tip(why_not or _SPLIT))

    @staticmethod
    def _add(menu: QMenu, text: str, do: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _=False: do())
        return action

    # --- the menu of the grid

    def fill_menu(self, menu: QMenu, rows: list[GridRow]) -> None:
        """What can be done with the chosen cells."""
        page = self._page
        if not page.desk.may(SAVING):
            return
        for text, keys, do in (
            ("分解所选…", "", self.split),
            ("锁定或解锁", "Ctrl+Shift+L", page.typing.lock),
            ("向下填充", "Ctrl+D", lambda: page.typing.fill(down=True)),
            ("向右填充", "Ctrl+R", lambda: page.typing.fill(down=False)),
            ("粘贴", "Ctrl+V", page.typing.paste),
            ("清除", "Del", page.typing.clear),
        ):
            action = self._add(menu, text, do)
            if keys:
                action.setShortcut(QKeySequence(keys))
        leaving = [one for one in rows if one.person and not one.person.agreed]
        out = self._add(menu, "移出计划", lambda: members.leave_out(page, leaving))
        out.setEnabled(bool(leaving))

    # --- splitting

    def split(self) -> None:
        """Ask how, then split the chosen rows, or everything."""
        self._with_last_year(self._ask_split)

    def _with_last_year(self, then: Callable[[LastYear, Season], object]) -> None:
        view = self._page.view
        if view is None:
            return
        key = view.key

        def work(company: Company) -> tuple[LastYear, Season]:
            return targets.last_year(company, key), targets.season(company)

        self._page.desk.ask(work, lambda found: then(*found), owner=self._page)

    def _ask_split(self, last: LastYear, season: Season) -> SplitDialog | None:
        page = self._page
        view, plan = page.view, page.plan
        if view is None or plan is None:
            return None
        rows = page.chosen()
        if all(one.total is None for one in rows):
            # After typing the company's figure Enter has gone on to a row without any.
            rows = [one for one in page.rows()[:1] if one.total is not None]
        if why_not := no_split(plan, rows):
            page.desk.tell(why_not)
            return None
        groups = [one for one in rows if one.is_group]
        people = {one.person.id for one in rows if one.person}
        asked = [one for one in groups if one.is_asked or _below_is_asked(one, page.rows())]

        def do(ways: Ways) -> None:
            ids = [one.department.id if one.department else None for one in _outermost(groups)]
            outcome = targets.split_plan(view, plan, ways, groups=ids, people=people)
            self._take("分解目标", outcome)

        dialog = SplitDialog(
            page.desk,
            page,
            _about(rows, plan.unit),
            over_people=bool(asked),
            last=last,
            season=season,
            then=do,
        )
        dialog.open()
        return dialog

    def copy_last_year(self) -> None:
        """Ask how much more, then take last year's figures."""
        self._with_last_year(self._ask_copy)

    def _ask_copy(self, last: LastYear, _season: Season) -> CopyDialog | None:
        page = self._page
        view, plan = page.view, page.plan
        if view is None or plan is None:
            return None
        if not last:
            text = f"{cycle_text(view.key.period.year_before())}没有同一指标的责任书或目标计划。"
            show_message(page.desk, page, "没有去年的目标", text)
            return None
        rows = page.chosen()
        people: set[PersonId] = set()
        for one in rows:
            inside = {each.id for each in view.people if int(each.id) in one.people}
            people |= inside

        def do(percent: Decimal) -> None:
            self._take("复制去年", targets.copy_last_year(view, plan, last, percent, people))

        text = f"把{len(people)} 人去年的目标复制到今年；已打印或签署的责任书、有锁定的人不变。"
        dialog = CopyDialog(page.desk, page, text, do)
        dialog.open()
        return dialog

    def _take(self, label: str, outcome: Outcome) -> None:
        page = self._page
        page.push(label, outcome.plan)
        if page.grid is not None:
            page.grid.setFocus()
        if outcome.problems:
            count = len(outcome.problems)
            more = f"\n……共 {count} 处" if count > _NAMED else ""
            said = "\n".join(outcome.problems[:_NAMED]) + more
            title = f"{outcome.done} 人已改动，有的没有分到"
            show_message(page.desk, page, title, said, Tone.WARN)
        else:
            page.desk.tell(f"{label}：{outcome.done} 人的目标已改动（Ctrl+Z 撤销）")

    def change_season(self) -> None:
        """The shares of the months, for every split to come."""
        page = self._page

        def ask(last: LastYear, season: Season) -> None:
            season_dialog(page.desk, page, season, last, lambda _: page.desk.tell("已记住季节比例"))

        self._with_last_year(ask)

    # --- papers and the past

    def print_plan(self, *, published: bool = False) -> None:
        """The table of the plan, to be agreed on; or as it was published last."""
        view = self._page.view
        if view is None:
            return
        key = view.key
        title = f"目标分解表 {view.plan.label} {cycle_text(key.period)}"
        if view.state is not targets.PlanState.PUBLISHED and not published:
            title += "（未发布）"
        desk = self._page.desk
        actor, today = desk.officer, desk.today
        DocumentDialog(
            desk,
            self._page,
            title,
            lambda company: targets.plan_pdf(
                company, key, published=published, actor=actor, today=today
            ),
        ).open()

    def show_history(self) -> None:
        """Who published what, when and why."""
        page, view = self._page, self._page.view
        if view is None:
            return
        key, title = view.key, f"{view.plan.label} {cycle_text(view.key.period)}"

        def show(past: tuple[Past, ...]) -> None:
            HistoryDialog(page.desk, page, title, past).open()

        page.desk.ask(lambda company: targets.history(company, key), show, owner=page)

    def _give_up(self) -> None:
        page, view = self._page, self._page.view
        if view is None:
            return
        key, desk = view.key, page.desk

        def do() -> None:
            page.undo.clear()
            actor, today = desk.officer, desk.today
            desk.act(
                lambda company: targets.give_up(company, key, actor=actor, today=today),
                lambda _: desk.tell("已恢复到最近一次发布的目标"),
                owner=page,
            )

        confirm(
            desk,
            page,
            title="放弃未发布的改动？",
            text=f"恢复到第 {view.revision} 次发布的目标，之后的改动都不要了。",
            action="放弃改动",
            danger=True,
            then=do,
        )


def _outermost(groups: Sequence[GridRow]) -> list[GridRow]:
    """Groups that lie in no other one of them."""
    return [
        one
        for one in groups
        if not any(one.people < other.people for other in groups if other is not one)
    ]


def _below_is_asked(group: GridRow, rows: Sequence[GridRow]) -> bool:
    return any(one.is_group and one.is_asked and one.people <= group.people for one in rows)


def _about(rows: Sequence[GridRow], unit: str) -> str:
    names = "、".join(one.name for one in rows[:_NAMED])
    if len(rows) > _NAMED:
        names += f" 等 {len(rows)} 行"
    total = rows[0].total if len(rows) == 1 else None
    figure = f"，{number_text(total)} {unit}" if total is not None else ""
    return f"分解：{names}{figure}"

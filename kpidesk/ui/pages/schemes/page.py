"""方案: a list of schemes and drafts, the chosen one in full, and the editor of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.schemes import drafting
from kpidesk.ui.pages.schemes.details import SchemeView
from kpidesk.ui.pages.schemes.draft_view import DraftView
from kpidesk.ui.pages.schemes.editor import SchemeEditor
from kpidesk.ui.pages.schemes.listing import Listing, ListRow, listing
from kpidesk.ui.pages.schemes.replay import replay
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import push_button
from kpidesk.usecases import editing
from kpidesk.usecases import schemes as scheme_cases
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.lint.edits import Edit
    from kpidesk.core.lint.flaw import Flaw
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.editing import DraftSaved, Published, SchemeDraft
    from kpidesk.usecases.mending import FixAdopted

_LIST_WIDTH = 330
_DETAILS_WIDTH = 760


class SchemesPage(Page):
    """Schemes are read and written here; contracts are drawn up by them on the page 责任书."""

    title = "方案"
    subtitle = "内置的和本公司的考核方案：查看、复制修改、体检、试算；改好后发布为本公司的版本"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The list at the left, the chosen scheme at the right; the editor in place of both."""
        super().__init__(desk)
        self._wanted = self._news = ""
        self.model: RowsModel[ListRow] = RowsModel(
            [
                Column(
                    "title",
                    "方案",
                    lambda one: one.text,
                    sort=lambda one: one.order,
                    tip=lambda one: one.tip,
                    stretch=True,
                ),
                Column(
                    "usable",
                    "指标",
                    lambda one: one.indicators,
                    tone=lambda one: one.tone,
                    width=80,
                ),
            ],
            key=lambda one: one.id,
        )
        self.table: TableView[ListRow] = TableView(desk, self.model, "schemes")
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_row)
        self.view = SchemeView(desk, self._draw_up, self._show_adopted, self.edit_draft)
        self.draft_view = DraftView(desk, self._open)
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())  # nothing, until the list has been loaded
        self._right.addWidget(self.view)
        self._right.addWidget(self.draft_view)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.table)
        halves.addWidget(self._right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_LIST_WIDTH, _DETAILS_WIDTH])
        self._home = Holder(right=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(halves)
        self._stack.addWidget(self._home)
        self.body.addWidget(self._stack, 1)
        self.editor: SchemeEditor | None = None
        self._build_tools()

    def _build_tools(self) -> None:
        look = self.desk.look
        self.new_button = push_button(look, "新建方案", lambda: None, kind="menu", icon="add")
        menu = QMenu(self)
        menu.addAction("空白方案…").triggered.connect(lambda _=False: self.begin_blank())
        menu.addAction("导入方案文件…").triggered.connect(
            lambda _=False: drafting.import_file(self.desk, self.window(), self.edit_draft)
        )
        self.new_button.setMenu(menu)
        self.back_button = push_button(look, "返回列表", self.close_editor, icon="arrow-left")
        self.replay_button = push_button(look, "用去年数据重算…", self._replay)
        self.replay_button.setToolTip("按草稿重算最近一年各人的得分和薪酬，与原来比较")
        self.differences_button = push_button(look, "差别…", self._show_differences)
        self.differences_button.setToolTip("与原方案相比改了什么")
        self.publish_button = push_button(
            look, "发布…", self._publish, icon="check", kind="primary"
        )
        self._editing_tools: tuple[QWidget, ...] = (
            self.back_button, self.replay_button, self.differences_button,
            self.publish_button,
        )  # fmt: skip
        for tool in (*self._editing_tools, self.new_button):
            self.tools.addWidget(tool)
        self.desk.only_if("editing.save", self.new_button)
        self._show_tools()

    def refresh(self) -> None:
        """Load the list; the chosen scheme stays chosen."""
        self.desk.ask(listing, self._show, owner=self)

    def concerns(self, changes: object) -> bool:
        """Schemes only."""
        return isinstance(changes, Changes) and bool(changes & Changes.SCHEMES)

    def show_item(self, what: object) -> None:
        """Show the scheme with an id."""
        self.close_editor()
        self._wanted = str(what)
        if self.model.find(self._wanted) >= 0:
            self._select()

    def may_leave(self) -> bool:
        """What was typed in the editor is kept, when it makes sense."""
        return self.editor is None or self._kept()

    # --- the list

    def _show(self, found: Listing) -> None:
        self.model.show(found.rows)
        if self._wanted:
            self._select()
        elif found.rows and not self.table.selected_rows():
            first = next((one for one in found.rows if one.scheme and one.scheme.usable), None)
            self.table.select([(first or found.rows[0]).id])

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
        if one.draft is not None:
            self._right.setCurrentWidget(self.draft_view)
            self.draft_view.show_draft(one.draft)
            return

        def show(details: scheme_cases.SchemeDetails) -> None:
            if self.table.selected_rows()[:1] == [one]:
                self._right.setCurrentWidget(self.view)
                self.view.show_scheme(details.scheme)

        self.desk.ask(
            lambda company: scheme_cases.scheme_details(one.id, company=company), show, owner=self
        )

    @Slot(object)
    def _open_row(self, one: ListRow) -> None:
        if one.draft is not None:
            self._open(one.draft.id)

    def _draw_up(self, scheme: Scheme) -> None:
        self.desk.go("contracts", ("draw_up_by", scheme.id))

    # --- the editor

    def begin_blank(self) -> None:
        """A scheme from nothing."""
        drafting.ask_title(self.desk, self.window(), "", "", self.edit_draft)

    def edit_draft(self, made: DraftSaved) -> None:
        """Go on with a draft that was begun."""
        self._edit(made.draft)

    def _open(self, draft: int) -> None:
        self.desk.ask(lambda company: editing.load_draft(company, draft), self._edit, owner=self)

    def _edit(self, draft: SchemeDraft) -> None:
        self.banner.say("")
        self.editor = SchemeEditor(self.desk, self.undo, draft)
        self._home.put(self.editor)
        self._stack.setCurrentWidget(self._home)
        self.set_header(draft.scheme.title, "草稿，自动保存；发布后成为本公司的新版本")
        self._show_tools()

    def close_editor(self) -> None:
        """Back to the list; the draft stays, and is chosen there."""
        if self.editor is None or not self._kept():
            return
        self._wanted = f"draft:{self.editor.draft}"
        self._leave_editor()
        self.refresh()

    def _leave_editor(self) -> None:
        self.editor = None
        self.undo.clear()
        self._home.put()
        self._stack.setCurrentIndex(0)
        self.set_header(self.title, self.subtitle)
        self._show_tools()

    def _kept(self) -> bool:
        """Save what was typed; False (and the field says why) when it makes no sense."""
        if self.editor is None:
            return True
        sound = self.editor.take()
        self.editor.save()
        return sound

    def _show_tools(self) -> None:
        for tool in self._editing_tools:
            tool.setVisible(self.editor is not None)
        self.new_button.setVisible(self.editor is None)

    def _show_differences(self) -> None:
        self._with_differences(
            lambda found: drafting.show_differences(self.desk, self.window(), found)
        )

    def _publish(self) -> None:
        editor = self.editor
        if editor is None or not self._kept():
            return
        draft, scheme = editor.draft, editor.current()

        def found(company: Company) -> tuple[Sequence[Flaw], Sequence[Edit]]:
            return editing.stops(scheme), editing.differences(company, draft)

        def show(told: tuple[Sequence[Flaw], Sequence[Edit]]) -> None:
            wrong, differences = told
            if wrong:
                drafting.refuse(self.desk, self.window(), wrong, editor.show_check_up)
            else:
                dialog = drafting.PublishDialog(
                    self.desk, self.window(), draft, differences, self._published
                )
                dialog.open()

        self.desk.ask(found, show, owner=self)

    def _replay(self) -> None:
        if self.editor is not None and self._kept():
            replay(self.desk, self.window(), self.editor.draft)

    def _with_differences(self, then: Callable[[Sequence[Edit]], object]) -> None:
        editor = self.editor
        if editor is not None and self._kept():
            draft = editor.draft
            self.desk.ask(lambda company: editing.differences(company, draft), then, owner=self)

    def _published(self, made: Published) -> None:
        self._leave_editor()
        self._wanted = made.scheme.id
        self._news = f"已发布“{made.scheme.title}”，拟定责任书时可以选用。"
        self.refresh()

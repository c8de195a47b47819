"""The tree of departments: choosing one filters the table of people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView

from kpidesk.ui.dialogs import confirm
from kpidesk.ui.forms import ChoiceField, Form, FormDialog, TextField
from kpidesk.ui.pages.people.listing import Listing
from kpidesk.ui.widgets import Card, label, row, tool_button
from kpidesk.usecases import people as people_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.people import Department, DepartmentId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import DepartmentAdded

_ID = Qt.ItemDataRole.UserRole
_KEEPS = "先把其中的人员（含已离职）调走，并删除下级部门，才能删除"


class DepartmentsPanel(Card):
    """Departments with how many are in service; add, rename, move, and remove when empty."""

    chosen = Signal()
    """Another department was chosen: ask `department`."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_listing`."""
        super().__init__()
        self._desk = desk
        self._listing = Listing()
        self._is_filling = False
        self.tree = QTreeView()
        self._model = QStandardItemModel(self)
        self._build_tree()
        look = desk.look
        self._edit_button = tool_button(look, "edit", "重命名部门、改上级部门（F2）", self.edit)
        self._remove_button = tool_button(look, "delete", "删除部门", self.remove)
        add = tool_button(look, "add", "新增部门", self.add)
        self._may_edit = desk.may("people.edit_department")
        desk.only_if("people.edit_department", add, self._edit_button, self._remove_button)
        self.body.addLayout(
            row(
                label("部门", "heading"),
                None,
                add,
                self._edit_button,
                self._remove_button,
                spacing=0,
            )
        )
        self.body.addWidget(self.tree, 1)
        look.changed.connect(self._fill)
        self._allow()

    def _build_tree(self) -> None:
        tree = self.tree
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setStyleSheet("QTreeView { border: none; }")
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setIndentation(14)
        tree.setIconSize(QSize(16, 16))
        tree.setUniformRowHeights(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setAccessibleName("部门")
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._show_menu)
        edit = QShortcut(QKeySequence("F2"), tree)
        edit.setContext(Qt.ShortcutContext.WidgetShortcut)
        edit.activated.connect(self.edit)
        tree.doubleClicked.connect(lambda _: self.edit())
        tree.selectionModel().currentChanged.connect(self._choose)

    # --- what is chosen

    @property
    def department(self) -> Department | None:
        """The chosen department; None for 全部人员."""
        chosen = self.tree.currentIndex().data(_ID)
        rows = self._listing.departments
        return next((one.department for one in rows if one.department.id == chosen), None)

    def choose(self, department: DepartmentId | None) -> None:
        """Choose a department; None chooses everybody."""
        self.tree.setCurrentIndex(self._find(department))

    def show_listing(self, listing: Listing) -> None:
        """Show the departments as they are now; the chosen one stays chosen."""
        self._listing = listing
        self._fill()

    @Slot()
    def _fill(self) -> None:
        chosen = self.tree.currentIndex().data(_ID)
        self._is_filling = True
        self._model.removeRows(0, self._model.rowCount())
        self._staff = self._listing.staff(self._desk.today)
        everybody = self._item("全部人员", "people", self._staff.total(), None)
        self._model.appendRow(everybody)
        self._add_below(self._model, None)
        self.tree.expandAll()
        self.tree.setCurrentIndex(self._find(chosen))
        self._is_filling = False
        self._allow()

    def _add_below(
        self, place: QStandardItem | QStandardItemModel, parent: DepartmentId | None
    ) -> None:
        for one in self._listing.children(parent):
            id_ = one.department.id
            count = sum(self._staff[each] for each in self._listing.within(id_))
            item = self._item(one.department.name, "department", count, id_)
            place.appendRow(item)
            self._add_below(item, id_)

    def _item(self, name: str, icon: str, count: int, id_: DepartmentId | None) -> QStandardItem:
        item = QStandardItem(self._desk.look.icon(icon), f"{name}（{count}）")
        item.setData(id_, _ID)
        item.setSizeHint(QSize(0, self._desk.look.row_height - 4))
        return item

    def _find(self, department: DepartmentId | None) -> QModelIndex:
        """Where a department stands; the first line when there is none."""
        first = self._model.index(0, 0)
        if department is None:
            return first
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        found = self._model.match(first, _ID, department, 1, flags)
        return found[0] if found else first

    @Slot()
    def _choose(self) -> None:
        if not self._is_filling:
            self._allow()
            self.chosen.emit()

    def _allow(self) -> None:
        one = self.department
        self._edit_button.setEnabled(one is not None)
        empty = one is not None and self._listing.may_remove(one.id)
        self._remove_button.setEnabled(empty)
        self._remove_button.setToolTip("删除部门" if empty or one is None else _KEEPS)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if not self._may_edit:
            return
        menu = QMenu(self)
        menu.addAction("新增部门…").triggered.connect(self._add)
        if (one := self.department) is not None:
            menu.addAction("编辑…").triggered.connect(self.edit)
            remove = menu.addAction("删除…")
            remove.setEnabled(self._listing.may_remove(one.id))
            remove.triggered.connect(self.remove)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tree.viewport().mapToGlobal(place))

    # --- changes

    @Slot()
    def _add(self) -> None:
        self.add()

    def add(self, then: Callable[[DepartmentId], object] | None = None) -> None:
        """Ask for a new department's name; `then` gets its id."""
        form = Form(self._desk.look)
        name = form.add(TextField("部门名称", required=True, example="例如：客户部"))
        parent = form.add(self._parents())
        parent.set_value(self.department.id if self.department else None)

        def act() -> Callable[[Company], DepartmentAdded]:
            called, under = name.value(), parent.value()
            actor, today = self._desk.officer, self._desk.today
            return lambda company: people_cases.add_department(
                company, name=called, parent=under, actor=actor, today=today
            )

        def done(added: DepartmentAdded) -> None:
            self._desk.tell(f"已新增部门“{name.value()}”")
            if then is not None:
                then(added.id)

        FormDialog(self._desk, self.window(), "新增部门", form, act=act, done=done).open()

    @Slot()
    def edit(self) -> None:
        """Ask for another name or another place in the tree for the chosen department."""
        if (one := self.department) is None or not self._may_edit:
            return
        form = Form(self._desk.look)
        hint = "已拟定的责任书保留原来的名称"
        name = form.add(TextField("部门名称", required=True, hint=hint))
        name.set_value(one.name)
        parent = form.add(self._parents(but=self._listing.within(one.id)))
        parent.set_value(one.parent)

        def act() -> Callable[[Company], Changes]:
            after = replace(one, name=name.value(), parent=parent.value())
            actor, today = self._desk.officer, self._desk.today
            return lambda company: people_cases.edit_department(
                company, after, actor=actor, today=today
            )

        FormDialog(self._desk, self.window(), "编辑部门", form, act=act).open()

    def _parents(self, but: frozenset[DepartmentId] = frozenset()) -> ChoiceField[DepartmentId]:
        options = [
            (one.department.id, one.department.name)
            for one in self._listing.departments
            if one.department.id not in but
        ]
        return ChoiceField("上级部门", options, none="（无）")

    @Slot()
    def remove(self) -> None:
        """Remove the chosen department after asking; only an empty one."""
        one = self.department
        if one is None or not self._listing.may_remove(one.id):
            return
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company) -> Changes:
            return people_cases.remove_department(company, one.id, actor=actor, today=today)

        confirm(
            self._desk,
            self.window(),
            title=f"删除部门“{one.name}”？",
            text="这个部门里没有人员，删除不影响任何人。",
            action="删除",
            danger=True,
            then=lambda: self._desk.act(work, lambda _: self._desk.tell(f"已删除部门“{one.name}”")),
        )

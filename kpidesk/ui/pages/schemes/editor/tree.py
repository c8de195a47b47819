"""The tree of indicators with its tools: add, copy, remove, move; weights and their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kpidesk.core.editing import tree as edits
from kpidesk.core.editing.renaming import renamed
from kpidesk.core.editing.weights import evened, filled_up, weighed, weight_sum
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.schemes.editor.tree_model import WEIGHT, Index, IndicatorModel
from kpidesk.ui.widgets import Badge, column, push_button, row, tool_button
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look

_WEIGHT_WIDTH = 84
_INDENT = 16
_CLOSER = 4


class _Roomy(QStyledItemDelegate):
    """Rows as high as those of a table."""

    def __init__(self, look: Look, parent: QTreeView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), self._look.row_height - _CLOSER))


class _Tree(QTreeView):
    """Keys move, copy and remove; the others do what they do in any tree."""

    def __init__(self, keys: Mapping[tuple[Qt.Key, bool], Callable[[], object]]) -> None:
        super().__init__()
        self._keys = keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        )
        do = self._keys.get((Qt.Key(event.key()), bool(held)))
        if do is None:
            super().keyPressEvent(event)
        else:
            do()


class IndicatorTree(QWidget):
    """`edited` carries a label and a scheme, `chosen` the name of the indicator in view."""

    edited = Signal(str, object)
    refused = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look, scheme: Callable[[], Scheme]) -> None:
        """`scheme` gives the draft as it is."""
        super().__init__()
        self._scheme = scheme
        self._wanted = ""
        self.model = IndicatorModel(self)
        self.model.renamed.connect(self._rename)
        self.model.weighed.connect(self._weigh)
        self.model.moved.connect(self._move)
        self.view = _Tree(
            {
                (Qt.Key.Key_Up, True): lambda: self._step(-1),
                (Qt.Key.Key_Down, True): lambda: self._step(1),
                (Qt.Key.Key_D, True): self._duplicate,
                (Qt.Key.Key_Delete, False): self._remove,
            }
        )
        self.view.setModel(self.model)
        self.view.setAccessibleName("指标树")
        self.view.setIndentation(_INDENT)
        self.view.setItemDelegate(_Roomy(look, self.view))
        self.view.setItemsExpandable(False)
        self.view.setRootIsDecorated(False)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.view.setDropIndicatorShown(True)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WEIGHT, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(WEIGHT, _WEIGHT_WIDTH)
        self.view.selectionModel().selectionChanged.connect(self._choose)
        self.sum = Badge(look)
        self.even = push_button(look, "平分", lambda: self._divide(even=True))
        self.fill = push_button(look, "按比例凑足", lambda: self._divide(even=False))
        self.even.setToolTip("同一级的各项权重相等；选中维度时，平分这个维度里的各项")
        self.fill.setToolTip("各项保持现在的比例，合计正好")
        self.add = push_button(look, "指标", self._add, icon="add")
        self.add_dimension = push_button(look, "维度", self._add_dimension, icon="add")
        tools = row(
            self.add,
            self.add_dimension,
            None,
            tool_button(look, "arrow-up", "上移（Alt+↑）", lambda: self._step(-1)),
            tool_button(look, "arrow-down", "下移（Alt+↓）", lambda: self._step(1)),
            tool_button(look, "copy", "复制指标（Ctrl+D）", self._duplicate),
            tool_button(look, "delete", "删除指标（Delete）", self._remove),
            spacing=4,
        )
        below = column(row(self.sum, None), row(self.even, self.fill, None), spacing=6)
        layout = column(tools, self.view, below, spacing=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def current(self) -> str:
        """The name of the indicator in view; empty for none."""
        chosen = self.view.selectionModel().selectedRows()
        return self.model.name_at(chosen[0]) if chosen else ""

    def choose(self, name: str) -> None:
        """Bring an indicator into view."""
        index = self.model.find(name)
        if index.isValid():
            self.view.setCurrentIndex(index)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the draft; the chosen indicator stays chosen."""
        wanted, self._wanted = self._wanted or self.current, ""
        if self.model.show(scheme):
            self.view.expandAll()
        known = [one.name for one in scheme.walk()]
        if wanted not in known and known:
            wanted = next((one.name for one in scheme.leaves()), known[0])
        if wanted and wanted != self.current:
            self.choose(wanted)
        self._show_sum(scheme)

    def _show_sum(self, scheme: Scheme) -> None:
        total = weight_sum(scheme, self._level(scheme)) or weight_sum(scheme)
        unit = "%" if scheme.is_weighted else " 分"
        self.sum.setVisible(total is not None)
        self.even.setEnabled(total is not None)
        self.fill.setEnabled(total is not None)
        if total is None:
            return
        where = f"{total.parent}：" if total.parent else ""
        text = f"{where}合计 {number_text(total.found)}{unit}"
        if not total.is_right:
            text += f"，应为 {number_text(total.wanted)}{unit}"
        self.sum.say(text, Tone.GOOD if total.is_right else Tone.BAD)

    def _level(self, scheme: Scheme) -> str:
        """The dimension whose indicators are divided: the chosen one, or that of the chosen."""
        name = self.current
        if not name or all(one.name != name for one in scheme.walk()):
            return edits.TOP
        one = edits.indicator_of(scheme, name)
        return name if one.children else edits.parent_of(scheme, name)

    # --- edits

    def _change(self, text: str, change: Callable[[Scheme], Scheme]) -> None:
        try:
            after = change(self._scheme())
        except (InvalidValueError, ValueError) as problem:
            self.refused.emit(str(problem))
            self.model.show(self._scheme())
        else:
            self.edited.emit(text, after)

    def _rename(self, old: str, new: str) -> None:
        self._wanted = new.strip()
        self._change(f"“{old}”改名为“{new.strip()}”", lambda one: renamed(one, old, new))

    def _weigh(self, name: str, text: str) -> None:
        self._change(
            f"修改“{name}”的权重",
            lambda one: weighed(one, name, parse_decimal(text.rstrip("%％分 "))),
        )

    def _move(self, name: str, parent: str, place: int) -> None:
        self._wanted = name
        self._change(f"移动“{name}”", lambda one: edits.moved(one, name, parent, place))

    def _step(self, by: int) -> None:
        name = self.current
        if not name:
            return
        scheme = self._scheme()
        parent = edits.parent_of(scheme, name)
        names = [one.name for one in edits.siblings_of(scheme, parent)]
        place = names.index(name) + by
        if 0 <= place < len(names):
            self._move(name, parent, place if by < 0 else place + 1)

    def _add(self) -> None:
        scheme, name = self._scheme(), self.current
        parent, after = edits.TOP, ""
        if name:
            one = edits.indicator_of(scheme, name)
            parent = name if one.children else edits.parent_of(scheme, name)
            after = "" if one.children else name
        made, self._wanted = edits.with_leaf(scheme, parent, after)
        self.edited.emit("增加指标", made)
        self._edit_name()

    def _add_dimension(self) -> None:
        made, self._wanted = edits.with_dimension(self._scheme())
        self.edited.emit("增加维度", made)
        self._edit_name()

    def _edit_name(self) -> None:
        """The new one is named at once."""
        self.view.setFocus()
        self.view.edit(self.view.currentIndex().siblingAtColumn(0))

    def _duplicate(self) -> None:
        if name := self.current:
            made, self._wanted = edits.duplicated(self._scheme(), name)
            self.edited.emit(f"复制“{name}”", made)

    def _remove(self) -> None:
        if name := self.current:
            self._change(f"删除“{name}”", lambda one: edits.without(one, name))

    def _divide(self, *, even: bool) -> None:
        change = evened if even else filled_up
        level = self._level(self._scheme())
        if not even and weight_sum(self._scheme(), level) is None:
            level = edits.TOP  # the indicators of a dimension weigh what it weighs already
        self._change("平分权重" if even else "按比例凑足", lambda one: change(one, level))

    def _choose(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if name := self.current:
            self.chosen.emit(name)
            self._show_sum(self._scheme())

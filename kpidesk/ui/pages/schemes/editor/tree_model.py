"""The indicators of the draft as Qt's tree asks for them; changes are asked for, not made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from kpidesk.core.editing.tree import TOP
from kpidesk.core.editing.weights import share_of
from kpidesk.ui.text import plain_tip
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.indicator import Indicator
    from kpidesk.core.scheme import Scheme

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_KIND = "application/x-kpidesk-indicator"
_NOWHERE = QModelIndex()
NAME, WEIGHT = 0, 1


@dataclass(slots=True)
class _Node:
    """An indicator with its place among its siblings."""

    indicator: Indicator
    parent: _Node | None
    row: int
    children: list[_Node] = field(default_factory=list)


class IndicatorModel(QAbstractItemModel):
    """Name and weight of each indicator, dimensions with those below them."""

    renamed = Signal(str, str)
    weighed = Signal(str, str)
    moved = Signal(str, str, int)
    """An indicator, the dimension it is dropped into, and the place there."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self._nodes: list[_Node] = []
        self._roots: list[_Node] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, scheme: Scheme) -> bool:
        """Show a scheme; True when indicators came, went or moved."""
        before = [(one.indicator.name, _depth(one)) for one in self._nodes]
        nodes: list[_Node] = []
        roots = _nodes(scheme.indicators, None, nodes)
        if [(one.indicator.name, _depth(one)) for one in nodes] == before:
            for old, new in zip(self._nodes, nodes, strict=True):
                old.indicator = new.indicator
            self._scheme = scheme
            for node in self._nodes:
                self.dataChanged.emit(self._index(node, NAME), self._index(node, WEIGHT))
            return False
        self.beginResetModel()
        self._scheme, self._nodes, self._roots = scheme, nodes, roots
        self.endResetModel()
        return True

    def name_at(self, index: Index) -> str:
        """The indicator at a place; empty for none."""
        node = self._node(index)
        return node.indicator.name if node else ""

    def find(self, name: str) -> QModelIndex:
        """Where an indicator stands."""
        node = next((one for one in self._nodes if one.indicator.name == name), None)
        return QModelIndex() if node is None else self._index(node, NAME)

    # --- what Qt asks

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The place of a child."""
        node = self._node(parent)
        children = self._roots if node is None else node.children
        if parent.isValid() and parent.column() != NAME:
            return QModelIndex()
        if 0 <= row < len(children) and column in (NAME, WEIGHT):
            return self._index(children[row], column)
        return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> Any:  # noqa: ANN401 - Qt has two methods of the name
        """The place of the dimension."""
        node = self._node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index(node.parent, NAME)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many stand below."""
        if parent.isValid() and parent.column() != NAME:
            return 0
        node = self._node(parent)
        return len(self._roots if node is None else node.children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Name and weight."""
        del parent
        return 2

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - by role
        """What a cell shows."""
        node, scheme = self._node(index), self._scheme
        if node is None or scheme is None:
            return None
        one = node.indicator
        match role:
            case _Role.DisplayRole if index.column() == NAME:
                return one.name
            case _Role.DisplayRole:
                return _weight_text(scheme, one)
            case _Role.EditRole:
                share = share_of(scheme, one)
                text = number_text(share) if share is not None else ""
                return one.name if index.column() == NAME else text
            case _Role.TextAlignmentRole if index.column() == WEIGHT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _Role.FontRole if one.children:
                return self._bold
            case _Role.ToolTipRole:
                return plain_tip(one.definition) if one.definition else None
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401 - by role
        """指标, and 权重 or 满分."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            weighted = self._scheme is None or self._scheme.is_weighted
            return "指标" if section == NAME else "权重" if weighted else "满分"
        if role == _Role.TextAlignmentRole and section == WEIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - Qt's
        role: int = _Role.EditRole,
    ) -> bool:
        """Ask for another name or weight."""
        node = self._node(index)
        if node is None or role != _Role.EditRole or str(value) == self.data(index, role):
            return False
        signal = self.renamed if index.column() == NAME else self.weighed
        signal.emit(node.indicator.name, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells are typed into; indicators are dragged, and dropped on and between each other."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
        )

    # --- drag and drop

    def supportedDropActions(self) -> Qt.DropAction:
        """Moving only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """The kind of what is dragged."""
        return [_KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The name of what is dragged."""
        data = QMimeData()
        data.setData(_KIND, QByteArray(self.name_at(indexes[0]).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for the move; False, so that the view does not take the row away itself."""
        if not data.hasFormat(_KIND):
            return False
        name = bytes(data.data(_KIND).data()).decode()
        target = self._node(parent)
        if target is None:
            self.moved.emit(name, TOP, len(self._roots) if row < 0 else row)
        elif target.indicator.children:
            place = len(target.children) if row < 0 else row
            self.moved.emit(name, target.indicator.name, place)
        else:  # dropped on an indicator: behind it
            above = target.parent.indicator.name if target.parent else TOP
            self.moved.emit(name, above, target.row + 1)
        return False

    # --- nodes

    def _node(self, index: Index) -> _Node | None:
        return self._nodes[index.internalId()] if index.isValid() else None

    def _index(self, node: _Node, column: int) -> QModelIndex:
        place = next(n for n, one in enumerate(self._nodes) if one is node)
        return self.createIndex(node.row, column, place)


def _nodes(
    indicators: Sequence[Indicator], parent: _Node | None, found: list[_Node]
) -> list[_Node]:
    made: list[_Node] = []
    for row, one in enumerate(indicators):
        node = _Node(one, parent, row)
        found.append(node)
        made.append(node)
        node.children = _nodes(one.children, node, found)
    return made


def _depth(node: _Node) -> int:
    return 0 if node.parent is None else 1 + _depth(node.parent)


def _weight_text(scheme: Scheme, one: Indicator) -> str:
    if one.supports:
        return "参考"
    share = share_of(scheme, one)
    if share is None:
        return "待定"
    return f"{number_text(share)}{'%' if scheme.is_weighted else ' 分'}"

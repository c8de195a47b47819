"""Rows whose first column names them: the name stays in view when the grid is scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from kpidesk.ui.table import RowsModel
from kpidesk.ui.table.column import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

_Display = Qt.ItemDataRole.DisplayRole


class NamedRows(RowsModel[Row]):
    """Heads each row with what stands in its first column."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Display) -> Any:  # noqa: ANN401 - by role
        """The name of a row; of a column its title."""
        if orientation == Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        if role != _Display or not 0 <= section < self.rowCount():
            return None
        return self.columns[0].text(self.row(section))


def keep_names(view: QTableView) -> None:
    """Show the names at the left while their own column is scrolled away."""
    header, bar = view.verticalHeader(), view.horizontalScrollBar()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    bar.valueChanged.connect(lambda value: header.setVisible(value > 0))

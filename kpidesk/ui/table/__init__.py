"""Tables: rows described by columns, sorted and filtered in the model, entered by keyboard."""

from kpidesk.ui.table.column import Column
from kpidesk.ui.table.model import RowsModel
from kpidesk.ui.table.view import TableView

__all__ = ["Column", "RowsModel", "TableView"]

"""What was achieved, in bulk: a view over scoring sheets and pay, entered by their use cases."""

from kpidesk.usecases.actuals.book import (
    Actual,
    Book,
    BookRef,
    BookRow,
    InPay,
    Item,
    Key,
    Need,
    OnSheet,
    Someone,
    team_item,
)
from kpidesk.usecases.actuals.completeness import (
    Fill,
    Lacking,
    Month,
    missing,
    month_of,
    months_of,
    what_is_missing,
)
from kpidesk.usecases.actuals.entering import (
    CellRefusedError,
    NewActual,
    Put,
    enter_actuals,
    locked,
    settled_among,
)
from kpidesk.usecases.actuals.history import History, Step, load_history
from kpidesk.usecases.actuals.lines import LineBook, LineGroup, LineRow, load_lines
from kpidesk.usecases.actuals.pasting import Board, Pasted, Wrong, read_block
from kpidesk.usecases.actuals.reading import list_books, load_book
from kpidesk.usecases.importing.cell import figure_in

__all__ = [
    "Actual",
    "Board",
    "Book",
    "BookRef",
    "BookRow",
    "CellRefusedError",
    "Fill",
    "History",
    "InPay",
    "Item",
    "Key",
    "Lacking",
    "LineBook",
    "LineGroup",
    "LineRow",
    "Month",
    "Need",
    "NewActual",
    "OnSheet",
    "Pasted",
    "Put",
    "Someone",
    "Step",
    "Wrong",
    "enter_actuals",
    "figure_in",
    "list_books",
    "load_book",
    "load_history",
    "load_lines",
    "locked",
    "missing",
    "month_of",
    "months_of",
    "read_block",
    "settled_among",
    "team_item",
    "what_is_missing",
]

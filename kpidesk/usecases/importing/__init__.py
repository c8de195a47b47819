"""Import from Excel: people, targets, actuals, dated lines, scores."""

from kpidesk.exchange.workbook.found import Place, column_letters
from kpidesk.exchange.workbook.found import Sheet as SheetOf
from kpidesk.usecases.importing.destinations import list_destinations
from kpidesk.usecases.importing.papers import report, template
from kpidesk.usecases.importing.plan import (
    Action,
    Decision,
    Destination,
    ImportColumn,
    Imported,
    Kind,
    Line,
    Option,
    Order,
    Preview,
    Problem,
    Way,
)
from kpidesk.usecases.importing.running import (
    Book,
    Offer,
    carry_out,
    check,
    offer,
    open_book,
    sample,
)

__all__ = [
    "Action",
    "Book",
    "Decision",
    "Destination",
    "ImportColumn",
    "Imported",
    "Kind",
    "Line",
    "Offer",
    "Option",
    "Order",
    "Place",
    "Preview",
    "Problem",
    "SheetOf",
    "Way",
    "carry_out",
    "check",
    "column_letters",
    "list_destinations",
    "offer",
    "open_book",
    "report",
    "sample",
    "template",
]

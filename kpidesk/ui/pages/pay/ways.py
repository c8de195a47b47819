"""From a figure of a derivation to where it was entered, the cursor on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject

from kpidesk.core.period import CYCLE, Period
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.ui.pages.why import Lead
from kpidesk.usecases import pay
from kpidesk.usecases.actuals import BookRef, team_item

if TYPE_CHECKING:
    from kpidesk.core.explain import Line
    from kpidesk.ui.pages.pay.page import PayPage
    from kpidesk.usecases.pay import PayView, Places


class Ways(QObject):
    """Knows where each figure in view was entered, and goes there."""

    def __init__(self, page: PayPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page
        self.places: Places | None = None

    def lead(self, line: Line) -> Lead | None:
        """The way to where the figure of a line was entered; none for what nobody entered."""
        view, desk = self._page.view, self._page.desk
        place = self.places.of(line.origin) if self.places else None
        if place is None or view is None:
            return None
        match place:
            case pay.ContractPlace(contract):
                return Lead("到责任书", "contract", lambda: desk.go("contracts", contract))
            case pay.SheetPlace(sheet):
                return Lead("到评分表", "scoring", lambda: desk.go("scoring", sheet))
            case pay.FieldPlace():
                there = _actual(view, place)
                return Lead("到实绩看这个数", "actuals", lambda: desk.go("actuals", there))
            case pay.LinePlace():
                return Lead("到这一笔", "edit", lambda: self._to_line(place))
            case _:
                assert_never(place)

    def _to_line(self, place: pay.LinePlace) -> None:
        ledger = self._page.details.ledger
        self._page.show_entry(
            place.line.person, place.settlement, lambda: ledger.table.select([place.line.id])
        )


def _actual(view: PayView, place: pay.FieldPlace) -> ShowActual:
    """A figure as the page of actual figures names it."""
    whole = view.group.cycle.period
    days = whole if place.period == CYCLE else Period.parse(place.period)
    book = BookRef(view.group.scheme.id, whole.start.year)
    name = team_item(place.name) if place.person is None else place.name
    return ShowActual(book, (place.person, name, days))

"""What a messy file may come to: refused, named at its cells, or imported whole; never in part."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from kpidesk.core.errors import KpiDeskError
from kpidesk.exchange.workbook.found import WorkbookError
from kpidesk.usecases import importing, people
from kpidesk.usecases.company import Company
from kpidesk.usecases.importing import Action, Decision, Kind, Order, Place, Preview, Way

_DAY = date(2026, 1, 5)


def outcome(company: Company, path: Path) -> str:
    """Import a file as it is, then with all that is wrong skipped; what it came to.

    AssertionError when something was written in part, or a problem has no cell or no words.
    """
    try:
        book = importing.open_book(path)
    except WorkbookError:
        return "refused"
    into = importing.list_destinations(company, Kind.PEOPLE, today=_DAY)[0]
    sheet = book.sheets[0]
    offer = importing.offer(company, into, sheet)
    order = Order(into, sheet, offer.header, offer.mapping, book.name)
    decisions: dict[Place, Decision] = {}
    preview = _attempt(company, order, decisions)
    was_ready = preview.is_ready
    for _ in range(3):
        for one in preview.problems:
            assert one.message
            assert one.address
            decisions[one.place] = Decision(Way.SKIP)
        preview = _attempt(company, order, decisions)
        was_ready = was_ready or preview.is_ready
    return "imported" if was_ready else "named at its cells"


def _attempt(company: Company, order: Order, decisions: Mapping[Place, Decision]) -> Preview:
    before = _everybody(company)
    preview = importing.check(company, order, decisions)
    assert _everybody(company) == before
    if preview.is_ready:
        importing.carry_out(company, order, decisions, actor="王芳", today=_DAY)
        assert len(_everybody(company)) == len(before) + preview.count(Action.NEW)
    else:
        with suppress(KpiDeskError):
            importing.carry_out(company, order, decisions, actor="王芳", today=_DAY)
            raise AssertionError(order.file)
        assert _everybody(company) == before
    return preview


def _everybody(company: Company) -> tuple[people.PersonRow, ...]:
    return people.list_people(company, include_left=True)

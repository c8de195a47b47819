"""What stands behind a line of a derivation: the figure that was entered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.explain import show_amount
from kpidesk.core.facts import TEAM
from kpidesk.core.period import CYCLE, Period
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.usecases.actuals import BookRef, team_item
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpidesk.core.explain import Line
    from kpidesk.core.facts import Fact, Subject
    from kpidesk.usecases.pay import PayView


def entry_behind(view: PayView, subject: Subject, line: Line) -> ShowActual | None:
    """Where a line of somebody's derivation was entered; None where it is nothing entered there."""
    book = BookRef(view.group.scheme.id, view.group.cycle.period.start.year)
    found = sorted(_named(view, line), key=lambda one: _likeness(one, subject, line), reverse=True)
    if not found:
        return None
    fact = found[0]
    days = view.group.cycle.period if fact.period == CYCLE else Period.parse(fact.period)
    member = view.group.member(fact.subject)
    if member is None:
        return ShowActual(book, (None, team_item(fact.name), days))
    return ShowActual(book, (member.person.id, fact.name, days))


def _named(view: PayView, line: Line) -> Iterator[Fact]:
    """The figures of the name and period that a line has."""
    scheme = view.group.scheme
    for (subject, name), by_period in view.gathered.facts.by_name.items():
        label = next(
            (
                one.label
                for one in scheme.facts
                if one.name == name and not one.plan and one.of_team == (subject == TEAM)
            ),
            None,
        )
        if label is None or label not in line.label:
            continue
        for key, fact in by_period.items():
            if plain_periods(f"（{key}）") in line.label or "（" not in line.label:
                yield fact


def _likeness(fact: Fact, subject: Subject, line: Line) -> tuple[bool, bool, bool]:
    """Of several figures, whose is meant; a settled line may show what stood before."""
    value = fact.value
    same = isinstance(value, Decimal) and line.value.startswith(show_amount(value, "元"))
    return fact.subject == subject, fact.origin == line.origin, same

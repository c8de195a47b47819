"""The dated lines of a book: everybody's, of every kind, each with whether it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpidesk.core.event_kinds import EventKind
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.period import CYCLE
from kpidesk.store.pay_facts import PayLine
from kpidesk.usecases.actuals.book import BookRef
from kpidesk.usecases.actuals.in_pay import groups_of
from kpidesk.usecases.actuals.reading import TEAM_NAME
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.gathering import gather
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class LineGroup:
    """People who may have lines, and the periods of theirs that are settled."""

    group: PayGroup
    closed: frozenset[str]

    def is_settled(self, on: date) -> bool:
        """Whether a settled period rests on a line of a day."""
        return any(
            one.key in self.closed and one.key != CYCLE and on in one.days
            for one in self.group.periods()
        )


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, whose it is, and of what kind."""

    line: PayLine
    of: LineGroup
    name: str
    kind: EventKind
    is_settled: bool


@dataclass(frozen=True, slots=True)
class LineBook:
    """The lines of a book, the newest first, and where more can be written."""

    groups: tuple[LineGroup, ...]
    rows: tuple[LineRow, ...]


def load_lines(company: Company, ref: BookRef) -> LineBook:
    """The dated lines of a book."""
    with company.read() as connection:
        groups: list[LineGroup] = []
        rows: dict[int, LineRow] = {}
        for group in groups_of(company, connection, ref):
            if not group.scheme.events:
                continue
            closed = frozenset(one.settlement.period for one in runs_of(company, connection, group))
            made = LineGroup(group, closed)
            groups.append(made)
            names = {one.person.id: one.person.name for one in group.people}
            for line in gather(company, connection, group).lines:
                kind = group.scheme.event(line.body.kind) if line.body else None
                if line.body is None or kind is None:
                    continue
                name = names.get(line.person, "") if line.person is not None else TEAM_NAME
                is_settled = made.is_settled(line.body.on)
                rows.setdefault(line.id, LineRow(line, made, name, kind, is_settled))
    ordered = sorted(
        rows.values(),
        key=lambda one: (one.line.body.on if one.line.body else date.min, one.line.id),
        reverse=True,
    )
    return LineBook(tuple(groups), tuple(ordered))

"""Everybody's dated lines: who has which part of each, for the task and for the bonus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kpidesk.core.context import Context
from kpidesk.core.events import with_ledger
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import TEAM, Event, Subject
from kpidesk.core.figure import PERCENT, YUAN, Figure, Origin, given, total
from kpidesk.core.paying.base_quota.lines import Amounts, LineReader
from kpidesk.core.paying.base_quota.rule import LineTerms, LineUse
from kpidesk.core.period import Period
from kpidesk.core.splits import split_figure

_NO_LINES = Origin("没有这类事项")


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part of a line.

    `counted` is what counts for their task or as their service income: nothing (None) for one who
    only shares the bonus of the `owner`. `sales` and `service` are what the two rates are applied
    to for them.
    """

    line: Event
    use: LineUse
    subject: Subject
    owner: Subject
    counted: Figure | None
    sales: Figure
    service: Figure
    quotation: Figure | None = None

    @property
    def project(self) -> str:
        """The project of the line; empty when none was named."""
        return str(self.line.value("project") or "")


@dataclass(slots=True)
class Ledger:
    """The parts of all lines. `incomplete` are lines that lack a figure, by whose they are."""

    holders: frozenset[Subject]
    parts: list[Part] = field(default_factory=list)
    incomplete: list[tuple[Subject, Event]] = field(default_factory=list)

    def own(self, subject: Subject, *uses: LineUse) -> Iterator[Part]:
        """A person's own parts of lines of some uses: not what they share of others' bonus."""
        return (
            one for one in self.parts if one.owner == one.subject == subject and one.use in uses
        )

    def given_away(self, owner: Subject) -> Iterator[Part]:
        """What others share of the bonus on the owner's lines."""
        return (one for one in self.parts if one.owner == owner != one.subject)

    def lacking(self, subject: Subject, period: Period) -> Iterator[Event]:
        """The lines of a person in a period that lack a figure."""
        return (line for who, line in self.incomplete if who == subject and line.on in period)

    def counted(self, subject: Subject, period: Period, label: str, *uses: LineUse) -> Figure:
        """The sum of what counts for a person in a period; zero without a line."""
        parts = [one.counted for one in self.own(subject, *uses) if one.line.on in period]
        there = [one for one in parts if one is not None]
        if not there:
            return given(ZERO, YUAN, label, origin=_NO_LINES)
        return total(there, YUAN).named(label)


def read_ledger(terms: LineTerms, context: Context) -> Ledger:
    """All lines as parts; a line that lacks a figure is noted, not counted."""
    ledger = Ledger(frozenset(with_ledger(context)))
    kinds = {one.event: one for one in terms.kinds}
    reader = LineReader(terms, context)
    for subject, lines in context.facts.ledgers.items():
        for line in lines:
            kind = kinds[line.kind]
            amounts = reader.amounts(line, kind)
            if amounts is None:
                whose = [person for person, _ in line.shares] if subject == TEAM else [subject]
                ledger.incomplete += [(person, line) for person in whose]
            else:
                ledger.parts += _parts(line, kind.use, amounts, terms, context)
    return ledger


def _parts(
    line: Event, use: LineUse, amounts: Amounts, terms: LineTerms, context: Context
) -> Iterator[Part]:
    """The parts of a line; where only the bonus is split, the first named keeps the task."""
    counted, earning = amounts.counted, amounts.earning
    if line.subject != TEAM:
        who = line.subject
        yield Part(line, use, who, who, counted, counted, earning, amounts.quotation)
        return
    shares = [
        given(share, PERCENT, f"{person}的贡献度", terms.share_clause, line.origin)
        for person, share in line.shares
    ]
    of_bonus = context.word(terms.split_of) == "bonus"
    owner = line.shares[0][0]
    sales = _split(counted, line, shares)
    service = sales if earning == counted else _split(earning, line, shares)
    quoted: tuple[Figure | None, ...] = (None,) * len(shares)
    if amounts.quotation is not None:
        quoted = _split(amounts.quotation, line, shares)
    for place, (person, _) in enumerate(line.shares):
        mine, served, quote = sales[place], service[place], quoted[place]
        if not of_bonus:
            yield Part(line, use, person, person, mine, mine, served, quote)
        elif person == owner:
            yield Part(line, use, person, owner, counted, mine, served, amounts.quotation)
        else:
            yield Part(line, use, person, owner, None, mine, served)


def _split(amount: Figure, line: Event, shares: list[Figure]) -> tuple[Figure, ...]:
    return tuple(
        part.named(f"{amount.label}，{person}", share.clause)
        for part, share, (person, _) in zip(
            split_figure(amount, shares), shares, line.shares, strict=True
        )
    )

"""The targets of many contracts by month: whose, what they come to, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpidesk.core.contract import Contract, ContractState
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.target import Target

_ZERO = Decimal(0)
_FILLERS = ("计划", "目标", "指标", "值", "达成", "完成")


@dataclass(frozen=True, slots=True)
class Line:
    """One person's target. `months` are as those of the table, None where there is no figure.

    `amended` is the number of the amendment by which it stands; 0: as first agreed.
    `unassigned` is what the months leave of the total; None where months do not add up.
    """

    name: str
    number: str
    superior: str
    contract: str
    term: Period
    draft: bool
    amended: int
    total: Decimal | None
    months: tuple[Decimal | None, ...]
    unassigned: Decimal | None


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of a department, of the contracts whose terms begin in one year.

    `above` is the superior's own target for the same thing. With `adds_up`, the lines may be
    added: amounts and counts, not rates.
    """

    department: str
    year: int
    label: str
    unit: str
    adds_up: bool
    lines: tuple[Line, ...]
    above: Line | None = None

    @property
    def sums(self) -> tuple[Decimal | None, ...]:
        """What the months of all lines come to; None where no line has a figure."""
        return tuple(map(_sum, zip(*(one.months for one in self.lines), strict=True)))

    @property
    def total(self) -> Decimal | None:
        """What the totals of all lines come to."""
        return _sum(one.total for one in self.lines)

    @property
    def unassigned(self) -> Decimal | None:
        """What all lines leave without a month."""
        return _sum(one.unassigned for one in self.lines)

    @property
    def open(self) -> tuple[Decimal | None, ...]:
        """What the superior's months leave without a person; negative: more than asked for."""
        if self.above is None:
            return tuple(None for _ in self.sums)
        return tuple(
            None if asked is None else asked - (given or _ZERO)
            for asked, given in zip(self.above.months, self.sums, strict=True)
        )

    @property
    def open_total(self) -> Decimal | None:
        """What the superior's total leaves without a person."""
        if self.above is None or self.above.total is None:
            return None
        return self.above.total - (self.total or _ZERO)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plan is: `number` its last publication (0: none), `on` its day.

    `is_changed`: the figures are those of after it, which nobody has published.
    """

    number: int
    on: date | None
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The table: its calendar months, its parts by department, and who has no contract.

    `standing` says of the figures of a plan how far they are published; none of contracts.
    """

    company: str
    months: tuple[Period, ...]
    parts: tuple[Part, ...]
    without: tuple[str, ...] = ()
    standing: Standing | None = None

    @property
    def span(self) -> Period:
        """From the first day of the first month to the last."""
        return Period(self.months[0].start, self.months[-1].end)


def decompose(contracts: Sequence[Contract], *, without: Sequence[str] = ()) -> Decomposition:
    """The table of contracts (at least one), in their order. `without`: who has none, by name."""
    months = Period(
        min(one.term.start for one in contracts), max(one.term.end for one in contracts)
    ).split(Grain.MONTH)
    whole = tuple(Period.containing(one.start, Grain.MONTH) for one in months)
    grouped: dict[tuple[str, int, str, str, str], list[tuple[Line, Target]]] = {}
    for contract in contracts:
        of = (contract.party_b.department, contract.term.start.year)
        for target in contract.targets:
            key = (*of, target.fact, target.label, target.unit)
            grouped.setdefault(key, []).append((_line(contract, target, whole), target))
    parts = [
        Part(
            department,
            year,
            label,
            unit,
            all(target.adds_up for _, target in found),
            tuple(line for line, _ in found),
        )
        for (department, year, _, label, unit), found in grouped.items()
    ]
    parts.sort(
        key=lambda one: (one.department, one.year)
    )  # stable: indicators stay as in the contracts
    return Decomposition(
        contracts[0].party_a.name,
        whole,
        tuple(replace(one, above=_above(one, parts)) for one in parts),
        tuple(without),
    )


def _line(contract: Contract, target: Target, months: Sequence[Period]) -> Line:
    begins = {
        Period.containing(month.start, Grain.MONTH): figure
        for month, figure in zip(
            Cycle(contract.term).contract_months(), target.months, strict=False
        )
    }
    party = contract.party_b
    return Line(
        party.name,
        party.number,
        party.superior,
        contract.number,
        contract.term,
        contract.state is ContractState.DRAFT,
        contract.amends.ordinal if contract.amends else 0,
        target.total,
        tuple(begins.get(month) for month in months),
        target.unassigned if target.adds_up and target.total is not None else None,
    )


def _above(part: Part, parts: Iterable[Part]) -> Line | None:
    """The target of the one person above all lines, for the same thing."""
    superiors = {one.superior for one in part.lines} - {one.name for one in part.lines}
    if not part.adds_up or len(superiors) != 1:
        return None
    found = [
        line
        for other in parts
        if other.adds_up
        and other.year == part.year
        and other.unit == part.unit
        and _core(other.label) == _core(part.label)
        for line in other.lines
        if line.name in superiors and line not in part.lines
    ]
    return found[0] if len(found) == 1 else None


def _core(label: str) -> str:
    """What a target is of, whatever a scheme calls it: 计划销售额 and 销售额目标 are 销售额."""
    for filler in _FILLERS:
        label = label.replace(filler, "")
    return label.strip()


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in figures if one is not None]
    return sum(known, _ZERO) if known else None

"""The figures that scoring sheets ask for, read in bulk without computing what they come to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.amending import in_force
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.findings import Code
from kpidesk.core.names import known_facts
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Cycle, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import SUBJECT, make_sheet
from kpidesk.core.sheet_fields import FieldMaker, SheetField
from kpidesk.store.actuals import SheetHead, entries_of_year, sheets_of_year
from kpidesk.usecases.actuals.book import Actual, BookRef, Item, Need, OnSheet
from kpidesk.usecases.contracts.listing import ContractDetails, many_amendments, many_details
from kpidesk.usecases.session import Company

_NO_ONE = PersonId(0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure that sheets of one kind and cycle ask for: of what and when, missed from `due`."""

    item: Item
    period: str
    days: Period
    due: date
    is_wanted: bool


@dataclass(slots=True)
class SheetReader:
    """Reads the sheets of a book; what alike sheets ask for is found once."""

    company: Company
    connection: Connection
    ref: BookRef
    _asked: dict[Hashable, tuple[_Asked, ...]] = field(default_factory=dict)
    _agreed: dict[Hashable, frozenset[tuple[str, str]]] = field(default_factory=dict)
    _terms: dict[ContractId, ContractDetails] = field(default_factory=dict)
    _amendments: Mapping[ContractId, tuple[ContractDetails, ...]] = field(default_factory=dict)

    def read(self, only: frozenset[PersonId] | None) -> Iterator[tuple[Item, Actual]]:
        """Each figure for each sheet that asks for it; those of some people, or of all."""
        scheme, year = self.ref.scheme, self.ref.year
        every = sheets_of_year(self.connection, scheme, year)
        heads = [one for one in every if only is None or one.person in only]
        entries = entries_of_year(self.connection, scheme, year) if heads else {}
        contracts = {one.contract for one in heads}
        self._terms = many_details(self.company, self.connection, contracts)
        self._amendments = many_amendments(self.company, self.connection, contracts)
        for head in heads:
            is_open = head.state is AppraisalState.OPEN
            for asked in self._asks(head):
                item, period = asked.item, asked.period
                entry = entries.get((head.id, item.name, period))
                if entry is None:
                    home = OnSheet(head.id, period, is_open)
                else:
                    home = OnSheet(head.id, period, is_open, *entry)
                need = Need.WANTED if asked.is_wanted and is_open else Need.OPTIONAL
                yield (
                    item,
                    Actual(head.person, item.name, asked.days, asked.due, need, (home,)),
                )

    def _asks(self, head: SheetHead) -> tuple[_Asked, ...]:
        scheme, contract = self._terms[head.contract].scheme, self._terms[head.contract].contract
        for one in self._amendments.get(head.contract, ()):
            contract = in_force(contract, [one.contract], head.cycle.last_day)
        lent = (contract.indicator_scheme, contract.indicator_scheme_version)
        alike = (scheme.id, scheme.version, lent, contract.role, head.cycle)
        key = (alike, contract.settings, self._agreed_of(scheme, contract, head.cycle, alike))
        if key not in self._asked:
            self._asked[key] = tuple(_asked(scheme, contract, head.cycle))
        return self._asked[key]

    def _agreed_of(
        self, scheme: Scheme, contract: Contract, cycle: Period, alike: Hashable
    ) -> frozenset[tuple[str, str]]:
        """For what a contract names figures; contracts differ in these, seldom in their kinds."""
        targets = tuple(
            (one.fact, len(one.months), one.adds_up, one.total is None) for one in contract.targets
        )
        key = (alike, contract.term, targets)
        if key not in self._agreed:
            self._agreed[key] = frozenset(
                (one.name, one.period) for one in agreed_facts(scheme, contract, cycle, SUBJECT)
            )
        return self._agreed[key]


def _asked(scheme: Scheme, contract: Contract, cycle: Period) -> Iterator[_Asked]:
    """What a blank sheet asks for besides scores and targets, in printed order."""
    blank = Appraisal(AppraisalId(0), ContractId(0), _NO_ONE, cycle)
    findings = make_sheet(scheme, contract, blank).evaluation.findings
    missed = {one.name for one in findings if one.code is Code.MISSING_FACT}
    known = known_facts(scheme)
    stages = [one.key for one in Cycle(cycle).parts(scheme.stages)] if scheme.stages else []
    told: set[tuple[str, str]] = set()
    for stage in (CYCLE, *stages):
        maker = FieldMaker(scheme, contract, blank, SUBJECT, stage)
        for leaf in scheme.leaves():
            for one in maker.fields(leaf, scheme.full_points(leaf)):
                spec = scheme.fact(one.fact)
                if one.agreed or spec is None or spec.plan or (one.fact, one.period) in told:
                    continue
                told.add((one.fact, one.period))
                item = Item(one.fact, known[one.fact], _choices(one))
                days = cycle if one.period == CYCLE else Period.parse(one.period)
                wanted = not spec.optional or one.fact in missed
                yield _Asked(item, one.period, days, max(days.end, cycle.end), wanted)


def _choices(field_: SheetField) -> tuple[str, ...]:
    return tuple(one.text for one in field_.options)

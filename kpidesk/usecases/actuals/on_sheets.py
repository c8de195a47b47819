"""The figures that scoring sheets ask for, read in bulk without computing what they come to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.amending import in_force
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.findings import Code
from kpidesk.core.names import KnownFact, known_facts
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Cycle, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import SUBJECT, make_sheet
from kpidesk.core.sheet_fields import FieldMaker, SheetField
from kpidesk.store.actuals import SheetHead, entries_of_year, sheets_of_year
from kpidesk.usecases.actuals.book import Actual, BookRef, Item, Need, OnSheet
from kpidesk.usecases.contracts.listing import ContractDetails, details_of, signed_amendments
from kpidesk.usecases.session import Company

_NO_ONE = PersonId(0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure that sheets of one kind ask for."""

    name: str
    period: str
    known: KnownFact
    is_wanted: bool
    choices: tuple[str, ...]

    def item(self) -> Item:
        """What it is of."""
        return Item(self.name, self.known, self.choices)


@dataclass(slots=True)
class SheetReader:
    """Reads the sheets of a book; what alike sheets ask for is found once."""

    company: Company
    connection: Connection
    ref: BookRef
    _asked: dict[Hashable, tuple[_Asked, ...]] = field(default_factory=dict)
    _terms: dict[ContractId, tuple[ContractDetails, list[Contract]]] = field(default_factory=dict)

    def read(self, only: frozenset[PersonId] | None) -> Iterator[tuple[Item, Actual]]:
        """Each figure for each sheet that asks for it; those of some people, or of all."""
        scheme, year = self.ref.scheme, self.ref.year
        heads = sheets_of_year(self.connection, scheme, year)
        entries = entries_of_year(self.connection, scheme, year) if heads else {}
        for head in heads:
            if only is not None and head.person not in only:
                continue
            is_open = head.state is AppraisalState.OPEN
            for asked in self._asks(head):
                entry = entries.get((head.id, asked.name, asked.period))
                origin = (
                    Origin(entry.source, entry.entered_by, entry.entered_on) if entry else NO_ORIGIN
                )
                home = OnSheet(
                    head.id, asked.period, is_open, entry.value if entry else None, origin
                )
                days = head.cycle if asked.period == CYCLE else Period.parse(asked.period)
                wanted = asked.is_wanted and is_open
                need = Need.WANTED if wanted else Need.OPTIONAL
                due = max(days.end, head.cycle.end)
                yield (
                    asked.item(),
                    Actual(head.person, asked.name, days, due, need, (home,)),
                )

    def _asks(self, head: SheetHead) -> tuple[_Asked, ...]:
        if head.contract not in self._terms:
            details = details_of(self.company, self.connection, head.contract)
            signed = signed_amendments(self.company, self.connection, head.contract)
            self._terms[head.contract] = (details, [one.contract for one in signed])
        details, amendments = self._terms[head.contract]
        contract = details.contract
        for one in amendments:
            contract = in_force(contract, [one], head.cycle.last_day)
        agreed = frozenset(
            (one.name, one.period)
            for one in agreed_facts(details.scheme, contract, head.cycle, SUBJECT)
        )
        scheme = details.scheme
        lent = (contract.indicator_scheme, contract.indicator_scheme_version)
        key = (
            scheme.id,
            scheme.version,
            lent,
            contract.role,
            contract.settings,
            agreed,
            head.cycle,
        )
        if key not in self._asked:
            self._asked[key] = tuple(_asked(scheme, contract, head.cycle))
        return self._asked[key]


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
                wanted = not spec.optional or one.fact in missed
                yield _Asked(one.fact, one.period, known[one.fact], wanted, _choices(one))


def _choices(field_: SheetField) -> tuple[str, ...]:
    return tuple(one.text for one in field_.options)

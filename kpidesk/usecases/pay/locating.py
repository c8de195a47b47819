"""Where a figure of a derivation was entered, so that one gets there by a click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractId
from kpidesk.core.facts import TEAM
from kpidesk.core.figure import Origin
from kpidesk.core.payroll.record import PayInputs
from kpidesk.core.people import PersonId
from kpidesk.store.pay_facts import PayLine
from kpidesk.usecases.pay.viewing import PayView


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A field of the page of pay; `settlement` is the period with which it is due."""

    person: PersonId | None
    name: str
    period: str
    settlement: str


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A dated line; `settlement` is the period that it lies in."""

    line: PayLine
    settlement: str


@dataclass(frozen=True, slots=True)
class ContractPlace:
    """A target, agreed in a contract."""

    contract: ContractId


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A score, on somebody's sheet."""

    sheet: AppraisalId


Place = FieldPlace | LinePlace | ContractPlace | SheetPlace


class Places:
    """Knows origins by their identity: each figure that was entered has one of its own.

    The figures of a settled period carry those of what was kept with the settlement.
    """

    def __init__(self, view: PayView) -> None:
        """Looks into everything that the amounts in view may rest on."""
        self._view = view
        self._places: dict[int, Place] = {}
        inputs = [one.settlement.inputs for one in view.runs]
        for kept in (*inputs, view.gathered.inputs):
            self._places.update((id(origin), place) for origin, place in self._of(kept))

    def of(self, origin: Origin) -> Place | None:
        """Where what has this origin is put right; None for what nobody entered."""
        return self._places.get(id(origin))

    def _of(self, inputs: PayInputs) -> Iterator[tuple[Origin, Place]]:
        view = self._view
        dues = {
            (of_team, name, key): settlement
            for (of_team, name, settlement), fields in reversed(view.asked.due.items())
            for key, _ in fields
        }
        people = {one.seen.key: one.person for one in inputs.people}
        numbers = {one.seen.key: one.contract for one in inputs.people}
        contracts = {x.number: x.id for one in view.group.members for x in one.contracts}
        sheets = {one.person: one.id for one in view.gathered.sheets}
        agreed = {one.name for one in view.group.scheme.facts if one.plan and not one.of_team}
        for fact in inputs.facts:
            person, of_team = people.get(fact.subject), fact.subject == TEAM
            settlement = dues.get((of_team, fact.name, fact.period))
            contract = contracts.get(numbers.get(fact.subject, ""))
            if fact.name in agreed and contract is not None:
                yield fact.origin, ContractPlace(contract)
            elif settlement is not None:
                yield fact.origin, FieldPlace(person, fact.name, fact.period, settlement)
            elif person in sheets:
                yield fact.origin, SheetPlace(sheets[person])
        for line in inputs.ledger:
            same = (
                one
                for one in view.gathered.lines
                if one.body is not None
                and (one.body.kind, one.body.on, one.body.cells) == (line.kind, line.on, line.cells)
                and (one.person is None or one.person == people.get(line.subject))
            )
            kept = next(same, None)
            inside = (one.key for one in view.group.periods() if line.on in one.days)
            if kept is not None and (settlement := next(inside, None)) is not None:
                yield line.origin, LinePlace(kept, settlement)

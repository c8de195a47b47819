"""Targets of contracts that are drafts, from a file: totals, months, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kpidesk.core.agreed import asked_targets
from kpidesk.core.contract import Contract
from kpidesk.core.errors import InvalidValueError, KpiDeskError
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import FactValue
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import CYCLE, Cycle
from kpidesk.core.target import Target
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.drafting import blank_targets, edit_contract
from kpidesk.usecases.contracts.listing import ContractDetails
from kpidesk.usecases.importing.figures import Figure, FiguresReceiver
from kpidesk.usecases.importing.plan import Stamp
from kpidesk.usecases.importing.roster import Roster
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company


class TargetFigures(FiguresReceiver):
    """Targets of the drafts of one scheme, role and term."""

    def __init__(
        self, drafts: Sequence[ContractDetails], people: Mapping[PersonId, Person], title: str
    ) -> None:
        """`drafts` are the contracts, one of a person."""
        first = drafts[0]
        contract = first.contract
        specs = asked_targets(first.scheme, contract.role, dict(contract.settings))
        months = [one.key for one in Cycle(contract.term).contract_months()]
        super().__init__(
            Roster(
                (people[one.contract.party_b.person] for one in drafts),
                people.values(),
                f"“{title}”的责任书草稿",
            ),
            (
                KnownFact(one.name, one.label, one.unit, ValueKind.NUMBER, one.grains)
                for one in specs
            ),
            [*months, CYCLE],
            contract.term,
            examples=("1200000", "960000"),
        )
        self._months = months
        self._drafts = {one.contract.party_b.person: one for one in drafts}
        self._blank = {
            one.fact: one for one in blank_targets(first.scheme, contract.role, contract.term)
        }

    def standing(self) -> Mapping[tuple[int, str, str], FactValue]:
        """What the drafts say."""
        figures: dict[tuple[int, str, str], FactValue] = {}
        for person, details in self._drafts.items():
            for target in details.contract.targets:
                for key, value in zip(self._months, target.months, strict=False):
                    figures[int(person), target.fact, key] = value
                if target.total is not None:
                    figures[int(person), target.fact, CYCLE] = target.total
        return figures

    def _only_period(self, known: KnownFact) -> str:
        """A target without a period is that of the whole term."""
        del known
        return CYCLE

    def check_whole(self, sift: Sift) -> None:
        """Months must be all there, and add up to the total."""
        for (person, fact), figures in self._grouped().items():
            try:
                self._target(self._drafts[person].contract, fact, figures)
            except InvalidValueError as problem:
                sift.refuse(figures[0].place, str(problem))

    def _grouped(self) -> dict[tuple[PersonId, str], list[Figure]]:
        grouped: dict[tuple[PersonId, str], list[Figure]] = {}
        for one in self.figures:
            grouped.setdefault((one.person.id, one.known.name), []).append(one)
        return grouped

    def _target(self, contract: Contract, fact: str, figures: Sequence[Figure]) -> Target:
        old = next((one for one in contract.targets if one.fact == fact), self._blank[fact])
        given = {one.period: one.value for one in figures if isinstance(one.value, Decimal)}
        total = given.pop(CYCLE, None)
        if not given:
            if old.months and old.adds_up and total is not None and sum(old.months) != total:
                msg = (
                    f"“{old.label}”已按月分解，合计 {sum(old.months):f}{old.unit}；"
                    "改动全期目标时请把各月也写在文件里"
                )
                raise InvalidValueError(msg)
            return replace(old, total=total)
        standing = dict(zip(self._months, old.months, strict=False))
        months = {**standing, **given}
        if missing := [one for one in self._months if one not in months]:
            shown = "、".join(self.reader.names[one][0] for one in missing)
            msg = f"“{old.label}”缺少 {shown} 的目标；没有任务的月份请填 0"
            raise InvalidValueError(msg)
        figures_of = tuple(months[one] for one in self._months)
        if total is None:
            total = sum(figures_of, ZERO) if old.adds_up else old.total
        return replace(old, total=total, months=figures_of)

    def rehearse(self, company: Company, stamp: Stamp, sift: Sift) -> None:
        """Write each draft in a transaction that is taken back, to hear what it refuses."""
        for person, figures in self._of_people().items():
            try:
                self._edit(company, person, stamp)
            except KpiDeskError as problem:
                sift.refuse(figures[0].place, str(problem))

    def _of_people(self) -> dict[PersonId, list[Figure]]:
        people: dict[PersonId, list[Figure]] = {}
        for one in self.figures:
            people.setdefault(one.person.id, []).append(one)
        return people

    def _edit(self, company: Company, person: PersonId, stamp: Stamp) -> Changes:
        contract = self._drafts[person].contract
        made = {
            fact: self._target(contract, fact, figures)
            for (who, fact), figures in self._grouped().items()
            if who == person
        }
        targets = {one.fact: one for one in contract.targets} | made
        after = replace(contract, targets=tuple(targets.values()))
        return edit_contract(company, after, actor=stamp.actor, today=stamp.today)

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """Draft by draft."""
        changes, people = Changes.NONE, self._of_people()
        for done, person in enumerate(people):
            progress.step(done, len(people), "正在写入责任书目标")
            changes |= self._edit(company, person, stamp)
        return changes

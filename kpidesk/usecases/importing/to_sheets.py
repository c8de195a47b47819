"""Scores and figures of scoring sheets, from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import FactValue
from kpidesk.core.names import KnownFact, ValueKind, known_facts
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.usecases.appraisals.entering import NewEntry, enter_all
from kpidesk.usecases.appraisals.listing import SheetView
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.importing.figures import Figure, FiguresReceiver
from kpidesk.usecases.importing.plan import Stamp
from kpidesk.usecases.importing.roster import Roster
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company

_POINTS = (ValueKind.POINTS, ValueKind.POINTS_BY_RATERS)


class SheetFigures(FiguresReceiver):
    """Scores (or the other figures) of the sheets of one scheme and cycle."""

    def __init__(
        self,
        views: Sequence[SheetView],
        people: Mapping[PersonId, Person],
        title: str,
        *,
        scores: bool,
    ) -> None:
        """`views` are the sheets; `scores` asks for scores only, else for what they are not."""
        first = views[0]
        known = [
            one for one in known_facts(first.scheme).values() if (one.kind in _POINTS) == scores
        ]
        cycle = first.appraisal.cycle
        super().__init__(
            Roster(
                (people[one.appraisal.person] for one in views if one.appraisal.person in people),
                people.values(),
                f"“{title}”的评分表",
            ),
            known,
            _periods(known, cycle),
            cycle,
            examples=("8.5", "9") if scores else ("120000", "98.5"),
        )
        self._views = {one.appraisal.person: one for one in views}
        self._full = {one.name: first.scheme.full_points(one) for one in first.scheme.walk()}

    def standing(self) -> Mapping[tuple[int, str, str], FactValue]:
        """What is on the sheets."""
        return {
            (int(person), one.name, one.period): one.value
            for person, view in self._views.items()
            for one in view.appraisal.entries
        }

    def problem_of(self, person: Person, known: KnownFact, period: str) -> str:
        """Only on sheets that are open."""
        del known, period
        view = self._views[person.id]
        if view.appraisal.state is AppraisalState.SCORED:
            return f"{person.name}的评分表已经定分；如需更改，请先在“评分”页重新打开"
        return ""

    def range_problem(self, known: KnownFact, value: FactValue) -> str:
        """A score lies between 0 and full points."""
        if known.kind not in _POINTS:
            return ""
        full = self._full.get(known.indicator)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Decimal) and full is not None and not ZERO <= one <= full:
                return f"{one:f} 分超出范围：“{known.indicator}”应在 0 到 {full:f} 分之间"
        return ""

    def entries(self) -> dict[PersonId, list[Figure]]:
        """What goes onto each sheet."""
        sheets: dict[PersonId, list[Figure]] = {}
        for one in self.figures:
            sheets.setdefault(one.person.id, []).append(one)
        return sheets

    def rehearse(self, company: Company, stamp: Stamp, sift: Sift) -> None:
        """Write each sheet in a transaction that is taken back, to hear what it refuses."""
        for person, figures in self.entries().items():
            try:
                self._enter(company, person, figures, stamp)
            except KpiDeskError as problem:
                sift.refuse(self._blamed(figures, str(problem)).place, str(problem))

    def _blamed(self, figures: Sequence[Figure], message: str) -> Figure:
        """The cell that a message speaks of; the first one where it names none."""
        named = (one for one in figures if one.known.indicator and one.known.indicator in message)
        labelled = (one for one in figures if one.known.label in message)
        return next(labelled, None) or next(named, None) or figures[0]

    def _enter(
        self, company: Company, person: PersonId, figures: Sequence[Figure], stamp: Stamp
    ) -> Changes:
        entries = [NewEntry(one.known.name, one.value, one.period, one.source) for one in figures]
        return enter_all(
            company,
            self._views[person].appraisal.id,
            entries=entries,
            actor=stamp.actor,
            today=stamp.today,
        ).changes

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """Sheet by sheet."""
        changes, sheets = Changes.NONE, self.entries()
        for done, (person, figures) in enumerate(sheets.items()):
            progress.step(done, len(sheets), "正在写入评分表")
            changes |= self._enter(company, person, figures, stamp)
        return changes


def _periods(known: Iterable[KnownFact], cycle: Period) -> list[str]:
    keys = {CYCLE}
    for one in known:
        for grain in one.grains:
            if grain is Grain.CYCLE:
                continue
            parts = Cycle(cycle).parts(grain)
            own = list(parts) or [Period.containing(cycle.start, grain)]
            if one.base_before:
                own.append(own[0].before())
            if one.base_last_year:
                own += [each.year_before() for each in own]
            keys |= {each.key for each in own}
    return sorted(keys, key=lambda key: (key != CYCLE, key))

"""Figures of target plans from a file: what people are to reach, before contracts say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kpidesk.core.facts import FactValue
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import CYCLE, Cycle, Grain
from kpidesk.core.target_plan import TOTAL, PlanLine
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.importing.figures import Figure, FiguresReceiver
from kpidesk.usecases.importing.plan import Action, Stamp, Way
from kpidesk.usecases.importing.roster import Roster
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company
from kpidesk.usecases.targets.loading import PlanPerson, PlanState, PlanView
from kpidesk.usecases.targets.working import save_plan

_NAMED = 5


class PlanFigures(FiguresReceiver):
    """The plans of one scheme for one run of months, one for each of its indicators."""

    def __init__(self, views: Sequence[PlanView], people: Mapping[PersonId, Person]) -> None:
        """`views` are the plans as they stand."""
        first = views[0]
        period = first.key.period
        self._views = {one.key.fact: one for one in views}
        self._planned = {one.id: one for one in first.people}
        self._keys = [one.key for one in Cycle(period).contract_months()]
        may_join = {id_ for id_, _ in first.others}
        super().__init__(
            Roster(
                (one for one in people.values() if one.id in self._planned or one.id in may_join),
                people.values(),
                f"{period.start.year}年在职的人",
            ),
            (
                KnownFact(
                    one.key.fact,
                    one.plan.label,
                    one.plan.unit,
                    ValueKind.NUMBER,
                    (Grain.MONTH, Grain.CYCLE) if one.plan.is_monthly else (Grain.CYCLE,),
                )
                for one in views
            ),
            [*self._keys, CYCLE],
            period,
            examples=("1200000", "960000"),
        )

    def standing(self) -> Mapping[tuple[int, str, str], FactValue]:
        """What the plans say."""
        figures: dict[tuple[int, str, str], FactValue] = {}
        for fact, view in self._views.items():
            for line in view.plan.lines:
                for key, value in zip(self._keys, line.months, strict=False):
                    if value is not None:
                        figures[int(line.person), fact, key] = value
                if line.total is not None:
                    figures[int(line.person), fact, CYCLE] = line.total
        return figures

    def problem_of(self, person: Person, known: KnownFact, period: str) -> str:
        """A figure that is no sum has no months; nobody has targets for months out of service."""
        view = self._views[known.name]
        if period == CYCLE:
            return ""
        if not view.plan.is_monthly:
            return f"“{known.label}”不分月，请放在“全年”一列"
        planned, place = self._planned.get(person.id), self._keys.index(period)
        served = planned.served if planned else _served(person, view)
        return "" if place in served else f"{person.name}这个月不在职，没有目标；请清空这一格"

    def _only_period(self, known: KnownFact) -> str:
        """A target without a period is that of the whole plan."""
        del known
        return CYCLE

    def _weigh(self, figure: Figure, old: FactValue | None, sift: Sift) -> None:
        """As any figure; but what a contract on paper says is not changed by a plan."""
        if old == figure.value or not (problem := self._fixed(figure)):
            super()._weigh(figure, old, sift)
        elif sift.decided(figure.place, Way.KEEP):
            sift.note_action(figure.place[0], Action.SAME)
        else:
            sift.refuse(figure.place, problem, Way.KEEP)

    def _fixed(self, figure: Figure) -> str:
        person = self._planned.get(figure.person.id)
        if person is None or (issued := person.issued) is None or self._is_free(person, figure):
            return ""
        return (
            f"{person.name}的责任书 {issued.number} 已打印或签署，目标以责任书为准；"
            "要变更请另立补充协议"
        )

    def _is_free(self, person: PlanPerson, figure: Figure) -> bool:
        if figure.period == CYCLE:
            return person.may_set_total
        return self._keys.index(figure.period) in person.free

    def check_whole(self, sift: Sift) -> None:
        """Say whose months do not come to the whole; the plan shows it as 未分配, too."""
        open_lines = [
            f"{view.plan.label}：{name}"
            for fact, view in self._views.items()
            for name, line in self._lines(fact)
            if line.months and line.has_months and line.unassigned
        ]
        if open_lines:
            more = f" 等 {len(open_lines)} 人" if len(open_lines) > _NAMED else ""
            said = "；".join(open_lines[:_NAMED])
            sift.notes.append(f"各月合计与全年不一致，导入后在“目标”页显示为未分配：{said}{more}")
        if any(
            self._views[one.known.name].state in (PlanState.PUBLISHED, PlanState.REVISING)
            for one in self.figures
        ):
            sift.notes.append("目标计划已发布过：导入的数先作为未发布的修订，发布时写明理由")

    def _lines(self, fact: str) -> Iterable[tuple[str, PlanLine]]:
        """The lines of a plan with what was read, of those of whom something was read."""
        view = self._views[fact]
        of_fact = [one for one in self.figures if one.known.name == fact]
        for person in dict.fromkeys(one.person.id for one in of_fact):
            line = view.plan.line(person) or view.plan.blank(person)
            name = ""
            for one in of_fact:
                if one.person.id == person and isinstance(one.value, Decimal):
                    place = TOTAL if one.period == CYCLE else self._keys.index(one.period)
                    line, name = line.put(place, one.value), one.person.name
            yield name, line

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """Plan by plan, as they are saved when they are typed."""
        changes = Changes.NONE
        for done, (fact, view) in enumerate(self._views.items()):
            lines = [line for _, line in self._lines(fact)]
            if not lines:
                continue
            progress.step(done, len(self._views), "正在写入目标计划")
            joined = {one.person for one in lines}
            out = tuple(one for one in view.plan.left_out if one not in joined)
            plan = replace(view.plan.with_lines(lines), left_out=out)
            changes |= save_plan(company, plan, actor=stamp.actor, today=stamp.today)
        return changes


def _served(person: Person, view: PlanView) -> tuple[int, ...]:
    """The months of a plan in which somebody who is not in it is in service."""
    months = enumerate(view.plan.months)
    return tuple(place for place, month in months if person.in_service(month))

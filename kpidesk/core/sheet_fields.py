"""The fields of a scoring sheet: what is asked of the officer for each indicator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.appraisal import Appraisal, Entry
from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.cycles import compared_period
from kpidesk.core.explain import show, show_amount
from kpidesk.core.facts import Fact, FactValue, Subject
from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.formula.meaning import periods_read
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Growth, GrowthBase
from kpidesk.core.names import KnownFact, ValueKind, known_facts
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.rating import asked_raters
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import facts_of, is_rated
from kpidesk.core.scoring.rules import (
    Attainment,
    Checklist,
    Formula,
    Level,
    LevelSelect,
    ReachOrDecay,
    ScoringRule,
)
from kpidesk.core.second_entry import SecondEntry
from kpidesk.core.settings import Word


class FieldKind(StrEnum):
    """How a field of the sheet is filled in."""

    NUMBER = "number"
    COUNT = "count"
    POINTS = "points"
    LEVEL = "level"  # one of the printed levels
    STATEMENTS = "statements"  # any of the printed statements
    FLAG = "flag"  # yes or no


_DIRECT = "不设目标，直接评分"

_KINDS = {
    ValueKind.NUMBER: FieldKind.NUMBER,
    ValueKind.SIGNED: FieldKind.NUMBER,
    ValueKind.COUNT: FieldKind.COUNT,
    ValueKind.POINTS: FieldKind.POINTS,
    ValueKind.POINTS_BY_RATERS: FieldKind.POINTS,
    ValueKind.STATEMENTS: FieldKind.STATEMENTS,
    ValueKind.FLAG: FieldKind.FLAG,
}


@dataclass(frozen=True, slots=True)
class SheetField:
    """One thing to fill in. `agreed` figures come from the contract and are only shown."""

    fact: str
    label: str
    unit: str
    kind: FieldKind
    value: FactValue | None
    period: str = CYCLE
    origin: Origin = NO_ORIGIN
    options: tuple[Level, ...] = ()
    most: Decimal | None = None
    rater: str = ""
    agreed: bool = False
    again: str = ""
    """Who typed the same a second time, and how a difference was settled."""

    @property
    def shown(self) -> str:
        """The value for reading: as `text`, amounts of money with their thousands set apart."""
        if isinstance(self.value, Decimal):
            return show_amount(self.value, self.unit)
        return self.text

    @property
    def text(self) -> str:
        """The value as it is shown; empty when nothing was entered."""
        match self.value:
            case None:
                return ""
            case Decimal():
                return show(self.value)
            case bool():
                return "是" if self.value else "否"
            case str():
                return self.value
            case _:
                return "、".join(show(x) if isinstance(x, Decimal) else x for x in self.value)


@dataclass(slots=True)
class FieldMaker:
    """Makes the fields of one appraisal; `stage` is "cycle", or a quarter to be rated."""

    scheme: Scheme
    contract: Contract
    appraisal: Appraisal
    subject: Subject
    stage: str = CYCLE
    _known: dict[str, KnownFact] = field(init=False)
    _contract_facts: dict[str, Fact] = field(init=False)
    _agreed_in: dict[tuple[str, str], Fact] = field(init=False)
    _entries: dict[tuple[str, str], Entry] = field(init=False)
    _seconds: dict[tuple[str, str], SecondEntry] = field(init=False)

    def __post_init__(self) -> None:
        """Look up once what every indicator's fields are made from."""
        cycle = self.appraisal.cycle
        agreed = tuple(agreed_facts(self.scheme, self.contract, cycle, self.subject))
        self._known = known_facts(self.scheme)
        self._contract_facts = {one.name: one for one in agreed}
        self._agreed_in = {(one.name, one.period): one for one in agreed}
        self._entries = {one.key: one for one in self.appraisal.entries}
        self._seconds = {one.key: one for one in self.appraisal.seconds}

    def fields(self, indicator: Indicator, full: Decimal) -> Iterator[SheetField]:
        """The fields of a leaf, in the order of the printed sheet."""
        known = self._known
        rule = indicator.rule
        if rule is None:
            return
        score = known[f"score.{indicator.name}"]
        if self.stage == CYCLE and Grain.CYCLE not in score.grains:
            return  # only the stages are scored
        rated = is_rated(rule, self._word)
        asked = () if rated and isinstance(rule, Attainment) else self._asked(indicator)
        for name in asked:
            yield from self._fact_fields(known[name], rule)
        if isinstance(rule, LevelSelect):
            yield self._points(score, full, options=rule.levels)
        elif rated or (self.stage != CYCLE and not asked):
            raters = asked_raters(self.scheme.raters, dict(self.contract.settings))
            if not raters:
                yield self._points(score, full)
            for rater in raters:
                name = f"score.{indicator.name}.{rater.name}"
                yield self._points(known[name], full, rater=rater.label)
        elif self.stage == CYCLE and self.takes_score(rule):
            yield self._points(score, full, label=_DIRECT)

    def takes_score(self, rule: ScoringRule | None) -> bool:
        """Whether a score may be given for what would be measured: no target was agreed on."""
        if not isinstance(rule, Attainment) or is_rated(rule, self._word):
            return False
        plan = self.scheme.fact(rule.measure.plan)
        return plan is not None and plan.optional and plan.name not in self._contract_facts

    def _asked(self, indicator: Indicator) -> tuple[str, ...]:
        """The facts that the rule computes with; in a stage, where they are as fine as it."""
        names = facts_of(indicator, self.scheme)
        if self.stage == CYCLE:
            return names
        return tuple(one for one in names if self.scheme.stages in self._known[one].grains)

    def _word(self, word: Word) -> str:
        """A choice of a rule with the parameters of the contract."""
        return Prose(self.scheme, dict(self.contract.settings)).word(word)

    def _points(
        self,
        known: KnownFact,
        full: Decimal,
        *,
        options: tuple[Level, ...] = (),
        rater: str = "",
        label: str = "得分",
    ) -> SheetField:
        entry = self._entry(known.name, self.stage)
        return SheetField(
            fact=known.name,
            label=rater or label,
            unit="分",
            kind=FieldKind.LEVEL if options else _KINDS[known.kind],
            value=entry.value if entry else None,
            period=self.stage,
            origin=_origin(entry),
            again=self._again(entry),
            options=options,
            most=full,
            rater=rater,
        )

    def _fact_fields(self, known: KnownFact, rule: ScoringRule) -> Iterator[SheetField]:
        if isinstance(rule, Formula):
            yield from self._formula_fields(known)
            return
        if agreed := self._agreed(known):
            yield agreed
            return
        for period, label in self._periods(known, rule):
            entry = self._entry(known.name, period)
            yield SheetField(
                fact=known.name,
                label=label,
                unit=known.unit,
                kind=_KINDS[known.kind],
                value=entry.value if entry else None,
                period=period,
                origin=_origin(entry),
                again=self._again(entry),
                options=rule.items if isinstance(rule, Checklist) else (),
            )

    def _formula_fields(self, known: KnownFact) -> Iterator[SheetField]:
        """A field for each period in which a formula may look at a fact."""
        cycle = Cycle(self.appraisal.cycle)
        for period, label in periods_read(known, cycle, self.stage):
            entry = self._entry(known.name, period)
            agreed = self._agreed_in.get((known.name, period)) if entry is None else None
            yield SheetField(
                fact=known.name,
                label=label,
                unit=known.unit,
                kind=_KINDS[known.kind],
                value=agreed.value if agreed else (entry.value if entry else None),
                period=period,
                origin=agreed.origin if agreed else _origin(entry),
                again=self._again(entry),
                agreed=agreed is not None,
            )

    def _periods(self, known: KnownFact, rule: ScoringRule) -> Iterator[tuple[str, str]]:
        if not known.base_before:
            yield self.stage, known.label
            return
        if self.stage == CYCLE:
            settings = dict(self.contract.settings)
            now = compared_period(self.scheme, settings, self.appraisal.cycle, known)
        else:
            now = Period.parse(self.stage)
        if known.grains[0] is Grain.QUARTER and not isinstance(rule, ReachOrDecay):
            yield now.before().key, f"上季{known.label.removeprefix('季度')}"
            yield now.key, f"本季{known.label.removeprefix('季度')}"
            return
        base = now.year_before() if self._over_a_year(known, rule) else now.before()
        yield base.key, f"{known.label}（{base.key}）"
        yield now.key, f"{known.label}（{now.key}）"

    def _over_a_year(self, known: KnownFact, rule: ScoringRule) -> bool:
        """Whether growth is measured from the same period a year earlier."""
        if isinstance(rule, ReachOrDecay):
            return self._word(rule.measure.base) == GrowthBase.SAME_PERIOD_LAST_YEAR
        bases = [
            self._word(one.measure.base)
            for one in self.scheme.metrics
            if isinstance(one.measure, Growth) and one.measure.fact == known.name
        ]
        return GrowthBase.SAME_PERIOD_LAST_YEAR in bases

    def _agreed(self, known: KnownFact) -> SheetField | None:
        """The field of a figure that the contract holds; typed on the sheet when it does not."""
        fact = self._contract_facts.get(known.name)
        if fact is None or self._entry(known.name, CYCLE) is not None:
            return None
        return SheetField(
            fact=known.name,
            label=known.label,
            unit=known.unit,
            kind=FieldKind.NUMBER,
            value=fact.value,
            origin=fact.origin,
            agreed=True,
        )

    def _again(self, entry: Entry | None) -> str:
        """Who typed an entry a second time; empty while nobody did, or otherwise."""
        second = self._seconds.get(entry.key) if entry else None
        if entry is None or second is None or second.value != entry.value:
            return ""
        return second.note or f"{second.entered_by} {second.entered_on} 二次录入一致"

    def _entry(self, name: str, period: str) -> Entry | None:
        return self._entries.get((name, period))


def _origin(entry: Entry | None) -> Origin:
    return entry.origin if entry else NO_ORIGIN

"""What an evaluation works with: looks facts and parameters up, and collects the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpidesk.core.collector import Collector
from kpidesk.core.event_kinds import EventKind
from kpidesk.core.facts import TEAM, Appraisee, Fact, Facts, Subject
from kpidesk.core.fed import fed_lines, has_ledger, stated
from kpidesk.core.figure import PERCENT, Figure, Op, Unit, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import KnownFact, known_facts, known_parameters, known_team_facts
from kpidesk.core.period import CYCLE, EACH, Cycle, Grain, Period, add_months
from kpidesk.core.rating import Rater
from kpidesk.core.results import Board
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Formula
from kpidesk.core.settings import Amount, Parameter, Ref, SettingValue, Word
from kpidesk.core.weight_figures import INSIDE, blank_weights, chosen, weight_figures


@dataclass(slots=True)
class Context(Collector):
    """One evaluation under way. Rules ask it for figures; None means: reported as a finding."""

    scheme: Scheme
    cycle: Cycle
    facts: Facts
    settings: Mapping[str, SettingValue]
    people: Mapping[Subject, Appraisee] = field(default_factory=dict)
    stage: Period | None = None
    known: dict[str, KnownFact] = field(init=False)
    team_known: dict[str, KnownFact] = field(init=False)
    parameters: dict[str, Parameter] = field(init=False)
    _refused: set[tuple[Subject, str]] = field(default_factory=set)
    scored: Board = field(default_factory=Board)
    formulas: bool = field(init=False)
    optional: frozenset[str] = field(init=False)
    staged: frozenset[Subject] = field(init=False)
    weights: dict[str, Figure | None] = field(init=False)
    _rater_facts: dict[str, tuple[tuple[Rater, str], ...]] = field(init=False)
    _units: dict[str, Unit] = field(default_factory=dict)
    _fed: dict[str, tuple[EventKind, ...]] = field(default_factory=dict)
    _keys: dict[str, Period] = field(default_factory=dict)
    _amounts: dict[tuple[Amount, Unit, str, str], Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up once what every person's appraisal asks for."""
        self.known = known_facts(self.scheme)
        self.team_known = known_team_facts(self.scheme)
        self.parameters = known_parameters(self.scheme)
        every = (*self.team_known.values(), *self.known.values())
        self._units = {one.name: Unit(one.unit) for one in every}
        self._fed = {
            one.name: tuple(
                kind for kind in self.scheme.events if kind.amount and one.name in kind.feeds
            )
            for one in self.known.values()
        }
        entered = {name for _, name in self.facts.by_name}
        self._rater_facts = {
            one.name: tuple(
                (rater, name)
                for rater in self.scheme.raters
                if (name := f"score.{one.name}.{rater.name}") in entered
            )
            for one in self.scheme.walk()
            if self.scheme.may_rate(one)
        }
        self.formulas = any(isinstance(one.rule, Formula) for one in self.scheme.leaves())
        self.optional = frozenset(one.name for one in self.scheme.facts if one.optional)
        self.staged = frozenset(
            subject
            for (subject, _), by_period in self.facts.by_name.items()
            if any(key not in (CYCLE, EACH) for key in by_period)
        )
        self.weights = weight_figures(self.scheme, self.settings)

    # -- the period under way -----------------------------------------------------------------

    @contextmanager
    def at(self, stage: Period) -> Iterator[None]:
        """Look up and report for a stage of the cycle meanwhile, not for the whole cycle."""
        before, self.stage = self.stage, stage
        yield
        self.stage = before

    @property
    def period(self) -> Period:
        """The days that are being scored: a stage, or the whole cycle."""
        return self.stage or self.cycle.period

    @property
    def is_staged(self) -> bool:
        """Whether the cycle has stages: not where it is no longer than one itself."""
        grain, whole = self.scheme.stages, self.cycle.period
        return grain is not None and whole.end > add_months(whole.start, grain.months)

    @property
    def stages(self) -> tuple[Period, ...]:
        """The stages of the cycle that lie wholly in it."""
        return self.cycle.parts(self.scheme.stages) if self.scheme.stages and self.is_staged else ()

    @property
    def when(self) -> str:
        """The key of the period that is being scored."""
        return self.stage.key if self.stage else CYCLE

    def refuse_total(self, subject: Subject) -> None:
        """Let no total stand in the period under way: a score that was entered cannot be meant."""
        self._refused.add((subject, self.when))

    def total_is_refused(self, subject: Subject) -> bool:
        """Whether a score was entered, for whatever indicator, that cannot be meant."""
        return (subject, self.when) in self._refused

    # -- parameters ---------------------------------------------------------------------------

    def setting(self, name: str) -> SettingValue | None:
        """The company's value of a parameter, else its default; None for a blank."""
        if name in self.settings:
            return self.settings[name]
        return self.parameters[name].default

    def word(self, word: Word) -> str:
        """A choice, whether stated by the rule or set as a parameter."""
        return str(self.setting(word.parameter)) if isinstance(word, Ref) else str(word)

    def flag(self, ref: Ref) -> bool:
        """Whether a yes-or-no parameter says yes."""
        return self.setting(ref.parameter) is True

    def amount(self, amount: Amount, unit: Unit, label: str, clause: str = "") -> Figure | None:
        """A number of the rule; None when it is a blank that nobody filled (reported)."""
        key = (amount, unit, label, clause)
        if key in self._amounts:
            return self._amounts[key]
        if not isinstance(amount, Ref):
            return self._amounts.setdefault(key, given(amount, unit, label, clause))
        parameter, value = self.parameters[amount.parameter], self.setting(amount.parameter)
        if isinstance(value, Decimal):
            origin = chosen(parameter, self.settings)
            return self._amounts.setdefault(key, given(value, unit, label, clause, origin))
        self.report(
            Code.MISSING_PARAMETER,
            Effect.WITHHOLDS,
            f"参数“{parameter.label}”没有填写：{parameter.meaning}。请在方案参数中填写后再计算",
            name=parameter.name,
        )
        return None

    def weight(self, indicator: Indicator) -> Figure | None:
        """权重 of an indicator in percent; None for a blank that nobody filled (reported).

        A dimension without a weight of its own lacks it where one below does.
        """
        weight = self.weights[indicator.name]
        if weight is None and f"weight.{indicator.name}" in self.parameters:
            name, message = blank_weights(self.scheme, self.weights, indicator)
            self.report(Code.MISSING_PARAMETER, Effect.WITHHOLDS, message, name=name)
        elif weight is None:
            for one in indicator.children:
                self.weight(one)
        return weight

    def inside(self, indicator: Indicator) -> Figure | None:
        """What an indicator counts inside its dimension; None for a blank (reported)."""
        share = indicator.inside
        return None if share is None else self.amount(share, PERCENT, INSIDE, indicator.clause)

    def limit(
        self, amount: Amount | str, unit: Unit, label: str, clause: str = ""
    ) -> Figure | None:
        """A cap, or None where there is no limit (“none”)."""
        value = self.setting(amount.parameter) if isinstance(amount, Ref) else amount
        if not isinstance(value, Decimal):
            return None
        stated = amount if isinstance(amount, Ref) else value
        return self.amount(stated, unit, label, clause)

    # -- facts --------------------------------------------------------------------------------

    def find(self, subject: Subject, name: str, wanted: Period, *, whole: bool) -> Fact | None:
        """The fact that holds in a period: the exact key, else the smallest that contains it.

        `whole` asks for the figure of the cycle itself. What is entered for “cycle” holds in
        its parts only where the name has no figure of its own for the cycle.
        """
        by_period = self.facts.periods(subject, name)
        if not by_period:
            return None
        if whole and CYCLE in by_period:
            return by_period[CYCLE]
        best: tuple[int, Fact] | None = None
        for key, fact in by_period.items():
            if key == EACH:  # in each period of the cycle, so not in a base period before it
                return fact if wanted.overlap(self.cycle.period) else None
            if key == CYCLE and self.known_of(subject)[name].grains[0] is Grain.CYCLE:
                continue
            period = self._period(key)
            if period.covers(wanted) and (best is None or period.days < best[0]):
                best = (period.days, fact)
        return best[1] if best else None

    def entered(self, subject: Subject, name: str) -> Fact | None:
        """What was entered under a name for the period under way."""
        return self.find(subject, name, self.period, whole=self.stage is None)

    def number(
        self, subject: Subject, name: str, wanted: Period | None = None, *, required: bool = True
    ) -> Figure | None:
        """The figure entered under a name, of the period under way or of another; or None.

        Dated lines that feed the fact are added up in its place, with the figures of other periods.
        """
        if self._fed.get(name) and has_ledger(self.facts, subject):
            days = wanted or self.period
            if self.find(subject, name, days, whole=days == self.cycle.period) is None:
                return self._added_up(subject, name, days)
        wanted = wanted or self.stage
        fact = self._at_once(subject, name) if wanted is None else None
        if fact is None:
            fact = self.find(subject, name, wanted or self.cycle.period, whole=wanted is None)
        known = self.known_of(subject)[name]
        if fact is not None and isinstance(fact.value, Decimal):
            label = known.label if wanted is None else f"{known.label}（{wanted.key}）"
            return Figure(fact.value, self._units[name], Op.GIVEN, (), label, "", fact.origin)
        if required:
            self.missing(subject, name, wanted)
        return None

    def _at_once(self, subject: Subject, name: str) -> Fact | None:
        """The fact of the cycle itself, without looking at any other; most facts are found so."""
        return self.facts.by_name.get((subject, name), {}).get(CYCLE)

    def flag_of(self, subject: Subject, name: str, wanted: Period | None = None) -> bool | None:
        """Yes or no as entered under a name; None when missing (reported)."""
        wanted = wanted or self.stage
        fact = self.find(subject, name, wanted or self.cycle.period, whole=wanted is None)
        if fact is not None and isinstance(fact.value, bool):
            return fact.value
        self.missing(subject, name, wanted)
        return None

    def known_of(self, subject: Subject) -> dict[str, KnownFact]:
        """The names under which facts of a person, or of the team, may be entered."""
        return self.team_known if subject == TEAM else self.known

    def lines(self, subject: Subject, name: str) -> Iterator[tuple[date, Figure]]:
        """The dated lines that feed a fact of a person, of whatever day."""
        for line, amount in fed_lines(self.facts, subject, self._fed[name], self._units[name]):
            yield line.on, amount

    def _added_up(self, subject: Subject, name: str, period: Period) -> Figure:
        """The sum of dated lines, and of figures in their place, in a period; zero without any."""
        days = period.overlap(self.cycle.period) if self.cycle.ragged else period
        figures = [one for on, one in self.lines(subject, name) if days and on in days]
        label, unit = self.known[name].label, self._units[name]
        given_ = self.facts.periods(subject, name).values()
        figures += stated([x for x in given_ if period.covers(self._period(x.period))], label, unit)
        when = "全周期" if period == self.cycle.period else period.key
        return total(figures, unit).named(f"{label}（{when}）")

    def in_service(self, subject: Subject, period: Period) -> bool:
        """Whether a person is in service in a period."""
        person = self.people.get(subject)
        return person is None or person.in_service(period)

    def rater_facts(self, indicator: Indicator, subject: Subject) -> dict[str, Fact]:
        """The scores by raters of an indicator in the period under way, by the rater's name."""
        names = self._rater_facts.get(indicator.name, ())
        if not names:
            return {}
        found = ((rater.name, self.entered(subject, name)) for rater, name in names)
        return {rater: fact for rater, fact in found if fact is not None}

    def missing(self, subject: Subject, name: str, wanted: Period | None = None) -> None:
        """Report that a fact is not there, and where it belongs."""
        wanted = wanted or self.stage
        known = self.known_of(subject)[name]
        when = f"（{wanted.key}）" if wanted else ""
        self.report(
            Code.MISSING_FACT,
            Effect.WITHHOLDS,
            f"缺少“{known.label}”{when}，请填写后再计算；未填的不按零处理",
            subject=subject,
            name=name,
            period=wanted.key if wanted else CYCLE,
        )

    def _period(self, key: str) -> Period:
        if key not in self._keys:
            self._keys[key] = self.cycle.period if key == CYCLE else Period.parse(key)
        return self._keys[key]

"""Worked examples for a contract: its own rules, computed with assumed figures by the same code.

What the contract explains with an example is therefore what will be computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.contract import Contract
from kpidesk.core.evaluate import evaluate
from kpidesk.core.explain import explain
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.figure import YUAN, Figure
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import FactKind, FactSpec, Scheme
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Direction,
    NewCustomers,
    ProportionalClamped,
    ReachOrDecay,
    ScoringRule,
    StepDeviation,
    StepGrowth,
)
from kpidesk.core.settings import Ref
from kpidesk.core.sheet import SUBJECT
from kpidesk.core.sheet_fields import FieldKind, FieldMaker, SheetField

_MOST, _MOST_PAY = 4, 2
"""So many of scores and of pay; a contract is no textbook."""
_PARTY_B = "乙方"
_TARGET = Decimal(100)
_YUAN_TARGET = Decimal(100_000)
_GOOD = Decimal("0.8")
_MISSED, _BEATEN = Decimal("0.9"), Decimal("1.1")
_GROWN = (Decimal(100), Decimal(118))
_TYPICAL = (
    ("系数", Decimal("1.1")),
    ("薪酬", Decimal(120_000)),
    ("工资", Decimal(5_000)),
    ("月薪", Decimal(8_000)),
    ("百分", Decimal(90)),
)
"""A usual figure for what a label speaks of."""


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """What is computed, and the steps in the order of reckoning; `names` are what they compute."""

    title: str
    names: frozenset[str]
    steps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The steps as one sentence."""
        return f"{'；'.join(self.steps)}。"


def worked_examples(scheme: Scheme, contract: Contract, cycle: Period) -> tuple[WorkedExample, ...]:
    """Examples of its scoring rules, one of each sort, and of its pay; none where none is told.

    `cycle` is an appraisal cycle in the contract's term.
    """
    return (*_scores(scheme, contract, cycle), *_pay(scheme, contract, cycle))


# -- scores -----------------------------------------------------------------------------------


def _scores(scheme: Scheme, contract: Contract, cycle: Period) -> Iterator[WorkedExample]:
    blank = Appraisal(AppraisalId(0), contract.id, contract.party_b.person, cycle)
    maker = FieldMaker(scheme, contract, blank, SUBJECT)
    agreed = {one.name for one in scheme.agreed(contract.role)}
    chosen: dict[tuple[object, ...], str] = {}
    facts = list(agreed_facts(scheme, contract, cycle, SUBJECT))
    for leaf in scheme.leaves():
        sort = _sort(leaf.rule, contract, scheme)
        if sort is None or sort in chosen:
            continue
        chosen[sort] = leaf.name
        fields = tuple(maker.fields(leaf, scheme.full_points(leaf)))
        for field, value in _assumed(fields, agreed, is_less_better=Direction.DOWN in sort):
            facts.append(Fact(SUBJECT, field.fact, value, field.period))
    if not chosen:
        yield from _rated(scheme, contract, cycle, maker)
        return
    evaluation = _evaluated(scheme, contract, cycle, facts)
    for name in list(chosen.values())[:_MOST]:
        score = evaluation.get(SUBJECT, f"score.{name}", CYCLE)
        if score and score.derivation:
            yield _example(name, score.derivation)


def _rated(
    scheme: Scheme, contract: Contract, cycle: Period, maker: FieldMaker
) -> Iterator[WorkedExample]:
    """How ratings come to a total and its grade: everything is rated well, nothing in full."""
    facts = [
        Fact(SUBJECT, field.fact, _plain(scheme.full_points(leaf) * _GOOD), field.period)
        for leaf in scheme.leaves()
        for field in maker.fields(leaf, scheme.full_points(leaf))
        if field.kind is FieldKind.POINTS
    ]
    evaluation = _evaluated(scheme, contract, cycle, facts)
    total, grade = (evaluation.get(SUBJECT, one, CYCLE) for one in ("total", "grade"))
    if total is None or total.derivation is None:
        return
    made = _example(total.title, total.derivation)
    one_each = [f"{leaf.name}计入总分" for leaf in scheme.leaves()][:-1]
    steps = [one for one in made.steps if not one.startswith(tuple(one_each))]
    result = (f"对应等级为“{grade.text}”",) if grade else ()
    yield WorkedExample(made.title, made.names, (*steps, *result))


def _evaluated(
    scheme: Scheme, contract: Contract, cycle: Period, facts: Iterable[Fact]
) -> Evaluation:
    return evaluate(
        scheme,
        cycle=Cycle(cycle),
        people=(Appraisee(SUBJECT, contract.role),),
        facts=Facts.of(facts),
        settings=dict(contract.settings),
    )


def _sort(
    rule: ScoringRule | None, contract: Contract, scheme: Scheme
) -> tuple[object, ...] | None:
    """What tells a rule from those that one example explains; None for rules that need none."""
    match rule:
        case Attainment(direction=direction):
            return (type(rule), _word(direction, contract, scheme))
        case StepDeviation() | StepGrowth() | NewCustomers() | ProportionalClamped():
            return (type(rule),)
        case ReachOrDecay() | AllConform():
            return (type(rule),)
        case _:
            return None


def _word(word: Direction | Ref | str, contract: Contract, scheme: Scheme) -> object:
    if not isinstance(word, Ref):
        return word
    parameter = scheme.parameter(word.parameter)
    return dict(contract.settings).get(word.parameter, parameter.default if parameter else None)


def _assumed(
    fields: Sequence[SheetField], agreed: set[str], *, is_less_better: bool
) -> Iterator[tuple[SheetField, Decimal]]:
    """A figure for each number that an indicator asks for: the target is just missed."""
    numbers = [one for one in fields if one.kind in (FieldKind.NUMBER, FieldKind.COUNT)]
    plans = {one.unit: _number(one) for one in numbers if one.agreed or one.fact in agreed}
    grown = iter(_GROWN)
    for field in numbers:
        if field.agreed:
            continue
        if field.fact in agreed:
            value = _TARGET
        elif field.unit in plans:
            value = plans[field.unit] * (_BEATEN if is_less_better else _MISSED)
        else:
            value = next(grown, _TARGET)
        places = Decimal(1) if field.kind is FieldKind.COUNT else Decimal("0.01")
        yield field, _plain(value.quantize(places, ROUND_HALF_UP))


def _number(field: SheetField) -> Decimal:
    return field.value if isinstance(field.value, Decimal) else _TARGET


# -- pay --------------------------------------------------------------------------------------


def _pay(scheme: Scheme, contract: Contract, cycle: Period) -> Iterator[WorkedExample]:
    if not scheme.pay:
        return
    colleagues = tuple(_people(scheme, contract))
    examples = _paid(scheme, contract, cycle, colleagues)
    yield from examples or _paid(scheme, contract, cycle, colleagues[:1])


def _paid(
    scheme: Scheme, contract: Contract, cycle: Period, people: Sequence[Appraisee]
) -> list[WorkedExample]:
    """What 乙方 is paid among some people; none where the figures do not go together."""
    evaluation = evaluate(
        scheme,
        cycle=Cycle(cycle),
        people=tuple(people),
        facts=Facts.of(fact for one in people for fact in _pay_facts(scheme, contract, cycle, one)),
        settings=dict(contract.settings),
    )
    found: dict[str, WorkedExample] = {}
    for result in evaluation.results.values():
        figure = result.derivation
        if result.subject != _PARTY_B or figure is None or result.name in found:
            continue
        if isinstance(result.value, Figure) and figure.unit == YUAN and figure.value > 0:
            found[result.name] = _example(result.title, figure)
    return _telling(found.values())


def _telling(examples: Iterable[WorkedExample]) -> list[WorkedExample]:
    """The longest ones, without those that are part of another, in their order."""
    whole = [one for one in examples if len(one.steps) > 1]
    whole = [one for one in whole if not any(one.names < other.names for other in whole)]
    longest = sorted(whole, key=lambda one: -len(one.steps))[:_MOST_PAY]
    return [one for one in whole if one in longest]


def _people(scheme: Scheme, contract: Contract) -> Iterator[Appraisee]:
    """乙方 among one colleague of each role that another person can have."""
    yield Appraisee(_PARTY_B, contract.role)
    for role in scheme.roles:
        if role.name != contract.role or role.at_most != 1:
            yield Appraisee(f"另一名{role.title}", role.name)


def _pay_facts(
    scheme: Scheme, contract: Contract, cycle: Period, person: Appraisee
) -> Iterator[Fact]:
    """Targets as agreed, all else assumed: the targets are just exceeded."""
    agreed = tuple(agreed_facts(scheme, contract, cycle, person.key))
    yield from agreed
    units = {one.name: one.unit for one in scheme.agreed(contract.role)}
    plans = {
        (units[one.name], one.period): one.value for one in agreed if isinstance(one.value, Decimal)
    }
    for spec in scheme.facts:
        mine = not spec.roles or person.role in spec.roles
        wanted = mine and not spec.optional and not spec.of_team
        if not wanted or spec.kind not in (FactKind.NUMBER, FactKind.COUNT):
            continue
        for period in _periods(spec, cycle):
            plan = plans.get((spec.unit, period))
            if spec.plan and plan is not None:
                continue
            yield Fact(person.key, spec.name, _typical(spec, plan), period)


def _periods(spec: FactSpec, cycle: Period) -> tuple[str, ...]:
    if spec.grains[0] is Grain.CYCLE:
        return (CYCLE,)
    return tuple(part.key for part in Cycle(cycle).parts(spec.grains[0]))


def _typical(spec: FactSpec, plan: Decimal | None) -> Decimal:
    for word, value in _TYPICAL:
        if word in spec.label:
            return value
    if spec.plan or plan is None:
        return _YUAN_TARGET if spec.unit == YUAN.name else _TARGET
    return _plain((plan * _BEATEN).quantize(Decimal("0.01"), ROUND_HALF_UP))


# -- words ------------------------------------------------------------------------------------


def _example(title: str, figure: Figure) -> WorkedExample:
    lines = [one for one in reversed(explain(figure)) if one.formula]
    names = frozenset(one.label for one in lines)
    return WorkedExample(title, names, tuple(dict.fromkeys(one.text for one in lines)))


def _plain(value: Decimal) -> Decimal:
    """Without idle zeros, and not in powers of ten."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()

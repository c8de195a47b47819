"""The scoring sheet, row by row: one source for paper and screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.appraisal import Appraisal, Override
from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exemption import Exemption
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.findings import Effect, Finding
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import scored_grains
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.sheet_fields import FieldMaker, SheetField

SUBJECT = "person"
"""The key of the appraised person in the evaluation of one sheet."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One indicator of the sheet: what is asked, what was entered, and what came of it.

    `measured`: whether the score of the cycle is computed from figures; a hand-made one then
    needs a reason.
    `stages` are its scores in the stages of a cycle that has none of its own for it.
    """

    indicator: Indicator
    path: tuple[str, ...]
    worth: str
    full: Decimal
    standard: tuple[str, ...]
    fields: tuple[SheetField, ...]
    score: Result | None
    override: Override | None
    findings: tuple[Finding, ...]
    measured: bool
    stages: tuple[Result, ...] = ()
    exemption: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows in printed order and its results."""

    cycle: Period
    rows: tuple[SheetRow, ...]
    evaluation: Evaluation

    def result(self, name: str, period: str = CYCLE) -> Result | None:
        """A result of the appraised person."""
        return self.evaluation.get(SUBJECT, name, period)

    @property
    def total(self) -> Result | None:
        """总分; None while something is missing."""
        return self.result("total")

    @property
    def grade(self) -> Result | None:
        """等级; None without a total or a scale."""
        return self.result("grade")

    @property
    def complete(self) -> bool:
        """Whether the total is there, so that the scores can be recorded."""
        return self.total is not None

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What keeps a result from being produced."""
        return tuple(one for one in self.evaluation.findings if one.effect is not Effect.WARNS)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What the reader must know about the results."""
        return tuple(one for one in self.evaluation.findings if one.effect is Effect.WARNS)


def make_sheet(
    scheme: Scheme, contract: Contract, appraisal: Appraisal, *, stage: str = CYCLE
) -> Sheet:
    """The sheet of an appraisal; `stage` asks for the fields of a quarter ("2026Q1") instead."""
    agreed = agreed_facts(scheme, contract, appraisal.cycle, SUBJECT)
    facts = (*agreed, *appraisal.facts(SUBJECT))
    cycle = Cycle(appraisal.cycle)
    evaluation = evaluate(
        scheme,
        cycle=cycle,
        people=(Appraisee(SUBJECT, contract.role),),
        facts=Facts.of(facts),
        settings=dict(contract.settings),
    )
    fields = FieldMaker(scheme, contract, appraisal, SUBJECT, stage)
    rows = tuple(row for root in scheme.indicators for row in _rows(root, (), fields, evaluation))
    return Sheet(appraisal.cycle, rows, evaluation)


def opening_stage(scheme: Scheme, contract: Contract, appraisal: Appraisal) -> str:
    """The stage with which filling in goes on.

    It is the cycle where it asks for something, else its first stage that is not complete, and
    the cycle again, with what its stages came to, when all are.
    """
    if scheme.stages is None or any(_asked(scheme, contract, appraisal, CYCLE)):
        return CYCLE
    for part in Cycle(appraisal.cycle).parts(scheme.stages):
        if any(one.value is None for one in _asked(scheme, contract, appraisal, part.key)):
            return part.key
    return CYCLE


def _asked(
    scheme: Scheme, contract: Contract, appraisal: Appraisal, stage: str
) -> Iterator[SheetField]:
    """What a stage asks for, filled in or not."""
    maker = FieldMaker(scheme, contract, appraisal, SUBJECT, stage)
    for leaf in scheme.leaves():
        if appraisal.exemption(leaf.name) is None:
            yield from maker.fields(leaf, scheme.full_points(leaf))


def _rows(
    indicator: Indicator, path: tuple[str, ...], maker: FieldMaker, evaluation: Evaluation
) -> Iterator[SheetRow]:
    for child in indicator.children:
        yield from _rows(child, (*path, indicator.name), maker, evaluation)
    if indicator.children:
        return
    prose = Prose(maker.scheme, dict(maker.contract.settings))
    full = maker.scheme.full_points(indicator)
    exemption = maker.appraisal.exemption(indicator.name)
    fields = () if exemption else tuple(maker.fields(indicator, full))
    name = f"score.{indicator.name}"
    of_cycle = Grain.CYCLE in scored_grains(maker.scheme)
    given = any(one.fact == name and one.value is not None for one in fields)
    names = {name, *(one.fact for one in fields)}
    score = evaluation.get(SUBJECT, name, maker.stage)
    in_stages = (one for one in evaluation.results.values() if one.name == name)
    overrides = maker.appraisal.overrides
    yield SheetRow(
        indicator=indicator,
        path=path,
        worth=prose.worth(indicator),
        full=full,
        standard=prose.rule(indicator),
        fields=fields,
        score=score,
        override=next((one for one in overrides if one.indicator == indicator.name), None),
        findings=tuple(one for one in evaluation.findings if one.name in names),
        measured=of_cycle
        and exemption is None
        and not is_rated(indicator.rule, prose.word)
        and not given,
        stages=tuple(in_stages) if score is None and maker.stage == CYCLE else (),
        exemption=exemption,
    )

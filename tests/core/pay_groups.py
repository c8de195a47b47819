"""A group of key account people with their quarters, and of a client department with its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.facts import Fact
from kpidesk.core.figure import Origin
from kpidesk.core.payroll.books import Books, lines_of
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.payroll.grouping import pay_groups
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.record import PaidPerson, PayInputs
from kpidesk.core.results import Evaluation
from kpidesk.core.settings import SettingValue
from tests.core.test_payroll import CLIENTS, QUARTERS, hired, person

Figures = Mapping[str, Sequence[int | str | None]]
"""By fact: the figures of the periods in order; None where there is none."""


@dataclass(frozen=True)
class Paid:
    """A group with its figures."""

    group: PayGroup
    inputs: PayInputs

    @property
    def evaluation(self) -> Evaluation:
        """What the figures come to."""
        return self.inputs.evaluated(self.group.scheme)

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        return Asked.of(self.group, self.inputs.all_facts)

    def period(self, key: str) -> PayPeriod:
        """A period of the group."""
        return next(one for one in self.group.periods() if one.key == key)

    def settled(self, *keys: str) -> Books:
        """The books once these periods were settled with these figures."""
        books = Books()
        for key in keys:
            books = books.with_next(key, self.evaluation, lines_of(self.group))
        return books

    def having(self, *facts: Fact) -> Paid:
        """The same with other figures."""
        changed = {(one.subject, one.name, one.period): one for one in (*self.inputs.facts, *facts)}
        return replace(self, inputs=replace(self.inputs, facts=tuple(changed.values())))


def quarters(by_person: Mapping[str, Figures], **settings: SettingValue) -> Paid:
    """Salespeople in the quarters of 2026; each target is 100000 a quarter unless said."""
    chosen = tuple(settings.items())
    people = [
        hired(person(number, name), QUARTERS, "salesperson", settings=chosen)
        for number, name in enumerate(by_person, start=1)
    ]
    (group,) = pay_groups(people)
    plain: dict[str, Figures] = {
        name: {"target": [100_000] * 4, "kpi_coefficient": [1] * 4, **figures}
        for name, figures in by_person.items()
    }
    return _paid(group, plain, [f"2026Q{n}" for n in range(1, 5)])


def months(by_person: Mapping[str, Figures], **settings: SettingValue) -> Paid:
    """Account managers and 总监, if there is one, in the months of 2026."""
    chosen = tuple(settings.items())
    people = [
        hired(
            person(number, name),
            CLIENTS,
            "director" if name == "总监" else "account_manager",
            settings=chosen,
        )
        for number, name in enumerate(by_person, start=1)
    ]
    (group,) = pay_groups(people)
    return _paid(group, by_person, [f"2026-{n:02d}" for n in range(1, 13)])


def told(*values: object) -> tuple[object, ...]:
    """Values of several kinds, to be compared at once."""
    return values


def _paid(group: PayGroup, by_person: Mapping[str, Figures], keys: Sequence[str]) -> Paid:
    facts = tuple(
        Fact(name, fact, Decimal(value), key, Origin("财务报表", "王芳"))
        for name, figures in by_person.items()
        for fact, values in figures.items()
        for key, value in zip(keys, values, strict=False)
        if value is not None
    )
    first = group.members[0].contract
    inputs = PayInputs(
        scheme=first.scheme,
        scheme_version=1,
        indicator_scheme="",
        indicator_scheme_version=0,
        settings=group.settings,
        cycle=group.cycle.period,
        ragged=group.cycle.ragged,
        people=tuple(
            PaidPerson(one.person.id, one.contract.number, one.appraisee) for one in group.members
        ),
        facts=facts,
        ledger=(),
        lines=lines_of(group),
    )
    return Paid(group, inputs)

"""A pay group: people under one scheme, one set of parameters and one cycle, paid together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpidesk.core.contract import Contract
from kpidesk.core.facts import Appraisee, Subject
from kpidesk.core.names import known_parameters
from kpidesk.core.paying.payable import PayItem, pay_items
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.settings import Ref, SettingValue, Word

LATE = "周期后更正"
"""How the key of a settlement after the last period of a cycle begins: it pays corrections only."""


@dataclass(frozen=True, slots=True)
class PayPeriod:
    """What is settled at once: `key` as results carry it ("2026-01", "cycle"), and its days."""

    key: str
    days: Period
    grain: Grain | None

    @property
    def is_late(self) -> bool:
        """Whether it pays nothing but corrections."""
        return self.grain is None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a group with the contracts that pay them; `subject` is their key in evaluations.

    `since` is the day from which they are paid in this group, where they did not begin with it,
    and `until` the last one, where their contracts end before it does;
    `pool` and `team` divide the people for rules that share among some of them.

    Whoever changes the role inside the cycle is a member for each of the `parts`, this one the
    `part`th from 0: each is computed by itself, by its own contracts. `goes_on`: after this part
    the person stays in service, in a later one.
    """

    person: Person
    subject: Subject
    contracts: tuple[Contract, ...]
    since: date | None = None
    until: date | None = None
    pool: str = ""
    team: str = ""
    part: int = 0
    parts: int = 1
    goes_on: bool = False

    @property
    def name(self) -> str:
        """What the person is called in lists: with the role where there are several parts."""
        return self.person.name if self.parts == 1 else self.subject

    @property
    def post(self) -> str:
        """The post of today; of a part, the one that its contract names."""
        return self.person.post if self.parts == 1 else self.contract.party_b.post

    @property
    def contract(self) -> Contract:
        """The newest contract."""
        return self.contracts[-1]

    @property
    def appraisee(self) -> Appraisee:
        """The person as an evaluation sees them."""
        one, role = self.person, self.contract.role
        hired_on = self.since or one.hired_on
        left_on = min((day for day in (one.left_on, self.until) if day), default=None)
        return Appraisee(self.subject, role, hired_on, left_on, self.pool, self.team, self.goes_on)

    def starts_on(self, days: Period) -> date:
        """From which day a figure of some days is this part's: later parts begin inside them."""
        return max(days.start, self.since) if self.part and self.since else days.start

    def in_service(self, period: Period) -> bool:
        """Whether the person is in service, and paid here, on any day of a period."""
        return self.appraisee.in_service(period)


@dataclass(frozen=True, slots=True)
class PayGroup:
    """People whose pay is computed in one evaluation."""

    scheme: Scheme
    settings: tuple[tuple[str, SettingValue], ...]
    cycle: Cycle
    members: tuple[Member, ...]

    @property
    def items(self) -> tuple[PayItem, ...]:
        """What is paid."""
        return pay_items(self.scheme, self._word)

    def _word(self, word: Word) -> str:
        return str(self.setting(word.parameter)) if isinstance(word, Ref) else str(word)

    def setting(self, name: str) -> SettingValue | None:
        """The company's value of a parameter, else its default; None for a blank."""
        chosen = dict(self.settings)
        return chosen[name] if name in chosen else known_parameters(self.scheme)[name].default

    def periods(self, closed: Iterable[str] = ()) -> tuple[PayPeriod, ...]:
        """What is to be settled, in order; those for late corrections that were settled, too."""
        regular: dict[str, PayPeriod] = {}
        for item in self.items:
            for days in self.cycle.parts(item.grain):
                key = CYCLE if item.grain is Grain.CYCLE else days.key
                regular[key] = PayPeriod(key, days, item.grain)
        ordered = sorted(regular.values(), key=lambda one: (one.days.end, one.days.days))
        late = sum(1 for one in closed if one.startswith(LATE))
        every = [late_period(self.cycle.period, number + 1) for number in range(late)]
        return (*ordered, *every)

    @property
    def people(self) -> tuple[Member, ...]:
        """Everybody once: of those with several parts, the first."""
        return tuple(one for one in self.members if one.part == 0)

    def parts_of(self, person: PersonId) -> tuple[Member, ...]:
        """A person's parts, in order; one for most, none for somebody outside the group."""
        return tuple(one for one in self.members if one.person.id == person)

    def subject_of(self, person: PersonId) -> Subject | None:
        """A member's key; that of the first part where there are several."""
        return next((one.subject for one in self.parts_of(person)), None)

    def subject_on(self, person: PersonId, day: date) -> Subject | None:
        """The key of a person's part that a day belongs to."""
        begun = [
            one.subject
            for one in self.parts_of(person)
            if one.part == 0 or one.since is None or one.since <= day
        ]
        return begun[-1] if begun else None

    def subject_under(self, person: PersonId, contract: str) -> Subject | None:
        """The key of a person's part under a contract's number; of the first where none fits."""
        parts = self.parts_of(person)
        fits = (x for x in parts if contract in {one.number for one in x.contracts})
        found = next(fits, parts[0] if parts else None)
        return found.subject if found else None

    def member(self, subject: Subject) -> Member | None:
        """The member of a key."""
        return next((one for one in self.members if one.subject == subject), None)

    def leader(self, period: Period) -> Member | None:
        """The one person of the role that only one may have, in service at the end of a period."""
        alone = {role.name for role in self.scheme.roles if role.at_most == 1}
        last = Period(period.last_day, period.end)
        found = [one for one in self.members if one.contract.role in alone and one.in_service(last)]
        return found[0] if len(found) == 1 else None

    @property
    def is_chain(self) -> bool:
        """Whether its periods are a chain that goes on from cycle to cycle."""
        return self.scheme.span is Span.CHAIN


def late_period(cycle: Period, number: int) -> PayPeriod:
    """The settlement of late corrections with a number, from 1."""
    return PayPeriod(f"{LATE}{number}", cycle, None)

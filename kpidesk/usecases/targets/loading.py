"""A target plan as it is looked at: its people, what binds them, and what they had last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import Department, DepartmentId, Person, PersonId
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.target_plan import PlanLine, TargetPlan, target_of
from kpidesk.store import people as people_store
from kpidesk.store import targets as store
from kpidesk.store.schemes import OWN_MARK
from kpidesk.store.targets import PlanKey
from kpidesk.usecases.contracts.planned import Agreed, agreed_in, with_agreed
from kpidesk.usecases.schemes import bound, current_scheme
from kpidesk.usecases.session import Company, found


class PlanState(StrEnum):
    """How far a plan is."""

    NEW = "未开始"
    DRAFT = "草稿"
    PUBLISHED = "已发布"
    REVISING = "修订中"


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Somebody in a plan. `served` are the months in service, `free` those that may be set."""

    id: PersonId
    number: str
    name: str
    department: DepartmentId
    post: str
    pinyin: tuple[str, ...]
    served: tuple[int, ...]
    free: tuple[int, ...]
    agreed: tuple[Agreed, ...]
    may_set_total: bool

    @property
    def is_fixed(self) -> bool:
        """Whether contracts on paper say everything."""
        return not self.may_set_total

    @property
    def issued(self) -> Agreed | None:
        """The last contract that is on paper."""
        return next((one for one in reversed(self.agreed) if one.is_issued), None)

    @property
    def draft(self) -> Agreed | None:
        """The contract that is still a draft."""
        return next((one for one in self.agreed if not one.is_issued), None)

    def lags(self, plan: TargetPlan, line: PlanLine) -> bool:
        """Whether a draft says something else than the plan, which could go into it."""
        return any(_differs(plan, line, one) for one in self.agreed if not one.is_issued)


@dataclass(frozen=True, slots=True)
class PlanDepartment:
    """A department with people of the plan in it or below; `people` are all of these."""

    id: DepartmentId
    name: str
    depth: int
    people: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with everything that its page shows; every person of it has a line."""

    key: PlanKey
    plan: TargetPlan
    state: PlanState
    revision: int
    people: tuple[PlanPerson, ...]
    departments: tuple[PlanDepartment, ...]
    others: tuple[tuple[PersonId, str], ...]
    """Who is in service and not in the plan, to be added."""


def load_view(company: Company, key: PlanKey) -> PlanView:
    """The plan of a key, or the one to begin with."""
    with company.read() as connection:
        return view_of(company, connection, key)


def views_of(company: Company, connection: Connection, key: PlanKey) -> tuple[PlanView, ...]:
    """The plans of all figures of a scheme, for the months of a key."""
    scheme = _scheme(company, connection, key)
    facts = dict.fromkeys(one.name for role in scheme.roles for one in scheme.agreed(role.name))
    return tuple(view_of(company, connection, replace(key, fact=one)) for one in facts)


def view_of(
    company: Company, connection: Connection, key: PlanKey, *, published: bool = False
) -> PlanView:
    """The same within a transaction; with `published`, without what was changed since."""
    scheme = _scheme(company, connection, key)
    spec = found(_spec(scheme, key.fact), "方案里的这个指标")
    stored = store.load_plan(connection, key, company.path)
    if published and stored and stored.published:
        stored = replace(stored, draft=None)
    plan = (
        stored.working
        if stored
        else TargetPlan(
            key.scheme,
            key.indicator_scheme,
            key.fact,
            spec.label,
            spec.unit,
            key.period,
            spec.adds_up,
        )
    )
    agreed = agreed_in(company, connection, key)
    serving = [
        (one, tuple(pinyin.split()))
        for one, pinyin in people_store.people(connection)
        if one.in_service(key.period) or one.id in agreed
    ]
    busy = _busy_elsewhere(connection, key)
    people, lines, others = [], [], []
    for person, pinyin in serving:
        line = plan.line(person.id)
        belongs = line is not None or person.id in agreed
        fits = person.id not in busy and _has_role(scheme, key.fact, person.post)
        if person.id in plan.left_out or not (belongs or fits):
            others.append((person.id, f"{person.name}（{person.number}）"))
            continue
        contracts = agreed.get(person.id, ())
        people.append(_person(person, pinyin, plan, contracts))
        blank = plan.blank(person.id)
        lines.append(with_agreed(line or blank, contracts, drafts=line is None))
    return PlanView(
        key,
        replace(plan, lines=tuple(lines)),
        _state(stored),
        stored.number if stored else 0,
        tuple(people),
        tuple(_departments(connection, people)),
        tuple(others),
    )


def last_year(company: Company, key: PlanKey) -> Mapping[PersonId, PlanLine]:
    """What each person was to reach a year before, by contract or else by plan."""
    before = key.period.year_before()
    with company.read() as connection:
        lines: dict[PersonId, PlanLine] = {}
        for scheme, indicators in _same_scheme(connection, key):
            other = PlanKey(scheme, indicators, key.fact, before)
            stored = store.load_plan(connection, other, company.path)
            for one in stored.working.lines if stored else ():
                if not one.is_empty:
                    lines[one.person] = one
            count = len(before.split(Grain.MONTH))
            for person, agreed in agreed_in(company, connection, other).items():
                monthly = any(one.target and one.target.adds_up for one in agreed)
                blank = PlanLine(person, None, (None,) * count if monthly else ())
                line = with_agreed(lines.get(person, blank), agreed, drafts=True)
                if not line.is_empty:
                    lines[person] = line
    return lines


def _differs(plan: TargetPlan, line: PlanLine, agreed: Agreed) -> bool:
    try:
        wanted = target_of(plan, line, agreed.places)
    except InvalidValueError:
        return False
    said = agreed.target
    if wanted is None or said is None:
        return wanted is not said
    return (wanted.total, wanted.months) != (said.total, said.months)


def _same_scheme(connection: Connection, key: PlanKey) -> Iterator[tuple[str, str]]:
    """The scheme, and those that the company made of it or that it was made of."""
    base = key.scheme.partition(OWN_MARK)[0]
    pairs = dict.fromkeys((one[0], one[1]) for one in store.contract_bases(connection))
    pairs |= {(key.scheme, key.indicator_scheme): None}
    for scheme, indicators in pairs:
        if scheme.partition(OWN_MARK)[0] == base:
            yield scheme, indicators


def _scheme(company: Company, connection: Connection, key: PlanKey) -> Scheme:
    terms = current_scheme(company, connection, key.scheme)
    other = key.indicator_scheme
    return bound(terms, current_scheme(company, connection, other) if other else None)


def _spec(scheme: Scheme, fact: str) -> FactSpec | None:
    return next(
        (one for role in scheme.roles for one in scheme.agreed(role.name) if one.name == fact),
        None,
    )


def _has_role(scheme: Scheme, fact: str, post: str) -> bool:
    """Whether the scheme appraises somebody in this post, by its name, and by this figure."""
    return any(
        role.title in post and any(one.name == fact for one in scheme.agreed(role.name))
        for role in scheme.roles
    )


def _busy_elsewhere(connection: Connection, key: PlanKey) -> set[PersonId]:
    """Who has a contract of these months under another scheme."""
    own = (key.scheme, key.indicator_scheme)
    return {
        person
        for scheme, indicators, person in store.people_under_contract(connection, key.period)
        if (scheme, indicators) != own
    }


def _person(
    person: Person, pinyin: tuple[str, ...], plan: TargetPlan, agreed: Sequence[Agreed]
) -> PlanPerson:
    said = {place for one in agreed if one.is_issued for place in one.places}
    served = tuple(n for n, month in enumerate(plan.months) if person.in_service(month))
    bound_to = {place for one in agreed for place in one.places}
    served = tuple(sorted({*served, *bound_to})) if plan.months else ()
    free = tuple(one for one in served if one not in said)
    count = len(plan.period.split(Grain.MONTH))
    may = bool(free) if plan.months else len(said) < count
    return PlanPerson(
        person.id,
        person.number,
        person.name,
        person.department,
        person.post,
        pinyin,
        served,
        free,
        tuple(agreed),
        may,
    )


def _state(stored: store.StoredPlan | None) -> PlanState:
    if stored is None:
        return PlanState.NEW
    if stored.number:
        return PlanState.REVISING if stored.draft else PlanState.PUBLISHED
    return PlanState.DRAFT


def _departments(connection: Connection, people: Sequence[PlanPerson]) -> Iterator[PlanDepartment]:
    """Those with somebody in them or below, from the top down, each before what is below it."""
    every = [one for one, _ in people_store.departments(connection)]
    yield from _below(every, people, None, 0)


def _below(
    every: Sequence[Department],
    people: Sequence[PlanPerson],
    parent: DepartmentId | None,
    depth: int,
) -> Iterator[PlanDepartment]:
    for one in every:
        if one.parent != parent:
            continue
        below = list(_below(every, people, one.id, depth + 1))
        own = {person.id for person in people if person.department == one.id}
        inside = frozenset(own.union(*(part.people for part in below)))
        if inside:
            yield PlanDepartment(one.id, one.name, depth, inside)
            yield from below

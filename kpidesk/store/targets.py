"""Target plans, to and from rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target_plan import TargetPlan
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.ids import next_id
from kpidesk.store.rows import CONTRACTS, TARGET_PLANS, TARGET_REVISIONS, AnyRow


@dataclass(frozen=True, slots=True)
class PlanKey:
    """What a plan is of: a figure of a scheme (with another's indicators), for whole months."""

    scheme: str
    indicator_scheme: str
    fact: str
    period: Period


@dataclass(frozen=True, slots=True)
class Revision:
    """A plan as it was published."""

    number: int
    reason: str
    by: str
    on: date
    plan: TargetPlan


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan of the file: what is being worked on, if anything, and what was published last."""

    id: int
    key: PlanKey
    draft: TargetPlan | None
    published: TargetPlan | None
    number: int

    @property
    def working(self) -> TargetPlan:
        """What counts as planned now."""
        plan = self.draft or self.published
        if plan is None:
            msg = "a plan has a draft or a revision"
            raise ValueError(msg)
        return plan


def key_of(plan: TargetPlan) -> PlanKey:
    """What a plan is found by."""
    return PlanKey(plan.scheme, plan.indicator_scheme, plan.fact, plan.period)


def load_plan(connection: Connection, key: PlanKey, path: Path) -> StoredPlan | None:
    """The plan of a key; DamagedFileError when what was published is not what was kept."""
    table = TARGET_PLANS.c
    query = select(TARGET_PLANS).where(
        table.scheme_id == key.scheme,
        table.indicator_scheme_id == key.indicator_scheme,
        table.fact == key.fact,
        table.period_start == key.period.start,
        table.period_end == key.period.end,
    )
    row = connection.execute(query).first()
    return None if row is None else _stored(connection, row, path)


def plans(
    connection: Connection, path: Path, scheme: str | None = None, indicators: str = ""
) -> Iterator[StoredPlan]:
    """Every plan, or those under a scheme, in the order in which they were begun."""
    query = select(TARGET_PLANS).order_by(TARGET_PLANS.c.id)
    if scheme is not None:
        query = query.where(
            TARGET_PLANS.c.scheme_id == scheme, TARGET_PLANS.c.indicator_scheme_id == indicators
        )
    for row in connection.execute(query).all():
        yield _stored(connection, row, path)


def keys(connection: Connection) -> Iterator[PlanKey]:
    """What there are plans of."""
    query = select(TARGET_PLANS).order_by(TARGET_PLANS.c.id)
    for row in connection.execute(query).all():
        yield _key(row)


def save_draft(connection: Connection, plan: TargetPlan) -> int:
    """Keep what is being worked on; the number of the plan."""
    key, body = key_of(plan), canonical_json(plan, TargetPlan)
    table = TARGET_PLANS.c
    query = select(table.id).where(
        table.scheme_id == key.scheme,
        table.indicator_scheme_id == key.indicator_scheme,
        table.fact == key.fact,
        table.period_start == key.period.start,
        table.period_end == key.period.end,
    )
    id_: int | None = connection.execute(query).scalar()
    if id_ is not None:
        connection.execute(update(TARGET_PLANS).where(table.id == id_), {"draft": body})
        return id_
    made = next_id(connection, TARGET_PLANS)
    values = {
        "id": made,
        "scheme_id": key.scheme,
        "indicator_scheme_id": key.indicator_scheme,
        "fact": key.fact,
        "period_start": key.period.start,
        "period_end": key.period.end,
        "draft": body,
    }
    connection.execute(insert(TARGET_PLANS), values)
    return made


def drop_draft(connection: Connection, plan: int) -> None:
    """Nothing is being worked on any more: what was published last stands."""
    connection.execute(update(TARGET_PLANS).where(TARGET_PLANS.c.id == plan), {"draft": None})


def add_revision(connection: Connection, plan: int, revision: Revision) -> str:
    """Publish; the hash of what was published."""
    body = canonical_json(revision.plan, TargetPlan)
    digest = content_hash(body)
    values = {
        "plan_id": plan,
        "number": revision.number,
        "reason": revision.reason,
        "published_by": revision.by,
        "published_on": revision.on,
        "body": body,
        "sha256": digest,
    }
    connection.execute(insert(TARGET_REVISIONS), values)
    return digest


def revisions(connection: Connection, plan: int, path: Path) -> Sequence[Revision]:
    """Everything that was published of a plan, the first one first."""
    query = (
        select(TARGET_REVISIONS)
        .where(TARGET_REVISIONS.c.plan_id == plan)
        .order_by(TARGET_REVISIONS.c.number)
    )
    return [_revision(row, path) for row in connection.execute(query).all()]


def contracts_under(
    connection: Connection, scheme: str, indicators: str, period: Period
) -> Sequence[tuple[ContractId, Period]]:
    """The contracts under a scheme, not void, whose terms meet a period; without amendments."""
    table = CONTRACTS.c
    query = (
        select(table.id, table.term_start, table.term_end)
        .where(
            table.scheme_id == scheme,
            table.indicator_scheme_id == indicators
            if indicators
            else table.indicator_scheme_id.is_(None),
            table.amends_id.is_(None),
            table.state != ContractState.VOID.value,
            table.term_start < period.end,
            table.term_end > period.start,
        )
        .order_by(table.term_start, table.id)
    )
    return [(row[0], Period(row[1], row[2])) for row in connection.execute(query)]


def contract_bases(connection: Connection) -> Sequence[tuple[str, str, Period]]:
    """The schemes, with those that lend indicators, and the terms of contracts that stand."""
    table = CONTRACTS.c
    query = (
        select(table.scheme_id, table.indicator_scheme_id, table.term_start, table.term_end)
        .where(table.state != ContractState.VOID.value)
        .distinct()
        .order_by(table.term_start)
    )
    return [(row[0], row[1] or "", Period(row[2], row[3])) for row in connection.execute(query)]


def people_under_contract(
    connection: Connection, period: Period
) -> Sequence[tuple[str, str, PersonId]]:
    """Who has a contract that stands in a period, under which schemes."""
    table = CONTRACTS.c
    query = select(table.scheme_id, table.indicator_scheme_id, table.person_id).where(
        table.state != ContractState.VOID.value,
        table.amends_id.is_(None),
        table.term_start < period.end,
        table.term_end > period.start,
    )
    return [(row[0], row[1] or "", row[2]) for row in connection.execute(query)]


def _stored(connection: Connection, row: AnyRow, path: Path) -> StoredPlan:
    query = (
        select(TARGET_REVISIONS)
        .where(TARGET_REVISIONS.c.plan_id == row.id)
        .order_by(TARGET_REVISIONS.c.number.desc())
    )
    last = connection.execute(query).first()
    draft = None if row.draft is None else from_json(row.draft, TargetPlan)
    published = None if last is None else _revision(last, path)
    return StoredPlan(
        row.id,
        _key(row),
        draft,
        published.plan if published else None,
        published.number if published else 0,
    )


def _key(row: AnyRow) -> PlanKey:
    period = Period(row.period_start, row.period_end)
    return PlanKey(row.scheme_id, row.indicator_scheme_id, row.fact, period)


def _revision(row: AnyRow, path: Path) -> Revision:
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"目标计划第 {row.number} 次发布的内容与校验值不符")
    plan = from_json(row.body, TargetPlan)
    return Revision(row.number, row.reason, row.published_by, row.published_on, plan)
